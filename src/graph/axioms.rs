//! What follows from a triple by the ontology: the inverse and symmetric triples, and those with more general properties.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term, Triple};

use super::vocab::{owl, rdf, rdfs};
use crate::ontology::{Ontology, RELATIONS};

/// A property that follows from another one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Consequence {
    property: NamedNode,
    /// Whether subject and object change places.
    reversed: bool,
}

/// The axioms on properties, with all that follows from each worked out.
#[derive(Debug, Default)]
pub struct Axioms {
    consequences: HashMap<NamedNode, Vec<Consequence>>,
    relations: BTreeSet<NamedNode>,
    of_values: BTreeSet<NamedNode>,
}

static BUILTIN: LazyLock<Axioms> = LazyLock::new(|| {
    let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(RELATIONS);
    Axioms::of_quads(quads.map(|quad| quad.expect("the embedded ontology is Turtle")).collect())
});

impl Axioms {
    /// Those of the ontology that is part of the program.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Those of the built-in relations and of what a user adds to them.
    pub fn of(ontology: &Ontology) -> Self {
        Self::of_quads(ontology.relations().collect())
    }

    fn of_quads(quads: Vec<Quad>) -> Self {
        let kinds = [owl::OBJECT_PROPERTY, owl::DATATYPE_PROPERTY, owl::SYMMETRIC_PROPERTY];
        let is_kind = |quad: &&Quad| {
            quad.predicate == rdf::TYPE && kinds.iter().any(|kind| quad.object == kind.into_owned().into())
        };
        let defined: HashSet<NamedOrBlankNode> =
            quads.iter().filter(is_kind).map(|quad| quad.subject.clone()).collect();
        // What follows at once: from each property the others, and whether the other way round.
        let mut steps: BTreeMap<NamedNode, BTreeSet<Consequence>> = BTreeMap::new();
        let mut axioms = Self::default();
        for quad in quads {
            let (NamedOrBlankNode::NamedNode(one), Term::NamedNode(other)) = (quad.subject, quad.object)
            else {
                continue;
            };
            let mut step = |from: &NamedNode, property: &NamedNode, reversed| {
                let consequence = Consequence { property: property.clone(), reversed };
                steps.entry(from.clone()).or_default().insert(consequence);
            };
            let is_ours = defined.contains(&NamedOrBlankNode::from(other.clone()));
            match (quad.predicate.as_ref(), other.as_ref()) {
                (rdfs::SUB_PROPERTY_OF, _) if is_ours => step(&one, &other, false),
                (owl::INVERSE_OF, _) if is_ours => {
                    step(&one, &other, true);
                    step(&other, &one, true);
                }
                (rdf::TYPE, owl::SYMMETRIC_PROPERTY) => step(&one, &one, true),
                (rdf::TYPE, owl::OBJECT_PROPERTY) => drop(axioms.relations.insert(one)),
                (rdf::TYPE, owl::DATATYPE_PROPERTY) => {
                    axioms.relations.insert(one.clone());
                    axioms.of_values.insert(one);
                }
                _ => {}
            }
        }
        axioms.consequences = steps.keys().map(|p| (p.clone(), closure(&steps, p))).collect();
        axioms
    }

    /// All that follows from a triple with this property, in the order of the properties; not the triple itself.
    fn consequences(&self, property: &NamedNode) -> &[Consequence] {
        self.consequences.get(property).map_or(&[], Vec::as_slice)
    }

    /// Whether a property holds between what articles name, so that triples with it are facts.
    pub fn is_relation(&self, property: &NamedNode) -> bool {
        self.relations.contains(property)
    }

    /// What follows from a triple by definition; not the triple itself.
    pub fn consequences_of(&self, triple: &Triple) -> Vec<Triple> {
        let follows = self.consequences(&triple.predicate).iter().filter_map(|consequence| {
            let property = consequence.property.clone();
            if !consequence.reversed {
                return Some(Triple::new(triple.subject.clone(), property, triple.object.clone()));
            }
            let Term::NamedNode(object) = &triple.object else { return None };
            Some(Triple::new(object.clone(), property, triple.subject.clone()))
        });
        follows.collect()
    }

    /// Whether its objects are literals.
    pub fn is_of_values(&self, property: &NamedNode) -> bool {
        self.of_values.contains(property)
    }
}

fn closure(steps: &BTreeMap<NamedNode, BTreeSet<Consequence>>, property: &NamedNode) -> Vec<Consequence> {
    let itself = Consequence { property: property.clone(), reversed: false };
    let mut found = BTreeSet::from([itself.clone()]);
    let mut open = vec![itself.clone()];
    while let Some(last) = open.pop() {
        for next in steps.get(&last.property).into_iter().flatten() {
            let next = Consequence { reversed: last.reversed != next.reversed, ..next.clone() };
            if found.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    found.remove(&itself);
    found.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::super::vocab::td;
    use super::*;

    fn consequences(of: &str) -> Vec<String> {
        let property = NamedNode::new(format!("{}{of}", td::NAMESPACE)).unwrap();
        let show = |c: &Consequence| {
            let name = c.property.as_str().trim_start_matches(td::NAMESPACE);
            if c.reversed { format!("^{name}") } else { name.to_owned() }
        };
        Axioms::builtin().consequences(&property).iter().map(show).collect()
    }

    #[test]
    fn inverse_symmetric_and_more_general_properties_follow() {
        assert_eq!(consequences("spouse"), ["relative", "^relative", "^spouse"]);
        assert_eq!(consequences("headOfState"), ["^affiliatedWith", "leader", "^leaderOf"]);
        assert!(consequences("supports").is_empty());
    }

    #[test]
    fn values_are_told_from_things() {
        let of_values = |name: &str| {
            let property = NamedNode::new(format!("{}{name}", td::NAMESPACE)).unwrap();
            Axioms::builtin().is_of_values(&property)
        };
        assert!(of_values("birthDate") && !of_values("birthPlace"));
    }
}
