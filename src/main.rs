//! The command line of tidings: parses the arguments, runs one subcommand, maps errors to exit codes.

use std::process::ExitCode;

use clap::Parser;

mod cli;

fn main() -> ExitCode {
    cli::run(cli::Args::parse())
}
