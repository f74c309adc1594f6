use std::collections::HashMap;

use super::setting::Weighed;
use super::{Choice, choice};
use crate::annotation::{Annotation, Class, EntityId, Kind, Link};
use crate::extract::{NameType, Names};
use crate::kb::{Entity, Kb, KbId};

/// Makes entities and mentions of the groups and what they mean; groups that mean the same become one entity.
pub(super) fn annotate(
    mut annotation: Annotation,
    kb: &Kb,
    names: &Names,
    groups: &[Weighed<'_>],
) -> Annotation {
    let mut known = HashMap::new();
    // Of each name: its entity, and the type that goes with its class.
    let mut meanings = vec![None; names.names.len()];
    for weighed in groups {
        let group = &weighed.group;
        let found = choice(weighed).and_then(|choice| Some((choice, kb.entity(choice.entity)?)));
        let class = found.map_or(group.name_type.class(), |(_, entity)| entity.class);
        let id = match found {
            Some((choice, entity)) => linked(&mut annotation, &mut known, choice, &entity),
            None => annotation.add_entity(group.label(), class.name().to_owned(), Vec::new()),
        };
        for &i in group.members {
            meanings[i] = Some((id, repaired(names.names[i].name_type, group.name_type, class)));
        }
    }
    for (name, meaning) in names.names.iter().zip(meanings) {
        if let Some((entity, name_type)) = meaning {
            annotation.add_name(name.span, name_type.label(), entity);
        }
    }
    annotation
}

/// The entity that was chosen, added if it is new; the surest of several names counts.
fn linked(
    annotation: &mut Annotation,
    known: &mut HashMap<KbId, EntityId>,
    choice: Choice,
    entity: &Entity<'_>,
) -> EntityId {
    let links = links(entity, choice.score);
    if let Some(&id) = known.get(&choice.entity) {
        let known = &mut annotation.entities[id.index()].links;
        if links.first().map(|l| l.score) > known.first().map(|l| l.score) {
            *known = links;
        }
        return id;
    }
    let id = annotation.add_entity(entity.label.to_owned(), entity.class.name().to_owned(), links);
    known.insert(choice.entity, id);
    id
}

/// Where an entity of the knowledge base is found elsewhere.
fn links(entity: &Entity<'_>, score: f64) -> Vec<Link> {
    let score = (score * 100.0).round() / 100.0;
    [entity.wikidata_iri(), entity.dbpedia_iri(), entity.geonames_iri()]
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
