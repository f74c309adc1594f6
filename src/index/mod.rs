//! The embedded index of quads that answers queries: segments that are written once, mapped into memory, and asked by
//! Oxigraph's evaluator. It knows RDF, and neither articles nor folders.

mod build;
mod dataset;
mod dictionary;
mod order;
mod pages;
mod segment;
mod snapshot;
mod term;
mod varint;

#[cfg(test)]
mod tests;

use std::io;
use std::path::{Path, PathBuf};

pub(crate) use build::{Batch, merge};
pub(crate) use dataset::{IndexDataset, Stopped};
pub(crate) use segment::Segment;
#[cfg(test)]
use snapshot::Pattern;
pub(crate) use snapshot::{Part, Snapshot};

/// The number of a term; 0 is the default graph.
pub(crate) type Id = u64;

/// A file of an index is not as it was written.
#[derive(Clone, Debug, thiserror::Error)]
#[error("`{}` is damaged: {what}", path.display())]
pub(crate) struct Damaged {
    path: PathBuf,
    what: String,
}

impl Damaged {
    fn new(path: &Path, what: &str) -> Self {
        Self { path: path.to_owned(), what: what.to_owned() }
    }
}

/// Why a segment can't be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BuildError {
    /// It can't be written.
    #[error(transparent)]
    Write(#[from] io::Error),
    /// One that it stands on is damaged.
    #[error(transparent)]
    Damaged(#[from] Damaged),
}
