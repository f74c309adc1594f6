use std::collections::{BTreeMap, HashMap};

use super::argument::{Argument, Form, Thing, arguments};
use super::features::{Around, Words, features, top};
use super::model::PROPERTIES;
use crate::annotation::{Annotation, Class};
use crate::lexicon::{Meaning, Role};
use crate::nlp::{Doc, string_id};
use crate::statement::matching::Match;
use crate::text::{Span, TokenId};

/// Most pairs of mentions of a group whose features are looked at, the nearest first.
const MOST_PAIRS: usize = 4;
/// Most arguments of a sentence; further ones are left out.
const MOST_ARGUMENTS: usize = 24;

/// Two things that a sentence mentions, in the direction of a property.
#[derive(Clone, Debug)]
pub struct Group {
    /// What a property would start from.
    pub subject: Thing,
    /// What it would lead to.
    pub object: Thing,
    /// The kinds of the two.
    pub kinds: (u8, u8),
    /// Which properties may hold, by what is known of the two.
    pub possible: [bool; PROPERTIES.len()],
    /// The sentence.
    pub sentence: usize,
    /// The word above the nearest mentions of both.
    pub top: TokenId,
    /// All pairs of mentions of the two, the nearest first.
    pub pairs: Vec<Pair>,
}

/// A mention of each of two things.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The subject's place in the text.
    pub subject: Span,
    /// The object's.
    pub object: Span,
    /// Whether it is between names and pronouns.
    pub is_plain: bool,
    /// Numbers of what holds of it; only the nearest pairs of a group have any.
    pub features: Vec<u32>,
}

/// All pairs of things that a sentence mentions.
pub(in crate::statement) fn groups(doc: &Doc, annotation: &Annotation, matches: &[Match<'_>]) -> Vec<Group> {
    let sentences = arguments(doc, annotation);
    let words = Words::new(doc, &sentences);
    let frames = frames(matches);
    let mut groups = Vec::new();
    for (sentence, arguments) in sentences.iter().enumerate() {
        let arguments = &arguments[..arguments.len().min(MOST_ARGUMENTS)];
        let mut of_things: BTreeMap<(Thing, Thing), Vec<(usize, usize)>> = BTreeMap::new();
        for (s, subject) in arguments.iter().enumerate() {
            for (o, object) in arguments.iter().enumerate() {
                if may_be(subject, object) {
                    of_things.entry((subject.thing, object.thing)).or_default().push((s, o));
                }
            }
        }
        for ((subject, object), mut pairs) in of_things {
            pairs.sort_by_key(|&(s, o)| (distance(&arguments[s], &arguments[o]), s, o));
            let (s, o) = pairs[0];
            let kinds = (arguments[s].sort as u8, arguments[o].sort as u8);
            let top = top(doc, arguments[s].head, arguments[o].head);
            let pair = |(n, (s, o)): (usize, (usize, usize))| {
                let evoked =
                    frames.get(&(arguments[s].head, arguments[o].head)).map_or(&[][..], Vec::as_slice);
                let around = Around { words: &words, arguments, frames: evoked };
                Pair {
                    subject: doc.span_of(arguments[s].tokens),
                    object: doc.span_of(arguments[o].tokens),
                    is_plain: arguments[s].form != Form::Nominal && arguments[o].form != Form::Nominal,
                    features: if n < MOST_PAIRS { features(&around, s, o) } else { Vec::new() },
                }
            };
            let pairs = pairs.into_iter().enumerate().map(pair).collect();
            let possible = possible(annotation, subject, object);
            groups.push(Group { subject, object, kinds, possible, sentence, top, pairs });
        }
    }
    groups
}

/// Which properties the classes of two things allow. The classes of linked entities, also of those that are only close to one of
/// the knowledge base, are known, those of others only supposed.
fn possible(annotation: &Annotation, subject: Thing, object: Thing) -> [bool; PROPERTIES.len()] {
    let class = |thing: Thing| match thing {
        Thing::Entity(entity) => {
            let entity = &annotation.entities[entity.index()];
            Class::from_name(&entity.class).filter(|_| !entity.links.is_empty())
        }
        _ => None,
    };
    let (subject, to, object) = (class(subject), object, class(object));
    let is_time = matches!(to, Thing::Time(_));
    PROPERTIES.map(|property| property.is_date() == is_time && property.may_hold(subject, object))
}

fn may_be(subject: &Argument, object: &Argument) -> bool {
    use super::argument::Sort::{Body, Facility, Organization, Other, People, Person, Place, Time};
    let apart = subject.tokens.end <= object.tokens.start || object.tokens.end <= subject.tokens.start;
    apart
        && subject.thing != object.thing
        && matches!(subject.sort, Person | Organization | Body | Facility | Other | Place | People)
        && matches!(object.sort, Person | Organization | Body | Facility | Place | People | Time | Other)
}

fn distance(one: &Argument, other: &Argument) -> u32 {
    let (first, second) = if one.tokens.start < other.tokens.start { (one, other) } else { (other, one) };
    second.tokens.start.0.saturating_sub(first.tokens.end.0)
}

/// What frames say of the heads of two arguments.
fn frames(matches: &[Match<'_>]) -> HashMap<(TokenId, TokenId), Vec<u64>> {
    let mut frames: HashMap<(TokenId, TokenId), Vec<u64>> = HashMap::new();
    for matched in matches {
        let Meaning::Relation { property, .. } = &matched.frame.meaning else { continue };
        let of = |role: Role| matched.fills.iter().filter(move |fill| fill.0 == role).map(|fill| fill.1);
        for head in of(Role::Head) {
            for tail in of(Role::Tail).filter(|&tail| tail != head) {
                let number = string_id(property);
                frames.entry((head, tail)).or_default().push(number);
                frames.entry((tail, head)).or_default().push(number ^ 1);
            }
        }
    }
    frames
}
