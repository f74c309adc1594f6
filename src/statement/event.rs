use smol_str::{SmolStr, format_smolstr};

use super::build::StatementIds;
use super::cast::{Cast, Part};
use super::certainty::{self, Presented};
use super::confidence;
use super::filler::Setting;
use super::number;
use super::plover::Coder;
use super::{retold, same_event};
use crate::annotation::{EntityId, Event, MentionKind, Participant};
use crate::predicate::{Kind, Predicates};
use crate::text::TokenId;

/// The events of a cast, in the order of the text.
pub(super) fn events(
    setting: &Setting<'_>,
    predicates: &Predicates,
    casts: &[Cast<'_>],
    ids: &mut StatementIds,
) -> Vec<Event> {
    let coder = Coder::new(setting.doc, predicates, casts);
    let mut events: Vec<Event> = casts.iter().map(|cast| event(setting, cast, &coder, ids)).collect();
    same_event::merge(setting, casts, &mut events);
    let again = retold::find(setting, predicates, casts, &events);
    events.extend(again);
    events.sort_by_key(|event| event.anchor);
    for (index, event) in events.iter_mut().enumerate() {
        event.id = format_smolstr!("v{}", index + 1);
    }
    events
}

fn event(setting: &Setting<'_>, cast: &Cast<'_>, coder: &Coder<'_>, ids: &mut StatementIds) -> Event {
    let mut roles: Vec<Participant> = Vec::new();
    for &part in &cast.parts {
        for participant in participants(setting, part) {
            if !roles.contains(&participant) {
                roles.push(participant);
            }
        }
    }
    let place = cast.place.and_then(|head| setting.mentions.at(head).next()).map(|(_, _, entity)| entity);
    let head = setting.doc.token(cast.matched.predicate.head);
    let Presented { certainty, polarity, mood, .. } = certainty::of(head, setting.lexicon.signatures());
    let mut event = Event {
        id: SmolStr::default(),
        statement: ids.next(),
        class: cast.class().to_owned(),
        plover: coder.class(cast, polarity, mood),
        anchor: head.span(),
        roles,
        place,
        number: number::of(setting.doc, cast),
        confidence: 0.0,
        certainty,
        polarity,
        mood,
        attribution: setting.annotation.attribution_at(head.span()).map(|a| a.id.clone()),
        time: None,
    };
    let is_noun = cast.matched.predicate.kind == Kind::Noun;
    event.confidence = confidence::of(&event, is_noun, head.id(), setting.doc, &setting.annotation.mentions);
    event
}

/// Those who fill a role, by the mention that stands there and by one near it that tells who it is.
fn participants(setting: &Setting<'_>, part: Part) -> Vec<Participant> {
    let mut found: Vec<Participant> = Vec::new();
    for (mention, _, entity) in setting.mentions.at(part.head) {
        if found.iter().any(|p| p.entity == entity) {
            continue;
        }
        let telling = telling(setting, part.head, mention, entity);
        let mentions = telling.into_iter().chain([mention]);
        found.extend(mentions.map(|mention| Participant {
            role: format!("td:{}", part.role.name()),
            entity,
            mention: Some(mention),
        }));
    }
    found
}

/// The mention that tells who it is: for a pronoun, the last one before it in its sentence that is none; for a description, the
/// name in apposition to it.
fn telling(setting: &Setting<'_>, head: TokenId, mention: usize, entity: EntityId) -> Option<usize> {
    let mentions = &setting.annotation.mentions;
    let is_of = |m: usize| mentions[m].entity == Some(entity);
    match mentions[mention].kind {
        MentionKind::Name => None,
        MentionKind::Pronoun => {
            let at = mentions[mention].span;
            let sentence = setting.annotation.sentences.iter().find(|s| s.contains(at))?;
            let before = (0..mention).rev().take_while(|&m| sentence.contains(mentions[m].span));
            before.into_iter().find(|&m| is_of(m) && mentions[m].kind != MentionKind::Pronoun)
        }
        MentionKind::Nominal => {
            let appositions = setting.doc.token(head).children().filter(|c| c.dep() == "appos");
            let mut names = appositions.flat_map(|name| setting.mentions.at(name.id()).map(|(m, ..)| m));
            names.find(|&m| is_of(m) && mentions[m].kind == MentionKind::Name)
        }
    }
}
