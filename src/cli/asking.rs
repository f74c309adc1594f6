//! What the subcommands that ask a graph folder share.

use std::io::{IsTerminal, stderr};
use std::num::NonZeroUsize;

use clap::Args;
use tidings::store::{Error, Folder, Graph};

#[derive(Args)]
pub(crate) struct AskArgs {
    /// Threads that bring the index of the graph folder up to date [default: one for each core]
    #[arg(short = 'j', long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
}

impl AskArgs {
    /// The graph of `folder`, from its index. Where that can't be written or read, the graph is loaded into memory instead,
    /// which is told; what is wrong with the folder itself is an error either way.
    #[expect(clippy::print_stderr, reason = "what takes long, and that memory is used instead, is told")]
    pub(crate) fn open(&self, folder: &Folder) -> Result<Graph, Error> {
        let threads = super::threads(self.threads);
        let tell = |articles: usize| {
            if stderr().is_terminal() {
                eprintln!("tidings: bringing the index up to date: {articles} articles to read");
            }
        };
        match Graph::open(folder, threads, tell) {
            Err(error @ (Error::Io { .. } | Error::Full { .. } | Error::DamagedIndex { .. })) => {
                let error = anyhow::Error::from(error);
                eprintln!("tidings: the index can't be used, the graph is loaded into memory: {error:#}");
                Graph::load(folder, threads)
            }
            opened => opened,
        }
    }
}
