use std::collections::HashSet;

use super::cast::{Cast, LIGHT};
use super::certainty::{self, Presented};
use super::filler::Setting;
use super::matching::UNDERGOING;
use crate::annotation::Event;
use crate::nlp::{Pos, Token};
use crate::predicate::{Function, Kind, Predicate, Predicates};
use crate::text::TokenId;

/// Verbs that say nothing of an event but that it is: `the announcement came`.
const HAPPEN: &[&str] =
    &["arise", "come", "come about", "come up", "ensue", "happen", "occur", "take place", "unfold"];

/// Prepositions behind `be` that do the same: `they are in talks`, `at war`.
const BE_IN: &[&str] = &["be at", "be in", "be on", "be under"];

/// The events told once more where other words of the text stand for them alone: a verb that means nothing beside their noun
/// (`took a decision`, `the announcement came`), its relative pronoun (`an accord that ..`), and `this` for what was just said.
///
/// Each has an anchor of its own and shares the statement.
pub(super) fn find(
    setting: &Setting<'_>,
    predicates: &Predicates,
    casts: &[Cast<'_>],
    events: &[Event],
) -> Vec<Event> {
    let mut taken: HashSet<TokenId> = casts.iter().map(|cast| cast.matched.predicate.head).collect();
    let mut found: Vec<Event> = Vec::new();
    for (cast, event) in casts.iter().zip(events) {
        let head = setting.doc.token(cast.matched.predicate.head);
        let mut words: Vec<Token<'_>> = Vec::new();
        if cast.matched.predicate.kind == Kind::Noun {
            let is_bare = head.children().all(|c| !matches!(c.dep(), "det" | "poss" | "nummod"));
            let verbs = predicates.governing(head.id());
            let verbs = verbs
                .filter(|(verb, function)| goes_with(verb, setting.doc.token(verb.head), function, is_bare));
            words.extend(verbs.map(|(verb, _)| setting.doc.token(verb.head)));
            words.extend(relative_pronouns(head));
        }
        // `This` behind what somebody says is what he says.
        if event.class != "td:Announcement" {
            words.extend(demonstratives(setting, head));
        }
        for word in words {
            if taken.insert(word.id()) {
                found.push(at(setting, event, word));
            }
        }
    }
    found
}

/// The event at another word.
fn at(setting: &Setting<'_>, event: &Event, word: Token<'_>) -> Event {
    let span = word.span();
    let mut again = Event { anchor: span, ..event.clone() };
    if word.pos() == Pos::Verb {
        let Presented { certainty, polarity, mood, .. } = certainty::of(word, setting.lexicon.signatures());
        (again.certainty, again.polarity, again.mood) = (certainty, polarity, mood);
    }
    again.attribution = setting.annotation.attribution_at(span).map(|a| a.id.clone());
    again
}

fn goes_with(verb: &Predicate, head: Token<'_>, function: &Function, is_bare: bool) -> bool {
    // `held back` is not `held`.
    let has_particle = head.children().any(|c| c.dep() == "prt");
    let forms = || verb.forms.iter().filter(|form| !has_particle || form.contains(' '));
    let is = |words: &[&str]| forms().any(|form| words.contains(&form.as_str()));
    match function {
        Function::Object => is(LIGHT) || is(UNDERGOING),
        Function::Subject => is(HAPPEN),
        Function::Preposition(_) => is_bare && is(BE_IN),
        _ => false,
    }
}

fn relative_pronouns(noun: Token<'_>) -> impl Iterator<Item = Token<'_>> {
    let clauses = noun.children().filter(|c| c.dep() == "relcl");
    clauses
        .flat_map(Token::children)
        .filter(|c| c.tag() == "WDT" && matches!(c.dep(), "nsubj" | "nsubjpass" | "dobj"))
}

/// `this` where it stands for an event: what its sentence says it is, or else what the sentence before tells.
fn demonstratives<'a>(setting: &Setting<'a>, head: Token<'a>) -> Option<Token<'a>> {
    let is_this = |c: &Token<'_>| {
        c.norm() == "this"
            && matches!(c.dep(), "nsubj" | "nsubjpass")
            && setting.mentions.at(c.id()).next().is_none()
    };
    if head.dep() == "attr" {
        return head.head().children().find(is_this);
    }
    let next = *setting.doc.sentences().get(head.sentence_index() + 1).filter(|_| head.dep() == "ROOT")?;
    let verb = setting.doc.tokens_of(next).find(|t| t.dep() == "ROOT")?;
    verb.children().find(is_this).filter(|_| verb.children().all(|c| c.dep() != "attr"))
}
