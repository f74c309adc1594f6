//! What the subcommands that write into a graph folder share.

use std::path::Path;

use clap::Args;
use tidings::store::{Error, FolderWriter, Waiting};

#[derive(Args)]
pub(crate) struct WriteArgs {
    /// Fails when another process is writing to the graph folder, and does not wait for it
    #[arg(long)]
    no_wait: bool,
}

/// Opens the folder for writing; says on standard error whom it waits for and what it had to mend.
#[expect(
    clippy::print_stderr,
    reason = "what happens to the user's folder is told, whatever goes to standard output"
)]
pub(crate) fn open_writer(path: &Path, args: &WriteArgs) -> Result<FolderWriter, Error> {
    let waiting = if args.no_wait { Waiting::Refuse } else { Waiting::Wait };
    let writer = FolderWriter::open(path, waiting, |holder| {
        eprintln!("tidings: waiting for process {holder}, which is writing to `{}`", path.display());
    })?;
    let migrated = writer.repaired().migrated;
    if migrated > 0 {
        eprintln!(
            "tidings: put the {migrated} files of articles in `{}` into packs, many a file",
            path.display()
        );
    }
    if !writer.repaired().is_nothing() {
        eprintln!(
            "tidings: an interrupted run or another program left `{}` in disorder; mended:",
            path.display()
        );
        for line in writer.repaired().to_string().lines() {
            eprintln!("  {line}");
        }
    }
    Ok(writer)
}
