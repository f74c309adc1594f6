//! Which articles, in which version, a version of the index holds.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use super::super::article_file::{FileDigest, digest, hex, unhex};
use super::super::manifest::Manifest;
use crate::graph::vocab;

/// Version of the index's form: one of another form is not used.
const FORMAT: u32 = 1;

/// The articles of an index, with the digests of the files that they were read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Listing {
    articles: BTreeMap<Arc<str>, FileDigest>,
}

/// What makes one index of another.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// IRIs of the articles that are to be taken out.
    pub(super) removed: Vec<Arc<str>>,
    /// IRIs of the articles that are to be read; a changed one is in both.
    pub(super) added: Vec<Arc<str>>,
}

impl Changes {
    pub(super) fn len(&self) -> usize {
        self.removed.len() + self.added.len()
    }

    /// Whether making them costs less than building the index `wanted` anew: taking a graph out costs several times
    /// what adding it does.
    pub(super) fn are_few(&self, wanted: &Listing) -> bool {
        self.removed.len() <= wanted.len() / 8
    }
}

impl Listing {
    /// What an index of the folder with this manifest holds.
    pub(super) fn of(manifest: &Manifest) -> Self {
        let entries = manifest.entries();
        Self { articles: entries.map(|entry| (Arc::clone(&entry.article), entry.file_digest)).collect() }
    }

    pub(super) fn len(&self) -> usize {
        self.articles.len()
    }

    pub(super) fn insert(&mut self, article: Arc<str>, file: FileDigest) {
        self.articles.insert(article, file);
    }

    pub(super) fn remove(&mut self, article: &str) {
        self.articles.remove(article);
    }

    /// Reads what [`Self::to_text`] wrote, by the same program.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let lines = text.strip_prefix(&header())?;
        let article = |line: &str| {
            let (article, digest) = line.split_once('\t')?;
            Some((article.into(), unhex(digest)?))
        };
        Some(Self { articles: lines.lines().map(article).collect::<Option<_>>()? })
    }

    /// One line an article, under one that names the program that made the index.
    pub(super) fn to_text(&self) -> String {
        let mut text = header();
        for (article, digest) in &self.articles {
            writeln!(text, "{article}\t{}", hex(digest)).expect("writing to a string succeeds");
        }
        text
    }

    /// The name of an index that holds this.
    pub(super) fn name(&self) -> String {
        hex(&digest(self.to_text().as_bytes()))
    }

    /// What has to be done to make `wanted` of this.
    pub(super) fn changes(&self, wanted: &Self) -> Changes {
        let without = |one: &Self, other: &Self| {
            let differ =
                one.articles.iter().filter(|&(article, file)| other.articles.get(article) != Some(file));
            differ.map(|(article, _)| Arc::clone(article)).collect()
        };
        Changes { removed: without(self, wanted), added: without(wanted, self) }
    }
}

/// The first line: all that an index depends on beside the articles.
fn header() -> String {
    let ontology = hex(&digest(vocab::ONTOLOGY.as_bytes()));
    format!("tidings-index {FORMAT} tidings-{} ontology-{ontology}\n", env!("CARGO_PKG_VERSION"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(articles: &[(&str, u8)]) -> Listing {
        let mut listing = Listing::default();
        for &(article, file) in articles {
            listing.insert(article.into(), [file; 16]);
        }
        listing
    }

    #[test]
    fn what_is_written_is_read_again() {
        let one = listing(&[("http://example.org/b", 2), ("http://example.org/a", 1)]);
        assert_eq!(Listing::parse(&one.to_text()), Some(one.clone()));
        assert_ne!(one.name(), Listing::default().name());
        assert_eq!(Listing::parse(&one.to_text().replace("index 1", "index 0")), None);
        assert_eq!(Listing::parse(one.to_text().trim_end_matches(['2', '\n'])), None);
    }

    #[test]
    fn a_changed_article_is_taken_out_and_read() {
        let before = listing(&[("a", 1), ("b", 1), ("c", 1)]);
        let after = listing(&[("b", 2), ("c", 1), ("d", 1)]);
        let changes = before.changes(&after);
        assert_eq!(
            changes,
            Changes { removed: vec!["a".into(), "b".into()], added: vec!["b".into(), "d".into()] }
        );
        assert!(!changes.are_few(&after));
        assert_eq!(after.changes(&after).len(), 0);
    }
}
