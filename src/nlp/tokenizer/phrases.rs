use std::collections::{HashMap, HashSet};

use crate::nlp::strings::string_id;

/// Sequences of forms to be found among tokens.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    /// The sequences, by the first form.
    by_first: HashMap<u64, Vec<Vec<u64>>>,
}

impl Phrases {
    pub(super) fn add<'f>(&mut self, forms: impl IntoIterator<Item = &'f str>) {
        let forms: Vec<u64> = forms.into_iter().map(string_id).collect();
        if let Some(&first) = forms.first() {
            self.by_first.entry(first).or_default().push(forms);
        }
    }

    /// Whether a sequence starts with this form.
    pub(super) fn starts(&self, form: u64) -> bool {
        self.by_first.contains_key(&form)
    }

    /// The sequences found (start and end), without overlap, in order: longer ones first, then those further left,
    /// as long as neither end lies within one that was looked at before.
    pub(super) fn find(
        &self,
        len: usize,
        may_start: impl Fn(usize) -> bool,
        form: impl Fn(usize) -> u64,
    ) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for start in (0..len).filter(|&i| may_start(i)) {
            for sequence in self.by_first.get(&form(start)).into_iter().flatten() {
                let end = start + sequence.len();
                if end <= len && sequence.iter().zip(start..).all(|(&wanted, i)| form(i) == wanted) {
                    found.push((start, end));
                }
            }
        }
        found.sort_by_key(|&(start, end)| (std::cmp::Reverse(end - start), start));
        let mut seen = HashSet::new();
        found.retain(|&(start, end)| {
            let free = !seen.contains(&start) && !seen.contains(&(end - 1));
            seen.extend(start..end);
            free
        });
        found.sort_unstable();
        found.dedup();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_sequences_win_and_then_those_further_left() {
        let mut phrases = Phrases::default();
        for phrase in ["a b", "b c d", "d", "x x"] {
            phrases.add(phrase.split(' '));
        }
        let find = |text: &str| {
            let forms: Vec<u64> = text.split(' ').map(string_id).collect();
            phrases.find(forms.len(), |i| phrases.starts(forms[i]), |i| forms[i])
        };
        assert_eq!(find("a b c d"), [(1, 4)]);
        assert_eq!(find("a b c"), [(0, 2)]);
        assert_eq!(find("x x x d"), [(0, 2), (3, 4)]);
    }
}
