use smol_str::format_smolstr;

use super::build::StatementIds;
use super::cast::{Cast, Part};
use super::certainty::{self, Presented};
use super::confidence;
use super::filler::Setting;
use super::plover::Coder;
use super::same_event;
use crate::annotation::{EntityId, Event, MentionKind, Participant};
use crate::lexicon::Role;
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
    let numbered = casts.iter().enumerate();
    let mut events: Vec<Event> =
        numbered.map(|(index, cast)| event(setting, cast, &coder, index + 1, ids)).collect();
    same_event::merge(setting, casts, &mut events);
    events
}

fn event(
    setting: &Setting<'_>,
    cast: &Cast<'_>,
    coder: &Coder<'_>,
    number: usize,
    ids: &mut StatementIds,
) -> Event {
    let mut roles: Vec<Participant> = Vec::new();
    for part in &cast.parts {
        for participant in participants(setting, part) {
            let is_same = |r: &Participant| r.role == participant.role && r.entity == participant.entity;
            if !roles.iter().any(is_same) {
                roles.push(participant);
            }
        }
    }
    let place = cast.place.and_then(|head| setting.mentions.at(head).next()).map(|(_, _, entity)| entity);
    let head = setting.doc.token(cast.matched.predicate.head);
    let Presented { certainty, polarity, mood } = certainty::of(head);
    let mut event = Event {
        id: format_smolstr!("v{number}"),
        statement: ids.next(),
        class: cast.class().to_owned(),
        plover: coder.class(cast, polarity, mood),
        anchor: head.span(),
        roles,
        place,
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

fn participants(setting: &Setting<'_>, part: &Part) -> Vec<Participant> {
    let at = |head: TokenId| setting.mentions.at(head);
    let participant = |(mention, _, entity)| Participant {
        role: role(part.role),
        entity,
        mention: Some(by_name(setting, mention, entity)),
    };
    at(part.head).map(|(mention, m, entity)| (mention, m.kind, entity)).map(participant).collect()
}

fn role(role: Role) -> String {
    format!("td:{}", role.name())
}

/// The mention that tells who it is: for a pronoun, the last one before it in its sentence that is none.
fn by_name(setting: &Setting<'_>, mention: usize, entity: EntityId) -> usize {
    let mentions = &setting.annotation.mentions;
    let at = mentions[mention].span;
    if mentions[mention].kind != MentionKind::Pronoun {
        return mention;
    }
    let sentence = setting.annotation.sentences.iter().find(|s| s.contains(at));
    let tells = |m: &usize| mentions[*m].entity == Some(entity) && mentions[*m].kind != MentionKind::Pronoun;
    let before = (0..mention).rev().take_while(|&m| sentence.is_some_and(|s| s.contains(mentions[m].span)));
    before.into_iter().find(tells).unwrap_or(mention)
}
