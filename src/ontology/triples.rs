use std::collections::HashMap;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};

use super::files::File;
use super::{Error, TermKind, node_of, term};

/// Triples by subject.
#[derive(Debug, Default)]
pub(super) struct Triples {
    /// In the order of the nodes.
    subjects: Vec<Subject>,
}

/// What is said of a node.
#[derive(Debug)]
pub(super) struct Subject {
    /// An IRI, or a blank node as `_:n`.
    pub(super) node: String,
    /// Number of the file where it is spoken of first.
    pub(super) file: u16,
    /// Predicates and objects in the order of the files. Blank nodes are named nodes `_:n`.
    pub(super) pairs: Vec<(NamedNode, Term)>,
}

impl Subject {
    pub(super) fn kind(&self) -> Option<TermKind> {
        let types = self.pairs.iter().filter(|(p, _)| p.as_str() == term::TYPE);
        types.filter_map(|(_, object)| node_of(object)).find_map(|class| match class {
            term::FRAME => Some(TermKind::Frame),
            term::CUE => Some(TermKind::Cue),
            term::SIGNATURE => Some(TermKind::Signature),
            term::LINK_CUE => Some(TermKind::LinkCue),
            term::CONSTRUCTION => Some(TermKind::Construction),
            _ if class.ends_with("#Class") => Some(TermKind::Class),
            _ if class.ends_with("Property") => Some(TermKind::Property),
            _ => None,
        })
    }
}

impl Triples {
    /// Adds the triples of a file, which has this number; gives its prefixes.
    pub(super) fn read(&mut self, file: &File, number: u16) -> Result<Vec<(String, String)>, Error> {
        // Blank nodes of different files must not be taken for one another, and have the same names each time.
        let mut blanks: HashMap<String, usize> = HashMap::new();
        let mut blank = |name: &str| {
            let next = blanks.len();
            format!("_:f{number}n{}", blanks.entry(name.to_owned()).or_insert(next))
        };
        let mut parser = RdfParser::from_format(RdfFormat::Turtle);
        if file.is_embedded() {
            // A test reads them strictly; their IRIs need no check at each start.
            parser = parser.lenient();
        }
        let mut parser = parser.for_slice(file.text.as_bytes());
        for quad in parser.by_ref() {
            let quad = quad.map_err(|e| Error::Syntax { file: file.name.clone(), problem: e.to_string() })?;
            let object = match quad.object {
                Term::BlankNode(node) => NamedNode::new_unchecked(blank(node.as_str())).into(),
                object => object,
            };
            let node = match quad.subject {
                NamedOrBlankNode::NamedNode(node) => node.into_string(),
                NamedOrBlankNode::BlankNode(node) => blank(node.as_str()),
            };
            // Mostly one subject is spoken of at a time.
            match self.subjects.last_mut() {
                Some(last) if last.node == node => last.pairs.push((quad.predicate, object)),
                _ => {
                    self.subjects.push(Subject { node, file: number, pairs: vec![(quad.predicate, object)] });
                }
            }
        }
        Ok(parser.prefixes().map(|(name, iri)| (name.to_owned(), iri.to_owned())).collect())
    }

    /// Lays other triples over these: their frames, cues and constructions take the place of those with the same IRI.
    pub(super) fn lay_over(&mut self, mut layer: Self) {
        layer.tidy();
        let replaces = |subject: &Subject| {
            let kind = subject.kind();
            kind.is_some_and(|kind| !matches!(kind, TermKind::Class | TermKind::Property))
        };
        for subject in layer.subjects.iter().filter(|subject| replaces(subject)) {
            self.remove(&subject.node);
        }
        self.subjects.append(&mut layer.subjects);
        self.tidy();
    }

    /// Takes out a node with the blank nodes that it leads to.
    fn remove(&mut self, node: &str) {
        let Ok(place) = self.find(node) else { return };
        for (_, object) in self.subjects.remove(place).pairs {
            if let Some(blank) = node_of(&object).filter(|object| object.starts_with("_:")) {
                self.remove(blank);
            }
        }
    }

    /// Brings the subjects into order, each once.
    fn tidy(&mut self) {
        self.subjects.sort_by(|a, b| a.node.cmp(&b.node));
        self.subjects.dedup_by(|next, first| {
            let same = next.node == first.node;
            if same {
                first.pairs.append(&mut next.pairs);
            }
            same
        });
    }

    fn find(&self, node: &str) -> Result<usize, usize> {
        self.subjects.binary_search_by(|subject| subject.node.as_str().cmp(node))
    }

    /// What is said of a node.
    pub(super) fn get(&self, node: &str) -> Option<&Subject> {
        self.find(node).ok().map(|place| &self.subjects[place])
    }

    /// All subjects, in order.
    pub(super) fn subjects(&self) -> impl Iterator<Item = &Subject> {
        self.subjects.iter()
    }
}
