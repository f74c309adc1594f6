//! What the parse tells of an expression: whether it is one, and which way its clause looks.

use super::meaning::{Clock, Field, Meaning, Reading, Year};
use super::pieces::Pieces;
use super::resolve::Tense;
use super::words::Lex;
use crate::nlp::{Doc, Pos, Token};
use crate::text::Span;

/// Labels of names that have words of time in them: `the Daily Mail`, `Black Friday Records`.
const NAMES: &[&str] = &["ORG", "PERSON", "WORK_OF_ART", "PRODUCT", "FAC", "GPE", "LOC", "NORP", "LAW"];

/// The sentence that a span begins in.
pub(super) fn sentence(doc: &Doc, span: Span) -> usize {
    doc.tokens_of(doc.tokens_in(span)).next().map_or(0, Token::sentence_index)
}

/// Whether what was read at piece `i` is a time expression.
pub(super) fn holds(p: &Pieces, doc: &Doc, i: usize, reading: &Reading) -> bool {
    let span = p.span(i, reading.end);
    let tokens = doc.tokens_in(span);
    let Some(first) = doc.tokens_of(tokens).next() else { return false };
    let capital = (i..reading.end).all(|k| match p.lex(k) {
        Lex::Month(_) | Lex::ShortMonth(_) | Lex::Weekday(_) => {
            p.get(k).is_some_and(|piece| piece.span.of(doc.text()).starts_with(char::is_uppercase))
        }
        _ => true,
    });
    if !capital || p.reads(i.saturating_sub(1), &["every", "now"]) {
        return false;
    }
    let explicit = matches!(reading.meaning, Meaning::Calendar(Year::Known(_), _) | Meaning::ShortYear(_));
    if !explicit && in_name(doc, span) {
        return false;
    }
    match &reading.meaning {
        Meaning::Calendar(year, Field::All) if reading.end == i + 1 => is_year(p, doc, i, first, *year),
        Meaning::Calendar(Year::Open, Field::Month(_)) if reading.end <= i + 2 => is_month(p, i, first),
        Meaning::Calendar(Year::Open, Field::Season(_)) => is_season(p, doc, i, reading.end),
        Meaning::Calendar(Year::Open, Field::DayOfMonth(_)) => {
            let last = doc.tokens_of(tokens).next_back();
            last.is_some_and(|last| {
                !last
                    .doc()
                    .tokens_of(last.sentence())
                    .skip_while(|t| t.id() <= last.id())
                    .take(1)
                    .any(|next| matches!(next.pos(), Pos::Noun | Pos::Propn | Pos::Adj | Pos::Num))
            })
        }
        Meaning::SomeDay => is_part(tokens.ids().next_back().map(|id| doc.token(id)), reading),
        _ => true,
    }
}

/// Whether a span is part of a name that is no time itself.
fn in_name(doc: &Doc, span: Span) -> bool {
    let entities = doc.entities();
    let from = entities.partition_point(|entity| doc.span_of(entity.tokens).end <= span.start);
    entities[from..].first().is_some_and(|entity| {
        let name = doc.span_of(entity.tokens);
        name.overlaps(span)
            && NAMES.contains(&doc.label(entity.label))
            && (name.len() > span.len() || doc.label(entity.label) == "PERSON")
    })
}

/// Whether a number of four digits that stands alone is a year.
fn is_year(p: &Pieces, doc: &Doc, i: usize, token: Token<'_>, year: Year) -> bool {
    let Year::Known(year) = year else { return true };
    let before = p.before(i);
    let counted = matches!(p.lex(i + 1), Lex::Units(_) | Lex::Scale(_))
        || matches!(before, "$" | "£" | "€" | "¥" | "#" | "no" | "number")
        || (p.glued(i)
            && !matches!(before, "(" | "[" | "-" | "–" | "—" | "/" | "'" | "‘" | "’" | "“" | "\""))
        || (p.glued(i + 1) && p.lex(i + 1) == Lex::Other && p.word(i + 1).starts_with(char::is_alphabetic));
    if counted {
        return false;
    }
    let head = token.head();
    let counts = token.dep() == "nummod"
        && head.id() > token.id()
        && head.tag() == "NNS"
        && head.id().0 - token.id().0 < 3;
    let dated = doc.entities().iter().any(|e| e.tokens.contains(token.id()) && doc.label(e.label) == "DATE");
    if counts && !dated {
        return false;
    }
    let preposed = matches!(
        before,
        "in" | "since"
            | "until"
            | "till"
            | "by"
            | "from"
            | "before"
            | "after"
            | "during"
            | "circa"
            | "between"
            | "early"
            | "late"
            | "mid"
            | "through"
            | "and"
            | "to"
            | "("
            | "–"
            | "-"
    );
    dated
        || (1900..2100).contains(&year)
        || ((preposed || token.dep() != "nummod") && (1500..2100).contains(&year))
}

/// Whether a month's name that stands alone is one, and no person or verb.
fn is_month(p: &Pieces, i: usize, token: Token<'_>) -> bool {
    let introduced = matches!(
        p.before(i),
        "in" | "since"
            | "until"
            | "till"
            | "by"
            | "from"
            | "before"
            | "after"
            | "during"
            | "between"
            | "early"
            | "late"
            | "mid"
            | "through"
            | "and"
            | "to"
            | "of"
            | "for"
            | "-"
            | "–"
            | "("
            | "or"
    );
    match p.lex(i) {
        Lex::ShortMonth(_) => p.word(i + 1) == "." && p.glued(i + 1) && introduced,
        // `May` and `March` begin sentences as verbs, are surnames, and parts of names.
        Lex::Month(3 | 5) => {
            let modifies = token.dep() == "compound" && token.head().pos() == Pos::Noun;
            token.pos() == Pos::Propn && (introduced || modifies || token.dep() == "npadvmod")
        }
        _ => true,
    }
}

/// Whether a season stands for a time: no waters of a spring, no fall of a city.
fn is_season(p: &Pieces, doc: &Doc, i: usize, end: usize) -> bool {
    let Some(last) = doc.tokens_of(doc.tokens_in(p.span(i, end))).next_back() else { return false };
    if !matches!(last.pos(), Pos::Noun | Pos::Propn) {
        return false;
    }
    let preposed = matches!(
        p.before(i),
        "in" | "by"
            | "since"
            | "until"
            | "during"
            | "throughout"
            | "over"
            | "early"
            | "late"
            | "mid"
            | "of"
            | "-"
            | "for"
            | "and"
    );
    let modifies = last.dep() == "compound" && last.head().id() > last.id();
    match p.word(end - 1) {
        "fall" => (preposed || modifies) && p.word(end) != "of",
        "spring" => (preposed || modifies || p.word(i) == "the") && p.word(end) != "of",
        _ => true,
    }
}

/// Whether a part of the day stands for a time, not for a part of a name (`night club`).
fn is_part(token: Option<Token<'_>>, reading: &Reading) -> bool {
    token.is_some_and(|token| {
        token.pos() == Pos::Noun && token.dep() != "compound" && matches!(reading.clock, Some(Clock::Part(_)))
    })
}

/// Which way the clause looks that a span stands in.
pub(super) fn tense(doc: &Doc, span: Span) -> Tense {
    let Some(head) = doc.head_of(doc.tokens_in(span)) else { return Tense::Unknown };
    // `a June 3 hearing`: the verb is not its own.
    if matches!(head.dep(), "compound" | "nmod" | "amod" | "nummod") && head.pos() != Pos::Adv {
        return Tense::Unknown;
    }
    let mut toward = false;
    for token in std::iter::once(head).chain(head.ancestors()) {
        if token.pos() == Pos::Adp && matches!(token.norm(), "by" | "until" | "till") {
            toward = true;
        }
        if !matches!(token.pos(), Pos::Verb | Pos::Aux) {
            continue;
        }
        let helpers = || token.children().filter(|child| matches!(child.dep(), "aux" | "auxpass"));
        if helpers().any(|child| child.tag() == "MD") {
            return Tense::Future;
        }
        if helpers().any(|child| matches!(child.norm(), "had" | "has" | "have" | "was" | "were" | "did")) {
            return Tense::Past;
        }
        let to = helpers().any(|child| child.tag() == "TO");
        let present = helpers().any(|child| matches!(child.tag(), "VBZ" | "VBP"));
        return match token.tag() {
            "VBD" => Tense::Past,
            _ if to || toward => Tense::Future,
            "VBZ" | "VBP" => Tense::Present,
            "VBG" | "VBN" if present => Tense::Present,
            // `after meeting on Friday`: before or after what the clause above tells.
            "VBG" if matches!(token.dep(), "pcomp" | "advcl" | "acl") => Tense::Unknown,
            // Participles without a helper: the clause above tells.
            "VBG" | "VB" => continue,
            _ => Tense::Past,
        };
    }
    if toward { Tense::Future } else { Tense::Unknown }
}
