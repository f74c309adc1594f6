use std::collections::HashMap;

use super::metonym::{acts, government};
use super::setting::Weighed;
use super::{Choice, choice};
use crate::annotation::{Annotation, Class, EntityId, Kind, Link, SURE};
use crate::extract::{NameType, Names};
use crate::kb::{Entity, Kb, KbId};
use crate::nlp::Doc;

/// Score from which a close match tells the class: it is likelier than not.
const LIKELY: f64 = 0.5;

/// Makes entities and mentions of the groups and what they mean; groups that surely mean the same become one entity.
pub(super) fn annotate(
    annotation: Annotation,
    kb: &Kb,
    doc: &Doc,
    names: &Names,
    groups: &[Weighed<'_>],
) -> Annotation {
    let mut notes = Notes { annotation, kb, known: HashMap::new() };
    let mut meanings = vec![None; names.names.len()];
    for weighed in groups {
        let choice = choice(weighed);
        let government = government(kb, choice.map(|choice| choice.entity), &weighed.group.forms);
        let acting = weighed.group.spans.iter().map(|&span| government.filter(|_| acts(doc, span)));
        let acting: Vec<Option<KbId>> = acting.collect();
        // However unsure a capital is by itself, what acts under its name is the government.
        let does_act = acting.iter().any(Option::is_some);
        let choice = choice.map(|c| if does_act { Choice { score: c.score.max(SURE), ..c } } else { c });
        let class = class_of(kb, weighed, choice.filter(|choice| choice.score >= LIKELY));
        let entity = notes.entity_of(weighed, choice);
        for (&i, acting) in weighed.group.members.iter().zip(acting) {
            let name_type = repaired(names.names[i].name_type, weighed.group.name_type, class);
            let government = acting.map(|country| notes.linked(country, choice.map_or(SURE, |c| c.score)));
            meanings[i] = Some((name_type, entity, government));
        }
    }
    for (name, meaning) in names.names.iter().zip(meanings) {
        if let Some((name_type, entity, government)) = meaning {
            let (entity, place) = government.map_or((entity, None), |country| (country, Some(entity)));
            notes.annotation.add_name(name.span, name_type.label(), entity, place);
        }
    }
    notes.annotation
}

/// The class of what a group means.
fn class_of(kb: &Kb, weighed: &Weighed<'_>, choice: Option<Choice>) -> Class {
    let found = choice.and_then(|choice| kb.entity(choice.entity));
    found.map_or(weighed.group.name_type.class(), |entity| entity.class)
}

/// The annotation as it grows.
struct Notes<'a> {
    annotation: Annotation,
    kb: &'a Kb,
    /// The entities that are surely those of the knowledge base.
    known: HashMap<KbId, EntityId>,
}

impl Notes<'_> {
    /// What a group means: an entity of the knowledge base if that is sure, else one of its own, which may be a close match.
    fn entity_of(&mut self, weighed: &Weighed<'_>, choice: Option<Choice>) -> EntityId {
        if let Some(choice) = choice.filter(|choice| choice.score >= SURE) {
            return self.linked(choice.entity, choice.score);
        }
        let close = choice.and_then(|choice| Some(links(&self.kb.entity(choice.entity)?, choice.score)));
        let likely = choice.filter(|choice| choice.score >= LIKELY);
        let class = class_of(self.kb, weighed, likely).name().to_owned();
        self.annotation.add_entity(weighed.group.label(), class, close.unwrap_or_default())
    }

    /// An entity of the knowledge base, added if it is new; the surest of several names counts.
    fn linked(&mut self, id: KbId, score: f64) -> EntityId {
        let Some(entity) = self.kb.entity(id) else { unreachable!("candidates are in the knowledge base") };
        let links = links(&entity, score);
        if let Some(&known) = self.known.get(&id) {
            let before = &mut self.annotation.entities[known.index()].links;
            if links.first().map(|l| l.score) > before.first().map(|l| l.score) {
                *before = links;
            }
            return known;
        }
        let added =
            self.annotation.add_entity(entity.label.to_owned(), entity.class.name().to_owned(), links);
        self.known.insert(id, added);
        added
    }
}

/// Where an entity of the knowledge base is found elsewhere; one that only a file of the user's has, under its IRI there.
pub(super) fn links(entity: &Entity<'_>, score: f64) -> Vec<Link> {
    let score = (score * 100.0).round() / 100.0;
    let own = || entity.iri.map(str::to_owned);
    [entity.wikidata_iri().or_else(own), entity.dbpedia_iri(), entity.geonames_iri()]
        .into_iter()
        .flatten()
        .map(|iri| Link { iri, score })
        .collect()
}

/// The type of a mention: what the recogniser said of it if that goes with the class, else what it said most often, else
/// what names of the class are.
fn repaired(own: NameType, of_group: NameType, class: Class) -> NameType {
    let goes = |name_type| match (name_type, class.kind()) {
        (NameType::Norp, Kind::Organization) => class == Class::PoliticalParty,
        // A demonym is a name of its country, but not a place name; and places of all kinds are easily confused.
        (NameType::Norp, Kind::Polity)
        | (
            NameType::Gpe | NameType::Location | NameType::Facility,
            Kind::Polity | Kind::Place | Kind::Facility,
        ) => true,
        (name_type, kind) => NameType::of_kind(kind).is_none_or(|expected| expected == name_type),
    };
    if goes(of_group) {
        return if goes(own) { own } else { of_group };
    }
    NameType::of_kind(class.kind()).unwrap_or(of_group)
}
