//! Relations as statements, and the plain triples of those that the article asserts.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, Term, Triple};
use smol_str::SmolStr;

use super::attributions::Attributions;
use super::entities::term_iri;
use super::identity::short_digest;
use super::modality::Modality;
use super::passages::{add_passage, add_words};
use super::quads::Quads;
use super::times;
use super::view::View;
use super::vocab::{prov, rdf, td};
use crate::annotation::{Object, Relation};

/// A statement with the relations that express it.
struct Statement<'a> {
    triple: Triple,
    modality: Modality,
    /// When it holds: at, since, until.
    when: [Option<SmolStr>; 3],
    told: Vec<&'a Relation>,
}

/// States what holds: each triple once for each way in which it is presented, with all passages that say it so.
pub(super) fn add_statements(quads: &mut Quads, view: &View<'_>, attributions: &Attributions<'_>) {
    let mut inferred: BTreeMap<String, (Triple, Vec<NamedNode>)> = BTreeMap::new();
    for statement in statements(view, attributions) {
        let iri = add_statement(quads, view, attributions, &statement);
        if statement.is_asserted() {
            quads.add_triple(statement.triple.clone());
            for triple in view.context.axioms().consequences_of(&statement.triple) {
                let from = &mut inferred.entry(triple.to_string()).or_insert((triple, Vec::new())).1;
                from.push(iri.clone());
            }
        }
    }
    for (key, (triple, from)) in inferred {
        // What the article asserts too need not be inferred.
        if quads.add_triple(triple.clone()) {
            add_inferred(quads, view, &key, &triple, from);
        }
    }
}

/// The statements in the order in which the article first makes them.
fn statements<'a>(view: &View<'a>, attributions: &Attributions<'_>) -> Vec<Statement<'a>> {
    let mut statements: Vec<Statement<'a>> = Vec::new();
    for relation in &view.annotation.relations {
        let Some(triple) = triple(view, relation) else { continue };
        let modality = Modality {
            said: attributions.chain(view, relation.attribution.as_ref()),
            polarity: relation.polarity,
            certainty: relation.certainty,
            mood: relation.mood,
        };
        let when = times::values(view, relation.time.as_ref());
        let is_same = |s: &&mut Statement<'_>| s.triple == triple && s.modality == modality && s.when == when;
        match statements.iter_mut().find(is_same) {
            Some(statement) => statement.told.push(relation),
            None => statements.push(Statement { triple, modality, when, told: vec![relation] }),
        }
    }
    statements
}

/// What a relation says; nothing if it is about something that is not in the graph.
fn triple(view: &View<'_>, relation: &Relation) -> Option<Triple> {
    let subject = view.entity(relation.subject)?;
    let property = term_iri(&relation.property)?;
    let object: Term = match &relation.object {
        Object::Entity(id) if view.context.axioms().is_of_values(&property) => {
            let label = &view.annotation.entities[id.index()].label;
            oxigraph::model::Literal::from(label.as_str()).into()
        }
        Object::Entity(id) => view.entity(*id)?.into(),
        Object::Time(id) => times::literal(view.time(id)?)?.into(),
    };
    Some(Triple::new(subject, property, object))
}

impl Statement<'_> {
    fn confidence(&self) -> f64 {
        self.told.iter().map(|relation| relation.confidence).fold(0.0, f64::max)
    }

    fn is_asserted(&self) -> bool {
        self.modality.is_asserted(self.confidence())
    }
}

fn add_statement(
    quads: &mut Quads,
    view: &View<'_>,
    attributions: &Attributions<'_>,
    statement: &Statement<'_>,
) -> NamedNode {
    let Statement { triple, modality, when, told } = statement;
    let iri = view.fragment(&format!("s{}", short_digest(&format!("{triple} {modality:?} {when:?}"))));
    quads.add_type(&iri, td::STATEMENT);
    add_reified(quads, &iri, triple);
    modality.add(quads, &iri, statement.confidence());
    for relation in told {
        if let Some(attribution) = &relation.attribution {
            attributions.add_said(quads, view, &iri, attribution);
        }
        if let Some(when) = &relation.time {
            times::add_when(quads, view, &iri, when);
        }
        let passage = add_passage(quads, view, relation.evidence);
        quads.add(&iri, prov::WAS_DERIVED_FROM, passage);
        for mention in [relation.subject_mention, relation.object_mention].into_iter().flatten() {
            let words = add_words(quads, view, view.annotation.mentions[mention].span);
            quads.add(&iri, td::WORDS, words);
        }
    }
    iri
}

fn add_reified(quads: &mut Quads, iri: &NamedNode, triple: &Triple) {
    quads.add_type(iri, rdf::STATEMENT);
    quads.add(iri, rdf::SUBJECT, Term::from(triple.subject.clone()));
    quads.add(iri, rdf::PREDICATE, triple.predicate.clone());
    quads.add(iri, rdf::OBJECT, triple.object.clone());
}

/// States that a triple is inferred, and from which statements.
fn add_inferred(quads: &mut Quads, view: &View<'_>, key: &str, triple: &Triple, from: Vec<NamedNode>) {
    let iri = view.fragment(&format!("i{}", short_digest(key)));
    quads.add_type(&iri, td::INFERRED_STATEMENT);
    add_reified(quads, &iri, triple);
    for statement in from {
        quads.add(&iri, prov::WAS_DERIVED_FROM, statement);
    }
}
