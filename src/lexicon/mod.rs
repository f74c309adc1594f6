//! Which words say what: the frames of the ontology's lexicon, ready to be matched.
//!
//! A frame ties verbs and nouns to one class of events or to one property, and says which grammatical argument fills which role.
//! Frames are RDF (`ontology/lexicon`, whose `constructions.ttl` explains the vocabulary); this module reads them into tables.

mod cue;
mod describe;
mod frame;
mod link_cue;
mod ontolex;
mod pages;
mod read;
mod signature;

pub use cue::{Content, Cue, Cues, Part};
pub use describe::{Description, Words, describe, find};
pub use frame::{Frame, Meaning, Role, Slot};
pub(crate) use link_cue::Tie;
pub use link_cue::{LinkCue, LinkCues};
pub use ontolex::{PREFIXES as ONTOLEX_PREFIXES, quads as ontolex};
pub use pages::pages;
pub(crate) use signature::value;
pub use signature::{Signature, Signatures, Value};

use std::sync::LazyLock;

use crate::ontology::{Ontology, term};
use crate::predicate::Kind;

/// A lexicon that can't be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A frame or cue says what can't be.
    #[error("`{file}`, line {line}: `{frame}` {problem}")]
    Frame {
        /// The file.
        file: String,
        /// The line where the frame starts, from 1.
        line: usize,
        /// Its IRI.
        frame: String,
        /// What is wrong with it.
        problem: String,
    },
}

impl Error {
    fn new(ontology: &Ontology, iri: &str, problem: String) -> Self {
        let (file, line) = ontology.place(iri).unwrap_or_default();
        Self::Frame { file: file.to_owned(), line, frame: ontology.compact(iri), problem }
    }
}

/// The IRI of a frame, cue or signature by its name, which is the IRI itself outside the namespace of the lexicon.
pub fn iri(name: &str) -> String {
    if name.contains(':') { name.to_owned() } else { format!("{}{name}", term::LEX) }
}

/// Frames by the words that evoke them.
#[derive(Debug, Default)]
pub struct Lexicon {
    frames: Vec<Frame>,
    /// Words with the numbers of frames, in order.
    forms: Vec<(Kind, String, u32)>,
    cues: Cues,
    signatures: Signatures,
    link_cues: LinkCues,
}

static BUILTIN: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::of(&Ontology::builtin()).expect("the embedded lexicon is checked by a test"));

impl Lexicon {
    /// The one that is part of the program.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// The frames and cues of a vocabulary.
    ///
    /// # Errors
    /// Names the frame or cue that says what can't be, with its file and line.
    pub fn of(ontology: &Ontology) -> Result<Self, Error> {
        let (cues, signatures) = (Cues::read(ontology)?, Signatures::read(ontology)?);
        let link_cues = LinkCues::read(ontology)?;
        Ok(Self { cues, signatures, link_cues, ..Self::new(read::frames(ontology)?) })
    }

    fn new(frames: Vec<Frame>) -> Self {
        let mut forms = Vec::new();
        for (number, frame) in frames.iter().enumerate() {
            for (kind, words) in [(Kind::Verb, &frame.verbs), (Kind::Noun, &frame.nouns)] {
                forms.extend(words.iter().map(|word| (kind, without_determiners(word), number as u32)));
            }
            let said_of = |adjective: &String| (Kind::Verb, format!("be {adjective}"), number as u32);
            forms.extend(frame.adjectives.iter().map(said_of));
        }
        forms.sort();
        forms.dedup();
        Self { frames, forms, ..Self::default() }
    }

    /// The words that bring what somebody says.
    pub fn cues(&self) -> &Cues {
        &self.cues
    }

    /// The words that tie one event to another.
    pub fn link_cues(&self) -> &LinkCues {
        &self.link_cues
    }

    /// What words imply about what they govern.
    pub fn signatures(&self) -> &Signatures {
        &self.signatures
    }

    /// All frames, in the order of their names.
    pub fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// The frames that a word evokes; `form` in lower case.
    pub fn evoked(&self, kind: Kind, form: &str) -> impl Iterator<Item = &Frame> {
        let start = self.forms.partition_point(|(k, f, _)| (*k, f.as_str()) < (kind, form));
        let same = self.forms[start..].iter().take_while(move |(k, f, _)| *k == kind && f == form);
        same.map(|&(.., number)| &self.frames[number as usize])
    }
}

/// A form as predicates have it: `share border with` for `share a border with`.
fn without_determiners(form: &str) -> String {
    let form = form.to_lowercase();
    if !form.contains(' ') {
        return form;
    }
    let words = form.split(' ').filter(|word| !matches!(*word, "a" | "an" | "the" | "its" | "one's"));
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_builtin_lexicon_is_rich_and_whole() {
        let lexicon = Lexicon::builtin();
        assert!(lexicon.frames().len() > 150);
        let words: usize = lexicon.frames().iter().map(|f| f.verbs.len() + f.nouns.len()).sum();
        assert!(words > 900, "{words}");
        for frame in lexicon.frames() {
            assert!(!frame.examples.is_empty(), "{} has no example", frame.name);
            assert!(!frame.slots(Kind::Verb).is_empty(), "{} has no roles", frame.name);
        }
    }

    #[test]
    fn words_evoke_frames() {
        let lexicon = Lexicon::builtin();
        let names: Vec<&str> = lexicon.evoked(Kind::Verb, "kidnap").map(|f| f.name.as_str()).collect();
        assert_eq!(names, ["kidnap"]);
        assert_eq!(lexicon.evoked(Kind::Noun, "kidnap").count(), 0);
    }
}
