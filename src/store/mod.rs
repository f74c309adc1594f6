//! The graph on disk and the answers from it.
//!
//! A graph folder is made of standard files, and is the single source of truth:
//!
//! ```text
//! KG/
//!   articles/3f/3f9a…-81c2….nq.gz   the named graph of one article: sorted N-Quads, compressed
//!   manifest.tsv                    one line an article: name, digests, what made it, number of quads
//!   corrections.nq                  what the user has corrected: one named graph; laid over the articles' when they are read
//!   description.ttl                 the data set in VoID and DCAT, for people and catalogues
//!   .lock                           held by the one process that writes
//!   index/                          derived from the articles' files; may be deleted
//! ```
//!
//! An article's file is written whole or not at all, under a name that depends on its content; only then does the
//! manifest get the line that makes it part of the graph, and only then is the file of an older version removed. Killed
//! between any two of these steps the folder still holds each article in exactly one version, and [`FolderWriter::open`]
//! clears away what was left behind. Every file says in its first line (a comment of N-Quads) what the manifest says of
//! it, so that a lost manifest is made again from the files.
//!
//! Questions are answered from the index, which is made or brought up to date by whoever asks: [`Graph`].

mod article_file;
mod corrections;
mod description;
mod entity_count;
mod entity_name;
mod error;
mod folder;
mod graph;
mod index;
mod linkset;
mod manifest;
mod prefixes;
mod query;
mod question;
mod repair;
mod selection;
mod statement;
mod statistics;
mod syntax;
mod trace;
mod verify;
mod writer;

pub use article_file::{ArticleText, EncodedArticle, FileDigest, made_by};
pub use corrections::{CORRECTIONS_GRAPH, Correction, Corrections, Origin, Profile, is_item};
pub use entity_count::EntityCount;
pub use entity_name::{EntityNames, UnknownEntity, short_name};
pub use error::Error;
pub use folder::{Folder, StoredArticle};
pub use graph::Graph;
pub use linkset::{Linkset, Target};
pub use manifest::{Entry, Manifest};
pub use prefixes::{expand, prefixes, shorten};
pub use query::{AnswerFormat, Answers, Dataset, Query, QueryError, Rows};
pub use question::{Parameter, ParameterError, Question, questions};
pub use repair::Repair;
pub use selection::Selection;
pub use statistics::{Statistics, UnknownClass, entity_class};
pub use syntax::SyntaxError;
pub use trace::{Evidence, Saying, Trace};
pub use verify::{Finding, Verification};
pub use writer::{FolderWriter, Waiting};
