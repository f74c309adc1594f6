use smol_str::format_smolstr;

use super::build::StatementIds;
use super::certainty::{self, Presented};
use super::filler::{Filler, Setting};
use super::matching::Match;
use crate::annotation::{Class, EntityId, Event, Participant};
use crate::lexicon::Meaning;
use crate::predicate::{Function, Predicate};
use crate::text::TokenId;

/// Prepositions that say where.
const WHERE: &[&str] = &["in", "at", "near", "outside", "across", "inside"];

/// The events that matches tell of, in the order of the text.
pub(super) fn events(setting: &Setting<'_>, matches: &[Match<'_>], ids: &mut StatementIds) -> Vec<Event> {
    let mut events = Vec::new();
    for matched in matches {
        if let Some(event) = event(setting, matched, events.len() + 1, ids) {
            events.push(event);
        }
    }
    events
}

fn event(setting: &Setting<'_>, matched: &Match<'_>, number: usize, ids: &mut StatementIds) -> Option<Event> {
    let Meaning::Event { class, plover } = &matched.frame.meaning else { return None };
    let fillers = setting.fillers(matched);
    let place = place(setting, matched.predicate, &fillers);
    let fits = |wanted| fillers.iter().any(|f| setting.is(f.1, wanted));
    if (fillers.is_empty() && place.is_none()) || matched.frame.class.is_some_and(|wanted| !fits(wanted)) {
        return None;
    }
    let head = setting.doc.token(matched.predicate.head);
    let Presented { certainty, polarity, mood } = certainty::of(head);
    let roles = fillers.into_iter().map(|(role, entity, mention)| Participant {
        role: format!("td:{}", role.name()),
        entity,
        mention: Some(mention),
    });
    Some(Event {
        id: format_smolstr!("v{number}"),
        statement: ids.next(),
        class: class.clone(),
        plover: plover.clone(),
        anchor: head.span(),
        roles: roles.collect(),
        place,
        confidence: 0.7,
        certainty,
        polarity,
        mood,
        attribution: setting.annotation.attribution_at(head.span()).map(|a| a.id.clone()),
        time: None,
    })
}

/// The place where a predicate says that it happens.
fn place(setting: &Setting<'_>, predicate: &Predicate, fillers: &[Filler]) -> Option<EntityId> {
    let heads = WHERE
        .iter()
        .flat_map(|w| predicate.with(&Function::Preposition((*w).into())).collect::<Vec<TokenId>>());
    let mut places =
        heads.flat_map(|head| setting.mentions.at(head).map(|(_, _, entity)| entity).collect::<Vec<_>>());
    places
        .find(|&entity| setting.is(entity, Class::Place) && !fillers.iter().any(|filler| filler.1 == entity))
}
