use std::io;

use super::Origin;

/// Why an input gave no article. The articles after it are still read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Opening or reading failed.
    #[error("cannot read {origin}")]
    Read {
        /// The file.
        origin: Origin,
        /// What the system said.
        source: io::Error,
    },
    /// A path that was named does not exist.
    #[error("`{path}` does not exist; name a file, a folder, a quoted pattern like 'news/**/*.html', or `-`")]
    NotFound {
        /// As it was given.
        path: String,
    },
    /// Walking a folder failed.
    #[error("cannot list a folder")]
    List {
        /// What went wrong and where.
        source: walkdir::Error,
    },
    /// A folder holds no article.
    #[error("no article in the folder `{path}`; its files must end in {extensions}, or be named one by one")]
    EmptyFolder {
        /// The folder.
        path: String,
        /// What is looked for.
        extensions: String,
    },
    /// A pattern that matches no file.
    #[error(
        "no file matches the pattern `{pattern}`; `*` stays within a folder, `**` reaches into folders below"
    )]
    NoMatch {
        /// As it was given.
        pattern: String,
    },
    /// A pattern that cannot be parsed.
    #[error("not a pattern")]
    Pattern {
        /// What is wrong with it.
        source: globset::Error,
    },
    /// Nothing but white space.
    #[error("{origin} is empty")]
    Empty {
        /// The file or line.
        origin: Origin,
    },
    /// More bytes than the limit.
    #[error("{origin} is larger than {limit} bytes; split it, or raise the limit with `--max-size`")]
    TooLarge {
        /// The file or line.
        origin: Origin,
        /// The limit, in bytes.
        limit: u64,
    },
    /// Bytes that are no text in any encoding.
    #[error("{origin} is not text: {found}; give plain text, HTML or JSON Lines")]
    NotText {
        /// The file or line.
        origin: Origin,
        /// What it is instead.
        found: &'static str,
    },
    /// A line that is not an article in JSON.
    #[error(
        "{origin} is not an article in JSON: {problem}; expected an object like {{\"id\": …, \"text\": …}}"
    )]
    Json {
        /// The file and line.
        origin: Origin,
        /// What is wrong and at which column.
        problem: String,
    },
    /// An HTML page in which no article was found.
    #[error(
        "{origin} holds no article text; for a page of another kind give its text with `--input-format text`"
    )]
    NoBody {
        /// The file.
        origin: Origin,
    },
    /// An HTML page whose elements lie too deep within each other to be read in reasonable time.
    #[error("{origin} has elements {depth} deep within each other; a page may have {limit}")]
    NestedTooDeep {
        /// The file.
        origin: Origin,
        /// How deep they lie.
        depth: usize,
        /// How deep they may lie.
        limit: usize,
    },
}
