use std::collections::BTreeSet;

use super::participants::is_time_or_number;
use crate::lexicon::{Frame, Lexicon, Meaning, Role, Slot};
use crate::nlp::{Doc, Pos, Token};
use crate::predicate::{Function, Kind, Predicate, Predicates};
use crate::text::TokenId;

/// Verbs that any noun for something that happens goes with: who announces or starts it does it.
const SUPPORT: &[&str] = &[
    "announce",
    "authorize",
    "begin",
    "carry out",
    "complete",
    "conduct",
    "continue",
    "declare",
    "embark on",
    "engage in",
    "hold",
    "impose",
    "initiate",
    "launch",
    "lead",
    "make",
    "mount",
    "open",
    "order",
    "perform",
    "plan",
    "resume",
    "stage",
    "start",
    "take",
    "undertake",
    "issue",
    "intensify",
    "step up",
    "organize",
    "organise",
    "commit",
    "agree on",
    "agree to",
    "undergo",
    "face",
    "approve",
    "pursue",
    "commence",
    "reiterate",
    "repeat",
    "renew",
    "reaffirm",
    "voice",
    "express",
    "deliver",
    "extend",
    "receive",
    "give",
    "provide",
    "offer",
    "suffer",
];

/// Verbs with prepositions that say of several that they do it together: `are in talks`, `are at war`.
const TOGETHER: &[&str] = &["be at", "be embroiled in", "be in", "be locked in"];

/// Verbs whose subject is the one that the noun they support is done to: `received a sentence`, `suffered an attack`.
pub(super) const UNDERGOING: &[&str] =
    &["come under", "endure", "face", "receive", "suffer", "sustain", "undergo"];

/// Nouns that money is counted in; an object `money` of the lexicon is any sum of it.
const CURRENCIES: &[&str] = &[
    "cent", "crown", "dinar", "dirham", "dollar", "dong", "euro", "franc", "krona", "krone", "lira", "naira",
    "peso", "pound", "quid", "rand", "real", "rial", "ringgit", "riyal", "rouble", "ruble", "rupee",
    "rupiah", "shekel", "shilling", "won", "yen", "yuan", "zloty",
];

/// Whether a noun is the object of a verb that only says that it happens: `launched an attack`.
pub(super) fn is_supported(noun: &Predicate, predicates: &Predicates) -> bool {
    let supports = |verb: &Predicate| verb.forms.iter().any(|form| SUPPORT.contains(&form.as_str()));
    predicates.governing(noun.head).any(|(verb, function)| *function == Function::Object && supports(verb))
}

/// A frame that a predicate evokes, with the heads of the phrases that fill its roles.
#[derive(Clone, Debug)]
pub(crate) struct Match<'a> {
    pub(crate) frame: &'a Frame,
    pub(crate) predicate: &'a Predicate,
    /// The form of the predicate that evokes it.
    pub(crate) form: &'a str,
    /// In the order of the roles, then of the text.
    pub(crate) fills: Vec<(Role, TokenId)>,
}

/// The arguments that a predicate's roles are looked for among: its own, and those of the verb that supports a noun.
struct Arguments<'a> {
    own: &'a Predicate,
    support: Option<&'a Predicate>,
    all: &'a Predicates,
}

/// All frames that the predicates of a document evoke.
pub(crate) fn matches<'a>(doc: &Doc, predicates: &'a Predicates, lexicon: &'a Lexicon) -> Vec<Match<'a>> {
    predicates.all.iter().flat_map(|predicate| matches_of(doc, predicate, predicates, lexicon)).collect()
}

fn matches_of<'a>(
    doc: &Doc,
    predicate: &'a Predicate,
    predicates: &'a Predicates,
    lexicon: &'a Lexicon,
) -> Vec<Match<'a>> {
    let mut found = Vec::new();
    for form in &predicate.forms {
        let words = |form: &str| form.split(' ').count();
        let is_first = found
            .iter()
            .all(|longer: &Match<'a>| predicate.kind == Kind::Verb && words(longer.form) == words(form));
        for frame in lexicon.evoked(predicate.kind, form) {
            // Of the relations only what the longest form says; of the events any, as the roles decide.
            let is_event = matches!(frame.meaning, Meaning::Event { .. });
            if !(is_event || is_first) || !fits(doc, predicate, predicates, frame, form) {
                continue;
            }
            let arguments =
                Arguments { own: predicate, support: support(predicate, frame, predicates), all: predicates };
            found.push(Match { frame, predicate, form, fills: fill(doc, frame, form, &arguments) });
        }
    }
    found
}

/// Whether a predicate has the object and the clause that a frame asks for.
fn fits(doc: &Doc, predicate: &Predicate, predicates: &Predicates, frame: &Frame, form: &str) -> bool {
    if predicate.kind == Kind::Noun {
        return true;
    }
    let names = |id: TokenId| {
        let token = doc.token(id);
        let is = |word: &str| frame.objects.contains(word);
        is(&token.lemma().to_lowercase())
            || is(token.norm())
            || (is("money") && is_money(token))
            || predicates.noun(id).is_some_and(|noun| noun.forms.iter().any(|form| is(form)))
    };
    let last = Function::Preposition(form.rsplit(' ').next().unwrap_or_default().into());
    let mut objects: Vec<TokenId> = predicate.with(&Function::Object).chain(predicate.with(&last)).collect();
    if matches!(frame.meaning, Meaning::Relation { .. }) {
        // `designated the group as ..`, `provided the group with ..`
        let said_of_it =
            [Function::Complement, Function::Preposition("as".into()), Function::Preposition("with".into())];
        objects.extend(said_of_it.iter().flat_map(|function| predicate.with(function)));
    }
    let has_modal =
        |id: TokenId| doc.token(id).children().any(|c| c.dep() == "aux" && frame.modals.contains(c.norm()));
    // A form of several words that ends in no preposition has its object: `take power`.
    let has_object =
        || form.contains(' ') && predicate.with(&last).next().is_none() && ends_in_noun(doc, predicate, form);
    (frame.objects.is_empty() || objects.iter().any(|&id| names(id)) || has_object())
        && (frame.modals.is_empty() || predicate.with(&Function::Clause).any(has_modal))
}

/// Whether the last word of a verb's form is a noun behind it: `take power`, `come to power`.
fn ends_in_noun(doc: &Doc, verb: &Predicate, form: &str) -> bool {
    let last = form.rsplit(' ').next().unwrap_or_default();
    let is_last = |id: TokenId| {
        let token = doc.token(id);
        matches!(token.pos(), Pos::Noun | Pos::Propn)
            && (token.norm() == last || token.lemma().to_lowercase() == last)
    };
    verb.arguments.iter().any(|argument| is_last(argument.head))
}

/// `$2 million`, `300 euros`.
fn is_money(amount: Token<'_>) -> bool {
    amount.children().any(|c| c.tag() == "$") || CURRENCIES.contains(&amount.lemma().to_lowercase().as_str())
}

/// The verb that a noun goes with: `launch` of `launch an attack`.
fn support<'a>(predicate: &Predicate, frame: &Frame, predicates: &'a Predicates) -> Option<&'a Predicate> {
    if predicate.kind == Kind::Verb {
        return None;
    }
    let general = matches!(frame.meaning, Meaning::Event { .. });
    let is_mutual =
        frame.slots(Kind::Noun).iter().any(|slot| slot.role == Role::CoAgent || (slot.mutual && !general));
    let mut governing = predicates.governing(predicate.head);
    governing.find_map(|(verb, function)| {
        let named = verb.forms.iter().any(|form| frame.support.contains(form));
        let goes = match function {
            Function::Object => {
                named || (general && verb.forms.iter().any(|form| SUPPORT.contains(&form.as_str())))
            }
            Function::Preposition(_) => {
                named
                    || is_mutual && verb.forms.iter().any(|form| TOGETHER.contains(&form.as_str()))
                    || general && verb.forms.iter().any(|form| form == "come under")
            }
            Function::Subject => named,
            _ => false,
        };
        goes.then_some(verb)
    })
}

impl Arguments<'_> {
    /// The heads that have a function; of modifiers only those that may be names, or, for the themes of general frames, nouns.
    fn with(&self, doc: &Doc, frame: &Frame, slot: &Slot, function: &Function, form: &str) -> Vec<TokenId> {
        let mut heads = match self.own.kind {
            Kind::Verb => self.at_verb(doc, function, form),
            Kind::Noun => {
                // `emergency` of `state of emergency` is no argument of it, but what is said of it is: `chief of staff of the army`,
                // `Kenyan drone strikes`.
                let is_own = |head: &TokenId| form.split(' ').any(|word| word == doc.token(*head).norm());
                let (own, others): (Vec<_>, Vec<_>) =
                    self.at_noun(slot.role, function).into_iter().partition(is_own);
                let inner = own.into_iter().filter_map(|head| self.all.noun(head));
                let passes_on = match function {
                    Function::Preposition(_) => true,
                    Function::Modifier => matches!(slot.role, Role::Agent | Role::Head),
                    _ => false,
                };
                if others.is_empty() && passes_on {
                    inner.flat_map(|noun| noun.with(function)).collect()
                } else {
                    others
                }
            }
        };
        if *function == Function::Modifier {
            let is_theme = frame.is_general() && matches!(slot.role, Role::Patient | Role::Theme);
            heads.retain(|&head| is_name_like(doc, head) || (is_theme && doc.token(head).pos() == Pos::Noun));
        }
        heads
    }

    fn at_verb(&self, doc: &Doc, function: &Function, form: &str) -> Vec<TokenId> {
        let last = form.rsplit(' ').next().unwrap_or_default();
        if is_stative(self.own, form) {
            return match function {
                Function::Subject => surface_subject(self.own),
                // `was awarded a medal`
                Function::Object if self.own.with(&Function::Indirect).next().is_none() => self.behind(last),
                _ => self.own.with(function).collect(),
            };
        }
        match function {
            Function::Object => {
                // The object of a preposition that belongs to the verb is its object: `call on`, `give birth to`.
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

    fn at_noun(&self, role: Role, function: &Function) -> Vec<TokenId> {
        let own: Vec<TokenId> = self.own.with(function).collect();
        let Some(verb) = self.support.filter(|_| own.is_empty()) else { return own };
        let is_subject = verb.with(&Function::Subject).any(|head| head == self.own.head);
        let is_undergone = verb.forms.iter().any(|form| UNDERGOING.contains(&form.as_str()));
        if is_undergone && !is_subject {
            match (function, role) {
                (Function::Subject, Role::Agent | Role::Head) => return Vec::new(),
                (Function::Object, _) => return verb.with(&Function::Subject).collect(),
                _ => {}
            }
        }
        let shared = match function {
            // `An earthquake struck Haiti`.
            Function::Object => is_subject,
            Function::Subject => !is_subject,
            Function::Indirect | Function::Preposition(_) => true,
            _ => false,
        };
        // `were locked in a dispute`
        let is_state =
            verb.forms.iter().any(|form| TOGETHER.contains(&form.as_str()) && is_stative(verb, form));
        let function = if is_state && *function == Function::Subject { &Function::Object } else { function };
        verb.with(function).filter(|&head| shared && head != self.own.head).collect()
    }
}

/// Whether a form says what somebody is, and its verb what is done to them: `be located in`, of `locate`.
fn is_stative(predicate: &Predicate, form: &str) -> bool {
    let is_be = |form: &str| form == "be" || form.starts_with("be ");
    is_be(form) && !predicate.forms.iter().all(|form| is_be(form))
}

/// The subject of a verb in the passive as it stands.
fn surface_subject(verb: &Predicate) -> Vec<TokenId> {
    let given: Vec<TokenId> = verb.with(&Function::Indirect).collect();
    if given.is_empty() { verb.with(&Function::Object).collect() } else { given }
}

/// Whether a modifier may name who does it: `Iranian`, `NATO`, not `military`. The first word of a sentence is written like a name
/// whatever it is: `Nuclear talks`.
fn is_name_like(doc: &Doc, head: TokenId) -> bool {
    let token = doc.token(head);
    let is_capitalised = token.text().chars().next().is_some_and(char::is_uppercase);
    let is_name =
        token.pos() == Pos::Propn || (is_capitalised && (!is_first_word(token) || is_in_name(token)));
    is_name && !is_time_or_number(token)
}

fn is_first_word(token: Token<'_>) -> bool {
    let mut before = token.doc().tokens_of(token.sentence()).take_while(|t| t.id() < token.id());
    before.all(|t| matches!(t.pos(), Pos::Punct | Pos::Space))
}

/// Whether the recogniser has a word for a name or a part of one.
fn is_in_name(token: Token<'_>) -> bool {
    let entities = token.doc().entities();
    let next = entities.partition_point(|e| e.tokens.end <= token.id());
    entities.get(next).is_some_and(|e| e.tokens.start <= token.id())
}

fn fill(doc: &Doc, frame: &Frame, form: &str, arguments: &Arguments<'_>) -> Vec<(Role, TokenId)> {
    let mut fills: Vec<(Role, TokenId)> = Vec::new();
    let slots = frame.slots(arguments.own.kind);
    let mut aside = false;
    for slot in slots {
        let taken: BTreeSet<TokenId> = fills.iter().map(|&(_, head)| head).collect();
        let free = |function: &Function| -> Vec<TokenId> {
            let heads = arguments.with(doc, frame, slot, function, form).into_iter();
            heads.filter(|head| !taken.contains(head)).collect()
        };
        let found = slot.functions.iter().map(|f| (f, free(f))).find(|(_, heads)| !heads.is_empty());
        let Some((function, heads)) = found else { continue };
        aside |= matches!(function, Function::Object | Function::Indirect) || is_other_side(function);
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
    if !aside {
        share_sides(&mut fills, slots);
    }
    fills.sort_by_key(|&(role, head)| (role, head));
    fills
}

/// Whether what has this function stands only on the one side: `talks with Iran and Iraq` are not between the two.
fn is_other_side(function: &Function) -> bool {
    matches!(function, Function::Preposition(p) if matches!(p.as_str(), "with" | "to" | "against"))
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
