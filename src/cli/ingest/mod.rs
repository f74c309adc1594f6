//! `tidings ingest`: articles into a graph folder.

mod annotations;
mod seen;

use std::collections::HashSet;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use tidings::graph::{self, article_iri, content_digest};
use tidings::pipeline::Reader;
use tidings::source::{self, Article};
use tidings::store::{Content, EncodedArticle, FileDigest, FolderWriter, made_by};

use self::annotations::Taken;
use self::seen::Seen;
use super::input::InputArgs;
use super::reader::ReaderArgs;
use super::writing::{WriteArgs, open_writer};

/// Reads articles into a graph folder
///
/// An article that is there already, with the same content and read by the same program, pipeline and knowledge base, is
/// skipped. A changed one replaces what is there. Ended at any moment, the folder holds each article wholly or not at
/// all, and the same command goes on where it ended.
///
/// The folder keeps --base and --ontology: what is read later is read with them, and a folder has one base.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct IngestArgs {
    #[command(flatten)]
    input: InputArgs,
    /// The graph folder; made where there is none
    #[arg(long, value_name = "DIR")]
    kg: PathBuf,
    /// Takes in annotation JSON, one article a line, such as `tidings extract -f json` writes; `-` is standard input
    #[arg(long, value_name = "FILE")]
    annotations: Vec<PathBuf>,
    /// Removes the articles that are not in the input
    #[arg(long)]
    prune: bool,
    /// Reads articles again that are there unchanged; mends those whose files are damaged
    #[arg(long)]
    again: bool,
    /// Writes what was done as JSON to standard output
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    writing: WriteArgs,
    #[command(flatten)]
    reader: ReaderArgs,
}

const EXAMPLES: &str = "\
Examples:
  tidings ingest examples/articles --kg kg
  tidings ingest examples/articles --kg kg --prune --json
  tidings extract -f json examples/articles > news.jsonl
  tidings ingest --annotations news.jsonl --kg kg";

/// What was done, in articles.
#[derive(Default, serde::Serialize)]
struct Tally {
    added: u64,
    replaced: u64,
    unchanged: u64,
    removed: u64,
    failed: u64,
}

/// Runs it, writing to `out`. The exit code is 1 if an article could not be read.
pub(crate) fn run(mut args: IngestArgs, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let (json, prune, kg) = (args.json, args.prune, args.kg.clone());
    args.reader.complete_from(&kg)?;
    // Opened before the folder is made: what can't be opened leaves nothing behind.
    let context = (!args.annotations.is_empty()).then(|| args.reader.context()).transpose()?;
    let reads_articles = args.annotations.is_empty() || !args.input.names_nothing();
    let reader = reads_articles.then(|| args.reader.open()).transpose()?;
    let mut writer = open_writer(&args.kg, &args.writing)?;
    writer.set_base(&args.reader.base())?;
    keep_ontology(&mut writer, args.reader.ontology_paths())?;
    let mut ingest = Ingest {
        writer,
        is_again: args.again,
        tally: Tally::default(),
        seen: Seen::default(),
        progress: progress(),
    };
    if let Some(context) = context {
        ingest.annotations(&args, &context)?;
    }
    if let Some(reader) = reader {
        ingest.articles(args, &reader)?;
    }
    if prune {
        ingest.prune(&kg)?;
    }
    ingest.progress.finish_and_clear();
    ingest.writer.finish()?;
    tell(&ingest.tally, json, out)?;
    Ok(ExitCode::from(u8::from(ingest.tally.failed > 0)))
}

/// Keeps the user's own vocabulary in the folder.
#[expect(clippy::print_stderr, reason = "what happens to the user's folder is told")]
fn keep_ontology(writer: &mut FolderWriter, paths: &[PathBuf]) -> anyhow::Result<()> {
    if !paths.is_empty() && writer.keep_ontology(paths)? && !writer.manifest().is_empty() {
        eprintln!(
            "tidings: `{}` is another one than before; articles that were read with that stay as they are until they are \
             read again",
            writer.path().join("ontology").display()
        );
    }
    Ok(())
}

#[expect(clippy::print_stderr, reason = "a summary for the user, apart from the data")]
fn tell(tally: &Tally, json: bool, out: &mut dyn Write) -> anyhow::Result<()> {
    let Tally { added, replaced, unchanged, removed, failed } = tally;
    eprintln!(
        "{added} added, {replaced} replaced, {unchanged} unchanged, {removed} removed, {failed} failed"
    );
    if json {
        writeln!(out, "{}", serde_json::to_string(tally)?)?;
    }
    Ok(())
}

/// A run of `tidings ingest`.
struct Ingest {
    writer: FolderWriter,
    /// Articles are read and stored though they are there unchanged.
    is_again: bool,
    tally: Tally,
    seen: Seen,
    progress: ProgressBar,
}

impl Ingest {
    /// Reads the articles of the input, on several threads.
    fn articles(&mut self, args: IngestArgs, reader: &Reader) -> anyhow::Result<()> {
        let made_by = made_by(reader.context());
        let mut seen = std::mem::take(&mut self.seen);
        if !self.is_again {
            self.writer.commit()?;
            self.writer.manifest().entries().for_each(|stored| seen.know(stored));
        }
        let base = reader.context().base.clone();
        let sifter = Sifter { base, made_by: made_by.clone(), sifted: Mutex::new((seen, 0)) };
        let threads = args.reader.threads();
        let articles = args.input.articles()?.filter_map(|article| sifter.sift(article));
        let finish = |reading| EncodedArticle::new(&reader.graph(&reading), &made_by);
        reader.read_all(articles, threads, finish, |article| self.take(article))?;
        let (seen, skipped) = sifter.sifted.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.tally.unchanged += skipped;
        self.seen = seen;
        Ok(())
    }

    /// Takes in the files of annotations, on several threads.
    fn annotations(&mut self, args: &IngestArgs, context: &graph::Context) -> anyhow::Result<()> {
        for path in &args.annotations {
            self.writer.commit()?;
            let known: HashSet<FileDigest> = if self.is_again {
                HashSet::new()
            } else {
                self.writer.manifest().entries().map(|entry| entry.file_digest).collect()
            };
            let max_size = args.input.max_size();
            let settings =
                annotations::Settings { context, known: &known, threads: args.reader.threads(), max_size };
            annotations::read(path, &settings, |taken| match taken {
                Ok(taken) => self.take_annotation(taken),
                Err(error) => {
                    self.fail(&error);
                    Ok(())
                }
            })?;
        }
        Ok(())
    }

    fn take_annotation(&mut self, taken: Taken) -> anyhow::Result<()> {
        let (article, digest) = match &taken {
            Taken::Known(text) => (text.article(), text.digest()),
            Taken::New(encoded) => (encoded.article(), encoded.digest()),
        };
        self.seen.add(article);
        // What this run put there counts too.
        let is_stored = self.writer.get(article).is_some_and(|stored| stored.file_digest == digest);
        match taken {
            _ if is_stored && !self.is_again => self.tally.unchanged += 1,
            Taken::Known(text) => self.put(text.encode())?,
            Taken::New(encoded) => self.put(encoded)?,
        }
        Ok(())
    }

    /// Stores an article that was read; tells of one that could not be.
    fn take(&mut self, article: Result<EncodedArticle, source::Error>) -> anyhow::Result<()> {
        match article {
            Ok(article) => self.put(article),
            Err(error) => {
                self.fail(&error.into());
                Ok(())
            }
        }
    }

    fn put(&mut self, article: EncodedArticle) -> anyhow::Result<()> {
        match self.writer.get(article.article()) {
            Some(_) => self.tally.replaced += 1,
            None => self.tally.added += 1,
        }
        self.progress.inc(1);
        Ok(self.writer.put(article)?)
    }

    fn fail(&mut self, error: &anyhow::Error) {
        self.tally.failed += 1;
        self.progress.suspend(|| super::report(error));
    }

    /// Removes the articles that were not in the input; none, if some of the input could not be read.
    #[expect(clippy::print_stderr, reason = "that the option had no effect is told")]
    fn prune(&mut self, kg: &Path) -> anyhow::Result<()> {
        if self.tally.failed > 0 {
            eprintln!(
                "tidings: nothing was removed from `{}`: some of the input could not be read, and its articles may be there",
                kg.display()
            );
            return Ok(());
        }
        self.writer.commit()?;
        let gone: Vec<String> = self
            .writer
            .manifest()
            .entries()
            .filter(|entry| !self.seen.was_in_input(&entry.article))
            .map(|entry| entry.article.to_string())
            .collect();
        self.tally.removed += self.writer.remove(gone.iter().map(String::as_str))? as u64;
        Ok(())
    }
}

/// Holds back the articles that need not be read.
struct Sifter {
    base: graph::Base,
    made_by: String,
    /// What is known of articles, and how many were held back.
    sifted: Mutex<(Seen, u64)>,
}

impl Sifter {
    /// The article, unless it is stored as it is or was in the input before.
    fn sift(&self, article: Result<Article, source::Error>) -> Option<Result<Article, source::Error>> {
        let article = match article {
            Ok(article) => article,
            Err(error) => return Some(Err(error)),
        };
        let iri = article_iri(&article, &self.base);
        let content = Content::new(&content_digest(&article)).expect("it is SHA-256");
        let mut sifted = self.sifted.lock().unwrap_or_else(PoisonError::into_inner);
        let (seen, skipped) = &mut *sifted;
        if seen.add_version(iri.as_str(), content, &self.made_by) {
            return Some(Ok(article));
        }
        *skipped += 1;
        None
    }
}

/// A count of articles on standard error, where that is a terminal.
fn progress() -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{spinner} {pos} articles, {per_sec}");
    let bar = ProgressBar::new_spinner();
    style.map_or(bar.clone(), |style| bar.with_style(style))
}
