//! Which articles, in which version, a version of the index holds.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use super::super::Folder;
use super::super::article_file::{FileDigest, digest, hex, unhex};

/// Version of the index's form: one of another form is not used.
const FORMAT: u32 = 2;

/// The articles of an index, with the digests of the files that they were read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listing {
    /// The first line: all that an index depends on beside the articles.
    header: String,
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

impl Listing {
    /// What an index of `folder` holds.
    pub(super) fn of(folder: &Folder) -> Self {
        let entries = folder.manifest().entries();
        let articles = entries.map(|entry| (Arc::clone(&entry.article), entry.file_digest)).collect();
        Self { header: header(folder.corrections().digest()), articles }
    }

    /// That of an index that holds no article.
    pub(super) fn empty(header: &str) -> Self {
        Self { header: header.to_owned(), articles: BTreeMap::new() }
    }

    pub(super) fn header(&self) -> &str {
        &self.header
    }

    pub(super) fn insert(&mut self, article: Arc<str>, file: FileDigest) {
        self.articles.insert(article, file);
    }

    pub(super) fn remove(&mut self, article: &str) {
        self.articles.remove(article);
    }

    /// Reads what [`Self::to_text`] wrote, by the same program and for the same corrections.
    pub(super) fn parse(text: &str, header: &str) -> Option<Self> {
        let lines = text.strip_prefix(header)?;
        let article = |line: &str| {
            let (article, digest) = line.split_once('\t')?;
            Some((article.into(), unhex(digest)?))
        };
        let articles = lines.lines().map(article).collect::<Option<_>>()?;
        Some(Self { header: header.to_owned(), articles })
    }

    /// One line an article, under one that names the program that made the index.
    pub(super) fn to_text(&self) -> String {
        let mut text = self.header.clone();
        for (article, digest) in &self.articles {
            writeln!(text, "{article}\t{}", hex(digest)).expect("writing to a string succeeds");
        }
        text
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
fn header(corrections: Option<FileDigest>) -> String {
    let ontology = hex(&digest(crate::ontology::VOCABULARY.concat().as_bytes()));
    let corrections = corrections.map_or_else(|| "none".to_owned(), |corrections| hex(&corrections));
    let version = env!("CARGO_PKG_VERSION");
    format!("tidings-index {FORMAT} tidings-{version} ontology-{ontology} corrections-{corrections}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(articles: &[(&str, u8)]) -> Listing {
        let mut listing = Listing::empty(&header(None));
        for &(article, file) in articles {
            listing.insert(article.into(), [file; 16]);
        }
        listing
    }

    #[test]
    fn what_is_written_is_read_again() {
        let one = listing(&[("http://example.org/b", 2), ("http://example.org/a", 1)]);
        let header = &header(None);
        assert_eq!(Listing::parse(&one.to_text(), header), Some(one.clone()));
        assert_eq!(Listing::parse(&one.to_text().replace("index 2", "index 1"), header), None);
        assert_eq!(Listing::parse(one.to_text().trim_end_matches(['2', '\n']), header), None);
        assert_eq!(Listing::parse(&one.to_text(), &super::header(Some([1; 16]))), None);
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
        assert_eq!(after.changes(&after), Changes::default());
    }
}
