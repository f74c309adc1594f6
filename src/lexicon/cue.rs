use std::collections::{BTreeMap, HashMap};

use smol_str::SmolStr;

use super::Error;
use crate::ontology::{Ontology, TermKind, literal_of, node_of, term};

/// Words that bring what somebody says, thinks or wants.
#[derive(Clone, Debug)]
pub struct Cue {
    /// Its local name: `denyCue`.
    pub name: String,
    /// What the source does, one of the stances of the ontology: `td:Denies`.
    pub stance: SmolStr,
    /// Where what is said stands.
    pub contents: Vec<Content>,
    /// Its sentences, with their source and content marked: `[source:Iran] denied [content:the report].`
    pub examples: Vec<String>,
}

/// Where what is said stands, seen from the cue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A finite clause: `said that it failed`.
    Clause,
    /// `promised to leave`.
    Infinitive,
    /// `denied leaving`.
    Gerund,
    /// `condemned the attack`.
    Object,
    /// Direct speech beside it.
    Quote,
    /// The clause that the cue stands in: `it failed, according to them`.
    Main,
    /// Behind a preposition: `called for an inquiry`.
    Preposition(SmolStr),
}

impl Content {
    fn from_name(name: &str) -> Self {
        match name {
            "clause" => Self::Clause,
            "infinitive" => Self::Infinitive,
            "gerund" => Self::Gerund,
            "object" => Self::Object,
            "quote" => Self::Quote,
            "main" => Self::Main,
            preposition => Self::Preposition(preposition.into()),
        }
    }
}

/// What kind of word a cue, or one with a signature, is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// `deny`
    Verb,
    /// `denial`
    Noun,
    /// A noun for who does it: `critic`.
    AgentNoun,
    /// `doubtful`
    Adjective,
    /// `according to`
    Preposition,
    /// `reportedly`
    Adverb,
    /// `may`
    Auxiliary,
    /// `if`
    Conjunction,
}

/// The kinds of words that are cues, by the names of their properties.
const PARTS: [(Part, &str); 5] = [
    (Part::Verb, "verb"),
    (Part::Noun, "noun"),
    (Part::AgentNoun, "agentNoun"),
    (Part::Adjective, "adjective"),
    (Part::Preposition, "preposition"),
];

/// Cues by their words.
#[derive(Debug, Default)]
pub struct Cues {
    all: Vec<Cue>,
    by_word: HashMap<Part, HashMap<String, Vec<u32>>>,
    /// Prepositions by their first word.
    prepositions: HashMap<String, Vec<(Vec<String>, u32)>>,
}

impl Cues {
    /// All cues, in the order of their names.
    pub fn all(&self) -> &[Cue] {
        &self.all
    }

    /// The cues of a word in lower case, in the order of their names.
    pub fn of(&self, part: Part, word: &str) -> impl Iterator<Item = &Cue> {
        let numbers = self.by_word.get(&part).and_then(|words| words.get(word));
        numbers.into_iter().flatten().map(|&number| &self.all[number as usize])
    }

    /// The cue among the prepositions that `word` starts, and the number of its words; `at` gives the words behind it by their
    /// distance.
    pub fn preposition<'d>(
        &self,
        word: &str,
        at: impl Fn(usize) -> Option<&'d str>,
    ) -> Option<(&Cue, usize)> {
        let prepositions = self.prepositions.get(word)?;
        let fits = |(words, _): &&(Vec<String>, u32)| {
            words.iter().enumerate().all(|(n, word)| at(n).is_some_and(|at| at == word))
        };
        let (words, number) = prepositions.iter().find(fits)?;
        Some((&self.all[*number as usize], words.len()))
    }

    pub(super) fn read(ontology: &Ontology) -> Result<Self, Error> {
        let mut cues = Self::default();
        let mut words: BTreeMap<(Part, String), Vec<u32>> = BTreeMap::new();
        for iri in ontology.of_kind(TermKind::Cue) {
            let number = cues.all.len() as u32;
            let (cue, own) = cue(ontology, iri).map_err(|problem| Error::new(ontology, iri, problem))?;
            cues.all.push(cue);
            for (part, word) in own {
                words.entry((part, word)).or_default().push(number);
            }
        }
        for ((part, word), numbers) in words {
            if part == Part::Preposition {
                let words: Vec<String> = word.split(' ').map(str::to_owned).collect();
                cues.prepositions.entry(words[0].clone()).or_default().push((words, numbers[0]));
            }
            cues.by_word.entry(part).or_default().insert(word, numbers);
        }
        Ok(cues)
    }
}

/// A cue and its words in lower case.
fn cue(ontology: &Ontology, iri: &str) -> Result<(Cue, Vec<(Part, String)>), String> {
    let (mut stance, mut contents, mut examples, mut words) = (None, Vec::new(), Vec::new(), Vec::new());
    for (predicate, object) in ontology.pairs(iri) {
        let Some(name) = predicate.strip_prefix(term::LEX) else { continue };
        let part = PARTS.into_iter().find(|(_, part)| *part == name).map(|(part, _)| part);
        match (name, part, literal_of(object)) {
            ("stance", ..) => stance = node_of(object).and_then(|stance| stance.strip_prefix(term::TD)),
            ("content", _, Some(content)) => contents.push(Content::from_name(content)),
            ("example", _, Some(example)) => examples.push(example.to_owned()),
            (_, Some(part), Some(word)) => words.push((part, word.to_lowercase())),
            _ => {
                return Err(format!(
                    "has `lex:{name}`, which cues don't have like that; they have `lex:stance` with a stance, and text for `lex:content`, `lex:example`, {}",
                    PARTS.map(|(_, name)| format!("`lex:{name}`")).join(", ")
                ));
            }
        }
    }
    let stance = stance.ok_or("has no `lex:stance`: name one such as `td:Says`")?;
    if contents.is_empty() {
        return Err("has no `lex:content`: say where the words stand, such as `\"clause\"`".into());
    }
    let name = iri.strip_prefix(term::LEX).unwrap_or(iri).to_owned();
    let stance = SmolStr::new(format!("td:{stance}"));
    Ok((Cue { name, stance, contents, examples }, words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn words_have_stances() {
        let cues = Lexicon::builtin().cues();
        let stances =
            |part, word: &str| cues.of(part, word).map(|cue| cue.stance.to_string()).collect::<Vec<_>>();
        assert_eq!(stances(Part::Verb, "deny"), ["td:Denies"]);
        assert_eq!(stances(Part::Noun, "denial"), ["td:Denies"]);
        assert_eq!(stances(Part::Preposition, "according to"), ["td:Says"]);
        assert!(stances(Part::Verb, "table").is_empty());
    }

    #[test]
    fn every_stance_is_in_the_ontology() {
        let ontology = include_str!("../../ontology/stances.ttl");
        for cue in Lexicon::builtin().cues().all() {
            assert!(ontology.contains(&format!("\n{} a td:Stance", cue.stance)), "{}", cue.stance);
        }
    }
}
