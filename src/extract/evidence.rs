//! What a document as a whole says of its names: the same words elsewhere, and the names they are parts of.

use std::collections::{HashMap, HashSet};

use super::NameType;
use super::boundary::Draft;
use super::words::Words;

/// The types that decisions are made among: `OntoNotes` types are too fine for the little evidence there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Coarse {
    Person,
    Organization,
    /// A polity, facility, or other place.
    Place,
    Other,
}

impl Coarse {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 4] = [Self::Person, Self::Organization, Self::Place, Self::Other];

    /// The coarse type that a type belongs to.
    pub fn of(name_type: NameType) -> Self {
        match name_type {
            NameType::Person => Self::Person,
            NameType::Organization => Self::Organization,
            NameType::Gpe | NameType::Location | NameType::Facility => Self::Place,
            _ => Self::Other,
        }
    }

    pub(super) fn label(self) -> &'static str {
        ["PER", "ORG", "LOC", "MISC"][self as usize]
    }
}

/// How often words were taken for what.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Votes([u32; 4]);

impl Votes {
    /// The type of most votes with its share of them, without one vote for `own`.
    pub(super) fn majority(self, own: Option<Coarse>) -> Option<(Coarse, f64)> {
        let mut votes = self.0;
        if let Some(own) = own {
            votes[own as usize] = votes[own as usize].saturating_sub(1);
        }
        let total: u32 = votes.iter().sum();
        let best = Coarse::ALL
            .into_iter()
            .reduce(|best, next| if votes[next as usize] > votes[best as usize] { next } else { best })?;
        (total > 0).then(|| (best, f64::from(votes[best as usize]) / f64::from(total)))
    }
}

/// The names of a document, gathered by their words in lower case.
#[derive(Default)]
pub(super) struct Evidence {
    same: HashMap<String, Votes>,
    surnames: HashSet<String>,
    given_names: HashSet<String>,
    parts: HashMap<String, Votes>,
    small: HashSet<String>,
    capitals: HashMap<String, u32>,
}

impl Evidence {
    pub(super) fn new(words: &Words<'_>, drafts: &[Draft]) -> Self {
        let mut evidence = Self::default();
        for at in 0..words.len() {
            let text = words.text(at);
            if words.is_capital(at) && !words.starts_sentence(at) {
                *evidence.capitals.entry(text.to_lowercase()).or_default() += 1;
            } else if text.starts_with(char::is_lowercase) {
                evidence.small.insert(text.to_owned());
            }
        }
        for draft in drafts {
            let coarse = Coarse::of(draft.name_type);
            let key = words.text_of(&draft.range).to_lowercase();
            evidence.same.entry(key).or_default().0[coarse as usize] += 1;
            if draft.range.len() == 1 {
                continue;
            }
            let word = |at: usize| words.text(at).to_lowercase();
            if coarse == Coarse::Person {
                evidence.surnames.insert(word(draft.range.end - 1));
                evidence.given_names.insert(word(draft.range.start));
            } else {
                for at in draft.range.clone().filter(|&at| words.is_capital(at)) {
                    evidence.parts.entry(word(at)).or_default().0[coarse as usize] += 1;
                }
            }
        }
        evidence
    }

    pub(super) fn same(&self, key: &str) -> Votes {
        self.same.get(key).copied().unwrap_or_default()
    }

    pub(super) fn is_surname(&self, key: &str) -> bool {
        self.surnames.contains(key)
    }

    pub(super) fn is_given_name(&self, key: &str) -> bool {
        self.given_names.contains(key)
    }

    /// Whether a word stands in lower case somewhere.
    pub(super) fn is_small_elsewhere(&self, key: &str) -> bool {
        self.small.contains(key)
    }

    /// Whether a word is written with a capital more than once where no sentence starts.
    pub(super) fn is_capital_again(&self, key: &str) -> bool {
        self.capitals.get(key).is_some_and(|&times| times > 1)
    }

    /// What longer names are that have this word.
    pub(super) fn part_of(&self, key: &str) -> Option<Coarse> {
        Some(self.parts.get(key)?.majority(None)?.0)
    }
}
