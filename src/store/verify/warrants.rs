//! Whether what stands in a graph as a fact is something that its article asserts.

use std::collections::{HashMap, HashSet};

use oxigraph::model::{NamedOrBlankNode, Quad, Triple};

use super::super::statement::{Described, is_a, is_asserted, reified};
use crate::graph::Axioms;
use crate::graph::vocab::{prov, td};

/// What an article says of facts that no statement of it warrants, and of statements that it asserts without stating the
/// fact: the node or triple, and a phrase. Gives the number of statements and events too.
pub(super) fn check(
    quads: &[Quad],
    described: &Described<'_>,
    axioms: &Axioms,
) -> (usize, Vec<(String, String)>) {
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
