//! What a graph folder knows of one article without reading its graph.

use std::fmt::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use super::article_file::{FileDigest, hex, unhex};

/// What the manifest knows of one article: some 120 bytes in memory, beside its IRI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// IRI of the article, and of its graph.
    pub article: Arc<str>,
    /// Digest of the article that was read ([`crate::graph::content_digest`]).
    pub content: Content,
    /// Digest of the text of its graph.
    pub file_digest: FileDigest,
    /// Program, pipeline and knowledge base that made the graph, as one word. Entries share it.
    pub made_by: Arc<str>,
    /// Number of quads.
    pub quads: u64,
    /// Path of its pack inside the graph folder; empty before it is stored. Entries share it.
    pub(super) pack: Arc<str>,
    /// Where in the pack its bytes start.
    pub(super) offset: u32,
    /// How many they are; 0 stands for a whole file, as in manifests of version 1.
    pub(super) length: u32,
    /// Not so once it was removed.
    pub(super) is_live: bool,
}

impl Entry {
    /// That of an article that is not stored yet.
    pub(super) fn unplaced(
        article: &str,
        content: Content,
        file_digest: FileDigest,
        made_by: &str,
        quads: u64,
    ) -> Self {
        Self {
            article: article.into(),
            content,
            file_digest,
            made_by: made_by.into(),
            quads,
            pack: Arc::default(),
            offset: 0,
            length: 0,
            is_live: true,
        }
    }

    /// Path of its pack inside the graph folder.
    pub fn path(&self) -> &Path {
        Path::new(&*self.pack)
    }

    /// Which bytes of the pack are the article's; `None` if all are, in a folder that an older version made.
    pub fn range(&self) -> Option<std::ops::Range<u64>> {
        let offset = u64::from(self.offset);
        (self.length > 0).then(|| offset..offset + u64::from(self.length))
    }

    /// The first byte behind it in its pack.
    pub(super) fn end(&self) -> u64 {
        u64::from(self.offset) + u64::from(self.length)
    }

    /// Appends the line that adds it to the manifest.
    pub(super) fn write_line(&self, text: &mut String) {
        let Self { article, content, file_digest, made_by, quads, pack, offset, length, .. } = self;
        let file = hex(file_digest);
        writeln!(text, "+\t{article}\t{content}\t{file}\t{made_by}\t{quads}\t{pack}\t{offset}\t{length}")
            .expect("writing to a string succeeds");
    }
}

/// The digest of an article's content: SHA-256 as 64 hexadecimal digits, or another word of at most 32 bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Content {
    /// The digest, or the word.
    bytes: [u8; 32],
    /// Length of the word; [`Self::SHA256`] of a digest.
    len: u8,
}

impl Content {
    const SHA256: u8 = u8::MAX;

    /// `None` if the text is too long for a digest, or empty.
    pub fn new(text: &str) -> Option<Self> {
        if let Some(bytes) = unhex(text) {
            return Some(Self { bytes, len: Self::SHA256 });
        }
        let mut bytes = [0; 32];
        bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        (!text.is_empty()).then_some(Self { bytes, len: text.len() as u8 })
    }
}

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.bytes.get(..usize::from(self.len)) {
            Some(word) => f.write_str(&String::from_utf8_lossy(word)),
            None => f.write_str(&hex(&self.bytes)),
        }
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl PartialEq<str> for Content {
    fn eq(&self, other: &str) -> bool {
        Self::new(other).as_ref() == Some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_shown_as_it_was_given() {
        let sha = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
        for text in [sha, "d1", "c0ffee", "00112233445566778899aabbccddeeff"] {
            let content = Content::new(text).unwrap();
            assert_eq!(content.to_string(), text);
            assert!(content == *text && content != *"d2");
        }
        assert_eq!(Content::new(""), None);
        assert_eq!(Content::new(&"x".repeat(64)), None);
        assert_eq!(Content::new(&sha.to_uppercase()), None);
    }

    #[test]
    fn an_entry_stays_small() {
        assert!(size_of::<Entry>() <= 120, "{} bytes", size_of::<Entry>());
    }
}
