//! `tidings remove`: takes articles out of a graph folder.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use tidings::store::Folder;

use super::writing::{WriteArgs, open_writer};

/// Takes articles out of a graph folder
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RemoveArgs {
    /// The articles: their IRIs, or the ids or addresses that they came with
    #[arg(required = true, value_name = "ARTICLE")]
    articles: Vec<String>,
    /// The graph folder
    #[arg(long, value_name = "DIR")]
    kg: PathBuf,
    #[command(flatten)]
    writing: WriteArgs,
}

const EXAMPLES: &str = "\
Examples:
  tidings remove --kg kg https://news.example/2025/05/baku-drill.html
  tidings remove --kg kg n-2 n-7";

/// Runs it, writing to `out`. Nothing is removed if one of the articles is not there.
pub(crate) fn run(args: &RemoveArgs, out: &mut dyn Write) -> anyhow::Result<()> {
    // Opened for reading first: a folder that is not there is not made.
    Folder::open(&args.kg)?;
    let mut writer = open_writer(&args.kg, &args.writing)?;
    let folder = Folder::open(&args.kg)?;
    let found: Result<BTreeSet<String>, _> =
        args.articles.iter().map(|name| folder.find(name).map(|entry| entry.article.to_string())).collect();
    let found = found?;
    let removed = writer.remove(found.iter().map(String::as_str))?;
    writer.finish()?;
    writeln!(out, "removed {removed} article{}", if removed == 1 { "" } else { "s" })?;
    Ok(())
}
