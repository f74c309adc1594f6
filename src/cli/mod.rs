//! Arguments and subcommands, one file each. Only this folder prints.

mod asking;
mod completions;
mod correct;
mod diff;
mod explain;
mod export;
mod extract;
mod format;
mod ingest;
mod input;
mod kb;
mod kb_build;
mod kb_files;
mod model;
mod ontology;
mod ontology_files;
mod output;
mod query;
mod reader;
mod remove;
#[cfg(feature = "serve")]
mod serve;
mod stats;
mod table;
mod verify;
mod writing;

use std::io::{self, ErrorKind, Write};
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::thread;

use clap::{CommandFactory, Parser, Subcommand};

/// News in, linked and cited knowledge out.
#[derive(Parser)]
#[command(version, about, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Extract(extract::ExtractArgs),
    Explain(explain::ExplainArgs),
    Diff(diff::DiffArgs),
    Ingest(ingest::IngestArgs),
    Query(query::QueryArgs),
    Export(export::ExportArgs),
    #[cfg(feature = "serve")]
    Serve(serve::ServeArgs),
    Stats(stats::StatsArgs),
    Verify(verify::VerifyArgs),
    Remove(remove::RemoveArgs),
    Correct(correct::CorrectArgs),
    Ontology(ontology::OntologyArgs),
    Kb(kb::KbArgs),
    Model(model::ModelArgs),
    Completions(completions::CompletionsArgs),
    Man(completions::ManArgs),
}

/// Runs the subcommand. Exit codes: 0 all done, 1 some articles failed, 2 could not start.
///
/// Data goes to standard output, all else to standard error; an output that nobody reads any more is no error.
pub(crate) fn run(args: Args) -> ExitCode {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let code = match args.command {
        Command::Extract(args) => extract::run(args, &mut out),
        Command::Explain(args) => explain::run(args, &mut out),
        Command::Diff(args) => diff::run(&args, &mut out).map(|()| ExitCode::SUCCESS),
        Command::Ingest(args) => ingest::run(args, &mut out),
        Command::Export(args) => export::run(&args, &mut out).map(|()| ExitCode::SUCCESS),
        Command::Query(args) => query::run(&args, &mut out).map(|()| ExitCode::SUCCESS),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(args).map(|()| ExitCode::SUCCESS),
        Command::Stats(args) => stats::run(&args, &mut out).map(|()| ExitCode::SUCCESS),
        Command::Verify(args) => verify::run(args, &mut out),
        Command::Remove(args) => remove::run(&args, &mut out).map(|()| ExitCode::SUCCESS),
        Command::Correct(args) => correct::run(&args, &mut out).map(|()| ExitCode::SUCCESS),
        Command::Ontology(args) => ontology::run(&args, &mut out),
        Command::Kb(args) => kb::run(&args, &mut out).map(|()| ExitCode::SUCCESS),
        Command::Model(args) => model::run(&args, &mut out).map(|()| ExitCode::SUCCESS),
        Command::Completions(args) => {
            completions::run_completions(&args, Args::command(), &mut out).map(|()| ExitCode::SUCCESS)
        }
        Command::Man(args) => {
            completions::run_man(&args, Args::command(), &mut out).map(|()| ExitCode::SUCCESS)
        }
    };
    match code.and_then(|code| Ok(out.flush().map(|()| code)?)) {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            report(&error);
            ExitCode::from(2)
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == ErrorKind::BrokenPipe)
}

/// Shows an error and its causes in one line on standard error.
#[expect(clippy::print_stderr, reason = "errors are shown to the user here and nowhere else")]
pub(crate) fn report(error: &anyhow::Error) {
    eprintln!("tidings: {error:#}");
}

/// The number of threads that was asked for, or one for each core.
fn threads(asked: Option<NonZeroUsize>) -> NonZeroUsize {
    asked.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
}
