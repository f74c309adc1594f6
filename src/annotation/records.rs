use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::json::{FieldError, Range};
use super::time::WhenRecord;
use super::{
    Annotation, Argument, Certainty, EntityId, Event, EventLink, Mood, Number, Object, OpenStatement,
    Participant, Polarity, Relation, Time,
};
use crate::text::{CodePoints, Span};

/// A relation in the JSON form.
#[derive(Serialize, Deserialize)]
pub(super) struct RelationRecord {
    id: SmolStr,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    statement: Option<SmolStr>,
    subject: SmolStr,
    property: String,
    #[serde(default)]
    wikidata: Option<String>,
    object: SmolStr,
    #[serde(default)]
    subject_mention: Option<SmolStr>,
    #[serde(default)]
    object_mention: Option<SmolStr>,
    evidence: Range,
    confidence: f64,
    #[serde(default)]
    certainty: Certainty,
    #[serde(default)]
    polarity: Polarity,
    #[serde(default, skip_serializing_if = "Mood::is_actual")]
    mood: Mood,
    #[serde(default)]
    attribution: Option<SmolStr>,
    #[serde(flatten)]
    when: WhenRecord,
}

/// An event in the JSON form.
#[derive(Serialize, Deserialize)]
pub(super) struct EventRecord {
    id: SmolStr,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    statement: Option<SmolStr>,
    class: String,
    #[serde(default)]
    plover: Option<String>,
    anchor: Range,
    #[serde(default)]
    roles: Vec<RoleRecord>,
    #[serde(flatten)]
    when: WhenRecord,
    #[serde(default)]
    place: Option<SmolStr>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<Number>,
    confidence: f64,
    #[serde(default)]
    certainty: Certainty,
    #[serde(default)]
    polarity: Polarity,
    #[serde(default, skip_serializing_if = "Mood::is_actual")]
    mood: Mood,
    #[serde(default)]
    attribution: Option<SmolStr>,
}

#[derive(Serialize, Deserialize)]
struct RoleRecord {
    role: String,
    entity: SmolStr,
    #[serde(default)]
    mention: Option<SmolStr>,
}

/// An open statement in the JSON form: `lemma`, where it stands, its arguments, how it is presented.
#[derive(Serialize, Deserialize)]
pub(super) struct OpenRecord {
    id: SmolStr,
    lemma: String,
    anchor: Range,
    roles: Vec<ArgumentRecord>,
    evidence: Range,
    #[serde(default)]
    certainty: Certainty,
    #[serde(default)]
    polarity: Polarity,
    #[serde(default, skip_serializing_if = "Mood::is_actual")]
    mood: Mood,
    #[serde(default)]
    attribution: Option<SmolStr>,
}

#[derive(Serialize, Deserialize)]
struct ArgumentRecord {
    function: SmolStr,
    entity: SmolStr,
    #[serde(default)]
    mention: Option<SmolStr>,
}

/// Writes relations and events with the ids of an annotation and offsets in code points.
pub(super) struct Writer<'a, R: Fn(Span) -> Range> {
    pub(super) annotation: &'a Annotation,
    pub(super) range: R,
}

impl<R: Fn(Span) -> Range> Writer<'_, R> {
    fn entity(&self, id: EntityId) -> SmolStr {
        self.annotation.entities[id.index()].id.clone()
    }

    fn mention(&self, index: Option<usize>) -> Option<SmolStr> {
        index.map(|index| self.annotation.mentions[index].id.clone())
    }

    pub(super) fn relation(&self, relation: &Relation) -> RelationRecord {
        RelationRecord {
            id: relation.id.clone(),
            statement: Some(relation.statement.clone()),
            subject: self.entity(relation.subject),
            property: relation.property.clone(),
            wikidata: relation.wikidata.clone(),
            object: match &relation.object {
                Object::Entity(id) => self.entity(*id),
                Object::Time(id) => id.clone(),
            },
            subject_mention: self.mention(relation.subject_mention),
            object_mention: self.mention(relation.object_mention),
            evidence: (self.range)(relation.evidence),
            confidence: relation.confidence,
            certainty: relation.certainty,
            polarity: relation.polarity,
            mood: relation.mood,
            attribution: relation.attribution.clone(),
            when: WhenRecord::of(relation.time.as_ref()),
        }
    }

    pub(super) fn link(&self, link: &EventLink) -> LinkRecord {
        let id = |index: usize| self.annotation.events[index].id.clone();
        let EventLink { subject, property, object, cue } = link;
        LinkRecord {
            subject: id(*subject),
            property: property.clone(),
            object: id(*object),
            cue: (self.range)(*cue),
        }
    }

    pub(super) fn open(&self, open: &OpenStatement) -> OpenRecord {
        let argument = |argument: &Argument| ArgumentRecord {
            function: argument.function.clone(),
            entity: self.entity(argument.entity),
            mention: self.mention(argument.mention),
        };
        OpenRecord {
            id: open.id.clone(),
            lemma: open.lemma.clone(),
            anchor: (self.range)(open.anchor),
            roles: open.arguments.iter().map(argument).collect(),
            evidence: (self.range)(open.evidence),
            certainty: open.certainty,
            polarity: open.polarity,
            mood: open.mood,
            attribution: open.attribution.clone(),
        }
    }

    pub(super) fn event(&self, event: &Event) -> EventRecord {
        let role = |participant: &Participant| RoleRecord {
            role: participant.role.clone(),
            entity: self.entity(participant.entity),
            mention: self.mention(participant.mention),
        };
        EventRecord {
            id: event.id.clone(),
            statement: Some(event.statement.clone()),
            class: event.class.clone(),
            plover: event.plover.clone(),
            anchor: (self.range)(event.anchor),
            roles: event.roles.iter().map(role).collect(),
            when: WhenRecord::of(event.time.as_ref()),
            place: event.place.map(|id| self.entity(id)),
            number: event.number,
            confidence: event.confidence,
            certainty: event.certainty,
            polarity: event.polarity,
            mood: event.mood,
            attribution: event.attribution.clone(),
        }
    }
}

/// Reads relations and events back.
pub(super) struct Ids<'a> {
    pub(super) points: &'a CodePoints<'a>,
    pub(super) entities: &'a HashMap<SmolStr, EntityId>,
    pub(super) mentions: &'a HashMap<SmolStr, EntityId>,
    pub(super) times: &'a [Time],
}

impl Ids<'_> {
    fn entity(&self, id: &SmolStr, path: &str) -> Result<EntityId, FieldError> {
        let found = self.entities.get(id).copied();
        found.ok_or_else(|| (path.to_owned(), format!("`{id}` is not the id of an entity")))
    }

    fn mention(&self, id: Option<&SmolStr>, path: &str) -> Result<Option<usize>, FieldError> {
        let place = |id: &SmolStr| {
            let found = self.mentions.get(id).map(|place| place.index());
            found.ok_or_else(|| (path.to_owned(), format!("`{id}` is not the id of a mention")))
        };
        id.map(place).transpose()
    }

    pub(super) fn relation(&self, record: RelationRecord, i: usize) -> Result<Relation, FieldError> {
        let path = |field: &str| format!("relations[{i}].{field}");
        let object = if self.times.iter().any(|time| time.id == record.object) {
            Object::Time(record.object.clone())
        } else {
            Object::Entity(self.entity(&record.object, &path("object"))?)
        };
        Ok(Relation {
            statement: record.statement.unwrap_or_else(|| record.id.clone()),
            subject: self.entity(&record.subject, &path("subject"))?,
            object,
            subject_mention: self.mention(record.subject_mention.as_ref(), &path("subject_mention"))?,
            object_mention: self.mention(record.object_mention.as_ref(), &path("object_mention"))?,
            evidence: record.evidence.to_span(self.points, &path("evidence"))?,
            confidence: probability(record.confidence, path("confidence"))?,
            id: record.id,
            property: record.property,
            wikidata: record.wikidata,
            certainty: record.certainty,
            polarity: record.polarity,
            mood: record.mood,
            attribution: record.attribution,
            time: record.when.read(self.times, &format!("relations[{i}]"))?,
        })
    }

    pub(super) fn open(&self, record: OpenRecord, i: usize) -> Result<OpenStatement, FieldError> {
        let path = |field: &str| format!("open[{i}].{field}");
        let argument = |(j, argument): (usize, ArgumentRecord)| {
            Ok(Argument {
                entity: self.entity(&argument.entity, &path(&format!("roles[{j}].entity")))?,
                mention: self.mention(argument.mention.as_ref(), &path(&format!("roles[{j}].mention")))?,
                function: argument.function,
            })
        };
        Ok(OpenStatement {
            anchor: record.anchor.to_span(self.points, &path("anchor"))?,
            evidence: record.evidence.to_span(self.points, &path("evidence"))?,
            arguments: record
                .roles
                .into_iter()
                .enumerate()
                .map(argument)
                .collect::<Result<_, FieldError>>()?,
            id: record.id,
            lemma: record.lemma,
            certainty: record.certainty,
            polarity: record.polarity,
            mood: record.mood,
            attribution: record.attribution,
        })
    }

    pub(super) fn event(&self, record: EventRecord, i: usize) -> Result<Event, FieldError> {
        let path = |field: &str| format!("events[{i}].{field}");
        let role = |(j, role): (usize, &RoleRecord)| {
            Ok(Participant {
                role: role.role.clone(),
                entity: self.entity(&role.entity, &path(&format!("roles[{j}].entity")))?,
                mention: self.mention(role.mention.as_ref(), &path(&format!("roles[{j}].mention")))?,
            })
        };
        Ok(Event {
            statement: record.statement.unwrap_or_else(|| record.id.clone()),
            anchor: record.anchor.to_span(self.points, &path("anchor"))?,
            roles: record.roles.iter().enumerate().map(role).collect::<Result<_, FieldError>>()?,
            number: record.number,
            place: record.place.map(|id| self.entity(&id, &path("place"))).transpose()?,
            confidence: probability(record.confidence, path("confidence"))?,
            id: record.id,
            class: record.class,
            plover: record.plover,
            certainty: record.certainty,
            polarity: record.polarity,
            mood: record.mood,
            attribution: record.attribution,
            time: record.when.read(self.times, &format!("events[{i}]"))?,
        })
    }
}

/// A tie between events in the JSON form.
#[derive(Serialize, Deserialize)]
pub(super) struct LinkRecord {
    subject: SmolStr,
    property: SmolStr,
    object: SmolStr,
    cue: Range,
}

impl LinkRecord {
    pub(super) fn read(
        self,
        points: &CodePoints<'_>,
        events: &[Event],
        i: usize,
    ) -> Result<EventLink, FieldError> {
        let path = |field: &str| format!("links[{i}].{field}");
        let event = |id: &SmolStr, field: &str| {
            let found = events.iter().position(|event| event.id == *id);
            found.ok_or_else(|| (path(field), format!("`{id}` is not the id of an event")))
        };
        Ok(EventLink {
            subject: event(&self.subject, "subject")?,
            object: event(&self.object, "object")?,
            cue: self.cue.to_span(points, &path("cue"))?,
            property: self.property,
        })
    }
}

fn probability(value: f64, field: String) -> Result<f64, FieldError> {
    if (0.0..=1.0).contains(&value) {
        return Ok(value);
    }
    Err((field, format!("{value} is not between 0 and 1")))
}
