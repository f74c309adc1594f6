//! What the subcommands that ask a graph folder share.

use std::num::NonZeroUsize;

use clap::Args;
use tidings::store::{Error, Folder, Graph};

#[derive(Args)]
pub(crate) struct AskArgs {
    /// Makes an index on disk inside the graph folder, and asks that: for graphs that memory is too small for. Once it is
    /// there it is used, and kept up to date, without this option; delete the folder `index` to be rid of it
    #[cfg(feature = "rocksdb")]
    #[arg(long)]
    index: bool,
    /// Loads the graph into memory though there is an index on disk
    #[cfg(feature = "rocksdb")]
    #[arg(long, conflicts_with = "index")]
    no_index: bool,
    /// Threads that read the graph folder [default: one for each core]
    #[arg(short = 'j', long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
}

impl AskArgs {
    /// The graph of `folder`: from its index if there is one or one is asked for, else loaded into memory.
    pub(crate) fn open(&self, folder: &Folder) -> Result<Graph, Error> {
        let threads = super::threads(self.threads);
        #[cfg(feature = "rocksdb")]
        if !self.no_index
            && let Some(graph) = self.open_index(folder, threads)?
        {
            return Ok(graph);
        }
        Graph::load(folder, threads)
    }

    /// The index. What can't be written or opened is told, and memory does instead; what is wrong with the folder itself is
    /// an error either way.
    #[cfg(feature = "rocksdb")]
    #[expect(clippy::print_stderr, reason = "what takes long, and that memory is used instead, is told")]
    fn open_index(&self, folder: &Folder, threads: NonZeroUsize) -> Result<Option<Graph>, Error> {
        use std::io::{IsTerminal, stderr};

        let tell = |articles: usize| {
            if stderr().is_terminal() {
                eprintln!("tidings: bringing the index up to date: {articles} articles to read");
            }
        };
        match Graph::open_index(folder, self.index, threads, tell) {
            Err(error @ (Error::Io { .. } | Error::Full { .. } | Error::Index(_))) => {
                let error = anyhow::Error::from(error);
                eprintln!("tidings: the index can't be used, the graph is loaded into memory: {error:#}");
                Ok(None)
            }
            opened => opened,
        }
    }
}
