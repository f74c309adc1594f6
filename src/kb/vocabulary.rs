use std::collections::HashMap;

use super::{Row, context_words};

/// Most context words of an entity.
const MOST_WORDS: usize = 48;
/// Words that are counted at a time; when there are more, the rarest are forgotten.
const COUNTED: usize = 2_000_000;
/// Words that a knowledge base has.
const KEPT: usize = 1_000_000;

/// Counts context words in bounded memory.
#[derive(Default)]
pub(super) struct Counter {
    counts: HashMap<String, u32>,
}

/// The context words of a knowledge base, the most frequent first.
pub(super) struct Vocabulary {
    words: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Counter {
    pub(super) fn add(&mut self, row: &Row) {
        for word in words_of(row) {
            *self.counts.entry(word).or_default() += 1;
        }
        let mut least = 1;
        while self.counts.len() > COUNTED {
            least += 1;
            self.counts.retain(|_, &mut count| count >= least);
        }
    }

    pub(super) fn finish(self) -> Vocabulary {
        let mut words: Vec<(String, u32)> = self.counts.into_iter().collect();
        words.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        words.truncate(KEPT);
        let words: Vec<String> = words.into_iter().map(|(word, _)| word).collect();
        let numbers = words.iter().enumerate().map(|(i, word)| (word.clone(), i as u32)).collect();
        Vocabulary { words, numbers }
    }
}

impl Vocabulary {
    /// Numbers of the words of a row, in ascending order.
    pub(super) fn numbers(&self, row: &Row) -> Vec<u32> {
        let mut numbers: Vec<u32> =
            words_of(row).iter().filter_map(|word| self.numbers.get(word).copied()).collect();
        numbers.sort_unstable();
        numbers
    }

    /// As they are in a file.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = (self.words.len() as u32).to_le_bytes().to_vec();
        let mut end = 0;
        for word in &self.words {
            end += word.len() as u32;
            bytes.extend(end.to_le_bytes());
        }
        for word in &self.words {
            bytes.extend(word.as_bytes());
        }
        bytes
    }
}

/// The context words of a row, each once.
fn words_of(row: &Row) -> Vec<String> {
    let texts = row.description.iter().chain(&row.context);
    let mut words: Vec<String> = Vec::new();
    for word in texts.flat_map(|text| context_words(text)) {
        if words.len() < MOST_WORDS && !words.contains(&word) {
            words.push(word);
        }
    }
    words
}
