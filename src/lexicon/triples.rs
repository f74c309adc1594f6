use std::collections::BTreeMap;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedOrBlankNode, Term};

use super::Error;

/// Triples by subject.
#[derive(Default)]
pub(super) struct Triples {
    by_subject: BTreeMap<String, Vec<(String, Term)>>,
}

impl Triples {
    /// Adds the triples of a Turtle file.
    pub(super) fn add(&mut self, file: &str, text: &str) -> Result<(), Error> {
        // Blank nodes of different files must not be taken for one another.
        let prefix = self.by_subject.len();
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(text) {
            let quad = quad.map_err(|e| Error::Syntax { file: file.to_owned(), problem: e.to_string() })?;
            let subject = match quad.subject {
                NamedOrBlankNode::NamedNode(node) => node.into_string(),
                NamedOrBlankNode::BlankNode(node) => format!("_:{prefix}{}", node.as_str()),
            };
            let object = match quad.object {
                Term::BlankNode(node) => {
                    oxigraph::model::NamedNode::new_unchecked(format!("_:{prefix}{}", node.as_str())).into()
                }
                other => other,
            };
            self.by_subject.entry(subject).or_default().push((quad.predicate.into_string(), object));
        }
        Ok(())
    }

    /// All subjects, in order.
    pub(super) fn subjects(&self) -> impl Iterator<Item = &str> {
        self.by_subject.keys().map(String::as_str)
    }

    /// The objects of a subject and predicate, in the order of the files.
    pub(super) fn objects(&self, subject: &str, predicate: &str) -> impl Iterator<Item = &Term> {
        let pairs = self.by_subject.get(subject).map_or(&[][..], Vec::as_slice);
        pairs.iter().filter(move |(p, _)| p == predicate).map(|(_, object)| object)
    }

    /// The objects that are IRIs or blank nodes.
    pub(super) fn nodes(&self, subject: &str, predicate: &str) -> impl Iterator<Item = &str> {
        self.objects(subject, predicate).filter_map(|object| match object {
            Term::NamedNode(node) => Some(node.as_str()),
            _ => None,
        })
    }

    /// The objects that are literals.
    pub(super) fn literals(&self, subject: &str, predicate: &str) -> impl Iterator<Item = &str> {
        self.objects(subject, predicate).filter_map(|object| match object {
            Term::Literal(literal) => Some(literal.value()),
            _ => None,
        })
    }
}
