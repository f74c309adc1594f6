use std::collections::HashMap;

use super::cast::Cast;
use super::matching::is_supported;
use crate::annotation::{Mood, Polarity};
use crate::lexicon::Meaning;
use crate::nlp::{Doc, Token};
use crate::predicate::Predicates;
use crate::text::TokenId;

/// Classes of what is done for others.
const COOPERATIVE: &[&str] = &["CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"];

/// Classes of what is done against others.
const HOSTILE: &[&str] = &["PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"];

/// Words under which what follows does not come about.
const FAILING: &[&str] =
    &["fail", "unable", "unlikely", "unwilling", "cannot", "reluctant", "avoid", "neglect"];

/// Gives events their class as PLOVER codes them: what is promised or to come of the cooperative classes is AGREE, of
/// the hostile ones THREATEN, and what is refused is REJECT.
///
/// After the codebook of PLOVER (Open Event Data Alliance, 2018).
pub(super) struct Coder<'a> {
    doc: &'a Doc,
    predicates: &'a Predicates,
    /// The PLOVER class of the event at a word.
    classes: HashMap<TokenId, &'a str>,
}

impl<'a> Coder<'a> {
    pub(super) fn new(doc: &'a Doc, predicates: &'a Predicates, casts: &[Cast<'a>]) -> Self {
        let classes = casts.iter().filter_map(|c| Some((c.matched.predicate.head, class(c)?))).collect();
        Self { doc, predicates, classes }
    }

    /// The class of an event that is presented so.
    pub(super) fn class(&self, cast: &Cast<'_>, polarity: Polarity, mood: Mood) -> Option<String> {
        let own = class(cast)?;
        let cooperative = COOPERATIVE.contains(&own);
        let hostile = HOSTILE.contains(&own);
        let head = self.doc.token(cast.matched.predicate.head);
        // `plans to visit`, but not `announced a ceasefire` or `called to congratulate`.
        let is_plan = mood == Mood::Intended && head.dep() == "xcomp";
        let supported = is_supported(cast.matched.predicate, self.predicates);
        let coded = match self.governing(head).filter(|_| !supported) {
            Some("REJECT") if cooperative || own == "AGREE" => "REJECT",
            Some("THREATEN" | "AGREE") if hostile => "THREATEN",
            Some("AGREE") if cooperative => "AGREE",
            // The one who asks is not the one who is to do it.
            Some("REQUEST") if cooperative || hostile || own == "AGREE" => return None,
            _ if polarity == Polarity::Negated && (cooperative || own == "AGREE") => "REJECT",
            _ if mood == Mood::Future && hostile => "THREATEN",
            _ if cooperative && (mood == Mood::Future || is_plan) => "AGREE",
            _ => own,
        };
        Some(coded.to_owned())
    }

    /// The class of the event whose content a word is.
    fn governing(&self, head: Token<'a>) -> Option<&'a str> {
        let mut token = head;
        for _ in 0..5 {
            let content = matches!(
                token.dep(),
                "xcomp" | "ccomp" | "pcomp" | "dobj" | "pobj" | "prep" | "acl" | "conj" | "acomp"
            );
            if token.is_root() || !content {
                return None;
            }
            let head = token.head();
            if FAILING.contains(&head.lemma()) && token.dep() != "conj" {
                return Some("REJECT");
            }
            if let Some(class @ ("AGREE" | "REJECT" | "THREATEN" | "REQUEST")) =
                self.classes.get(&head.id()).copied().filter(|_| token.dep() != "conj")
            {
                return Some(class);
            }
            token = head;
        }
        None
    }
}

/// The PLOVER class of what happens.
fn class<'a>(cast: &Cast<'a>) -> Option<&'a str> {
    match &cast.matched.frame.meaning {
        Meaning::Event { plover, .. } => plover.as_deref(),
        Meaning::Relation { .. } => None,
    }
}
