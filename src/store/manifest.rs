//! The manifest: a journal in lines of tab-separated fields, appended to while articles are stored and now and then
//! rewritten in order, so that storing one article among a million costs one line.
//!
//! ```text
//! tidings-manifest 1
//! +  IRI  content digest  file digest  made by  quads  path
//! -  IRI
//! ```
//!
//! Later lines win. A last line without its line feed was cut off by a crash and does not count.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use super::article_file::{FileDigest, hex, relative_path, unhex};

/// First line.
const HEADER: &str = "tidings-manifest 1";

/// What the manifest knows of one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// IRI of the article, and of its graph.
    pub article: Arc<str>,
    /// Digest of the article that was read ([`crate::graph::content_digest`]).
    pub content: Box<str>,
    /// Digest of the text of its file.
    pub file_digest: FileDigest,
    /// Program, pipeline and knowledge base that made the graph, as one word.
    pub made_by: Arc<str>,
    /// Number of quads.
    pub quads: u64,
}

impl Entry {
    /// Path of the file inside the graph folder.
    pub fn path(&self) -> std::path::PathBuf {
        relative_path(&self.article, &self.file_digest)
    }

    /// The line that adds it.
    pub(super) fn line(&self) -> String {
        let path = self.path();
        let path = path.display();
        let Self { article, content, file_digest, made_by, quads } = self;
        format!("+\t{article}\t{content}\t{}\t{made_by}\t{quads}\t{path}\n", hex(file_digest))
    }
}

/// The articles of a graph folder, by IRI. A clone shares them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    entries: BTreeMap<Arc<str>, Arc<Entry>>,
    /// Articles whose last line removes them: their files are not to be taken in again.
    removed: BTreeSet<Box<str>>,
    /// Lines that a rewritten manifest would not have.
    superseded: usize,
}

/// A line that is not one of a manifest.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BadLine {
    /// From 1.
    pub line: usize,
    pub reason: String,
}

impl Manifest {
    /// Reads the lines of a manifest; gives with it the number of bytes that count (all but a line that was cut off).
    pub(super) fn parse(text: &[u8]) -> Result<(Self, usize), BadLine> {
        let whole = text.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let mut manifest = Self::default();
        let mut makers: BTreeMap<&str, Arc<str>> = BTreeMap::new();
        for (at, line) in
            text.get(..whole).unwrap_or_default().split_inclusive(|&byte| byte == b'\n').enumerate()
        {
            let bad = |reason: &str| BadLine { line: at + 1, reason: reason.to_owned() };
            let line = std::str::from_utf8(line).map_err(|_| bad("it is not text"))?.trim_end_matches('\n');
            if at == 0 {
                if line != HEADER {
                    return Err(bad(&format!("expected `{HEADER}`")));
                }
                continue;
            }
            let fields: Vec<&str> = line.split('\t').collect();
            match fields[..] {
                ["+", article, content, file_digest, made_by, quads, _path] => {
                    let file_digest = unhex(file_digest).ok_or_else(|| bad("its file digest is not one"))?;
                    let quads = quads.parse().map_err(|_| bad("its number of quads is not one"))?;
                    let made_by = Arc::clone(makers.entry(made_by).or_insert_with(|| made_by.into()));
                    manifest.insert(Entry {
                        article: article.into(),
                        content: content.into(),
                        file_digest,
                        made_by,
                        quads,
                    });
                }
                ["-", article] => {
                    manifest.remove(article);
                }
                _ => return Err(bad("expected `+` with six fields, or `-` with one")),
            }
        }
        Ok((manifest, whole))
    }

    /// The manifest in order, without what was superseded.
    pub(super) fn to_text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for entry in self.entries.values() {
            text.push_str(&entry.line());
        }
        text
    }

    /// The line that removes `article`.
    pub(super) fn removal(article: &str) -> String {
        let mut line = String::new();
        writeln!(line, "-\t{article}").expect("writing to a string succeeds");
        line
    }

    /// Whether so much was superseded that rewriting costs less than carrying it on: always in a small folder, so that
    /// equal graphs have equal folders, and once in every eighth of the articles in a large one.
    pub(super) fn wants_rewriting(&self, appended: usize) -> bool {
        const SMALL: usize = 100_000;
        appended + self.superseded > 0
            && (self.entries.len() < SMALL || appended + self.superseded > self.entries.len() / 8)
    }

    pub(super) fn rewritten(&mut self) {
        self.superseded = 0;
        self.removed.clear();
    }

    /// Adds or replaces; gives what was replaced.
    pub(super) fn insert(&mut self, entry: Entry) -> Option<Arc<Entry>> {
        self.removed.remove(&*entry.article);
        let old = self.entries.insert(Arc::clone(&entry.article), Arc::new(entry));
        self.superseded += usize::from(old.is_some());
        old
    }

    /// Removes; gives what was removed.
    pub(super) fn remove(&mut self, article: &str) -> Option<Arc<Entry>> {
        let old = self.entries.remove(article);
        self.removed.insert(article.into());
        self.superseded += 1 + usize::from(old.is_some());
        old
    }

    /// Whether the journal says that `article` was removed.
    pub(super) fn was_removed(&self, article: &str) -> bool {
        self.removed.contains(article)
    }

    /// What is known of `article`.
    pub fn get(&self, article: &str) -> Option<&Entry> {
        self.entries.get(article).map(Arc::as_ref)
    }

    /// All entries, ordered by IRI.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = &Entry> {
        self.entries.values().map(Arc::as_ref)
    }

    /// Number of articles.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no article.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Number of quads of all articles.
    pub fn quads(&self) -> u64 {
        self.entries.values().map(|entry| entry.quads).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(article: &str, quads: u64) -> Entry {
        let (article, made_by) = (article.into(), "v1".into());
        Entry { article, content: "c0ffee".into(), file_digest: [7; 16], made_by, quads }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut manifest = Manifest::default();
        manifest.insert(entry("http://example.org/b", 2));
        manifest.insert(entry("http://example.org/a", 1));
        let text = manifest.to_text();
        assert_eq!(Manifest::parse(text.as_bytes()).unwrap(), (manifest, text.len()));
        assert!(text.find("/a\t").unwrap() < text.find("/b\t").unwrap());
    }

    #[test]
    fn later_lines_win_and_a_line_cut_off_does_not_count() {
        let mut text = Manifest::default().to_text();
        for quads in [1, 2] {
            text.push_str(&entry("http://example.org/a", quads).line());
        }
        text.push_str(&entry("http://example.org/b", 5).line());
        text.push_str(&Manifest::removal("http://example.org/b"));
        let whole = text.len();
        text.push_str("+\thttp://example.org/c\tc0f");
        let (manifest, counted) = Manifest::parse(text.as_bytes()).unwrap();
        assert_eq!((manifest.len(), manifest.quads(), counted), (1, 2, whole));
        assert!(manifest.wants_rewriting(0));
    }

    #[test]
    fn names_the_line_that_is_wrong() {
        let header = Manifest::default().to_text();
        for (line, reason) in [
            ("+\ta\tb\tzz\tv\t1\tp\n", "file digest"),
            ("+\ta\tb\t07070707070707070707070707070707\tv\tmany\tp\n", "number of quads"),
            ("?\n", "expected `+`"),
            ("\u{0}\n", "expected `+`"),
        ] {
            let bad = Manifest::parse(format!("{header}{line}").as_bytes()).unwrap_err();
            assert_eq!(bad.line, 2);
            assert!(bad.reason.contains(reason), "{}", bad.reason);
        }
        assert_eq!(Manifest::parse(b"something else\n").unwrap_err().line, 1);
        assert_eq!(Manifest::parse(b"").unwrap(), (Manifest::default(), 0));
    }

    #[test]
    fn a_large_manifest_is_not_rewritten_for_one_article() {
        let mut manifest = Manifest::default();
        for n in 0..100_000 {
            manifest.insert(entry(&format!("http://example.org/{n}"), 1));
        }
        assert!(!manifest.wants_rewriting(1));
        assert!(manifest.wants_rewriting(20_000));
    }
}
