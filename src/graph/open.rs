//! What somebody does to another in words that no class or property of the ontology stands for.

use oxigraph::model::{Literal, NamedNode};

use super::attributions::Attributions;
use super::modality::Modality;
use super::passages::{add_passage, add_words};
use super::quads::Quads;
use super::view::View;
use super::vocab::{prov, td};
use crate::annotation::OpenStatement;

/// States them, each as a node of its own that is no event and says no fact.
pub(super) fn add_open(quads: &mut Quads, view: &View<'_>, attributions: &Attributions<'_>) {
    for open in &view.annotation.open {
        let known =
            open.arguments.iter().filter_map(|argument| Some((argument, view.entity(argument.entity)?)));
        let known: Vec<_> = known.collect();
        if known.is_empty() {
            continue;
        }
        let iri = view.at('o', open.anchor);
        quads.add_type(&iri, td::OPEN_STATEMENT);
        quads.add(&iri, td::LEMMA, Literal::from(open.lemma.as_str()));
        for (number, (argument, entity)) in known.into_iter().enumerate() {
            let node = NamedNode::new_unchecked(format!("{}-{}", iri.as_str(), number + 1));
            quads.add_type(&node, td::ARGUMENT_CLASS);
            quads.add(&node, td::FUNCTION, Literal::from(argument.function.as_str()));
            quads.add(&node, td::FILLER, entity);
            quads.add(&iri, td::ARGUMENT, node);
        }
        add_presentation(quads, view, attributions, &iri, open);
    }
}

fn add_presentation(
    quads: &mut Quads,
    view: &View<'_>,
    attributions: &Attributions<'_>,
    iri: &NamedNode,
    open: &OpenStatement,
) {
    let modality = Modality {
        said: attributions.chain(view, open.attribution.as_ref()),
        polarity: open.polarity,
        certainty: open.certainty,
        mood: open.mood,
    };
    modality.add_presented(quads, iri);
    if let Some(attribution) = &open.attribution {
        attributions.add_said(quads, view, iri, attribution);
    }
    let passage = add_passage(quads, view, open.evidence);
    quads.add(iri, prov::WAS_DERIVED_FROM, passage);
    let words = add_words(quads, view, open.anchor);
    quads.add(iri, td::WORDS, words);
}
