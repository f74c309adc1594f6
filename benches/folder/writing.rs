//! An article while it is written: text, and what is found in it.

use std::collections::HashMap;

use tidings::annotation::{
    Annotation, Attribution, Certainty, Entity, EntityId, Event, EventLink, Mention, MentionKind, Mood,
    Object, Participant, Polarity, Relation, Source, TimeKind, When,
};
use tidings::text::Span;

use crate::random::Random;
use crate::words::THINGS;
use crate::world::{Fact, Thing};

/// Whom an article speaks of.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Who {
    /// One of the world, by name.
    Named(Thing),
    /// One of this article, by the place of its words in [`THINGS`].
    Described(usize),
}

/// A mention: its place in the list, and its entity.
#[derive(Clone, Copy)]
pub(crate) struct Said {
    pub mention: usize,
    pub entity: EntityId,
    pub span: Span,
}

/// What of a verb and its neighbours becomes an event.
pub(crate) struct Happening<'a> {
    pub class: &'a str,
    pub plover: &'a str,
    pub anchor: Span,
    pub roles: Vec<(&'static str, Said)>,
    /// What those that tell the same event share; their own where there is none.
    pub same_as: Option<u32>,
}

#[derive(Default)]
pub(crate) struct Writing {
    pub annotation: Annotation,
    entities: HashMap<Who, EntityId>,
    /// The statement of each event that is told more than once.
    told: HashMap<u32, String>,
    statements: usize,
}

impl Writing {
    /// Where the next word begins.
    pub(crate) fn here(&self) -> usize {
        self.annotation.article.text.len()
    }

    /// Writes words as they are, but for a capital at the start of a sentence.
    pub(crate) fn words(&mut self, words: &str) -> Span {
        let text = &mut self.annotation.article.text;
        let starts = text.is_empty() || text.ends_with(". ") || text.ends_with('\n');
        let start = text.len();
        let mut letters = words.chars();
        match letters.next().filter(|_| starts) {
            Some(first) => {
                text.extend(first.to_uppercase());
                text.push_str(letters.as_str());
            }
            None => text.push_str(words),
        }
        Span::new(start, text.len())
    }

    /// Mentions somebody by the name or words that fit.
    pub(crate) fn mention(&mut self, who: Who, random: &mut Random) -> Said {
        let is_known = self.entities.contains_key(&who);
        match who {
            Who::Named(thing) => {
                let name = if is_known && random.chance(0.7) { thing.short() } else { thing.label() };
                self.place(who, MentionKind::Name, &name)
            }
            Who::Described(n) => self.place(who, MentionKind::Nominal, THINGS[n].1.0),
        }
    }

    pub(crate) fn pronoun(&mut self, who: Who) -> Said {
        let is_person = matches!(who, Who::Named(thing) if thing.class() == "td:Person");
        self.place(who, MentionKind::Pronoun, if is_person { "he" } else { "it" })
    }

    fn place(&mut self, who: Who, kind: MentionKind, words: &str) -> Said {
        let span = self.words(words);
        let entity = self.entity(who);
        let name_type = match who {
            Who::Named(thing) if kind == MentionKind::Name => Some(thing.name_type().into()),
            _ => None,
        };
        let mention = self.annotation.mentions.len();
        let id = format!("m{}", mention + 1).into();
        self.annotation.mentions.push(Mention {
            id,
            span,
            kind,
            name_type,
            entity: Some(entity),
            place: None,
        });
        Said { mention, entity, span }
    }

    fn entity(&mut self, who: Who) -> EntityId {
        let entities = &mut self.annotation.entities;
        *self.entities.entry(who).or_insert_with(|| {
            let (label, class, links) = match who {
                Who::Named(thing) => (thing.label(), thing.class(), thing.links()),
                Who::Described(n) => {
                    let (words, class) = THINGS[n].1;
                    (words.rsplit(' ').next().unwrap_or(words).to_owned(), class, Vec::new())
                }
            };
            let id = format!("e{}", entities.len() + 1).into();
            entities.push(Entity {
                id,
                iri: None,
                label,
                class: class.to_owned(),
                links,
                members: Vec::new(),
            });
            EntityId::from(entities.len() - 1)
        })
    }

    pub(crate) fn time(&mut self, span: Span, kind: TimeKind, value: String) -> When {
        let id = self.annotation.add_time(span, kind, value.into());
        When { at: Some(id), ..When::default() }
    }

    fn statement(&mut self) -> String {
        self.statements += 1;
        format!("s{}", self.statements)
    }

    /// Adds an event; when, where and how many are filled in by the caller.
    pub(crate) fn event(&mut self, happening: Happening<'_>, random: &mut Random) -> &mut Event {
        let Happening { class, plover, anchor, roles, same_as } = happening;
        let told = same_as.and_then(|plot| self.told.get(&plot).cloned());
        let statement = told.unwrap_or_else(|| self.statement());
        if let Some(plot) = same_as {
            self.told.insert(plot, statement.clone());
        }
        let (certainty, polarity, mood) = presented(random);
        let role = |(role, said): (&str, Said)| Participant {
            role: role.to_owned(),
            entity: said.entity,
            mention: Some(said.mention),
        };
        self.annotation.events.push(Event {
            id: format!("v{}", self.annotation.events.len() + 1).into(),
            statement: statement.into(),
            class: class.to_owned(),
            plover: Some(plover.to_owned()).filter(|plover| !plover.is_empty()),
            anchor,
            roles: roles.into_iter().map(role).collect(),
            confidence: 0.8 + f64::from(random.below(15)) / 100.0,
            certainty,
            polarity,
            mood,
            ..Event::default()
        });
        self.annotation.events.last_mut().expect("one was added")
    }

    /// Ties the last event to the one before it.
    pub(crate) fn link(&mut self, property: &str, cue: Span) {
        let last = self.annotation.events.len() - 1;
        let (subject, object) = (last - 1, last);
        self.annotation.links.push(EventLink { subject, property: property.into(), object, cue });
    }

    /// Adds the relation that a fact is. The caller gives it its sentence.
    pub(crate) fn relation(&mut self, fact: &Fact, of: Said, other: Said, random: &mut Random) {
        let (subject, object) = if fact.is_inverse { (other, of) } else { (of, other) };
        let id = format!("r{}", self.annotation.relations.len() + 1).into();
        let statement = self.statement().into();
        self.annotation.relations.push(Relation {
            id,
            statement,
            subject: subject.entity,
            property: fact.property.to_owned(),
            wikidata: fact.wikidata.map(str::to_owned),
            object: Object::Entity(object.entity),
            subject_mention: Some(subject.mention),
            object_mention: Some(object.mention),
            evidence: Span::default(),
            confidence: 0.7 + f64::from(random.below(25)) / 100.0,
            certainty: Certainty::Certain,
            polarity: Polarity::Affirmed,
            mood: Mood::Actual,
            attribution: None,
            time: None,
        });
    }

    /// Adds an attribution, and gives it to what lies in its content.
    pub(crate) fn attribution(&mut self, source: Option<Said>, cue: Span, content: Span, stance: &str) {
        let annotation = &mut self.annotation;
        let id = format!("a{}", annotation.attributions.len() + 1);
        for event in annotation.events.iter_mut().filter(|event| content.contains(event.anchor)) {
            event.attribution = Some(id.as_str().into());
        }
        for relation in annotation.relations.iter_mut().filter(|relation| relation.evidence.is_empty()) {
            relation.attribution = Some(id.as_str().into());
        }
        annotation.attributions.push(Attribution {
            id: id.into(),
            source: source.map(|said| Source { entity: Some(said.entity), span: said.span }),
            cue,
            content,
            pieces: Vec::new(),
            stance: stance.into(),
            parent: None,
        });
    }

    /// Ends the sentence that began at `start`.
    pub(crate) fn sentence(&mut self, start: usize) {
        let span = Span::new(start, self.here());
        self.annotation.sentences.push(span);
        for relation in self.annotation.relations.iter_mut().filter(|relation| relation.evidence.is_empty()) {
            relation.evidence = span;
        }
    }
}

/// How an event is presented, as often as in the real output.
fn presented(random: &mut Random) -> (Certainty, Polarity, Mood) {
    use Certainty::{Certain, Possible, Probable};
    use Polarity::{Affirmed, Negated};
    *random.weighed(&[
        (382, (Certain, Affirmed, Mood::Actual)),
        (32, (Possible, Affirmed, Mood::Intended)),
        (11, (Certain, Negated, Mood::Actual)),
        (9, (Possible, Affirmed, Mood::Actual)),
        (8, (Certain, Affirmed, Mood::Intended)),
        (7, (Probable, Affirmed, Mood::Actual)),
        (7, (Probable, Affirmed, Mood::Conditional)),
        (6, (Certain, Affirmed, Mood::Future)),
        (6, (Possible, Affirmed, Mood::Conditional)),
        (3, (Probable, Affirmed, Mood::Intended)),
    ])
}
