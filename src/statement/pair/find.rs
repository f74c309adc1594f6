use std::collections::{BTreeMap, HashMap, HashSet};

use super::argument::{Speaker, Thing};
use super::group::{Group, groups};
use super::model::{Model, PROPERTIES, Property, Scores};
use crate::annotation::{Annotation, Class, EntityId, MentionKind};
use crate::nlp::Doc;
use crate::statement::matching::Match;
use crate::text::{Span, TokenId};

/// A property that a sentence states of two things.
#[derive(Clone, Debug)]
pub(in crate::statement) struct Stated {
    pub(in crate::statement) property: Property,
    pub(in crate::statement) subject: Thing,
    pub(in crate::statement) object: Thing,
    /// The probability, from 0 to 1.
    pub(in crate::statement) confidence: f32,
    /// The word above both.
    pub(in crate::statement) top: TokenId,
    /// The places of subject and object, each of a mention or time.
    pub(in crate::statement) places: Vec<(Span, Span)>,
}

/// What the model finds, in the order of the sentences. Pronouns that take part become mentions, and what only
/// pronouns refer to becomes an entity.
pub(in crate::statement) fn find(
    annotation: &mut Annotation,
    doc: &Doc,
    matches: &[Match<'_>],
    model: &Model,
) -> Vec<Stated> {
    let groups = groups(doc, annotation, matches);
    let mut found = stated(&groups, model);
    found.retain_mut(|stated| {
        if is_where(&stated.property) {
            stated.places.retain(|&(_, object)| !is_demonym(annotation, object) && !is_aside(doc, object));
        }
        !stated.places.is_empty() && !is_in_law(stated, doc)
    });
    name(annotation, &mut found);
    found
}

fn stated(groups: &[Group], model: &Model) -> Vec<Stated> {
    let scored: Vec<Scores> = groups.iter().map(|group| model.probabilities(group)).collect();
    let key = |group: &Group| (group.sentence, group.subject, group.object);
    let of_key: HashMap<_, usize> = groups.iter().enumerate().map(|(i, group)| (key(group), i)).collect();
    let mut found = Vec::new();
    for (group, scores) in groups.iter().zip(&scored) {
        let reversed = of_key.get(&(group.sentence, group.object, group.subject)).map(|&i| &scored[i]);
        for (p, property) in PROPERTIES.into_iter().enumerate() {
            let reversed = reversed.map_or(0.0, |scores| scores[p]);
            // What holds in both directions is judged in both; of any other, the surer direction is the one.
            let score = if property.symmetric { f32::midpoint(scores[p], reversed) } else { scores[p] };
            if score < property.least || (!property.symmetric && reversed > score) {
                continue;
            }
            let plain = group.pairs.iter().any(|pair| pair.is_plain);
            let pairs = group.pairs.iter().filter(|pair| pair.is_plain || !plain);
            found.push(Stated {
                property,
                subject: group.subject,
                object: group.object,
                confidence: score,
                top: group.top,
                places: pairs.map(|pair| (pair.subject, pair.object)).collect(),
            });
        }
    }
    found
}

/// Whether two persons are said to be related by marriage (`her son-in-law, ...`), which no property of the model is.
fn is_in_law(stated: &Stated, doc: &Doc) -> bool {
    let between = |&(one, other): &(Span, Span)| Span {
        start: one.end.min(other.end),
        end: one.start.max(other.start),
    };
    // The word belongs to the one that it leads to: `her son-in-law, Jared`, `the son-in-law of`.
    let says = |span: Span| {
        let text = if span.start < span.end { span.of(doc.text()) } else { "" };
        text.rsplit_once("-in-law").is_some_and(|(_, after)| after.split_whitespace().count() <= 2)
    };
    matches!(stated.property.name, "td:parent" | "td:spouse") && stated.places.iter().map(between).any(says)
}

/// Whether a property leads to a place, which the adjective of its people doesn't name: `the Thai actor` may be born elsewhere.
fn is_where(property: &Property) -> bool {
    matches!(property.name, "td:birthPlace" | "td:residence" | "td:headquarters")
}

fn is_demonym(annotation: &Annotation, span: Span) -> bool {
    annotation.mentions.iter().any(|m| m.span == span && m.name_type.as_deref() == Some("NORP"))
}

/// Whether a place is only named to say how far from it something is: `50 miles west of Cairo`.
fn is_aside(doc: &Doc, span: Span) -> bool {
    let first = doc.tokens_in(span).start.index();
    let word = |back: usize| first.checked_sub(back).map(|at| doc.token(TokenId::from(at)).norm());
    let is_direction = |word: &str| ["north", "south", "east", "west"].iter().any(|end| word.ends_with(end));
    word(1) == Some("of") && word(2).is_some_and(is_direction)
}

/// Sees to it that all that takes part is an entity with its mentions.
fn name(annotation: &mut Annotation, found: &mut [Stated]) {
    let mut unnamed: BTreeMap<Thing, EntityId> = BTreeMap::new();
    for stated in found.iter_mut() {
        for thing in [&mut stated.subject, &mut stated.object] {
            if let Thing::Unnamed(speaker, _) = *thing {
                let entity = *unnamed.entry(*thing).or_insert_with(|| {
                    let (label, class) = described(speaker);
                    annotation.add_entity(label.to_owned(), class.name().to_owned(), Vec::new())
                });
                *thing = Thing::Entity(entity);
            }
        }
    }
    let mut known: HashSet<(Span, EntityId)> =
        annotation.mentions.iter().filter_map(|m| Some((m.span, m.entity?))).collect();
    for stated in found.iter() {
        for &(subject, object) in &stated.places {
            for (thing, span) in [(stated.subject, subject), (stated.object, object)] {
                let Thing::Entity(entity) = thing else { continue };
                if known.insert((span, entity)) {
                    annotation.add_mention(span, MentionKind::Pronoun, entity);
                }
            }
        }
    }
    annotation.sort_mentions();
}

/// Label and class of what only pronouns refer to.
fn described(speaker: Speaker) -> (&'static str, Class) {
    match speaker {
        Speaker::I => ("I", Class::Person),
        Speaker::He => ("he", Class::Person),
        Speaker::She => ("she", Class::Person),
        Speaker::Who => ("who", Class::Person),
        Speaker::We => ("we", Class::Group),
        Speaker::They => ("they", Class::Group),
        Speaker::It => ("it", Class::Entity),
        Speaker::Which => ("which", Class::Entity),
    }
}
