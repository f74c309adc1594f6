use super::said::without;
use crate::lexicon::Content;
use crate::nlp::{Pos, Token};
use crate::predicate::is_infinitive;
use crate::text::TokenSpan;

/// What a cue's own dependents say, as far as its contents allow: clauses before objects.
pub(super) fn of(cue: Token<'_>, contents: &[Content]) -> Vec<TokenSpan> {
    let clauses: Vec<TokenSpan> =
        cue.children().filter(|&c| is_clause_of(c, contents)).map(Token::subtree).collect();
    let mut pieces = clauses;
    if pieces.is_empty() && contents.contains(&Content::Object) {
        let objects = cue.children().filter(|&c| is_object(c));
        pieces.extend(objects.map(Token::subtree));
    }
    pieces.extend(behind_prepositions(cue, contents));
    pieces
}

/// Which form of clause a complement is.
fn form(clause: Token<'_>) -> Content {
    let has = |dep: &str, norm: &str| clause.children().any(|c| c.dep() == dep && c.norm() == norm);
    if has("aux", "to") {
        Content::Infinitive
    } else if clause.tag() == "VBG" && !clause.children().any(|c| matches!(c.dep(), "aux" | "nsubj")) {
        Content::Gerund
    } else {
        Content::Clause
    }
}

fn is_clause_of(child: Token<'_>, contents: &[Content]) -> bool {
    let complement = match child.dep() {
        "ccomp" | "xcomp" => true,
        "acl" | "relcl" => matches!(child.head().pos(), Pos::Noun | Pos::Propn) && is_content_clause(child),
        _ => false,
    };
    if !complement {
        return false;
    }
    let form = form(child);
    let small = !matches!(child.pos(), Pos::Verb | Pos::Aux) && contents.contains(&Content::Object);
    // Direct speech is parsed as a clause.
    let spoken = form == Content::Clause && contents.contains(&Content::Quote);
    contents.contains(&form) || small || spoken
}

/// Whether a clause behind a noun says what the noun stands for: `the claim that it failed`, `the plan to leave`.
fn is_content_clause(clause: Token<'_>) -> bool {
    let that = clause.children().any(|c| c.dep() == "mark" && c.norm() == "that");
    that || (clause.dep() == "acl" && form(clause) == Content::Infinitive)
}

fn is_object(child: Token<'_>) -> bool {
    let empty =
        matches!(child.norm(), "it" | "so" | "himself" | "herself" | "themselves" | "itself" | "which");
    matches!(child.dep(), "dobj" | "oprd") && !empty
}

fn behind_prepositions<'a>(cue: Token<'a>, contents: &'a [Content]) -> impl Iterator<Item = TokenSpan> + 'a {
    let named = |c: &Token<'_>| {
        contents.iter().any(|content| matches!(content, Content::Preposition(name) if name == c.norm()))
    };
    let prepositions =
        cue.children().filter(move |c| c.id() > cue.id() && matches!(c.dep(), "prep" | "prt") && named(c));
    prepositions.filter_map(|p| {
        p.children().filter(|c| matches!(c.dep(), "pobj" | "pcomp")).map(Token::subtree).next()
    })
}

/// The subject of a passive cue with the clause behind it: `Iran is said to have left`.
pub(super) fn of_passive(verb: Token<'_>, contents: &[Content]) -> Vec<TokenSpan> {
    let subject = verb.children().find(|c| c.dep() == "nsubjpass").map(Token::subtree);
    let mut pieces = of(verb, contents);
    if pieces.is_empty() && contents.contains(&Content::Clause) {
        pieces = raised(verb);
    }
    let whole = pieces.is_empty() && contents.contains(&Content::Object);
    let raised = verb.children().any(|c| c.dep() == "xcomp" || c.dep() == "oprd");
    if whole || (raised && !pieces.is_empty()) {
        pieces.extend(subject);
    }
    pieces
}

/// The infinitive of a passive cue whose subject it is said of: `said to have left`.
pub(super) fn raised(verb: Token<'_>) -> Vec<TokenSpan> {
    let clauses = verb.children().filter(|c| c.dep() == "xcomp" && is_infinitive(*c));
    clauses.map(Token::subtree).collect()
}

/// The clause that a cue interrupts or follows: `it failed, he said`, `it failed, as he said`.
pub(super) fn around(verb: Token<'_>) -> Vec<TokenSpan> {
    let aside = match verb.dep() {
        "parataxis" => true,
        "advcl" => verb.children().any(|c| c.dep() == "mark" && c.norm() == "as"),
        "ccomp" | "dep" => verb.id() > verb.head_id() && beside_comma(verb),
        _ => false,
    };
    if !aside || verb.is_root() {
        return Vec::new();
    }
    without(verb.head().subtree(), verb.subtree())
}

fn beside_comma(verb: Token<'_>) -> bool {
    let start = verb.subtree().start;
    start.0 > 0 && verb.doc().token(crate::text::TokenId(start.0 - 1)).text() == ","
}

/// The clause that a phrase stands in: `it failed, according to them`.
pub(super) fn main(phrase: Token<'_>) -> Vec<TokenSpan> {
    let is_verb = |t: &Token<'_>| matches!(t.pos(), Pos::Verb | Pos::Aux);
    let clause = phrase.ancestors().find(is_verb).unwrap_or_else(|| phrase.head());
    without(clause.subtree(), phrase.subtree())
}
