//! Arguments and subcommands, one file each. Only this folder prints.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod input;

/// News in, linked and cited knowledge out.
#[derive(Parser)]
#[command(version, about, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {}

/// Runs the subcommand. Exit codes: 0 all done, 1 some articles failed, 2 could not start.
pub(crate) fn run(args: Args) -> ExitCode {
    match args.command {}
}
