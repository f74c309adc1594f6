//! `tidings diff`: what two versions of an article say differently.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use clap::Args;
use serde_json::json;
use tidings::annotation::{self, Annotation, Bound, Change, Mood, Number, Polarity, Presented, changes};
use tidings::graph::name_entities;
use tidings::pipeline::Reader;
use tidings::source::{Articles, Input, Settings};

use super::reader::ReaderArgs;

/// Compares what two versions of an article say: added, withdrawn, reversed, softened, hardened, changed
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DiffArgs {
    /// The older version: an article, or the annotation JSON of one
    old: PathBuf,
    /// The newer version
    new: PathBuf,
    /// Writes JSON, a line a change
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reader: ReaderArgs,
}

const EXAMPLES: &str = "\
Examples:
  tidings diff examples/claim/2020-08-04.txt examples/claim/2020-08-05.txt
  tidings diff --json examples/claim/2020-08-04.txt examples/claim/2020-08-05.txt";

/// Runs it, writing to `out`.
pub(crate) fn run(args: &DiffArgs, out: &mut dyn Write) -> anyhow::Result<()> {
    let reader = args.reader.open()?;
    let [old, new] = [&args.old, &args.new].map(|path| read(path, &reader));
    for change in changes(&old?, &new?) {
        if args.json {
            let Change { kind, says, before, after } = &change;
            let line = json!({ "change": kind, "says": says, "before": before, "after": after });
            writeln!(out, "{line}")?;
        } else {
            writeln!(out, "{}", line(&change))?;
        }
    }
    Ok(())
}

/// What the article in a file says.
fn read(path: &Path, reader: &Reader) -> anyhow::Result<Annotation> {
    let name = || format!("`{}`", path.display());
    let text = fs::read(path).with_context(|| format!("can't read {}", name()))?;
    if let Ok(text) = std::str::from_utf8(&text)
        && text.trim_start().starts_with('{')
        && text.contains(annotation::SCHEMA)
    {
        let read = annotation::read_json(text).map(|read| read.map(|(annotation, _)| annotation));
        let mut annotation = one(read, name)?;
        name_entities(&mut annotation, reader.context());
        return Ok(annotation);
    }
    let article = one(Articles::new(vec![Input::new(path)], Settings::default()), name)?;
    Ok(reader.read(article).annotation)
}

/// The only one that a file holds.
fn one<T, E>(mut found: impl Iterator<Item = Result<T, E>>, name: impl Fn() -> String) -> anyhow::Result<T>
where
    anyhow::Error: From<E>,
{
    let first = found.next().ok_or_else(|| anyhow!("{} holds no article", name()))?;
    if found.next().is_some() {
        bail!("{} holds several articles; two are compared, each in a file of its own", name());
    }
    first.map_err(|error| anyhow::Error::from(error).context(name()))
}

fn line(change: &Change) -> String {
    let kind = format!("{:?}", change.kind).to_lowercase();
    let presented = [&change.before, &change.after].map(|p| p.as_ref().map(told));
    let how = match presented {
        [Some(before), Some(after)] => format!("{before} -> {after}"),
        [before, after] => before.or(after).unwrap_or_default(),
    };
    format!("{kind:<10} {} ({how})", change.says)
}

/// How it is presented: `certain`, `possible, not so, intended, said by Norway`.
fn told(presented: &Presented) -> String {
    let Presented { certainty, polarity, mood, source, number } = presented;
    let mut words = vec![format!("{certainty:?}").to_lowercase()];
    if *polarity == Polarity::Negated {
        words.push("negated".to_owned());
    }
    if *mood != Mood::Actual {
        words.push(format!("{mood:?}").to_lowercase());
    }
    words.extend(number.map(many));
    words.extend(source.as_ref().map(|source| match source.as_str() {
        "" => "said by somebody".to_owned(),
        source => format!("said by {source}"),
    }));
    words.join(", ")
}

fn many(number: Number) -> String {
    let value = number.value;
    match number.bound {
        Bound::Exact => value.to_string(),
        Bound::AtLeast => format!("at least {value}"),
        Bound::AtMost => format!("at most {value}"),
        Bound::About => format!("about {value}"),
    }
}
