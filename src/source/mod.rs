//! Reads articles: plain text, HTML, JSON Lines, from files, folders and standard input.
//!
//! Takes [`Input`]s and gives [`Article`]s through the iterator [`Articles`], in a fixed order and one at a time.
//! Whatever cannot be read is an [`Error`] that names file and line; the next input is read. The text of an article is
//! that of its source (of HTML: the extracted body), and every offset in later stages refers to it.
//!
//! To add a reader:
//! 1. a file here with `read(bytes, origin, settings) -> Result<Article, Error>`;
//! 2. a variant of [`Format`] with its endings and how its first characters look;
//! 3. its arm in `articles.rs`, and a value of `--input-format`;
//! 4. a property test in `tests/readers.rs` and a target in `fuzz/` (both call `tests/properties`).

mod article;
mod articles;
mod date;
mod dateline;
mod decode;
mod error;
mod files;
mod format;
mod html;
mod json;
mod pieces;
mod plain;
mod settings;
mod stream;

pub use article::{Article, Dateline, Origin};
pub use articles::Articles;
pub(crate) use date::day_of;
pub use date::parse_date;
pub use error::Error;
pub use files::Input;
pub use format::Format;
pub(crate) use json::explain as explain_json;
pub use pieces::{Lines, Piece};
pub use settings::Settings;
