//! Which thing a name means: the knowledge base, and the choice among its candidates.
//!
//! Takes the names that [`crate::extract`] has gathered, and gives an [`Annotation`]: each group of names is an entity with
//! its class and its links. This version knows exact names only: the most popular candidate of a compatible class. Groups
//! that turn out to mean the same (`Iran`, `Iranian`) become one entity.

mod choose;
pub mod kb;

pub use choose::Choice;

use std::collections::HashMap;

use crate::annotation::{Annotation, Class, EntityId, Kind, Link};
use crate::extract::{NameType, Names, majority};
use crate::nlp::Doc;
use crate::source::Article;
use kb::{Entity, Kb};

/// Decides what each group of names means.
pub fn link(article: Article, doc: &Doc, names: &Names, kb: &Kb) -> Annotation {
    let sentences = doc.sentences().iter().map(|&s| doc.span_of(s)).collect();
    let mut annotation = Annotation { article, sentences, ..Annotation::default() };
    let mut known = HashMap::new();
    // Of each name: its entity, and the type that goes with its class.
    let mut meanings = vec![None; names.names.len()];
    for group in &names.groups {
        let types: Vec<NameType> = group.iter().map(|&i| names.names[i].name_type).collect();
        let Some(name_type) = majority(&types) else { continue };
        let forms = forms(group, names, doc.text());
        let choice = choose::choose(kb, &forms, name_type);
        let found = choice.and_then(|choice| Some((choice, kb.entity(choice.entity)?)));
        let class = found.map_or(name_type.class(), |(_, entity)| entity.class);
        let id = match found {
            Some((choice, entity)) => linked(&mut annotation, &mut known, choice, &entity),
            None => annotation.add_entity(forms[0].to_owned(), class.name().to_owned(), Vec::new()),
        };
        for (&i, own) in group.iter().zip(types) {
            meanings[i] = Some((id, repaired(own, name_type, class)));
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
    known: &mut HashMap<kb::KbId, EntityId>,
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

/// The distinct forms of a group's names, the longest first; of equally long ones the first in the text.
fn forms<'a>(group: &[usize], names: &Names, text: &'a str) -> Vec<&'a str> {
    let mut forms: Vec<&str> = Vec::new();
    for &i in group {
        let form = names.names[i].span.of(text);
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms.sort_by_key(|form| std::cmp::Reverse(form.chars().count()));
    forms
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
