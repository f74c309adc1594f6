//! Whether what stands in a graph as a fact is something that its article asserts.

use std::collections::{HashMap, HashSet};

use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term, Triple};

use crate::graph::vocab::{prov, rdf, td};
use crate::graph::{ASSERTED, Axioms};

type Described<'q> = HashMap<&'q NamedOrBlankNode, Vec<&'q Quad>>;

/// What an article says of facts that no statement of it warrants, and of statements that it asserts without stating the
/// fact: the node or triple, and a phrase. Gives the number of statements and events too.
pub(super) fn check(quads: &[Quad], described: &Described<'_>) -> (usize, Vec<(String, String)>) {
    let axioms = Axioms::builtin();
    let mut wrong = Vec::new();
    let (mut count, mut warranted, mut asserted) = (0, HashSet::new(), HashMap::new());
    for (node, about) in described {
        if is_a(about, td::STATEMENT) {
            count += 1;
            if let Some(triple) = reified(about).filter(|_| is_asserted(about)) {
                warranted.insert(triple.clone());
                asserted.insert(*node, triple);
            }
        } else if is_a(about, td::ASSERTED_EVENT) {
            count += 1;
            if !is_asserted(about) {
                wrong.push((
                    node.to_string(),
                    "is a td:AssertedEvent, but the article does not assert it".to_owned(),
                ));
            }
        } else if is_a(about, td::UNASSERTED_EVENT) {
            count += 1;
            if is_asserted(about) {
                wrong.push((
                    node.to_string(),
                    "is a td:UnassertedEvent, but the article asserts it".to_owned(),
                ));
            }
        }
    }
    for (node, about) in described.iter().filter(|(_, about)| is_a(about, td::INFERRED_STATEMENT)) {
        let from = |quad: &&&Quad| quad.predicate == prov::WAS_DERIVED_FROM;
        let follows = |triple: &Triple| {
            about.iter().filter(from).all(|quad| {
                let source = NamedOrBlankNode::try_from(quad.object.clone()).ok();
                let from = source.and_then(|source| asserted.get(&source));
                from.is_some_and(|from| axioms.consequences_of(from).contains(triple))
            })
        };
        match reified(about) {
            Some(triple) if follows(&triple) => drop(warranted.insert(triple)),
            _ => wrong.push((node.to_string(), "does not follow from an asserted statement".to_owned())),
        }
    }
    let facts: HashSet<Triple> = quads
        .iter()
        .filter(|quad| axioms.is_relation(&quad.predicate))
        .map(|quad| quad.clone().into())
        .collect();
    let unwarranted = facts.difference(&warranted);
    wrong.extend(
        unwarranted.map(|triple| (triple.to_string(), "no asserted statement warrants it".to_owned())),
    );
    let missing = warranted.difference(&facts).filter(|triple| axioms.is_relation(&triple.predicate));
    wrong.extend(
        missing.map(|triple| (triple.to_string(), "is asserted, but not stated as a triple".to_owned())),
    );
    (count, wrong)
}

fn is_a(about: &[&Quad], class: oxigraph::model::NamedNodeRef<'_>) -> bool {
    about.iter().any(|quad| quad.predicate == rdf::TYPE && is(&quad.object, class))
}

fn is(term: &Term, node: oxigraph::model::NamedNodeRef<'_>) -> bool {
    matches!(term, Term::NamedNode(found) if *found == node)
}

/// The triple that a statement is about.
fn reified(about: &[&Quad]) -> Option<Triple> {
    let value = |property| about.iter().find(|quad| quad.predicate == property).map(|quad| &quad.object);
    let (Term::NamedNode(subject), Term::NamedNode(predicate)) =
        (value(rdf::SUBJECT)?, value(rdf::PREDICATE)?)
    else {
        return None;
    };
    Some(Triple::new(subject.clone(), predicate.clone(), value(rdf::OBJECT)?.clone()))
}

/// Whether an article asserts what a node stands for: as certain, affirmed, of what is or was, not in somebody's words.
fn is_asserted(about: &[&Quad]) -> bool {
    let has =
        |property, value| about.iter().any(|quad| quad.predicate == property && is(&quad.object, value));
    let is_sure = |quad: &&&Quad| {
        quad.predicate == td::CONFIDENCE
            && matches!(&quad.object, Term::Literal(l) if l.value().parse().is_ok_and(|c: f64| c >= ASSERTED))
    };
    has(td::HAS_CERTAINTY, td::CERTAIN)
        && has(td::HAS_POLARITY, td::AFFIRMED)
        && about.iter().any(|quad| is_sure(&quad))
        && !about.iter().any(|quad| {
            [td::HAS_MOOD, td::ATTRIBUTION, td::ATTRIBUTED_TO].contains(&NamedNode::as_ref(&quad.predicate))
        })
}
