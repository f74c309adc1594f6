//! Corrections as RDF.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use super::super::Error;
use super::super::article_file::{digest, hex};
use super::super::graph::quads_of_file;
use super::super::statistics::entity_classes;
use super::{CORRECTIONS_GRAPH, Correction, Corrections, Origin, Profile, is_item};
use crate::graph::vocab::{dcterms, owl, prov, rdf, rdfs, schema, skos, td, xsd};

/// Reads the folder's file; the error is a line, from 1, and what is wrong there.
pub(super) fn parse(text: &[u8]) -> Result<Corrections, (usize, String)> {
    let mut reading = Reading::new();
    let mut last = 0;
    for (at, line) in text.split(|&byte| byte == b'\n').enumerate() {
        last = at + 1;
        // A statement of N-Quads is a line.
        for quad in RdfParser::from_format(RdfFormat::NQuads).for_slice(line) {
            let quad = quad.map_err(|error| {
                let message = error.to_string();
                (last, message.split_once(": ").map_or(message.as_str(), |(_, what)| what).to_owned())
            })?;
            reading.add(quad).map_err(|reason| (last, reason))?;
        }
    }
    reading.finish().map_err(|reason| (last, reason))
}

/// Reads a file of RDF in any syntax, told by its extension.
pub(super) fn read(path: &Path) -> Result<Corrections, Error> {
    let mut reading = Reading::new();
    let wrong = |reason| Error::NoCorrections { path: path.to_owned(), reason };
    for quad in quads_of_file(path)? {
        reading.add(quad?).map_err(wrong)?;
    }
    reading.finish().map_err(wrong)
}

/// What has been read so far.
struct Reading {
    /// The classes that entities are of.
    classes: BTreeSet<NamedNode>,
    made: BTreeMap<Correction, Origin>,
    profiles: BTreeMap<NamedNode, Profile>,
    /// What is said of statements, by what names them.
    described: BTreeMap<String, Described>,
}

/// What is said of a statement.
#[derive(Default)]
struct Described {
    subject: Option<Term>,
    predicate: Option<Term>,
    object: Option<Term>,
    origin: Origin,
}

impl Reading {
    fn new() -> Self {
        Self {
            classes: entity_classes(),
            made: BTreeMap::new(),
            profiles: BTreeMap::new(),
            described: BTreeMap::new(),
        }
    }

    fn add(&mut self, quad: Quad) -> Result<(), String> {
        let predicate = quad.predicate.as_ref();
        let is_class = |class: &NamedNode| predicate == rdf::TYPE && self.classes.contains(class);
        let triple = format!("{} {} {}", quad.subject, quad.predicate, quad.object);
        let correction = match (quad.subject, quad.object) {
            (NamedOrBlankNode::NamedNode(entity), Term::NamedNode(other)) if predicate == owl::SAME_AS => {
                if is_item(&entity) {
                    Correction::SameAs(other, entity)
                } else {
                    Correction::SameAs(entity, other)
                }
            }
            (NamedOrBlankNode::NamedNode(entity), Term::NamedNode(other))
                if predicate == owl::DIFFERENT_FROM =>
            {
                Correction::DifferentFrom(entity, other)
            }
            (NamedOrBlankNode::NamedNode(entity), Term::NamedNode(class))
                if predicate == rdf::TYPE && class == td::NOT_AN_ENTITY =>
            {
                Correction::NotAnEntity(entity)
            }
            (NamedOrBlankNode::NamedNode(entity), Term::NamedNode(class)) if is_class(&class) => {
                Correction::Class(entity, class)
            }
            (NamedOrBlankNode::NamedNode(entity), Term::Literal(text)) if predicate == rdfs::LABEL => {
                Correction::Label(entity, text.value().to_owned())
            }
            (NamedOrBlankNode::NamedNode(entity), Term::Literal(label)) if predicate == skos::PREF_LABEL => {
                self.profiles.entry(entity).or_default().label = Some(label.value().to_owned());
                return Ok(());
            }
            (NamedOrBlankNode::NamedNode(entity), Term::NamedNode(class))
                if predicate == schema::ADDITIONAL_TYPE && self.classes.contains(&class) =>
            {
                self.profiles.entry(entity).or_default().classes.insert(class);
                return Ok(());
            }
            (statement, object) => return self.describe(&statement, predicate, object, &triple),
        };
        if self.made.keys().any(|known| *known != correction && known.is_replaced_by(&correction)) {
            return Err(format!("`{triple}` is the second class or label of its entity"));
        }
        self.made.insert(correction, Origin::default());
        Ok(())
    }

    /// Notes what is said of a statement.
    fn describe(
        &mut self,
        statement: &NamedOrBlankNode,
        predicate: NamedNodeRef<'_>,
        object: Term,
        triple: &str,
    ) -> Result<(), String> {
        let described = self.described.entry(statement.to_string()).or_default();
        match object {
            Term::NamedNode(class) if predicate == rdf::TYPE && class == rdf::STATEMENT => {}
            object if predicate == rdf::SUBJECT => described.subject = Some(object),
            object if predicate == rdf::PREDICATE => described.predicate = Some(object),
            object if predicate == rdf::OBJECT => described.object = Some(object),
            Term::NamedNode(who) if predicate == prov::WAS_ATTRIBUTED_TO => described.origin.by = Some(who),
            Term::Literal(date) if predicate == dcterms::CREATED => {
                described.origin.created = Some(date.value().to_owned());
            }
            _ => return Err(format!("`{triple}` is no correction; `tidings correct --help` tells what is")),
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Corrections, String> {
        for (statement, Described { subject, predicate, object, origin }) in self.described {
            let is_it = |correction: &Correction| {
                let quad = correction.quad();
                subject == Some(quad.subject.into())
                    && predicate == Some(quad.predicate.into())
                    && object.as_ref() == Some(&quad.object)
            };
            let is_about = |correction: &Correction| is_it(correction) || is_it(&correction.turned());
            match self.made.iter_mut().find(|(correction, _)| is_about(correction)) {
                Some((_, known)) => *known = origin,
                None => return Err(format!("{statement} describes a statement that is not there")),
            }
        }
        Corrections::new(self.made, self.profiles)
    }
}

impl Corrections {
    /// The statements, in their graph, in order.
    pub fn quads(&self) -> Vec<Quad> {
        let corrections = self.iter().flat_map(|(correction, origin)| with_origin(correction.quad(), origin));
        let profiles = self.profiles.iter().flat_map(|(entity, profile)| {
            let state = |predicate, object: Term| Quad::new(entity.clone(), predicate, object, graph());
            let label =
                profile.label.iter().map(|label| (skos::PREF_LABEL, Literal::from(label.as_str()).into()));
            let classes = profile.classes.iter().map(|class| (schema::ADDITIONAL_TYPE, class.clone().into()));
            label.chain(classes).map(move |(predicate, object)| state(predicate, object)).collect::<Vec<_>>()
        });
        corrections.chain(profiles).collect()
    }

    /// The file's text: sorted N-Quads.
    pub(in crate::store) fn to_text(&self) -> String {
        let mut lines: Vec<String> = self.quads().iter().map(|quad| format!("{quad} .\n")).collect();
        lines.sort_unstable();
        lines.concat()
    }
}

impl Correction {
    /// The statement.
    fn quad(&self) -> Quad {
        let (predicate, object): (_, Term) = match self {
            Self::SameAs(_, other) => (owl::SAME_AS, other.clone().into()),
            Self::DifferentFrom(_, other) => (owl::DIFFERENT_FROM, other.clone().into()),
            Self::NotAnEntity(_) => (rdf::TYPE, td::NOT_AN_ENTITY.into()),
            Self::Class(_, class) => (rdf::TYPE, class.clone().into()),
            Self::Label(_, text) => (rdfs::LABEL, Literal::from(text.as_str()).into()),
        };
        Quad::new(self.entity().clone(), predicate, object, graph())
    }
}

fn graph() -> NamedNode {
    NamedNode::new_unchecked(CORRECTIONS_GRAPH)
}

/// A statement, and where it comes from as far as that is known.
fn with_origin(quad: Quad, origin: &Origin) -> Vec<Quad> {
    let Origin { by, created } = origin;
    if by.is_none() && created.is_none() {
        return vec![quad];
    }
    let digits = hex(&digest(quad.to_string().as_bytes())[..8]);
    let statement = NamedNode::new_unchecked(format!("{CORRECTIONS_GRAPH}#{digits}"));
    let mut about: Vec<(NamedNodeRef<'_>, Term)> = vec![
        (rdf::TYPE, rdf::STATEMENT.into()),
        (rdf::SUBJECT, quad.subject.clone().into()),
        (rdf::PREDICATE, quad.predicate.clone().into()),
        (rdf::OBJECT, quad.object.clone()),
    ];
    about.extend(by.iter().map(|by| (prov::WAS_ATTRIBUTED_TO, by.clone().into())));
    about.extend(
        created.iter().map(|date| (dcterms::CREATED, Literal::new_typed_literal(date, xsd::DATE).into())),
    );
    let about =
        about.into_iter().map(|(predicate, object)| Quad::new(statement.clone(), predicate, object, graph()));
    std::iter::once(quad).chain(about).collect()
}
