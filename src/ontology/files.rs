use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use super::Error;

/// A Turtle file.
#[derive(Debug)]
pub(super) struct File {
    /// As it is named to the user.
    pub(super) name: String,
    pub(super) text: Cow<'static, str>,
}

macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        /// The files that are part of the program.
        const EMBEDDED: &[(&str, &str)] =
            &[$((concat!("ontology/", $name), include_str!(concat!("../../ontology/", $name)))),*];
    };
}

/// The core, in Turtle: articles, entities, statements.
pub const CORE: &str = EMBEDDED[0].1;

/// The properties that hold between entities, in Turtle.
pub const RELATIONS: &str = EMBEDDED[1].1;

/// The whole ontology in Turtle, without the lexicon: the core, the properties that hold between entities, the classes of events, and
/// the stances of those who are quoted.
pub const VOCABULARY: [&str; 4] = [CORE, RELATIONS, EMBEDDED[2].1, EMBEDDED[3].1];

embedded![
    "tidings.ttl",
    "relations.ttl",
    "events.ttl",
    "stances.ttl",
    "lexicon/constructions.ttl",
    "lexicon/cooperation.ttl",
    "lexicon/conflict.ttl",
    "lexicon/news.ttl",
    "lexicon/economy.ttl",
    "lexicon/general.ttl",
    "lexicon/attribution.ttl",
    "lexicon/factuality.ttl",
    "lexicon/links.ttl",
    "lexicon/relations.ttl",
];

/// The files that are part of the program.
pub(super) fn embedded() -> Vec<File> {
    EMBEDDED.iter().map(|&(name, text)| File { name: name.to_owned(), text: Cow::Borrowed(text) }).collect()
}

/// A file, or those of a folder in the order of their names.
pub(super) fn of_path(path: &Path) -> Result<Vec<File>, Error> {
    let mut paths = vec![path.to_owned()];
    if path.is_dir() {
        paths = listing(path)?;
        if paths.is_empty() {
            return Err(Error::Empty { path: path.to_owned() });
        }
    }
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).map_err(|source| Error::Read { path: path.clone(), source })?;
        Ok(File { name: path.display().to_string(), text: Cow::Owned(text) })
    };
    paths.iter().map(read).collect()
}

fn listing(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let error = |source| Error::Read { path: folder.to_owned(), source };
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(error)?;
    let is_turtle = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "ttl");
    let mut paths: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).filter(is_turtle).collect();
    paths.sort();
    Ok(paths)
}

impl File {
    /// Whether it is part of the program.
    pub(super) fn is_embedded(&self) -> bool {
        matches!(self.text, Cow::Borrowed(_))
    }

    /// The first line, from 1, that starts with an IRI: in angle brackets, or by the last part of it behind a prefix.
    pub(super) fn line_of(&self, iri: &str) -> Option<usize> {
        let local = iri.rsplit(['#', '/']).next().unwrap_or(iri);
        let starts = |line: &str| {
            let Some(word) = line.split_whitespace().next() else { return false };
            let is_prefixed = word.split_once(':').is_some_and(|(_, name)| name == local);
            is_prefixed || word.strip_prefix('<').is_some_and(|word| word.strip_suffix('>') == Some(iri))
        };
        self.text.lines().position(starts).map(|line| line + 1)
    }
}
