//! `tidings ontology`: the vocabulary of the graph and the lexicon that finds it in text.

mod check;
mod show;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};
use oxigraph::io::{JsonLdProfileSet, RdfFormat as Media, RdfSerializer};
use oxigraph::model::Quad;
use tidings::lexicon::{Lexicon, ONTOLEX_PREFIXES, ontolex, pages};

use super::format::RdfFormat;
use super::ontology_files::OntologyFiles;

/// Checks, shows and exports the vocabulary: classes, properties, and the frames of the lexicon
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct OntologyArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Reads the example sentences of the lexicon, and tells which don't give what they should
    ///
    /// The exit code is 1 if there are any.
    #[command(after_help = "Examples:
  tidings ontology check
  tidings ontology check examples/ontology --json")]
    Check(check::CheckArgs),
    /// Tells what a term means, and the words that say it
    #[command(after_help = "Examples:
  tidings ontology show td:Attack
  tidings ontology show headOfState
  tidings ontology show kidnap --json")]
    Show(show::ShowArgs),
    /// Writes the vocabulary as static HTML: an index, and a page a term
    #[command(after_help = "Examples:
  tidings ontology doc -o vocabulary")]
    Doc {
        #[command(flatten)]
        files: OntologyFiles,
        /// The folder; made where there is none
        #[arg(short, long, value_name = "DIR")]
        output: PathBuf,
    },
    /// Writes the whole vocabulary as RDF
    #[command(after_help = "Examples:
  tidings ontology export > vocabulary.ttl
  tidings ontology export --ontolex -f nt > lexicon.nt")]
    Export(ExportArgs),
}

#[derive(Args)]
struct ExportArgs {
    #[command(flatten)]
    files: OntologyFiles,
    /// Format of the output
    #[arg(short, long, value_name = "FORMAT", default_value = "turtle")]
    format: RdfFormat,
    /// Writes the lexicon as OntoLex-Lemon instead: entries, forms, senses, syntactic frames
    #[arg(long)]
    ontolex: bool,
}

const EXAMPLES: &str = "\
Examples:
  tidings ontology check
  tidings ontology show kidnap
  tidings ontology show td:headOfState --json
  tidings ontology doc -o vocabulary
  tidings ontology export -f ttl > vocabulary.ttl
  tidings ontology export --ontolex > lexicon.ttl
  tidings ontology check examples/ontology
  tidings extract --ontology examples/ontology examples/articles/good-friday-agreement.txt";

/// Runs it, writing to `out`.
pub(crate) fn run(args: &OntologyArgs, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    match &args.command {
        Command::Check(args) => return check::run(args, out),
        Command::Show(args) => show::run(args, out)?,
        Command::Doc { files, output } => doc(files, output, out)?,
        Command::Export(args) => export(args, out)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn doc(files: &OntologyFiles, output: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    let ontology = files.open_all()?;
    let pages = pages(&ontology, &Lexicon::of(&ontology)?);
    fs::create_dir_all(output).with_context(|| format!("can't make `{}`", output.display()))?;
    for (name, text) in &pages {
        let path = output.join(name);
        fs::write(&path, text).with_context(|| format!("can't write `{}`", path.display()))?;
    }
    writeln!(out, "{} pages; start with {}", pages.len(), output.join("index.html").display())?;
    Ok(())
}

fn export(args: &ExportArgs, out: &mut dyn Write) -> anyhow::Result<()> {
    let ontology = args.files.open_all()?;
    if args.ontolex {
        let quads = ontolex(&Lexicon::of(&ontology)?);
        return write(quads.into_iter(), ONTOLEX_PREFIXES, args.format, out);
    }
    write(ontology.quads(), ontology.prefixes(), args.format, out)
}

fn write<'p>(
    quads: impl Iterator<Item = Quad>,
    prefixes: impl IntoIterator<Item = (&'p str, &'p str)>,
    format: RdfFormat,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut serializer = RdfSerializer::from_format(media(format));
    for (prefix, iri) in prefixes {
        serializer = serializer.with_prefix(prefix, iri)?;
    }
    let mut writer = serializer.for_writer(out);
    for quad in quads {
        writer.serialize_quad(&quad)?;
    }
    writer.finish()?;
    Ok(())
}

fn media(format: RdfFormat) -> Media {
    match format {
        RdfFormat::Turtle => Media::Turtle,
        RdfFormat::Trig => Media::TriG,
        RdfFormat::Nt => Media::NTriples,
        RdfFormat::Nq => Media::NQuads,
        RdfFormat::Rdfxml => Media::RdfXml,
        RdfFormat::Jsonld => Media::JsonLd { profile: JsonLdProfileSet::empty() },
    }
}
