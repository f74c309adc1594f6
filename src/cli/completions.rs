//! `tidings completions` and `tidings man`: for the shell and the manual.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Command};
use clap_complete::Shell;

/// Writes a completion script for a shell
#[derive(Args)]
#[command(after_help = COMPLETIONS_EXAMPLES)]
pub(crate) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  tidings completions bash > tidings.bash
  tidings completions fish > tidings.fish";

/// Writes the manual pages
#[derive(Args)]
#[command(after_help = MAN_EXAMPLES)]
pub(crate) struct ManArgs {
    /// Writes a page for the program and each subcommand into this folder, not the program's to standard output
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

const MAN_EXAMPLES: &str = "\
Examples:
  tidings man > tidings.1
  tidings man -o man1";

/// Runs `tidings completions` for the program that `command` describes.
pub(crate) fn run_completions(
    args: &CompletionsArgs,
    mut command: Command,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    // The generator would panic where nobody reads on.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "tidings", &mut script);
    Ok(out.write_all(&script)?)
}

/// Runs `tidings man` for the program that `command` describes.
pub(crate) fn run_man(args: &ManArgs, command: Command, out: &mut dyn Write) -> anyhow::Result<()> {
    let Some(folder) = &args.output else {
        return Ok(clap_mangen::Man::new(command).render(&mut { out })?);
    };
    fs::create_dir_all(folder).with_context(|| format!("can't make `{}`", folder.display()))?;
    clap_mangen::generate_to(command, folder)
        .with_context(|| format!("can't write to `{}`", folder.display()))
}
