//! Statements and events as the quads of an article have them, in the form of RDF 1.1.

use std::collections::HashMap;

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, Triple};

use crate::graph::ASSERTED;
use crate::graph::vocab::{rdf, td};

/// What is said of each subject.
pub(super) type Described<'q> = HashMap<&'q NamedOrBlankNode, Vec<&'q Quad>>;

pub(super) fn by_subject(quads: &[Quad]) -> Described<'_> {
    let mut described = Described::new();
    for quad in quads {
        described.entry(&quad.subject).or_default().push(quad);
    }
    described
}

/// The objects of a property.
pub(super) fn objects<'q>(about: &[&'q Quad], property: NamedNodeRef<'_>) -> impl Iterator<Item = &'q Term> {
    about.iter().filter(move |quad| quad.predicate == property).map(|quad| &quad.object)
}

pub(super) fn is_a(about: &[&Quad], class: NamedNodeRef<'_>) -> bool {
    has(about, rdf::TYPE, class)
}

/// Whether a property has an object.
pub(super) fn has(about: &[&Quad], property: NamedNodeRef<'_>, node: NamedNodeRef<'_>) -> bool {
    objects(about, property).any(|object| matches!(object, Term::NamedNode(found) if *found == node))
}

/// The triple that a statement is about.
pub(super) fn reified(about: &[&Quad]) -> Option<Triple> {
    let node = |property| match objects(about, property).next()? {
        Term::NamedNode(node) => Some(node.clone()),
        _ => None,
    };
    let object = objects(about, rdf::OBJECT).next()?.clone();
    Some(Triple::new(node(rdf::SUBJECT)?, node(rdf::PREDICATE)?, object))
}

/// How sure the program is of a statement or event.
pub(super) fn confidence(about: &[&Quad]) -> Option<f64> {
    objects(about, td::CONFIDENCE).find_map(|object| match object {
        Term::Literal(literal) => literal.value().parse().ok(),
        _ => None,
    })
}

/// Whether an article asserts a statement or event: as certain, affirmed, of what is or was, not in somebody's words.
pub(super) fn is_asserted(about: &[&Quad]) -> bool {
    let removed = [td::HAS_MOOD, td::ATTRIBUTION, td::ATTRIBUTED_TO];
    has(about, td::HAS_CERTAINTY, td::CERTAIN)
        && has(about, td::HAS_POLARITY, td::AFFIRMED)
        && confidence(about).is_some_and(|confidence| confidence >= ASSERTED)
        && !about.iter().any(|quad| removed.contains(&NamedNode::as_ref(&quad.predicate)))
}
