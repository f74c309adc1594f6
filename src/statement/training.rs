//! What the examples look like from which the model of relations is learned.

pub use super::pair::{Group, Model, PROPERTIES, Pair, Property, Scores, Thing};

use super::build::add_with;
use super::matching::matches;
use super::pair;
use crate::annotation::Annotation;
use crate::lexicon::Lexicon;
use crate::nlp::Doc;
use crate::predicate::Predicates;

/// The pairs of things of an article between which a property may hold.
pub fn groups(annotation: &Annotation, doc: &Doc, lexicon: &Lexicon) -> Vec<Group> {
    let predicates = Predicates::of(doc);
    pair::groups(doc, annotation, &matches(doc, &predicates, lexicon))
}

/// Finds what an article says, by another model than the one that the program has.
pub fn add(annotation: &mut Annotation, doc: &Doc, lexicon: &Lexicon, model: &Model) {
    add_with(annotation, doc, &Predicates::of(doc), lexicon, model);
}
