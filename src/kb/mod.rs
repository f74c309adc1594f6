//! The knowledge base: one file, used in place, from folded names to candidates and from candidates to facts.
//!
//! The file holds a finite-state map from names ([`crate::text::fold`]) to lists of candidates with priors, a table of entities
//! with records of fixed size, and their details. Opening it reads the header and nothing else; a look-up takes a few
//! microseconds. Several files can be used together, see [`Kb`]. `format.rs` and `details.rs` describe the bytes, `build.rs` writes them.

mod build;
mod candidates;
mod context;
mod curate;
mod demonym;
mod details;
mod entity;
mod facts;
mod format;
mod fuzzy;
mod groups;
mod layer;
mod layers;
mod name_map;
mod name_parts;
mod names;
mod row;
mod row_bytes;
mod sections;
mod sort;
mod sources;
mod vocabulary;

pub use build::{Builder, Built, Stage};
pub use context::context_words;
pub use curate::{Amendments, curate};
pub use entity::{Candidate, Entity, Gender, KbId, Relation};
pub use layers::{Info, Kb};
pub use row::{Key, Row};
pub use sources::{Format, Intake, Options};

use std::path::PathBuf;

/// A knowledge base that can't be read or built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file can't be read.
    #[error("can't read `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The file is no knowledge base.
    #[error("`{name}` is not a knowledge base: {problem}; build one with `tidings kb build`")]
    NotAKb {
        /// The file.
        name: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The file was written by another version of the program.
    #[error(
        "knowledge base `{name}` has format {found}, expected {expected}; rebuild it with `tidings kb build`"
    )]
    Version {
        /// The file.
        name: String,
        /// Its format.
        found: u32,
        /// The format that this version reads.
        expected: u32,
    },
    /// The bytes differ from those that were written.
    #[error("knowledge base `{name}` is damaged: its checksum differs; copy or build it again")]
    Damaged {
        /// The file.
        name: String,
    },
    /// A temporary file or the knowledge base can't be written.
    #[error("can't write the knowledge base")]
    Write(#[from] std::io::Error),
    /// There is more than the format can hold.
    #[error("a knowledge base can't hold more than {limit}: build two, and use them together")]
    TooLarge {
        /// What it can hold.
        limit: &'static str,
    },
    /// The format of a source can't be told.
    #[error("can't tell the format of `{}`; name it with --format", path.display())]
    UnknownFormat {
        /// The source.
        path: PathBuf,
    },
    /// A row of a table can't be understood.
    #[error("`{}`{}: {problem}", path.display(), at(*line))]
    Row {
        /// The table.
        path: PathBuf,
        /// Counted from 1; 0 where its reader does not know.
        line: u64,
        /// What is wrong with it.
        problem: String,
    },
}

/// `, line 3`; nothing where the line is not known.
fn at(line: u64) -> String {
    if line == 0 { String::new() } else { format!(", line {line}") }
}
