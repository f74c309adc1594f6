use super::arguments::Arguments;
use super::verb::is_predicate;
use super::{Function, Kind, Predicate};
use crate::nlp::{Pos, Token};

/// Nouns that say no more than that what stands before them is done: `rescue operation`, `bombing campaign`.
const LIGHT: &[&str] = &[
    "act",
    "action",
    "activity",
    "attempt",
    "campaign",
    "drive",
    "effort",
    "incident",
    "mission",
    "operation",
    "plan",
    "process",
    "proceeding",
    "program",
    "programme",
    "spree",
    "wave",
];

pub(super) fn predicate(noun: Token<'_>) -> Predicate {
    let mut found = Arguments::default();
    for child in noun.children() {
        match child.dep() {
            "poss" => found.add(&Function::Possessive, child),
            "amod" | "compound" | "nmod" => {
                found.add(&Function::Modifier, child);
                joined(child).for_each(|other| found.add(&Function::Modifier, other));
            }
            "prep" => found.add_prepositional(child),
            "appos" => found.add(&Function::Itself, child),
            "acl" if child.tag() == "VB" => found.add(&Function::Clause, child),
            _ => {}
        }
    }
    itself(noun, &mut found);
    of_group(noun, &mut found);
    Predicate { head: noun.id(), kind: Kind::Noun, forms: forms(noun), arguments: found.finish() }
}

/// What is joined to a modifier by a hyphen: `Iran` of `the Iran-Iraq war`.
fn joined(modifier: Token<'_>) -> impl Iterator<Item = Token<'_>> {
    let is_hyphen = |c: Token<'_>| c.dep() == "punct" && matches!(c.text(), "-" | "–");
    let is_joined = modifier.children().any(is_hyphen);
    modifier.children().filter(move |c| is_joined && matches!(c.dep(), "amod" | "compound" | "nmod"))
}

/// The last word of the name that a title stands before: `Zamir` of `Chief of Staff Lieutenant General Eyal Zamir`.
fn named(mut head: Token<'_>) -> Token<'_> {
    while matches!(head.dep(), "compound" | "nmod") && head.head().pos() == Pos::Propn {
        head = head.head();
    }
    head
}

/// Adds whose the office is from the group that its holder is named as one of: `Azerbaijani officials, including President Aliyev`
/// says that he is president for the Azerbaijani.
fn of_group(office: Token<'_>, found: &mut Arguments) {
    if !matches!(office.dep(), "compound" | "nmod") {
        return;
    }
    let mut name = named(office);
    while name.dep() == "conj" {
        name = name.head();
    }
    let mut preposition = name.head();
    while preposition.dep() == "prep" && preposition.head().dep() == "prep" {
        preposition = preposition.head();
    }
    let group = preposition.head();
    let names_members = matches!(preposition.norm(), "including" | "from" | "like" | "such as" | "as");
    if name.dep() == "pobj" && preposition.dep() == "prep" && names_members && group.tag() == "NNS" {
        let is_owner = |c: &Token<'_>| match c.dep() {
            "amod" | "poss" => true,
            dep => dep == "compound" && c.pos() == Pos::Propn,
        };
        let owners = group.children().filter(is_owner);
        owners.for_each(|owner| found.add(&Function::Preposition("for".into()), owner));
    }
}

/// What the noun is said of.
fn itself(noun: Token<'_>, found: &mut Arguments) {
    let head = noun.head();
    match noun.dep() {
        "attr" | "oprd" if is_predicate(head) => of_clause(head, found),
        "appos" => found.add(&Function::Itself, head),
        // `President Aliyev`.
        "compound" | "nmod" if head.pos() == Pos::Propn => match noun.tag() {
            "NNS" | "NNPS" => found.add(&Function::Itself, named(head)),
            _ => found.add_alone(&Function::Itself, named(head)),
        },
        "pobj" if head.norm() == "as" && is_predicate(head.head()) => of_clause(head.head(), found),
        "conj" if head.pos() == Pos::Noun => itself(head, found),
        _ => {
            if let Some(name) = name_behind(noun) {
                found.add(&Function::Itself, name);
            }
        }
    }
}

/// The name right behind a noun that is not parsed as part of it: `his wife Michelle Obama spoke`.
fn name_behind(noun: Token<'_>) -> Option<Token<'_>> {
    let next = noun.doc().tokens().nth(noun.id().index() + 1)?;
    let name = if next.dep() == "compound" { next.head() } else { next };
    let same_place = name.head_id() == noun.head_id() && name.dep() == noun.dep();
    (noun.pos() == Pos::Noun && name.pos() == Pos::Propn && same_place).then_some(name)
}

/// The object of a clause (`named her president`) or else its subject (`she is president`).
fn of_clause(verb: Token<'_>, found: &mut Arguments) {
    let of = |dep: &'static [&'static str]| verb.children().find(move |c| dep.contains(&c.dep()));
    if let Some(named) = of(&["dobj"]).or_else(|| of(&["nsubj", "nsubjpass"])) {
        found.add(&Function::Itself, named);
    }
}

/// `chief of staff`, `army chief`, `chief`. A proper noun has them too: `Prime Minister`.
fn forms(noun: Token<'_>) -> Vec<String> {
    let lemma = noun.lemma().to_lowercase();
    let mut forms = Vec::new();
    for of in noun.children().filter(|c| c.dep() == "prep") {
        for object in of.children().filter(|c| c.dep() == "pobj") {
            forms.push(format!("{lemma} {} {}", of.norm(), object.lemma().to_lowercase()));
            forms.push(format!("{lemma} {} {}", of.norm(), object.norm()));
        }
    }
    let before: Vec<Token<'_>> = noun
        .children()
        .filter(|c| c.id() < noun.id() && matches!(c.dep(), "amod" | "compound" | "nmod"))
        .collect();
    if let [.., first, last] = before.as_slice() {
        forms.push(format!("{} {} {lemma}", first.norm(), last.norm()));
    }
    for modifier in before.iter().rev() {
        forms.push(format!("{} {lemma}", modifier.norm()));
    }
    forms.extend(hyphenated(noun));
    // `mediation effort` is about mediation.
    if LIGHT.contains(&lemma.as_str()) {
        forms.extend(before.iter().rev().filter(|b| b.dep() == "compound").map(|b| b.norm().to_owned()));
    }
    // `talks` and `ties` are words of their own.
    if noun.norm() != lemma {
        forms.push(noun.norm().to_owned());
    }
    forms.push(lemma);
    forms.dedup();
    forms
}

/// The whole word where it is written with hyphens: `son-in-law`, `co-founder`.
fn hyphenated(noun: Token<'_>) -> Option<String> {
    let doc = noun.doc();
    let is_joined = |left: Token<'_>, right: Token<'_>| {
        left.span().end == right.span().start && (left.text() == "-" || right.text() == "-")
    };
    let token = |index: usize| doc.tokens().nth(index);
    let (mut start, mut end) = (noun.id().index(), noun.id().index());
    while start > 0 && is_joined(token(start - 1)?, token(start)?) {
        start -= 1;
    }
    while end + 1 < doc.len() && is_joined(token(end)?, token(end + 1)?) {
        end += 1;
    }
    (start < end)
        .then(|| token(start)?.span().cover(token(end)?.span()).of(doc.text()).to_lowercase().into())?
}
