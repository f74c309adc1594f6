//! A part of the graph: articles by date and publisher, and of their statements only those that are asserted or sure enough.

use std::collections::{HashMap, HashSet};

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, Triple, TripleRef};

use super::statement::{by_subject, confidence, is_a, is_asserted, objects, reified};
use crate::graph::vocab::{oa, prov, schema, td};

/// Which part of a graph is wanted; all of it by default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// Whether only what articles assert is wanted: no claims, possibilities, plans, denials, and nobody's words.
    pub asserted_only: bool,
    /// The least confidence of a statement or event.
    pub min_confidence: Option<f64>,
    /// The first day of publication, `2025-05-20`, or a month or year.
    pub from: Option<String>,
    /// The last day of publication, or a month or year.
    pub to: Option<String>,
    /// The publisher's name, in any case; none for any.
    pub publisher: Option<String>,
}

impl Selection {
    /// What is wanted of the quads of `article`, in their order; nothing where the article is not.
    pub fn of_article(&self, article: &str, quads: Vec<Quad>) -> Option<Vec<Quad>> {
        if !self.wants(article, &quads) {
            return None;
        }
        if !self.asserted_only && self.min_confidence.is_none() {
            return Some(quads);
        }
        let unwanted = self.unwanted(&quads);
        Some(without_loose_quotes(without(quads, &unwanted)))
    }

    fn wants(&self, article: &str, quads: &[Quad]) -> bool {
        let value = |property: NamedNodeRef<'_>| {
            let of_article = |quad: &&Quad| {
                quad.predicate == property
                    && matches!(&quad.subject, NamedOrBlankNode::NamedNode(node) if node.as_str() == article)
            };
            quads.iter().find(of_article).and_then(|quad| match &quad.object {
                Term::Literal(literal) => Some(literal.value()),
                _ => None,
            })
        };
        let published = value(schema::DATE_PUBLISHED);
        // A month holds all of its days: compared are the parts that both have.
        let part =
            |published: &str, bound: &str| published.chars().take(bound.chars().count()).collect::<String>();
        let after = |from: &String| published.is_some_and(|day| part(day, from) >= *from);
        let before = |to: &String| published.is_some_and(|day| part(day, to) <= *to);
        let is_of = |name: &String| {
            value(schema::PUBLISHER).is_some_and(|publisher| publisher.to_lowercase() == name.to_lowercase())
        };
        self.from.as_ref().is_none_or(after)
            && self.to.as_ref().is_none_or(before)
            && self.publisher.as_ref().is_none_or(is_of)
    }

    /// The statements, events and attributions that are not wanted, and what was inferred from such statements only.
    fn unwanted(&self, quads: &[Quad]) -> HashSet<NamedOrBlankNode> {
        let described = by_subject(quads);
        let is_told = |about: &[&Quad]| {
            let told = [td::STATEMENT, td::ASSERTED_EVENT, td::UNASSERTED_EVENT, td::OPEN_STATEMENT];
            told.iter().any(|&class| is_a(about, class))
        };
        let is_unwanted = |about: &[&Quad]| {
            let unasserted =
                self.asserted_only && (is_a(about, td::ATTRIBUTION_CLASS) || !is_asserted(about));
            let unsure = self.min_confidence.is_some_and(|least| confidence(about).is_none_or(|c| c < least));
            let of_open =
                is_a(about, td::ARGUMENT_CLASS) && (self.asserted_only || self.min_confidence.is_some());
            (is_told(about) && (unasserted || unsure))
                || (is_a(about, td::ATTRIBUTION_CLASS) && unasserted)
                || of_open
        };
        let mut unwanted: HashSet<NamedOrBlankNode> = described
            .iter()
            .filter(|(_, about)| is_unwanted(about))
            .map(|(node, _)| (*node).clone())
            .collect();
        let is_lost = |about: &[&Quad]| {
            is_a(about, td::INFERRED_STATEMENT)
                && objects(about, prov::WAS_DERIVED_FROM).all(|from| {
                    NamedOrBlankNode::try_from(from.clone()).is_ok_and(|node| unwanted.contains(&node))
                })
        };
        let lost: Vec<NamedOrBlankNode> =
            described.iter().filter(|(_, about)| is_lost(about)).map(|(node, _)| (*node).clone()).collect();
        unwanted.extend(lost);
        unwanted
    }
}

/// Leaves out nodes with all that leads to them, and the facts that no other statement warrants.
fn without(quads: Vec<Quad>, unwanted: &HashSet<NamedOrBlankNode>) -> Vec<Quad> {
    let described = by_subject(&quads);
    let (mut told, mut kept) = (HashSet::new(), HashSet::new());
    for (node, about) in &described {
        let is_inferred = is_a(about, td::INFERRED_STATEMENT);
        let Some(triple) = reified(about).filter(|_| is_inferred || is_a(about, td::STATEMENT)) else {
            continue;
        };
        if (is_inferred || is_asserted(about)) && !unwanted.contains(*node) {
            kept.insert(triple);
        } else {
            told.insert(triple);
        }
    }
    let lost: HashSet<TripleRef<'_>> = told.difference(&kept).map(Triple::as_ref).collect();
    let leads_to_unwanted = |quad: &Quad| {
        NamedOrBlankNode::try_from(quad.object.clone()).is_ok_and(|node| unwanted.contains(&node))
    };
    let mut quads = quads;
    quads.retain(|quad| {
        !unwanted.contains(&quad.subject)
            && !leads_to_unwanted(quad)
            && !lost.contains(&TripleRef::from(quad.as_ref()))
    });
    quads
}

/// Leaves out the passages and selectors that nothing refers to any more.
fn without_loose_quotes(mut quads: Vec<Quad>) -> Vec<Quad> {
    for classes in [&[td::PASSAGE][..], &[oa::TEXT_QUOTE_SELECTOR, oa::TEXT_POSITION_SELECTOR]] {
        let referred: HashSet<NamedNode> = quads
            .iter()
            .filter_map(|quad| match &quad.object {
                Term::NamedNode(node) => Some(node.clone()),
                _ => None,
            })
            .collect();
        let described: HashMap<_, _> = by_subject(&quads);
        let is_loose = |node: &NamedOrBlankNode| matches!(node, NamedOrBlankNode::NamedNode(node) if !referred.contains(node));
        let loose: HashSet<NamedOrBlankNode> = described
            .iter()
            .filter(|(node, about)| is_loose(node) && classes.iter().any(|&class| is_a(about, class)))
            .map(|(node, _)| (*node).clone())
            .collect();
        quads.retain(|quad| !loose.contains(&quad.subject));
    }
    quads
}
