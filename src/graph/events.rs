//! What happens: the events that an article tells of, those that it asserts apart from the others.

use oxigraph::model::{Literal, NamedNode};

use super::attributions::Attributions;
use super::entities::term_iri;
use super::modality::Modality;
use super::passages::{add_passage, add_words, sentence};
use super::quads::Quads;
use super::times::add_when;
use super::view::View;
use super::vocab::{prov, rdfs, sem, td, xsd};
use crate::annotation::{Bound, Event, Number, Participant};

/// An event with all that tell of it in the same way.
struct Told<'a> {
    /// Named after the first word that tells of it.
    iri: NamedNode,
    modality: Modality,
    tellings: Vec<&'a Event>,
}

/// States the events, each once for each way in which it is presented.
pub(super) fn add_events(quads: &mut Quads, view: &View<'_>, attributions: &Attributions<'_>) {
    let events = events(view, attributions);
    for told in &events {
        let others = events.iter().filter(|o| o.tellings[0].statement == told.tellings[0].statement);
        let best = others.min_by_key(|o| (!o.is_asserted(), &o.modality)).expect("it is among them itself");
        let same = (!std::ptr::eq(best, told)).then_some(&best.iri);
        add_event(quads, view, attributions, told, same);
    }
    add_links(quads, view, &events);
}

/// States what ties events together, where the article asserts both of them.
fn add_links(quads: &mut Quads, view: &View<'_>, events: &[Told<'_>]) {
    let asserted = |index: usize| {
        let event = &view.annotation.events[index];
        let tells = |told: &&Told<'_>| told.tellings.iter().any(|telling| std::ptr::eq(*telling, event));
        events.iter().find(tells).filter(|told| told.is_asserted())
    };
    for link in &view.annotation.links {
        if let (Some(subject), Some(object), Some(property)) =
            (asserted(link.subject), asserted(link.object), term_iri(&link.property))
            && subject.iri != object.iri
        {
            quads.add(&subject.iri, property.as_ref(), object.iri.clone());
        }
    }
}

/// The events in the order in which the article first tells of them.
fn events<'a>(view: &View<'a>, attributions: &Attributions<'_>) -> Vec<Told<'a>> {
    let mut events: Vec<Told<'a>> = Vec::new();
    for event in view.annotation.events.iter().filter(|event| takes_part(view, event)) {
        let modality = Modality {
            said: attributions.chain(view, event.attribution.as_ref()),
            polarity: event.polarity,
            certainty: event.certainty,
            mood: event.mood,
        };
        let is_same =
            |told: &&mut Told<'_>| told.modality == modality && told.tellings[0].statement == event.statement;
        if let Some(told) = events.iter_mut().find(is_same) {
            told.tellings.push(event);
            continue;
        }
        // A word may tell of several events: `Iran and Iraq attacked`.
        let anchored = events.iter().filter(|told| told.tellings[0].anchor == event.anchor).count();
        let name = view.at('v', event.anchor);
        let iri = match anchored {
            0 => name,
            earlier => NamedNode::new_unchecked(format!("{}-{}", name.as_str(), earlier + 1)),
        };
        events.push(Told { iri, modality, tellings: vec![event] });
    }
    events
}

/// Whether the graph has anybody who takes part in an event, or its place, or knows what it is about and when it is.
fn takes_part(view: &View<'_>, event: &Event) -> bool {
    let has_somebody =
        event.roles.iter().map(|role| role.entity).chain(event.place).any(|id| view.entity(id).is_some());
    has_somebody || (event.time.is_some() && things(view, event).next().is_some())
}

/// The words for the things that an event is about where they are no entities of the graph: `car sales`.
fn things<'a>(view: &View<'a>, event: &'a Event) -> impl Iterator<Item = &'a str> {
    let is_thing = |participant: &&Participant| {
        matches!(participant.role.as_str(), "td:patient" | "td:theme")
            && view.entity(participant.entity).is_none()
    };
    let things = event.roles.iter().filter(is_thing).map(|participant| participant.entity);
    { things }.filter_map(|id| view.annotation.entities.get(id.index())).map(|thing| thing.label.as_str())
}

/// How many there are; exactly as many are as many at least and at most.
fn add_number(quads: &mut Quads, iri: &NamedNode, number: Number) {
    let literal = || Literal::new_typed_literal(number.value.to_string(), xsd::INTEGER);
    quads.add(iri, td::NUMBER, literal());
    if matches!(number.bound, Bound::Exact | Bound::AtLeast) {
        quads.add(iri, td::NUMBER_AT_LEAST, literal());
    }
    if matches!(number.bound, Bound::Exact | Bound::AtMost) {
        quads.add(iri, td::NUMBER_AT_MOST, literal());
    }
}

impl Told<'_> {
    fn confidence(&self) -> f64 {
        self.tellings.iter().map(|event| event.confidence).fold(0.0, f64::max)
    }

    fn is_asserted(&self) -> bool {
        self.modality.is_asserted(self.confidence())
    }
}

/// States an event; `same` is what the article calls it where it presents it better.
fn add_event(
    quads: &mut Quads,
    view: &View<'_>,
    attributions: &Attributions<'_>,
    told: &Told<'_>,
    same: Option<&NamedNode>,
) {
    let iri = told.iri.clone();
    let first = told.tellings[0];
    let class = term_iri(&first.class).unwrap_or_else(|| td::EVENT.into_owned());
    if told.is_asserted() {
        quads.add_type(&iri, class);
        quads.add_type(&iri, td::ASSERTED_EVENT);
        quads.add_type(&iri, sem::EVENT);
    } else {
        quads.add_type(&iri, td::UNASSERTED_EVENT);
        quads.add(&iri, td::EVENT_CLASS, class);
    }
    quads.add_text(&iri, rdfs::LABEL, Some(view.quote(first.anchor)));
    if let Some(same) = same {
        quads.add(&iri, td::SAME_EVENT_AS, same.clone());
    }
    for event in &told.tellings {
        for participant in &event.roles {
            if let (Some(role), Some(entity)) = (term_iri(&participant.role), view.entity(participant.entity))
            {
                quads.add(&iri, role.as_ref(), entity);
            }
        }
        for thing in things(view, event) {
            quads.add_text(&iri, td::ABOUT, Some(thing));
        }
        if let Some(place) = event.place.and_then(|id| view.entity(id)) {
            quads.add(&iri, sem::HAS_PLACE, place);
        }
    }
    // Told again, it is the number that is told first.
    if let Some(number) = told.tellings.iter().find_map(|event| event.number) {
        add_number(quads, &iri, number);
    }
    told.modality.add(quads, &iri, told.confidence());
    for event in &told.tellings {
        if let Some(attribution) = &event.attribution {
            attributions.add_said(quads, view, &iri, attribution);
        }
        if let Some(when) = &event.time {
            add_when(quads, view, &iri, when);
        }
        let passage = add_passage(quads, view, sentence(view, event.anchor));
        quads.add(&iri, prov::WAS_DERIVED_FROM, passage);
        let words = add_words(quads, view, event.anchor);
        quads.add(&iri, td::WORDS, words);
    }
}
