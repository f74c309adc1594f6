use std::io;
use std::path::{Path, PathBuf};

/// Why a graph folder can't be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The operating system refused.
    #[error("can't {action} `{}`", path.display())]
    Io {
        /// What was tried: a verb.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
    /// No room left.
    #[error(
        "no space left to {action} `{}`; all that was stored before is whole: free some space and run the same \
         command again", path.display()
    )]
    Full {
        /// What was tried: a verb.
        action: &'static str,
        /// The file.
        path: PathBuf,
    },
    /// There is no graph folder.
    #[error("`{}` is not a graph folder (it has no manifest.tsv); make one with `tidings ingest PATHS --kg {}`",
        path.display(), path.display())]
    NotAFolder {
        /// Where one was expected.
        path: PathBuf,
    },
    /// Another process writes to it.
    #[error("another process (id {holder}) is writing to `{}`; wait for it, or leave out --no-wait", path.display())]
    Locked {
        /// The graph folder.
        path: PathBuf,
        /// Its process id as far as it is known, else `unknown`.
        holder: String,
    },
    /// The manifest says something that no manifest says.
    #[error("`{}`, line {line}: {reason}; delete the file and run `tidings ingest`, which makes it again from the \
         articles' files", path.display())]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// The folder's file of corrections holds something else.
    #[error("`{}`, line {line}: {reason}; mend or delete that line", path.display())]
    Corrections {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// What is wrong there.
        reason: String,
    },
    /// A file of RDF that holds other things than corrections.
    #[error("`{}`: {reason}", path.display())]
    NoCorrections {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A file isn't what was stored.
    #[error("`{}` is damaged: {reason}; delete it and ingest article <{article}> again", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The article whose graph it holds.
        article: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The manifest names a file that is not there.
    #[error("`{}` is missing; ingest article <{article}> again", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
        /// The article whose graph it held.
        article: String,
    },
    /// No article goes by this name.
    #[error("no article in `{}` has the IRI, id or address `{name}`; `tidings query --name articles` lists them",
        path.display())]
    NoSuchArticle {
        /// The graph folder.
        path: PathBuf,
        /// What was asked for.
        name: String,
    },
    /// A file of RDF that can't be read.
    #[error("can't read `{}`", path.display())]
    Rdf {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: oxigraph::io::RdfParseError,
    },
    /// A file whose name does not tell its format.
    #[error("can't tell the RDF format of `{}` by its extension; known are ttl, nt, nq, trig, rdf, jsonld (and each \
         with .gz)", path.display())]
    UnknownFormat {
        /// The file.
        path: PathBuf,
    },
    /// A file of the index isn't what was written.
    #[error(
        "the index is damaged ({reason}); delete the folder `index` in the graph folder: it is made again"
    )]
    DamagedIndex {
        /// Which file, and what is wrong with it.
        reason: String,
    },
}

impl From<crate::index::Damaged> for Error {
    fn from(damaged: crate::index::Damaged) -> Self {
        Self::DamagedIndex { reason: damaged.to_string() }
    }
}

impl Error {
    /// For `map_err`: names what was tried and on which file; a full disk is told apart.
    pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                Self::Full { action, path: path.to_owned() }
            }
            _ => Self::Io { action, path: path.to_owned(), source },
        }
    }
}
