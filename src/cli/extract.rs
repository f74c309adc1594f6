//! `tidings extract`: articles in, RDF or annotation JSON out.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::LazyLock;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use oxigraph::model::Quad;
use tidings::export::{self, Format};
use tidings::pipeline::{Reader, Reading};
use tidings::source;

use super::format::RdfFormat;
use super::input::InputArgs;
use super::output::OutputFile;
use super::reader::ReaderArgs;

/// Reads articles and writes what they say as RDF
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ExtractArgs {
    #[command(flatten)]
    input: InputArgs,

    /// Format of the output
    #[arg(short, long, value_name = "FORMAT", default_value = "turtle")]
    format: OutputFormat,

    /// File to write, whole or not at all; standard output without it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// With `json`: writes the tokens too, with tags, lemmas and the dependency tree
    #[arg(long)]
    tokens: bool,

    /// With `json`: indents it, instead of one line an article
    #[arg(long)]
    pretty: bool,

    #[command(flatten)]
    reader: ReaderArgs,
}

const EXAMPLES: &str = "\
Examples:
  tidings extract examples/articles/iran-nuclear-deal.txt
  tidings extract -f nq 'examples/articles/*.txt' -o news.nq
  tidings extract -f json --tokens examples/articles > news.jsonl
  tidings extract -f json --pretty < examples/articles/microsoft-linkedin.html";

/// The values of `--format`.
#[derive(Clone, Copy)]
enum OutputFormat {
    Rdf(RdfFormat),
    Json,
}

impl ValueEnum for OutputFormat {
    fn value_variants<'a>() -> &'a [Self] {
        static VARIANTS: LazyLock<Vec<OutputFormat>> = LazyLock::new(|| {
            let rdf = RdfFormat::value_variants().iter().copied().map(OutputFormat::Rdf);
            rdf.chain([OutputFormat::Json]).collect()
        });
        &VARIANTS
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Self::Rdf(format) => format.to_possible_value(),
            Self::Json => Some(
                PossibleValue::new("json")
                    .help("Annotation JSON: mentions with their places, entities with their links"),
            ),
        }
    }
}

impl OutputFormat {
    /// The RDF format; none for annotation JSON.
    fn rdf(self) -> Option<Format> {
        match self {
            Self::Rdf(format) => Some(format.into()),
            Self::Json => None,
        }
    }
}

/// What the threads make of an article: text where that can be put together, else quads.
enum Piece {
    Text(Vec<u8>),
    Quads(Vec<Quad>),
}

/// Runs it, writing to `out` unless a file is named.
pub(crate) fn run(args: ExtractArgs, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let reader = args.reader.open()?;
    let tally = match args.output.clone() {
        Some(path) => {
            let mut file = OutputFile::create(&path)?;
            let tally = extract(args, &reader, &mut file)?;
            file.finish()?;
            tally
        }
        None => extract(args, &reader, out)?,
    };
    Ok(tally.tell())
}

/// Articles that were read, and inputs that could not be.
#[derive(Default)]
pub(crate) struct Tally {
    /// Articles that were read.
    pub(crate) read: u64,
    /// Inputs that could not be read.
    pub(crate) skipped: u64,
}

impl Tally {
    /// Says how it went, on standard error, where that is of interest; the exit code that goes with it.
    #[expect(clippy::print_stderr, reason = "a summary for the user, apart from the data")]
    pub(crate) fn tell(&self) -> ExitCode {
        if self.skipped > 0 || io::stderr().is_terminal() {
            let articles = if self.read == 1 { "article" } else { "articles" };
            eprintln!("{} {articles}, {} skipped", self.read, self.skipped);
        }
        ExitCode::from(u8::from(self.skipped > 0))
    }
}

fn extract(args: ExtractArgs, reader: &Reader, out: &mut dyn Write) -> anyhow::Result<Tally> {
    let threads = args.reader.threads();
    let (format, tokens, pretty) = (args.format.rdf(), args.tokens, args.pretty);
    let finish = |reading: Reading| piece(reader, &reading, format, tokens, pretty);
    let mut tally = Tally::default();
    let progress = progress();
    let articles = args.input.articles()?;
    let mut output = match format.filter(|format| !format.is_lines()) {
        Some(format) => Output::Graphs(Box::new(export::Writer::new(out, format, &reader.context().base))),
        None => Output::Text(out),
    };
    reader.read_all(articles, threads, finish, |piece| match tally_up(&mut tally, &progress, piece) {
        Some(piece) => output.add(piece),
        None => Ok(()),
    })?;
    if let Output::Graphs(writer) = output {
        writer.finish()?;
    }
    progress.finish_and_clear();
    Ok(tally)
}

/// Where the pieces go.
enum Output<'o> {
    Text(&'o mut dyn Write),
    Graphs(Box<export::Writer<&'o mut dyn Write>>),
}

impl Output<'_> {
    fn add(&mut self, piece: Piece) -> io::Result<()> {
        match (self, piece) {
            (Self::Text(out), Piece::Text(text)) => out.write_all(&text),
            (Self::Graphs(writer), Piece::Quads(quads)) => writer.write(&quads),
            _ => unreachable!("`piece` makes text or quads by the same format"),
        }
    }
}

/// What becomes of an article on the thread that read it.
fn piece(reader: &Reader, reading: &Reading, format: Option<Format>, tokens: bool, pretty: bool) -> Piece {
    let Some(format) = format else {
        return Piece::Text((reader.json(reading, tokens, pretty) + "\n").into_bytes());
    };
    let quads = reader.graph(reading).quads;
    if !format.is_lines() {
        return Piece::Quads(quads);
    }
    let mut writer = export::Writer::new(Vec::new(), format, &reader.context().base);
    let text = writer.write(&quads).and_then(|()| writer.finish());
    Piece::Text(text.expect("writing to memory never fails"))
}

/// Counts a result; an input that could not be read is told and counted.
fn tally_up(tally: &mut Tally, progress: &ProgressBar, piece: Result<Piece, source::Error>) -> Option<Piece> {
    match piece {
        Ok(piece) => {
            tally.read += 1;
            progress.inc(1);
            Some(piece)
        }
        Err(error) => {
            tally.skipped += 1;
            progress.suspend(|| super::report(&error.into()));
            None
        }
    }
}

/// A count of articles on standard error; hidden unless that is a terminal and the data goes elsewhere.
fn progress() -> ProgressBar {
    if !io::stderr().is_terminal() || io::stdout().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{spinner} {pos} articles, {per_sec}");
    let bar = ProgressBar::new_spinner();
    style.map_or(bar.clone(), |style| bar.with_style(style))
}
