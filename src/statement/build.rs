use std::collections::HashMap;

use smol_str::format_smolstr;

use super::certainty;
use super::matching::{Match, matches};
use super::mentions::Mentions;
use super::participants::describe;
use crate::annotation::{Annotation, Class, EntityId, Event, Kind, Object, Participant, Relation};
use crate::lexicon::{Lexicon, Meaning, Role, Slot};
use crate::nlp::Doc;
use crate::predicate::{Function, Predicate, Predicates};
use crate::text::TokenId;

/// Prepositions that say where.
const WHERE: &[&str] = &["in", "at", "near", "outside", "across", "inside"];

/// Someone or something that fills a role.
type Filler = (Role, EntityId, usize);

/// Finds what an article says, and adds it to the annotation.
pub fn add(annotation: &mut Annotation, doc: &Doc, lexicon: &Lexicon) {
    let predicates = Predicates::of(doc);
    let matches = matches(doc, &predicates, lexicon);
    describe(annotation, doc, &matches);
    let mentions = Mentions::new(doc, annotation);
    let mut found = Found::default();
    for matched in matches {
        let fillers = fillers(&matched, annotation, &mentions);
        match &matched.frame.meaning {
            Meaning::Event { class, plover } => {
                found.event(doc, annotation, &mentions, &matched, (class, plover.as_deref()), fillers);
            }
            Meaning::Relation { .. } => found.relations(doc, annotation, &matched, &fillers),
        }
    }
    let Found { relations, events, .. } = found;
    annotation.relations = relations;
    annotation.events = events;
}

/// The entities that fill the roles of a match, as far as their classes allow.
fn fillers(matched: &Match<'_>, annotation: &Annotation, mentions: &Mentions<'_>) -> Vec<Filler> {
    let slots = matched.frame.slots(matched.predicate.kind);
    let mut fillers: Vec<Filler> = Vec::new();
    for &(role, head) in &matched.fills {
        let slot = slots.iter().find(|slot| slot.role == role);
        for (mention, _, entity) in mentions.at(head) {
            if allowed(annotation, entity, slot) && !fillers.contains(&(role, entity, mention)) {
                fillers.push((role, entity, mention));
            }
        }
    }
    fillers
}

fn class_of(annotation: &Annotation, entity: EntityId) -> Option<Class> {
    Class::from_name(&annotation.entities[entity.index()].class)
}

fn allowed(annotation: &Annotation, entity: EntityId, slot: Option<&Slot>) -> bool {
    let Some(wanted) = slot.and_then(|slot| slot.class) else { return true };
    class_of(annotation, entity).is_some_and(|class| is_a(class, wanted))
}

/// Whether a class is another or one below it, as far as the classes of entities go.
fn is_a(class: Class, wanted: Class) -> bool {
    let is_place = matches!(class.kind(), Kind::Place | Kind::Polity | Kind::Facility);
    class == wanted
        || match wanted {
            Class::Entity => true,
            Class::Organization => class.is_organization(),
            Class::Place => is_place,
            Class::Group => matches!(class, Class::EthnicOrReligiousGroup),
            Class::Law => class == Class::Treaty,
            Class::Country => class == Class::Territory,
            _ => false,
        }
}

#[derive(Default)]
struct Found {
    relations: Vec<Relation>,
    events: Vec<Event>,
    statements: HashMap<(EntityId, String, EntityId), usize>,
    count: usize,
}

impl Found {
    fn relations(&mut self, doc: &Doc, annotation: &Annotation, matched: &Match<'_>, fillers: &[Filler]) {
        let Meaning::Relation { property, wikidata, domain, range } = &matched.frame.meaning else { return };
        let fits = |entity: EntityId, wanted: &Option<String>| {
            let wanted = wanted.as_deref().and_then(Class::from_name);
            wanted.is_none_or(|wanted| class_of(annotation, entity).is_some_and(|class| is_a(class, wanted)))
        };
        let restricted = |one, other| {
            matched.frame.class.is_none_or(|wanted| {
                [one, other]
                    .into_iter()
                    .all(|e| class_of(annotation, e).is_some_and(|class| is_a(class, wanted)))
            })
        };
        let of = |role: Role| fillers.iter().filter(move |filler| filler.0 == role);
        for &(_, subject, subject_mention) in of(Role::Head) {
            for &(_, object, object_mention) in of(Role::Tail) {
                if subject == object
                    || !fits(subject, domain)
                    || !fits(object, range)
                    || !restricted(subject, object)
                {
                    continue;
                }
                let head = doc.token(matched.predicate.head);
                let (certainty, polarity) = certainty::of(head);
                let key = (subject, property.clone(), object);
                let next = self.statements.len();
                let statement = *self.statements.entry(key).or_insert(next);
                self.relations.push(Relation {
                    id: format_smolstr!("r{}", self.relations.len() + 1),
                    statement: format_smolstr!("s{}", statement + 1),
                    subject,
                    property: property.clone(),
                    wikidata: wikidata.clone(),
                    object: Object::Entity(object),
                    subject_mention: Some(subject_mention),
                    object_mention: Some(object_mention),
                    evidence: doc.span_of(head.sentence()),
                    confidence: 0.7,
                    certainty,
                    polarity,
                    attribution: None,
                    time: None,
                });
            }
        }
    }

    fn event(
        &mut self,
        doc: &Doc,
        annotation: &Annotation,
        mentions: &Mentions<'_>,
        matched: &Match<'_>,
        (class, plover): (&str, Option<&str>),
        fillers: Vec<Filler>,
    ) {
        let place = place(matched.predicate, annotation, mentions, &fillers);
        let fits = |wanted| {
            fillers.iter().any(|f| class_of(annotation, f.1).is_some_and(|class| is_a(class, wanted)))
        };
        if (fillers.is_empty() && place.is_none()) || matched.frame.class.is_some_and(|wanted| !fits(wanted))
        {
            return;
        }
        let head = doc.token(matched.predicate.head);
        let (certainty, polarity) = certainty::of(head);
        self.count += 1;
        let roles = fillers.into_iter().map(|(role, entity, mention)| Participant {
            role: format!("td:{}", role.name()),
            entity,
            mention: Some(mention),
        });
        self.events.push(Event {
            id: format_smolstr!("v{}", self.count),
            statement: format_smolstr!("e{}", self.count),
            class: class.to_owned(),
            plover: plover.map(str::to_owned),
            anchor: head.span(),
            roles: roles.collect(),
            place,
            confidence: 0.7,
            certainty,
            polarity,
            attribution: None,
            time: None,
        });
    }
}

/// The place where a predicate says that it happens.
fn place(
    predicate: &Predicate,
    annotation: &Annotation,
    mentions: &Mentions<'_>,
    fillers: &[Filler],
) -> Option<EntityId> {
    let heads = WHERE
        .iter()
        .flat_map(|w| predicate.with(&Function::Preposition((*w).into())).collect::<Vec<TokenId>>());
    let mut places =
        heads.flat_map(|head| mentions.at(head).map(|(_, _, entity)| entity).collect::<Vec<_>>());
    places.find(|&entity| {
        let is_place = class_of(annotation, entity).is_some_and(|class| is_a(class, Class::Place));
        is_place && !fillers.iter().any(|filler| filler.1 == entity)
    })
}
