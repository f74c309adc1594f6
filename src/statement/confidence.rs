//! How sure the program is of an event.
//!
//! Logistic regression on the 60 articles of MEANTIME and the 1,026 sentences of PLV, fitted and judged by
//! `tests/accuracy/event_confidence.py`: 1,154 events, of which .81 are right. By cross-validation, the fifth of the events that
//! is said to be right to .67 is so to .67, and the surest, said to be right to .89, to .88.

use crate::annotation::{Event, Mention};
use crate::nlp::Doc;
use crate::text::TokenId;

const BIAS: f64 = 1.95;
const NOUN: f64 = -0.32;
const AGENT: f64 = 0.39;
const OTHERS: f64 = 0.48;
const THEME: f64 = 0.42;
/// Where nobody takes part. Too rare in those sets to be fitted: of the violent events that are found in the development set of
/// `WikiEvents`, .47 of these are marked there, and .66 of the others.
const ALONE: f64 = -1.2;
/// By the logarithm of one plus the tokens between the anchor and the farthest who takes part.
const DISTANCE: f64 = -0.72;

/// The most tokens that count as distance.
const FARTHEST: usize = 60;

/// The probability, from 0 to 1, that an event is right.
pub(super) fn of(event: &Event, is_noun: bool, anchor: TokenId, doc: &Doc, mentions: &[Mention]) -> f64 {
    let has = |roles: &[&str]| event.roles.iter().any(|r| roles.contains(&r.role.as_str()));
    let distance = |mention: &Mention| {
        let tokens = doc.tokens_in(mention.span);
        let (first, last) = (tokens.start.index(), tokens.end.index().saturating_sub(1));
        let anchor = anchor.index();
        first.saturating_sub(anchor).max(anchor.saturating_sub(last))
    };
    let of_roles = event.roles.iter().filter_map(|r| r.mention).map(|m| distance(&mentions[m]));
    let farthest = of_roles.max().unwrap_or(0).min(FARTHEST);
    let weight = |weight: f64, holds: bool| if holds { weight } else { 0.0 };
    let sum = BIAS
        + weight(NOUN, is_noun)
        + weight(AGENT, has(&["td:agent"]))
        + weight(OTHERS, has(&["td:coAgent", "td:patient", "td:recipient", "td:destination"]))
        + weight(ALONE, event.roles.is_empty() && event.place.is_none())
        + weight(THEME, has(&["td:theme"]))
        + DISTANCE * (farthest as f64).ln_1p();
    // Two digits are all that is known.
    (100.0 / (1.0 + (-sum).exp())).round() / 100.0
}

#[cfg(test)]
mod tests {
    use crate::nlp::Pipeline;
    use crate::text::TokenId;

    use super::*;
    use crate::annotation::{Certainty, EntityId, MentionKind, Mood, Participant, Polarity};

    #[test]
    fn who_stands_near_and_is_more_makes_an_event_surer() {
        let doc = Pipeline::embedded().worker().parse("Iran bombed Iraq, as was reported, on a day in May.");
        let mention = |token: usize| Mention {
            id: "m1".into(),
            span: doc.token(TokenId::from(token)).span(),
            kind: MentionKind::Name,
            name_type: None,
            entity: Some(EntityId(0)),
            place: None,
        };
        let mentions = [mention(0), mention(2), mention(12)];
        let event = |roles: &[(&str, usize)]| Event {
            id: "v1".into(),
            statement: "s1".into(),
            class: "td:Bombing".into(),
            plover: None,
            anchor: doc.token(TokenId::from(1)).span(),
            roles: (roles.iter())
                .map(|&(role, m)| Participant { role: role.into(), entity: EntityId(0), mention: Some(m) })
                .collect(),
            place: None,
            number: None,
            confidence: 0.0,
            certainty: Certainty::Certain,
            polarity: Polarity::Affirmed,
            mood: Mood::Actual,
            attribution: None,
            time: None,
        };
        let sure = |roles: &[(&str, usize)]| of(&event(roles), false, TokenId::from(1), &doc, &mentions);
        assert!(sure(&[("td:agent", 0), ("td:patient", 1)]) > sure(&[("td:agent", 0)]));
        assert!(sure(&[("td:agent", 0)]) > sure(&[("td:agent", 2)]));
    }
}
