//! How sure the program is of events, and of the relations that frames tell.
//!
//! Of events: logistic regression on the 60 articles of MEANTIME and the 1,026 sentences of PLV, fitted and judged by
//! `tests/accuracy/event_confidence.py`: 1,505 events, of which .86 are right. By cross-validation, the fifth of the events that
//! is said to be right to .78 is so to .76, and the surest, said to be right to .91, to .93.
//!
//! Of relations: logistic regression by `tests/accuracy/relation_confidence.py` on 215 relations in news that were counted by hand
//! and 63 of Re-DocRED, of which .85 are right; quarters said to be right to .75, .80, .89, .94 are so to .86, .71, .88, .93.

use crate::annotation::{Annotation, Event, Mention};
use crate::nlp::Doc;
use crate::text::TokenId;

const BIAS: f64 = 3.13;
const NOUN: f64 = -0.56;
const THEME: f64 = 0.32;
/// Where nobody takes part: too rare in those sets to be fitted. Of 70 such events in news that were read, 58 are right.
const ALONE: f64 = -0.6;
/// By the logarithm of one plus the tokens between the anchor and the farthest who takes part.
const DISTANCE: f64 = -0.68;

/// The most tokens that count as distance.
const FARTHEST: usize = 60;

/// Of relations: where it starts.
const RELATION: f64 = 1.16;
/// Where the name of one end lies within that of the other: `US President Joe Biden`.
const NESTED: f64 = 0.77;
/// Where both ends are entities that the knowledge base has.
const KNOWN: f64 = 1.02;

/// The probability, from 0 to 1, that a relation is right that a frame tells of two mentions.
pub(super) fn of_frame(annotation: &Annotation, subject: usize, object: usize) -> f64 {
    let [one, other] = [subject, object].map(|m| &annotation.mentions[m]);
    let is_known = |m: &Mention| m.entity.is_some_and(|e| !annotation.entities[e.index()].links.is_empty());
    let nested = one.span.contains(other.span) || other.span.contains(one.span);
    probability(RELATION + weight(NESTED, nested) + weight(KNOWN, is_known(one) && is_known(other)))
}

/// The probability, from 0 to 1, that an event is right.
pub(super) fn of(event: &Event, is_noun: bool, anchor: TokenId, doc: &Doc, mentions: &[Mention]) -> f64 {
    let distance = |mention: &Mention| {
        let tokens = doc.tokens_in(mention.span);
        let (first, last) = (tokens.start.index(), tokens.end.index().saturating_sub(1));
        let anchor = anchor.index();
        first.saturating_sub(anchor).max(anchor.saturating_sub(last))
    };
    let of_roles = event.roles.iter().filter_map(|r| r.mention).map(|m| distance(&mentions[m]));
    let farthest = of_roles.max().unwrap_or(0).min(FARTHEST);
    let sum = BIAS
        + weight(NOUN, is_noun)
        + weight(ALONE, event.roles.is_empty() && event.place.is_none())
        + weight(THEME, event.roles.iter().any(|role| role.role == "td:theme"))
        + DISTANCE * (farthest as f64).ln_1p();
    probability(sum)
}

fn weight(weight: f64, holds: bool) -> f64 {
    if holds { weight } else { 0.0 }
}

/// Two digits are all that is known.
fn probability(log_odds: f64) -> f64 {
    (100.0 / (1.0 + (-log_odds).exp())).round() / 100.0
}

#[cfg(test)]
mod tests {
    use crate::nlp::Pipeline;
    use crate::text::TokenId;

    use super::*;
    use crate::annotation::{Certainty, EntityId, MentionKind, Mood, Participant, Polarity};

    #[test]
    fn who_stands_near_makes_an_event_surer() {
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
        assert!(sure(&[("td:agent", 0), ("td:theme", 2)]) < sure(&[("td:agent", 0), ("td:theme", 1)]));
        assert!(sure(&[("td:agent", 0)]) > sure(&[("td:agent", 2)]));
    }
}
