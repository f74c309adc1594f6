use smol_str::SmolStr;

use super::{Argument, Function};
use crate::nlp::{Pos, Token};
use crate::text::TokenId;

/// Arguments while they are gathered.
#[derive(Default)]
pub(super) struct Arguments(Vec<Argument>);

impl Arguments {
    /// Adds a phrase and all that is joined to it.
    pub(super) fn add(&mut self, function: &Function, head: Token<'_>) {
        for conjunct in conjuncts(head) {
            self.add_alone(function, counted(conjunct));
        }
    }

    /// Adds a phrase without what is joined to it: `President` of `President Aliyev and Iran` is said of the one.
    pub(super) fn add_alone(&mut self, function: &Function, head: Token<'_>) {
        let argument = Argument { head: head.id(), function: function.clone() };
        if !self.0.contains(&argument) {
            self.0.push(argument);
        }
    }

    /// Adds what a prepositional phrase holds, under its preposition.
    pub(super) fn add_prepositional(&mut self, preposition: Token<'_>) {
        let (name, objects) = prepositional(preposition);
        for object in objects {
            self.add(&Function::Preposition(name.clone()), object);
        }
    }

    pub(super) fn has(&self, function: &Function) -> bool {
        self.0.iter().any(|a| a.function == *function)
    }

    /// In the order of the text.
    pub(super) fn finish(mut self) -> Vec<Argument> {
        self.0.sort();
        self.0
    }

    /// The heads of one function.
    pub(super) fn with(&self, function: &Function) -> Vec<TokenId> {
        self.0.iter().filter(|a| a.function == *function).map(|a| a.head).collect()
    }
}

/// A phrase and the phrases joined to it: `Iran` of `Iran, Iraq and Syria` gives all three.
pub(super) fn conjuncts(head: Token<'_>) -> Vec<Token<'_>> {
    let mut all = vec![head];
    let mut next = 0;
    while next < all.len() {
        let joined = all[next].children().filter(|c| c.dep() == "conj" && is_nominal(*c) && !is_gapped(*c));
        all.extend(joined.collect::<Vec<_>>());
        next += 1;
    }
    all
}

/// Whether a name only starts a clause whose verb is left out: `France` of `Spain expelled two envoys and France three`.
fn is_gapped(name: Token<'_>) -> bool {
    let is_behind =
        |c: Token<'_>| c.dep() == "nummod" && c.id() > name.id() && c.text().chars().all(char::is_alphabetic);
    name.pos() == Pos::Propn && name.children().any(is_behind)
}

/// Nouns that say how many or how much of what stands behind their `of`.
const QUANTITIES: &[&str] = &[
    "batch", "bit", "bulk", "couple", "dozen", "flurry", "fraction", "half", "handful", "hundred", "kind",
    "lot", "majority", "million", "most", "number", "pair", "part", "percent", "plenty", "portion",
    "quarter", "range", "rest", "round", "score", "series", "set", "share", "slew", "some", "sort", "spate",
    "string", "ten", "third", "thousand", "ton", "type", "variety", "wave", "billion", "all", "both", "each",
    "many", "several", "few",
];

/// What is counted: `prisoners` of `hundreds of prisoners`; the token itself where it counts nothing.
pub(super) fn counted(head: Token<'_>) -> Token<'_> {
    let lemma = head.lemma().to_lowercase();
    if !QUANTITIES.contains(&lemma.as_str()) && head.pos() != Pos::Num {
        return head;
    }
    let of = head.children().find(|c| c.dep() == "prep" && c.norm() == "of");
    of.and_then(|of| by_phrase(of).next()).map_or(head, counted)
}

/// Whether a token can head a phrase that names or describes something.
pub(super) fn is_nominal(token: Token<'_>) -> bool {
    matches!(token.pos(), Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num | Pos::Adj | Pos::X)
}

/// The name of a preposition (`out of` where one follows another) and its objects.
pub(super) fn prepositional(preposition: Token<'_>) -> (SmolStr, Vec<Token<'_>>) {
    let mut name = preposition.norm().to_owned();
    let mut inner = preposition;
    // `according to`, `out of`, `in front of` with nothing in between.
    while let Some(next) = inner.children().find(|c| c.dep() == "prep" && c.id() > inner.id()) {
        if inner.children().any(|c| c.dep() == "pobj") {
            break;
        }
        name = format!("{name} {}", next.norm());
        inner = next;
    }
    let objects = inner.children().filter(|c| matches!(c.dep(), "pobj" | "pcomp")).collect();
    (name.into(), objects)
}

/// The preposition's objects that are phrases, not clauses.
pub(super) fn by_phrase(preposition: Token<'_>) -> impl Iterator<Item = Token<'_>> {
    preposition.children().filter(|c| c.dep() == "pobj")
}
