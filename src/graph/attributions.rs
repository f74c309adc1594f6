//! Who says what: the sources that an article quotes or reports, and their words.

use std::collections::HashMap;

use oxigraph::model::NamedNode;
use smol_str::SmolStr;

use super::entities::term_iri;
use super::passages::{add_passage, add_words};
use super::quads::Quads;
use super::view::View;
use super::vocab::{prov, td};
use crate::annotation::{Annotation, Attribution};
use crate::text::Span;

/// Who says something and in which stance, then in whose words that stands, and so on.
pub(super) type Chain = Vec<(Option<NamedNode>, SmolStr)>;

/// The attributions of an article by their ids, with their names.
pub(super) struct Attributions<'a> {
    by_id: HashMap<&'a str, (&'a Attribution, NamedNode)>,
    in_order: Vec<&'a Attribution>,
}

impl<'a> Attributions<'a> {
    pub(super) fn new(view: &View<'a>) -> Self {
        let annotation: &'a Annotation = view.annotation;
        let mut by_id: HashMap<&str, (&Attribution, NamedNode)> = HashMap::new();
        let mut named: HashMap<Span, usize> = HashMap::new();
        for attribution in &annotation.attributions {
            let name = view.at('a', attribution.content);
            let count = named.entry(attribution.content).or_default();
            *count += 1;
            // Several may say the same words, and a word of theirs may be a cue as well.
            let iri = match *count {
                1 => name,
                count => NamedNode::new_unchecked(format!("{}-{count}", name.as_str())),
            };
            by_id.insert(&attribution.id, (attribution, iri));
        }
        Self { by_id, in_order: annotation.attributions.iter().collect() }
    }

    /// In whose words something is said, the nearest first.
    pub(super) fn chain(&self, view: &View<'_>, id: Option<&SmolStr>) -> Chain {
        let mut chain = Chain::new();
        let mut next = id;
        while let Some((attribution, _)) = next.and_then(|id| self.by_id.get(id.as_str())) {
            chain.push((source(view, attribution), attribution.stance.clone()));
            // One that is in its own content is a fault of the annotation's.
            next = attribution.parent.as_ref().filter(|_| chain.len() <= self.by_id.len());
        }
        chain
    }

    /// States that something is said in the words of an attribution.
    pub(super) fn add_said(&self, quads: &mut Quads, view: &View<'_>, of: &NamedNode, id: &SmolStr) {
        if let Some((attribution, iri)) = self.by_id.get(id.as_str()) {
            quads.add(of, td::ATTRIBUTION, iri.clone());
            if let Some(source) = source(view, attribution) {
                quads.add(of, td::ATTRIBUTED_TO, source);
            }
        }
    }

    /// States the attributions themselves.
    pub(super) fn add(&self, quads: &mut Quads, view: &View<'_>) {
        for attribution in &self.in_order {
            let (_, iri) = &self.by_id[attribution.id.as_str()];
            self.add_attribution(quads, view, attribution, iri);
        }
    }

    fn add_attribution(
        &self,
        quads: &mut Quads,
        view: &View<'_>,
        attribution: &Attribution,
        iri: &NamedNode,
    ) {
        quads.add_type(iri, td::ATTRIBUTION_CLASS);
        if is_direct(view, attribution) {
            quads.add_type(iri, td::QUOTATION);
        }
        let known = source(view, attribution);
        if let Some(source) = &attribution.source
            && known.is_none()
        {
            let words = add_words(quads, view, source.span);
            quads.add(iri, td::WORDS, words);
        }
        if let Some(known) = known {
            quads.add(iri, td::ATTRIBUTED_TO, known);
        }
        if let Some(stance) = term_iri(&attribution.stance) {
            quads.add(iri, td::HAS_STANCE, stance);
        }
        quads.add_text(iri, td::CUE, Some(view.quote(attribution.cue)));
        if let Some((_, parent)) = attribution.parent.as_ref().and_then(|id| self.by_id.get(id.as_str())) {
            quads.add(iri, td::WITHIN, parent.clone());
        }
        let whole = [attribution.content];
        let pieces = if attribution.pieces.is_empty() { &whole[..] } else { &attribution.pieces };
        for &piece in pieces {
            let passage = add_passage(quads, view, piece);
            quads.add(iri, prov::WAS_DERIVED_FROM, passage);
        }
    }
}

/// Who says it, where that is in the graph.
fn source(view: &View<'_>, attribution: &Attribution) -> Option<NamedNode> {
    view.entity(attribution.source?.entity?)
}

/// Whether the words are the source's own, in quotation marks.
fn is_direct(view: &View<'_>, attribution: &Attribution) -> bool {
    let first = attribution.pieces.first().copied().unwrap_or(attribution.content);
    view.quote(first).starts_with(['"', '“', '”', '«', '„', '‘', '\''])
}
