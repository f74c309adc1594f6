//! Files of annotation JSON.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::iter;
use std::num::NonZeroUsize;
use std::path::Path;

use anyhow::{Context, anyhow};
use tidings::annotation;
use tidings::graph::{self, ArticleGraph, name_entities};
use tidings::pipeline::in_order;
use tidings::source::{Lines, Piece};
use tidings::store::{ArticleText, EncodedArticle, FileDigest, made_by};

/// Lines that a thread takes at a time.
const BATCH: usize = 16;

/// How annotations are taken in.
pub(super) struct Settings<'a> {
    pub(super) context: &'a graph::Context,
    /// The graphs that are stored already.
    pub(super) known: &'a HashSet<FileDigest>,
    pub(super) threads: NonZeroUsize,
    /// Most bytes of a line.
    pub(super) max_size: u64,
}

/// The graph of an annotation.
pub(super) enum Taken {
    /// Stored like this already.
    Known(ArticleText),
    New(EncodedArticle),
}

/// A line of annotation JSON, with its number; or why there is none.
type Line = anyhow::Result<(usize, String)>;

/// Reads the file at `path`, `-` being standard input, and gives `take` the graph of each line, or what is wrong with it,
/// in the order of the lines.
///
/// # Errors
/// When `take` fails.
pub(super) fn read(
    path: &Path,
    settings: &Settings<'_>,
    mut take: impl FnMut(anyhow::Result<Taken>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let is_stdin = path == Path::new("-");
    let name = if is_stdin { "standard input".to_owned() } else { format!("`{}`", path.display()) };
    let failed = || format!("can't read {name}");
    let input: Box<dyn BufRead + Send> = if is_stdin {
        Box::new(BufReader::new(io::stdin()))
    } else {
        Box::new(BufReader::new(File::open(path).with_context(failed)?))
    };
    let mut lines = lines(input, settings.max_size, &name).peekable();
    if lines.peek().is_none() {
        return take(Err(anyhow!("{name} is empty")));
    }
    let batches = iter::from_fn(|| {
        let batch: Vec<Line> = lines.by_ref().take(BATCH).collect();
        (!batch.is_empty()).then_some(batch)
    });
    let made_by = made_by(settings.context);
    let article = |(number, line): (usize, String)| {
        let (mut annotation, _) = annotation::from_json(&line, number).with_context(|| name.clone())?;
        name_entities(&mut annotation, settings.context);
        let text = ArticleText::new(&ArticleGraph::of(&annotation, settings.context), &made_by);
        let is_known = settings.known.contains(&text.digest());
        Ok(if is_known { Taken::Known(text) } else { Taken::New(text.encode()) })
    };
    let work = |(): &mut (), batch: Vec<Line>| batch.into_iter().map(|line| article(line?)).collect();
    in_order(
        batches,
        settings.threads,
        || (),
        work,
        |articles: Vec<_>| articles.into_iter().try_for_each(&mut take),
    )
}

/// The lines that are not blank. Nothing comes after one that is no text.
fn lines(input: impl BufRead, max_size: u64, name: &str) -> impl Iterator<Item = Line> {
    let mut lines = Some(Lines::new(input, max_size));
    iter::from_fn(move || {
        Some(match lines.as_mut()?.next()? {
            Ok(Piece { line, bytes: None }) => Err(anyhow!(
                "{name}: line {line} is larger than {max_size} bytes; allow more with --max-size"
            )),
            Ok(Piece { line, bytes: Some(bytes) }) => {
                let text = String::from_utf8(bytes).map_err(|_| {
                    lines = None;
                    anyhow!("{name}: line {line} is not UTF-8 text; nothing is read from it on")
                });
                text.map(|text| (usize::try_from(line).unwrap_or(usize::MAX), text))
            }
            Err(error) => {
                lines = None;
                Err(anyhow::Error::from(error).context(format!("can't read {name}")))
            }
        })
    })
}
