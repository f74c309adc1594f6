use std::collections::HashMap;

use smol_str::SmolStr;

use super::Error;
use super::cue::Part;
use crate::annotation::{Certainty, Mood, Polarity};
use crate::ontology::{Ontology, TermKind, literal_of, term};

/// What words imply about what they govern, after Karttunen (1971) and `FactBank` (Saurí & Pustejovsky 2009).
#[derive(Clone, Debug)]
pub struct Signature {
    /// Its local name: `failSignature`.
    pub name: SmolStr,
    /// How what they govern is presented where they are affirmed.
    pub affirmed: Value,
    /// How it is presented where they are denied.
    pub denied: Value,
    /// Whether it is of what is, or of what is to come, meant or supposed.
    pub mood: Mood,
    /// Where what they govern stands: `infinitive`, `object`; anywhere if there is none.
    pub contents: Vec<SmolStr>,
    /// Its sentences, with the value of one word marked: `Iran failed to [CT-:attack] Iraq.`
    pub examples: Vec<String>,
}

/// How certain something is, and whether it is so.
pub type Value = (Certainty, Polarity);

impl Signature {
    /// Whether its words leave no doubt of what they govern, affirmed or denied: `know that`.
    pub fn is_factive(&self) -> bool {
        let fact = (Certainty::Certain, Polarity::Affirmed);
        self.affirmed == fact && self.denied == fact
    }
}

/// Signatures by their words.
#[derive(Debug, Default)]
pub struct Signatures {
    all: Vec<Signature>,
    by_word: HashMap<Part, HashMap<String, Vec<u32>>>,
}

/// The kinds of words that have signatures, by the names of their properties.
const PARTS: [(Part, &str); 7] = [
    (Part::Verb, "verb"),
    (Part::Noun, "noun"),
    (Part::Adjective, "adjective"),
    (Part::Preposition, "preposition"),
    (Part::Adverb, "adverb"),
    (Part::Auxiliary, "auxiliary"),
    (Part::Conjunction, "conjunction"),
];

impl Signatures {
    /// All signatures, in the order of their names.
    pub fn all(&self) -> &[Signature] {
        &self.all
    }

    /// The signature of a word in lower case for what stands so to it.
    pub fn of(&self, part: Part, word: &str, content: &str) -> Option<&Signature> {
        let mut signatures = self.by_word.get(&part)?.get(word)?.iter().map(|&n| &self.all[n as usize]);
        signatures.find(|s| s.contents.is_empty() || s.contents.iter().any(|c| c == content))
    }

    pub(super) fn read(ontology: &Ontology) -> Result<Self, Error> {
        let mut signatures = Self::default();
        for iri in ontology.of_kind(TermKind::Signature) {
            let number = signatures.all.len() as u32;
            let (signature, words) =
                signature(ontology, iri).map_err(|problem| Error::new(ontology, iri, problem))?;
            signatures.all.push(signature);
            for (part, word) in words {
                signatures.by_word.entry(part).or_default().entry(word).or_default().push(number);
            }
        }
        Ok(signatures)
    }
}

/// A signature and its words in lower case.
fn signature(ontology: &Ontology, iri: &str) -> Result<(Signature, Vec<(Part, String)>), String> {
    let (mut affirmed, mut denied, mut mood) = (None, None, Mood::Actual);
    let (mut contents, mut examples, mut words) = (Vec::new(), Vec::new(), Vec::new());
    for (predicate, object) in ontology.pairs(iri) {
        let Some(name) = predicate.strip_prefix(term::LEX) else { continue };
        let text =
            literal_of(object).ok_or_else(|| format!("has a `lex:{name}` that is no text in quotes"))?;
        let part = PARTS.into_iter().find(|(_, part)| *part == name).map(|(part, _)| part);
        match (name, part) {
            ("affirmed", _) => affirmed = Some(value_of(text)?),
            ("denied", _) => denied = Some(value_of(text)?),
            ("mood", _) => mood = mood_of(text)?,
            ("content", _) => contents.push(text.into()),
            ("example", _) => examples.push(text.to_owned()),
            (_, Some(part)) => words.push((part, text.to_lowercase())),
            _ => {
                return Err(format!(
                    "has `lex:{name}`, which signatures don't have; they have `lex:affirmed`, `lex:denied`, `lex:mood`, `lex:content`, `lex:example`, {}",
                    PARTS.map(|(_, name)| format!("`lex:{name}`")).join(", ")
                ));
            }
        }
    }
    let affirmed = affirmed.ok_or("has no `lex:affirmed`: give it a value such as `CT+`")?;
    let denied = denied.ok_or("has no `lex:denied`: give it a value such as `CT-`")?;
    let name = iri.strip_prefix(term::LEX).unwrap_or(iri).into();
    Ok((Signature { name, affirmed, denied, mood, contents, examples }, words))
}

fn value_of(text: &str) -> Result<Value, String> {
    value(text).ok_or_else(|| format!("has the value `{text}`, which is none of CT+ CT- PR+ PR- PS+ PS-"))
}

fn mood_of(text: &str) -> Result<Mood, String> {
    match text {
        "future" => Ok(Mood::Future),
        "intended" => Ok(Mood::Intended),
        "conditional" => Ok(Mood::Conditional),
        other => Err(format!("has the mood `{other}`, which is none of `future`, `intended`, `conditional`")),
    }
}

/// A value as `FactBank` writes it: `PR-`.
pub(crate) fn value(text: &str) -> Option<Value> {
    let certainty = match text.get(..2)? {
        "CT" => Certainty::Certain,
        "PR" => Certainty::Probable,
        "PS" => Certainty::Possible,
        _ => return None,
    };
    let polarity = match text.get(2..)? {
        "+" => Polarity::Affirmed,
        "-" => Polarity::Negated,
        _ => return None,
    };
    Some((certainty, polarity))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn signatures_depend_on_where_what_is_governed_stands() {
        let signatures = Lexicon::builtin().signatures();
        let denied = |content| signatures.of(Part::Verb, "forget", content).map(|s| s.affirmed.1);
        assert_eq!(denied("infinitive"), Some(Polarity::Negated));
        assert_eq!(denied("clause"), Some(Polarity::Affirmed));
        assert!(signatures.of(Part::Verb, "know", "clause").is_some_and(Signature::is_factive));
    }

    #[test]
    fn values_are_those_of_factbank() {
        assert_eq!(value("PS-"), Some((Certainty::Possible, Polarity::Negated)));
        for wrong in ["", "C", "CT", "CT*", "Uu"] {
            assert_eq!(value(wrong), None, "{wrong}");
        }
    }
}
