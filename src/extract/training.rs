//! What the choices of types look like, for learning the weights of the cues from texts whose names are marked.

pub use super::cues::Cue;
pub use super::evidence::Coarse;
pub use super::types::Weights;

use super::detect;
use super::known::Known;
use super::words::Words;
use super::{Name, NameType};
use crate::kb::Kb;
use crate::nlp::Doc;
use crate::text::Span;

/// What may be a name.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its place.
    pub span: Span,
    /// What the recogniser took it for; `None` for what it did not find.
    pub recogniser: Option<NameType>,
    /// What speaks for one type or another.
    pub cues: Vec<Cue>,
}

/// What may be names of a document, in the order of the text.
pub fn candidates(doc: &Doc, kb: &Kb) -> Vec<Candidate> {
    let words = Words::new(doc);
    let candidate = |observed: super::types::Observed| Candidate {
        span: words.span(&observed.draft.range),
        recogniser: observed.is_found.then_some(observed.draft.name_type),
        cues: observed.cues,
    };
    detect::candidates(&words, &Known::new(kb)).into_iter().map(candidate).collect()
}

/// The names of a document by other weights than those that the program has.
pub fn names(doc: &Doc, kb: &Kb, weights: &Weights) -> Vec<Name> {
    detect::names(&Words::new(doc), &Known::new(kb), weights)
}
