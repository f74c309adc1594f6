use std::collections::HashMap;

use crate::nlp::{Pos, bytes::Bytes, hash_index::HashIndex, strings::string_id};

/// How lemmas are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// In a table of forms.
    Lookup,
    /// By rules for endings, with exceptions and a list of known lemmas.
    Rule,
    /// The same in the French way: a known lemma stays, exceptions come before rules, the table of forms is last.
    FrenchRule,
}

/// The data of a lemmatizer.
#[derive(Clone, Debug)]
pub struct Tables {
    /// How they are used.
    pub mode: Mode,
    /// Whether forms that are not inflected are recognised by their features (English).
    pub base_forms: bool,
    /// Whether a lemma set earlier is replaced.
    pub overwrite: bool,
    /// Lemma of a form.
    pub lookup: WordMap,
    /// By part of speech.
    pub by_pos: Vec<(Pos, PosTables)>,
}

/// The tables of one part of speech.
#[derive(Clone, Debug)]
pub struct PosTables {
    /// Ending and what replaces it.
    pub rules: Vec<(String, String)>,
    /// Lemmas of irregular forms.
    pub exceptions: WordMap,
    /// Known lemmas.
    pub index: WordSet,
}

/// A set of words.
#[derive(Clone, Debug)]
pub struct WordSet {
    pub(in crate::nlp) keys: HashIndex,
}

impl WordSet {
    /// A set of these words.
    pub fn new<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let entries: Vec<(u64, u32)> = words.into_iter().map(|word| (string_id(word), 0)).collect();
        Self { keys: HashIndex::build(&entries) }
    }

    /// Whether the word is in it (a mistake in some three million words).
    pub fn contains(&self, word: &str) -> bool {
        self.keys.get(string_id(word)).is_some()
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A map from words to lists of words.
#[derive(Clone, Debug)]
pub struct WordMap {
    pub(in crate::nlp) keys: HashIndex,
    /// Lists, each with its length in bytes (16 bits) in front; words are separated by a zero byte.
    pub(in crate::nlp) lists: Bytes,
}

impl WordMap {
    /// A map from keys ([`string_id`]) to lists.
    pub(in crate::nlp) fn new<'w>(entries: impl IntoIterator<Item = (u64, Vec<&'w str>)>) -> Self {
        let mut lists: Vec<u8> = Vec::new();
        let mut places: HashMap<Vec<&str>, u32> = HashMap::new();
        let mut keys = Vec::new();
        for (key, words) in entries {
            let place = *places.entry(words).or_insert_with_key(|words| {
                let place = lists.len() as u32;
                let joined = words.join("\0");
                let length = u16::try_from(joined.len()).unwrap_or(0);
                lists.extend(length.to_le_bytes());
                lists.extend(&joined.as_bytes()[..usize::from(length)]);
                place
            });
            keys.push((key, place));
        }
        Self { keys: HashIndex::build(&keys), lists: lists.into() }
    }

    /// The words of a key, none if it is not there.
    pub fn get(&self, word: &str) -> impl Iterator<Item = &str> {
        self.list(word).unwrap_or("").split('\0').filter(|word| !word.is_empty())
    }

    fn list(&self, word: &str) -> Option<&str> {
        let place = self.keys.get(string_id(word))? as usize;
        let length = u16::from_le_bytes(self.lists.get(place..place + 2)?.try_into().ok()?);
        std::str::from_utf8(self.lists.get(place + 2..place + 2 + usize::from(length))?).ok()
    }

    /// Number of keys.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_give_back_the_lists_and_nothing_for_other_words() {
        let entries = [("axes", vec!["ax", "axis"]), ("mice", vec!["mouse"]), ("feet", vec!["foot"])];
        let map = WordMap::new(entries.map(|(word, list)| (string_id(word), list)));
        assert_eq!(map.get("axes").collect::<Vec<_>>(), ["ax", "axis"]);
        assert_eq!(map.get("mice").collect::<Vec<_>>(), ["mouse"]);
        assert_eq!(map.get("dogs").count(), 0);
        assert_eq!(map.len(), 3);
    }
}
