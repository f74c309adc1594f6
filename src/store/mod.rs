//! The graph on disk and the answers from it.
//!
//! A graph folder is made of standard files, and is the single source of truth:
//!
//! ```text
//! KG/
//!   packs/3f9a81c2….nq.gz   the named graphs of many articles: of each, sorted N-Quads, compressed for themselves
//!   manifest.tsv            one line an article: name, digests, what made it, number of quads, its place in which pack
//!   corrections.nq          what the user has corrected: one named graph; laid over the articles' when they are read
//!   description.ttl         the data set in VoID and DCAT, for people and catalogues; also what all IRIs start with
//!   ontology/               the user's own vocabulary, if the articles were read with one
//!   .lock                   held by the one process that writes
//!   index/                  derived from the packs; may be deleted
//! ```
//!
//! A pack is written whole or not at all, under a name that depends on its content; only then does the manifest get the
//! lines that make its articles part of the graph. Articles that come one by one are put together with the smallest packs,
//! so that a million articles lie in some hundred files and no article is moved more than a dozen times. At the end of a
//! run, packs with replaced or removed articles are written anew without them, and the old ones removed. Killed between
//! any two of these steps the manifest still names each article in exactly one version, and [`FolderWriter::open`] clears
//! away what was left behind. Each article says in its first line (a comment of N-Quads) what the manifest says of it, so
//! that a lost manifest is made again from the packs.
//!
//! Versions before had a file an article, `articles/3f/3f9a…-81c2….nq.gz`. Such folders are read as they are; the first
//! who writes to one makes packs of its files.
//!
//! Questions are answered from the index, which is made or brought up to date by whoever asks: [`Graph`].

mod article_file;
mod breadth;
mod corrections;
mod description;
mod entity_count;
mod entity_name;
mod entry;
mod error;
mod folder;
mod graph;
mod index;
mod linkset;
mod manifest;
mod own_ontology;
mod pack;
mod packing;
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
mod whole_file;
mod writer;

pub use article_file::{ArticleText, EncodedArticle, FileDigest, made_by};
pub use corrections::{CORRECTIONS_GRAPH, Correction, Corrections, Origin, Profile, is_item};
pub use entity_count::EntityCount;
pub use entity_name::{EntityNames, UnknownEntity, short_name};
pub use entry::{Content, Entry};
pub use error::Error;
pub use folder::{Folder, StoredArticle};
pub use graph::Graph;
pub use linkset::{Linkset, Target};
pub use manifest::{Manifest, State};
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

pub use crate::index::{Guard, Stop};
