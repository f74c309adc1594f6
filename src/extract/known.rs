use std::cell::RefCell;
use std::collections::HashMap;

use super::NameType;
use crate::annotation::Class;
use crate::kb::{Candidate, Kb};

/// What the knowledge base knows of a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Meaning {
    /// The type of thing that it most likely means.
    pub(super) name_type: NameType,
    /// Share of that type among all that have the name, from 0 to 1.
    pub(super) share: f64,
    /// Popularity of the best known thing of that type, about 0 to 100.
    pub(super) popularity: f64,
    /// Whether it is the name that this thing is best known by.
    pub(super) is_label: bool,
    /// Share of things that are no names in the news, such as positions.
    pub(super) other: f64,
}

/// Look-ups of one document, each done once.
pub(super) struct Known<'k> {
    kb: &'k Kb,
    seen: RefCell<HashMap<String, Option<Meaning>>>,
}

impl<'k> Known<'k> {
    pub(super) fn new(kb: &'k Kb) -> Self {
        Self { kb, seen: RefCell::default() }
    }

    /// What a name means as it is written; `None` for what the knowledge base doesn't know.
    pub(super) fn meaning(&self, written: &str) -> Option<Meaning> {
        if let Some(&meaning) = self.seen.borrow().get(written) {
            return meaning;
        }
        let meaning = self.look_up(written);
        self.seen.borrow_mut().insert(written.to_owned(), meaning);
        meaning
    }

    /// Whether a name is known as that of something other than a position.
    pub(super) fn is_known(&self, written: &str) -> bool {
        self.meaning(written).is_some_and(|meaning| meaning.other < 0.5)
    }

    /// Whether people of the knowledge base have this surname.
    pub(super) fn is_surname(&self, word: &str) -> bool {
        let is_person = |candidate: &Candidate| {
            self.kb.entity(candidate.entity).is_some_and(|entity| entity.class == Class::Person)
        };
        self.kb.lookup_partial(word).iter().any(is_person)
    }

    /// Whether a word is the adjective of a country first of all.
    pub(super) fn is_of_country(&self, word: &str) -> bool {
        let first = self.kb.lookup(word).into_iter().next().filter(|candidate| candidate.is_demonym);
        first.and_then(|c| self.kb.entity(c.entity)).is_some_and(|entity| entity.class == Class::Country)
    }

    /// Popularity of the best known person of the knowledge base who is called by this surname.
    pub(super) fn fame_of_surname(&self, word: &str) -> Option<f64> {
        let named = self.kb.lookup(word).into_iter().chain(self.kb.lookup_partial(word));
        let people = named.filter_map(|candidate| self.kb.entity(candidate.entity));
        people.filter(|entity| entity.class == Class::Person).map(|entity| entity.popularity).reduce(f64::max)
    }

    fn look_up(&self, written: &str) -> Option<Meaning> {
        let mut shares = [0.0; NameType::COUNT];
        let mut best: [Option<(f64, bool)>; NameType::COUNT] = [None; NameType::COUNT];
        let mut other = 0.0;
        for candidate in self.kb.lookup(written).iter().filter(|c| c.fits(written)) {
            let Some(entity) = self.kb.entity(candidate.entity) else { continue };
            let name_type = match NameType::of_kind(entity.class.kind()) {
                Some(_) if candidate.is_demonym => NameType::Norp,
                Some(name_type) => name_type,
                None => {
                    other += candidate.prior;
                    continue;
                }
            };
            let number = name_type as usize;
            shares[number] += candidate.prior;
            if best[number].is_none_or(|(popularity, _)| popularity < entity.popularity) {
                best[number] = Some((entity.popularity, candidate.is_label));
            }
        }
        // Of equal shares the first counts.
        let (name_type, share) =
            NameType::all().zip(shares).reduce(|best, next| if next.1 > best.1 { next } else { best })?;
        let total = other + shares.iter().sum::<f64>();
        let (popularity, is_label) = best[name_type as usize].unwrap_or_default();
        (total > 0.0).then(|| Meaning {
            name_type,
            share: share / total,
            popularity,
            is_label,
            other: other / total,
        })
    }
}
