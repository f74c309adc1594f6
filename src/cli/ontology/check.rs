use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;
use tidings::lexicon::{self, Lexicon};
use tidings::nlp::Pipeline;
use tidings::ontology::Ontology;
use tidings::statement::check;

#[derive(Args)]
pub(super) struct CheckArgs {
    /// Turtle with frames of your own: files, or folders with `.ttl` files; they are added to the built-in ones
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Turtle with frames of your own, as other commands take it
    #[arg(long, value_name = "DIR|FILE")]
    ontology: Vec<PathBuf>,
    /// Writes JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &CheckArgs, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let paths: Vec<PathBuf> = args.ontology.iter().chain(&args.paths).cloned().collect();
    let ontology = Ontology::with(&paths)?;
    let lexicon = Lexicon::of(&ontology)?;
    let (failures, count) = check(&lexicon, &mut Pipeline::embedded().worker());
    let place = |entry: &str| {
        let (file, line) = ontology.place(&lexicon::iri(entry)).unwrap_or_default();
        (file.to_owned(), line)
    };
    if args.json {
        let failures = failures.iter().map(|failure| {
            let (file, line) = place(&failure.entry);
            json!({"file": file, "line": line, "entry": failure.entry, "example": failure.example, "problem": failure.problem})
        });
        let failures: Vec<_> = failures.collect();
        writeln!(out, "{:#}", json!({"examples": count, "failures": failures}))?;
    } else {
        for failure in &failures {
            let (file, line) = place(&failure.entry);
            writeln!(out, "{file}:{line}: {}: {}", failure.entry, failure.example)?;
            writeln!(out, "  {}", failure.problem)?;
        }
        writeln!(out, "{count} examples, {} of them don't give what they should", failures.len())?;
    }
    Ok(ExitCode::from(u8::from(!failures.is_empty())))
}
