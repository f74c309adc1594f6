//! The two forms in which RDF speaks of a triple: `rdf:Statement` with its parts in RDF 1.1, and `rdf:reifies` with a triple
//! term in RDF 1.2. They carry the same information, and each is made from the other.

use std::collections::HashMap;

use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term, Triple};

use super::vocab::rdf;

/// The parts of a triple as they are found.
#[derive(Default)]
struct Parts {
    subject: Option<NamedOrBlankNode>,
    predicate: Option<NamedNode>,
    object: Option<Term>,
}

impl Parts {
    fn triple(self) -> Option<Triple> {
        Some(Triple { subject: self.subject?, predicate: self.predicate?, object: self.object? })
    }
}

/// The quads in the form of RDF 1.2: what is an `rdf:Statement` with subject, predicate and object reifies a triple term.
/// All else stays as it is, and in its order.
pub fn to_rdf12(quads: Vec<Quad>) -> Vec<Quad> {
    let mut parts: HashMap<NamedOrBlankNode, Parts> = HashMap::new();
    for quad in &quads {
        let of_subject = |parts: &mut HashMap<_, Parts>, set: &dyn Fn(&mut Parts)| {
            set(parts.entry(quad.subject.clone()).or_default());
        };
        match (quad.predicate.as_ref(), &quad.object) {
            (rdf::SUBJECT, Term::NamedNode(node)) => {
                of_subject(&mut parts, &|parts| parts.subject = Some(node.clone().into()));
            }
            (rdf::PREDICATE, Term::NamedNode(node)) => {
                of_subject(&mut parts, &|parts| parts.predicate = Some(node.clone()));
            }
            (rdf::OBJECT, object) => of_subject(&mut parts, &|parts| parts.object = Some(object.clone())),
            _ => {}
        }
    }
    let triples: HashMap<NamedOrBlankNode, Triple> =
        parts.into_iter().filter_map(|(node, parts)| Some((node, parts.triple()?))).collect();
    let is_statement =
        |quad: &Quad| matches!(&quad.object, Term::NamedNode(class) if *class == rdf::STATEMENT);
    let convert = |quad: Quad| match quad.predicate.as_ref() {
        rdf::TYPE if is_statement(&quad) && triples.contains_key(&quad.subject) => None,
        rdf::SUBJECT | rdf::PREDICATE if triples.contains_key(&quad.subject) => None,
        rdf::OBJECT => Some(match triples.get(&quad.subject) {
            Some(triple) => {
                let object = Term::Triple(Box::new(triple.clone()));
                Quad { predicate: rdf::REIFIES.into_owned(), object, ..quad }
            }
            None => quad,
        }),
        _ => Some(quad),
    };
    quads.into_iter().filter_map(convert).collect()
}

/// The quads in the form of RDF 1.1: what reifies a triple term is an `rdf:Statement` with subject, predicate and object.
/// All else stays as it is, and in its order.
pub fn to_rdf11(quads: Vec<Quad>) -> Vec<Quad> {
    if !quads.iter().any(|quad| matches!(quad.object, Term::Triple(_))) {
        return quads;
    }
    let mut converted = Vec::with_capacity(quads.len());
    for quad in quads {
        match quad.object {
            Term::Triple(triple) if quad.predicate == rdf::REIFIES => {
                let Triple { subject, predicate, object } = *triple;
                let mut state = |property: oxigraph::model::NamedNodeRef<'_>, value: Term| {
                    converted.push(Quad::new(
                        quad.subject.clone(),
                        property.into_owned(),
                        value,
                        quad.graph_name.clone(),
                    ));
                };
                state(rdf::TYPE, rdf::STATEMENT.into_owned().into());
                state(rdf::SUBJECT, subject.into());
                state(rdf::PREDICATE, predicate.into());
                state(rdf::OBJECT, object);
            }
            object => converted.push(Quad { object, ..quad }),
        }
    }
    converted
}
