use std::collections::{HashMap, HashSet};

use smol_str::{SmolStr, format_smolstr};

use super::build::StatementIds;
use super::certainty::{self, Presented};
use super::confidence;
use super::filler::Setting;
use super::matching::Match;
use super::nested;
use super::pair::{PROPERTIES, Stated, Thing};
use super::parent;
use super::rank;
use crate::annotation::{Class, EntityId, Object, Relation};
use crate::lexicon::{Meaning, Role};
use crate::nlp::Token;
use crate::predicate::Kind;
use crate::text::{Span, TokenId};

/// Words before an office that make it another one.
const LESSER: &[&str] = &[
    "deputy",
    "vice",
    "assistant",
    "associate",
    "aspiring",
    "candidate",
    "presumptive",
    "shadow",
    "minority",
];

/// The relations of an article, in the order of the text: those that frames state, those that the model finds, in what larger
/// places others are said to lie, and the ranks of soldiers. Of the properties that the model knows, frames are among its features,
/// and it alone decides.
pub(super) fn relations(
    setting: &Setting<'_>,
    matches: &[Match<'_>],
    found: &[Stated],
    ids: &mut StatementIds,
) -> Vec<Relation> {
    let mut drafts: Vec<Draft> = matches.iter().flat_map(|matched| of_frame(setting, matched)).collect();
    drafts.extend(found.iter().flat_map(|stated| learned(setting, stated)));
    let places = nested::places(setting).into_iter();
    drafts.extend(places.filter_map(|ends| of_ends(setting, ends, "td:locatedIn", Some("P131"))));
    let ranks = rank::holders(setting).into_iter();
    drafts.extend(ranks.filter_map(|ends| of_ends(setting, ends, "td:militaryRank", None)));
    let place = |mention: Option<usize>| mention.map(|m| setting.annotation.mentions[m].span);
    drafts.sort_by_key(|d| (place(d.subject_mention), place(d.object_mention), d.top));
    let mut seen = HashSet::new();
    drafts
        .retain(|d| seen.insert((d.property.clone(), d.subject_mention, d.object_mention, d.object.clone())));
    let mut statements: HashMap<(EntityId, String, Object), SmolStr> = HashMap::new();
    let relation = |(number, draft): (usize, Draft)| {
        let key = (draft.subject, draft.property.clone(), draft.object.clone());
        let head = setting.doc.token(draft.top);
        let Presented { certainty, polarity, mood, .. } = certainty::of(head, setting.lexicon.signatures());
        Relation {
            id: format_smolstr!("r{}", number + 1),
            statement: statements.entry(key).or_insert_with(|| ids.next()).clone(),
            subject: draft.subject,
            property: draft.property,
            wikidata: draft.wikidata,
            object: draft.object,
            subject_mention: draft.subject_mention,
            object_mention: draft.object_mention,
            evidence: setting.doc.sentence_span(head.sentence()),
            confidence: draft.confidence,
            certainty,
            polarity,
            mood,
            attribution: setting.annotation.attribution_at(head.span()).map(|a| a.id.clone()),
            time: None,
        }
    };
    drafts.into_iter().enumerate().map(relation).collect()
}

/// A relation without what follows from its place.
struct Draft {
    subject: EntityId,
    property: String,
    wikidata: Option<String>,
    object: Object,
    subject_mention: Option<usize>,
    object_mention: Option<usize>,
    confidence: f64,
    top: TokenId,
}

fn of_frame(setting: &Setting<'_>, matched: &Match<'_>) -> Vec<Draft> {
    let Meaning::Relation { property, wikidata, domain, range } = &matched.frame.meaning else {
        return Vec::new();
    };
    if PROPERTIES.iter().any(|known| known.name == property) {
        return Vec::new();
    }
    let fits = |entity: EntityId, wanted: &Option<String>| {
        let wanted = wanted.as_deref().and_then(Class::from_name);
        wanted.is_none_or(|wanted| setting.is(entity, wanted))
    };
    let restricted = |one, other| {
        matched.frame.class.is_none_or(|wanted| [one, other].into_iter().all(|e| setting.is(e, wanted)))
    };
    if is_lesser(setting, matched) {
        return Vec::new();
    }
    let fillers = setting.fillers(matched);
    let of = |role: Role| fillers.iter().filter(move |filler| filler.0 == role);
    let pairs = of(Role::Head).flat_map(|head| of(Role::Tail).map(move |tail| (head, tail)));
    let pairs = pairs.filter(|&(&(_, subject, subject_mention), &(_, object, _))| {
        subject != object
            && setting.is_named(subject)
            && setting.is_named(object)
            && fits(subject, domain)
            && fits(object, range)
            && restricted(subject, object)
            && !is_affiliation(setting, subject_mention, property)
    });
    let draft = |(&(_, subject, subject_mention), &(_, object, object_mention))| Draft {
        subject,
        property: property.clone(),
        wikidata: wikidata.clone(),
        object: Object::Entity(object),
        subject_mention: Some(subject_mention),
        object_mention: Some(object_mention),
        confidence: confidence::of_frame(setting.annotation, subject_mention, object_mention),
        top: matched.predicate.head,
    };
    pairs.map(draft).collect()
}

/// What holds between two mentions by their place in the text alone.
fn of_ends(
    setting: &Setting<'_>,
    [subject, object]: [(usize, EntityId); 2],
    property: &str,
    wikidata: Option<&str>,
) -> Option<Draft> {
    let span = setting.annotation.mentions[object.0].span;
    Some(Draft {
        subject: subject.1,
        property: property.to_owned(),
        wikidata: wikidata.map(str::to_owned),
        object: Object::Entity(object.1),
        subject_mention: Some(subject.0),
        object_mention: Some(object.0),
        confidence: confidence::of_frame(setting.annotation, subject.0, object.0),
        top: setting.doc.head_of(setting.doc.tokens_in(span))?.id(),
    })
}

/// Whether the adjective of a party before an office only says whose member its holder is: `Republican Senator`.
fn is_affiliation(setting: &Setting<'_>, holder: usize, property: &str) -> bool {
    let mention = &setting.annotation.mentions[holder];
    mention.name_type.as_deref() == Some("NORP")
        && property != "td:leader"
        && mention.entity.is_some_and(|party| setting.is(party, Class::PoliticalParty))
}

/// Whether a match speaks of someone who only stands beside the holder of an office: `deputy governor`.
fn is_lesser(setting: &Setting<'_>, matched: &Match<'_>) -> bool {
    let form = matched.predicate.forms.iter().find(|form| matched.frame.nouns.contains(*form));
    let own = |word: &str| form.is_some_and(|form| form.split([' ', '-']).any(|part| part == word));
    let mut before = setting.doc.token(matched.predicate.head).children().map(Token::norm);
    matched.predicate.kind == Kind::Noun && before.any(|word| LESSER.contains(&word) && !own(word))
}

/// One relation for each pair of mentions.
fn learned(setting: &Setting<'_>, stated: &Stated) -> Vec<Draft> {
    let Thing::Entity(subject) = stated.subject else { return Vec::new() };
    let (name, wikidata) = match stated.object {
        Thing::Entity(object) if stated.property.name == "td:parent" => {
            let (from, to) = stated.places[0];
            parent::property(setting, object, from.cover(to))
        }
        _ => (stated.property.name, stated.property.wikidata),
    };
    let mention = |span: Span, entity: EntityId| {
        setting.annotation.mentions.iter().position(|m| m.span == span && m.entity == Some(entity))
    };
    let draft = |&(from, to): &(Span, Span)| {
        let (object, object_mention) = match stated.object {
            Thing::Entity(entity) => (Object::Entity(entity), mention(to, entity)),
            Thing::Time(time) => (Object::Time(setting.annotation.times[time].id.clone()), None),
            Thing::Unnamed(..) => return None,
        };
        Some(Draft {
            subject,
            property: name.to_owned(),
            wikidata: wikidata.map(str::to_owned),
            object,
            subject_mention: mention(from, subject),
            object_mention,
            confidence: (f64::from(stated.confidence) * 1000.0).round() / 1000.0,
            top: stated.top,
        })
    };
    stated.places.iter().filter_map(draft).collect()
}
