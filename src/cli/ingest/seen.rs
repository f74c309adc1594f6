//! Which articles were in the input, and which need not be read. A million of them take up some 50 MB.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use sha2::{Digest, Sha256};
use tidings::store::{Content, Entry};

/// What is known of articles.
#[derive(Default)]
pub(super) struct Seen {
    /// Of each, by the digest of its IRI, [`version`]. The last bit tells whether it was in the input.
    articles: HashMap<[u8; 16], u64>,
}

const WAS_IN_INPUT: u64 = 1;

impl Seen {
    /// Takes note of what is stored.
    pub(super) fn know(&mut self, stored: &Entry) {
        let known = self.articles.entry(key(&stored.article)).or_default();
        *known = version(stored.content, &stored.made_by) | (*known & WAS_IN_INPUT);
    }

    /// Takes note of an article in the input.
    pub(super) fn add(&mut self, iri: &str) {
        *self.articles.entry(key(iri)).or_default() |= WAS_IN_INPUT;
    }

    /// Takes note of an article in the input, and tells whether it is another version than the one that is known.
    pub(super) fn add_version(&mut self, iri: &str, content: Content, made_by: &str) -> bool {
        let known = self.articles.entry(key(iri)).or_default();
        let is_other = *known & !WAS_IN_INPUT != version(content, made_by);
        *known = version(content, made_by) | WAS_IN_INPUT;
        is_other
    }

    /// Whether an article was in the input.
    pub(super) fn was_in_input(&self, iri: &str) -> bool {
        self.articles.get(&key(iri)).is_some_and(|known| known & WAS_IN_INPUT > 0)
    }
}

fn key(iri: &str) -> [u8; 16] {
    Sha256::digest(iri).first_chunk().copied().expect("SHA-256 has 32 bytes")
}

/// Tells what an article says and what read it from all else, but for the last bit, which is free; never 0.
fn version(content: Content, made_by: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (content, made_by).hash(&mut hasher);
    hasher.finish().max(2) & !WAS_IN_INPUT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_in_this_version_is_not_read_again() {
        let content = |text| Content::new(text).unwrap();
        let mut seen = Seen::default();
        assert!(seen.add_version("a", content("d1"), "v1"));
        assert!(!seen.add_version("a", content("d1"), "v1"));
        assert!(seen.add_version("a", content("d1"), "v2"));
        assert!(seen.add_version("a", content("d2"), "v2"));
        seen.add("b");
        assert!(seen.add_version("b", content("d1"), "v1"));
        assert!(seen.was_in_input("a") && seen.was_in_input("b") && !seen.was_in_input("c"));
    }
}
