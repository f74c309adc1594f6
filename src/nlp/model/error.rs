use std::{io, path::PathBuf};

/// Why a pipeline could not be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file or folder cannot be read.
    #[error("cannot read `{path}`", path = path.display())]
    Io {
        /// What was opened.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// Neither a pipeline of spaCy nor a converted one.
    #[error(
        "`{origin}` holds no pipeline: {reason}; give a folder or wheel that spaCy wrote, or a file made by `tidings model convert`"
    )]
    NotAPipeline {
        /// The path.
        origin: String,
        /// What was looked for.
        reason: String,
    },
    /// A file of the pipeline is not there.
    #[error("it has no `{part}`; download or copy it again, completely")]
    Missing {
        /// Path inside the pipeline.
        part: String,
    },
    /// A file of the pipeline does not read as what it should be.
    #[error("`{part}` is damaged or not what it should be: {reason}; download or copy the pipeline again")]
    Damaged {
        /// Path inside the pipeline.
        part: String,
        /// What was expected and found.
        reason: String,
    },
    /// A file or folder holds a pipeline that can't be used.
    #[error("can't use the pipeline `{origin}`")]
    Pipeline {
        /// The path.
        origin: String,
        /// What is wrong with which part of it.
        source: Box<Error>,
    },
    /// The pipeline asks for something that cannot be run here.
    #[error("{what} is not supported: {mend}")]
    Unsupported {
        /// The component, architecture or setting, by its name.
        what: String,
        /// What to do about it.
        mend: String,
    },
}

impl Error {
    /// For `map_err`: names the pipeline whose part is at fault.
    pub(crate) fn within(origin: &str) -> impl FnOnce(Self) -> Self {
        move |error| Self::Pipeline { origin: origin.to_owned(), source: Box::new(error) }
    }

    pub(crate) fn damaged(part: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Damaged { part: part.into(), reason: reason.into() }
    }

    pub(crate) fn unsupported(what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self::Unsupported { what: what.into(), mend: mend.into() }
    }
}
