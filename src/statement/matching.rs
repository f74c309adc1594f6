use std::collections::BTreeSet;

use crate::lexicon::{Frame, Lexicon, Role, Slot};
use crate::nlp::{Doc, Pos};
use crate::predicate::{Function, Kind, Predicate, Predicates};
use crate::text::TokenId;

/// A frame that a predicate evokes, with the heads of the phrases that fill its roles.
#[derive(Clone, Debug)]
pub(crate) struct Match<'a> {
    pub(crate) frame: &'a Frame,
    pub(crate) predicate: &'a Predicate,
    /// In the order of the roles, then of the text.
    pub(crate) fills: Vec<(Role, TokenId)>,
}

/// The arguments that a predicate's roles are looked for among: its own, and those of the verb that supports a noun.
struct Arguments<'a> {
    own: &'a Predicate,
    support: Option<&'a Predicate>,
    all: &'a Predicates,
}

/// All frames that the predicates of a document evoke: of those that evoke events the best for each predicate, and all
/// those that evoke relations.
pub(crate) fn matches<'a>(doc: &Doc, predicates: &'a Predicates, lexicon: &'a Lexicon) -> Vec<Match<'a>> {
    predicates.all.iter().flat_map(|predicate| matches_of(doc, predicate, predicates, lexicon)).collect()
}

fn matches_of<'a>(
    doc: &Doc,
    predicate: &'a Predicate,
    predicates: &'a Predicates,
    lexicon: &'a Lexicon,
) -> Vec<Match<'a>> {
    for form in &predicate.forms {
        let frames: Vec<&Frame> =
            lexicon.evoked(predicate.kind, form).filter(|frame| has_object(doc, predicate, frame)).collect();
        if frames.is_empty() {
            continue;
        }
        let filled = frames.into_iter().map(|frame| {
            let arguments =
                Arguments { own: predicate, support: support(predicate, frame, predicates), all: predicates };
            Match { frame, predicate, fills: fill(doc, frame, form, &arguments) }
        });
        return filled.collect();
    }
    Vec::new()
}

/// Whether the object of a verb is one of those that the frame asks for.
fn has_object(doc: &Doc, predicate: &Predicate, frame: &Frame) -> bool {
    let named = |id: TokenId| {
        let token = doc.token(id);
        frame
            .objects
            .iter()
            .any(|o| o.eq_ignore_ascii_case(token.lemma()) || o.eq_ignore_ascii_case(token.text()))
    };
    frame.objects.is_empty() || predicate.kind == Kind::Noun || predicate.with(&Function::Object).any(named)
}

/// The verb that a noun goes with: `launch` of `launch an attack`.
fn support<'a>(predicate: &Predicate, frame: &Frame, predicates: &'a Predicates) -> Option<&'a Predicate> {
    if predicate.kind == Kind::Verb || frame.support.is_empty() {
        return None;
    }
    let mut governing = predicates.governing(predicate.head);
    governing.find_map(|(verb, function)| {
        let goes = verb.forms.iter().any(|form| frame.support.contains(form));
        let governed = matches!(function, Function::Subject | Function::Object | Function::Preposition(_));
        (goes && governed).then_some(verb)
    })
}

impl Arguments<'_> {
    /// The heads that have a function; of modifiers only those that may be names.
    fn with(&self, doc: &Doc, function: &Function, form: &str) -> Vec<TokenId> {
        let mut heads = match self.own.kind {
            Kind::Verb => self.at_verb(doc, function, form),
            Kind::Noun => self.at_noun(function),
        };
        if *function == Function::Modifier {
            heads.retain(|&head| is_name_like(doc, head));
        }
        heads
    }

    fn at_verb(&self, doc: &Doc, function: &Function, form: &str) -> Vec<TokenId> {
        match function {
            Function::Object => {
                // The object of a preposition that belongs to the verb is its object: `call on`, `give birth to`.
                let last = form.rsplit(' ').next().unwrap_or_default();
                let behind = self.behind(last);
                let is_object = |head: &TokenId| !form.split(' ').any(|word| word == doc.token(*head).norm());
                if behind.is_empty() { self.own.with(function).filter(is_object).collect() } else { behind }
            }
            Function::Preposition(preposition) => self.behind(preposition),
            _ => self.own.with(function).collect(),
        }
    }

    /// The objects of a preposition at the verb, or else at its object: `demanded an apology from Sweden`.
    fn behind(&self, preposition: &str) -> Vec<TokenId> {
        let function = Function::Preposition(preposition.into());
        let own: Vec<TokenId> = self.own.with(&function).collect();
        if !own.is_empty() {
            return own;
        }
        let objects = self.own.with(&Function::Object).filter_map(|head| self.all.noun(head));
        objects.flat_map(|noun| noun.with(&function)).collect()
    }

    fn at_noun(&self, function: &Function) -> Vec<TokenId> {
        let own: Vec<TokenId> = self.own.with(function).collect();
        let Some(verb) = self.support.filter(|_| own.is_empty()) else { return own };
        let is_subject = verb.with(&Function::Subject).any(|head| head == self.own.head);
        let shared = match function {
            // `An earthquake struck Haiti`.
            Function::Object => is_subject,
            Function::Subject => !is_subject,
            Function::Indirect | Function::Preposition(_) => true,
            _ => false,
        };
        verb.with(function).filter(|&head| shared && head != self.own.head).collect()
    }
}

/// Whether a modifier may name who does it: `Iranian`, `NATO`, not `military`.
fn is_name_like(doc: &Doc, head: TokenId) -> bool {
    let token = doc.token(head);
    token.pos() == Pos::Propn || token.text().chars().next().is_some_and(char::is_uppercase)
}

fn fill(doc: &Doc, frame: &Frame, form: &str, arguments: &Arguments<'_>) -> Vec<(Role, TokenId)> {
    let mut fills: Vec<(Role, TokenId)> = Vec::new();
    let slots = frame.slots(arguments.own.kind);
    for slot in slots {
        let taken: BTreeSet<TokenId> = fills.iter().map(|&(_, head)| head).collect();
        let free = |function: &Function| -> Vec<TokenId> {
            let heads = arguments.with(doc, function, form).into_iter();
            heads.filter(|head| !taken.contains(head)).collect()
        };
        let heads = slot.functions.iter().map(free).find(|heads| !heads.is_empty()).unwrap_or_default();
        fills.extend(heads.into_iter().map(|head| (slot.role, head)));
    }
    if frame.agent_nouns.contains(form) {
        fills.retain(|(role, _)| *role != Role::Agent);
        fills.push((Role::Agent, arguments.own.head));
    }
    // What a noun for a person or thing stands for is the noun itself where it is said of nothing else.
    for slot in slots.iter().filter(|slot| slot.functions.contains(&Function::Itself)) {
        if arguments.own.kind == Kind::Noun && !fills.iter().any(|(role, _)| *role == slot.role) {
            fills.push((slot.role, arguments.own.head));
        }
    }
    share_sides(&mut fills, slots);
    fills.sort_by_key(|&(role, head)| (role, head));
    fills
}

/// Where both sides do it and only one role is filled, the first is the one side and the others are the other: `Iran and Iraq met`.
fn share_sides(fills: &mut [(Role, TokenId)], slots: &[Slot]) {
    for (one, other) in [(Role::Agent, Role::CoAgent), (Role::Head, Role::Tail)] {
        let mutual = slots.iter().any(|slot| slot.role == other && slot.mutual);
        let has = |role| fills.iter().any(|(r, _)| *r == role);
        if mutual && has(one) != has(other) {
            let filled = if has(one) { one } else { other };
            let sides = fills.iter_mut().filter(|(role, _)| *role == filled);
            for (number, (role, _)) in sides.enumerate() {
                *role = if number == 0 { one } else { other };
            }
        }
    }
}
