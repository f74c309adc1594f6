use std::collections::HashMap;

use smol_str::SmolStr;

use super::Error;
use crate::ontology::{Ontology, TermKind, literal_of, node_of, term};

/// Words that tie one event to another.
#[derive(Clone, Debug)]
pub struct LinkCue {
    /// Its local name: `causeLink`.
    pub name: String,
    /// The property between the events: `td:causedBy`.
    pub property: SmolStr,
    /// Its sentences, with a word of each event marked as `subject` and `object` of the property.
    pub examples: Vec<String>,
}

/// What a word that ties events is, and so where they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Tie {
    /// `was arrested after the attack`
    Preposition,
    /// `fled because the army attacked`
    Conjunction,
    /// `fled before the attack`
    ReversePreposition,
    /// `fled before the army attacked`
    ReverseConjunction,
    /// `the attack caused an outcry`
    Verb,
    /// `the outcry followed the attack`
    ReverseVerb,
}

/// The kinds of words, by the names of their properties.
const TIES: [(Tie, &str); 6] = [
    (Tie::Preposition, "preposition"),
    (Tie::Conjunction, "conjunction"),
    (Tie::ReversePreposition, "reversePreposition"),
    (Tie::ReverseConjunction, "reverseConjunction"),
    (Tie::Verb, "verb"),
    (Tie::ReverseVerb, "reverseVerb"),
];

/// Cues that tie events, by their words.
#[derive(Debug, Default)]
pub struct LinkCues {
    all: Vec<LinkCue>,
    by_word: HashMap<(Tie, String), u32>,
}

impl LinkCues {
    /// All cues, in the order of their names.
    pub fn all(&self) -> &[LinkCue] {
        &self.all
    }

    /// The cue of a word in lower case.
    pub(crate) fn of(&self, tie: Tie, word: &str) -> Option<&LinkCue> {
        let number = self.by_word.get(&(tie, word.to_owned()))?;
        Some(&self.all[*number as usize])
    }

    pub(super) fn read(ontology: &Ontology) -> Result<Self, Error> {
        let mut cues = Self::default();
        for iri in ontology.of_kind(TermKind::LinkCue) {
            let number = cues.all.len() as u32;
            let (cue, words) = cue(ontology, iri).map_err(|problem| Error::new(ontology, iri, problem))?;
            cues.all.push(cue);
            for word in words {
                cues.by_word.entry(word).or_insert(number);
            }
        }
        Ok(cues)
    }
}

/// A cue and its words in lower case.
fn cue(ontology: &Ontology, iri: &str) -> Result<(LinkCue, Vec<(Tie, String)>), String> {
    let (mut property, mut examples, mut words) = (None, Vec::new(), Vec::new());
    for (predicate, object) in ontology.pairs(iri) {
        let Some(name) = predicate.strip_prefix(term::LEX) else { continue };
        let tie = TIES.into_iter().find(|(_, tie)| *tie == name).map(|(tie, _)| tie);
        match (name, tie, literal_of(object)) {
            ("links", ..) => property = node_of(object).map(|property| ontology.compact(property).into()),
            ("example", _, Some(example)) => examples.push(example.to_owned()),
            (_, Some(tie), Some(word)) => words.push((tie, word.to_lowercase())),
            _ => {
                return Err(format!(
                    "has `lex:{name}`, which cues of links don't have like that; they have `lex:links` with a property, and text for `lex:example`, {}",
                    TIES.map(|(_, name)| format!("`lex:{name}`")).join(", ")
                ));
            }
        }
    }
    let property =
        property.ok_or("has no `lex:links`: name a property between events such as `td:causedBy`")?;
    let name = iri.strip_prefix(term::LEX).unwrap_or(iri).to_owned();
    Ok((LinkCue { name, property, examples }, words))
}
