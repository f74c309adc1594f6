//! Times told from another: `last week`, `two years ago`, `the following day`, `that April`, `in recent years`.

use super::amount::{amount, quarter_century};
use super::calendar::calendar;
use super::meaning::{Anchor, Clock, Field, Meaning, Reading, Reference, Turn};
use super::pieces::Pieces;
use super::unit::{Part, Unit};
use super::words::Lex;

/// A time that is told from the day of publication or the time last spoken of.
pub(super) fn relative(p: &Pieces, i: usize) -> Option<Reading> {
    let rules: [fn(&Pieces, usize) -> Option<Reading>; 7] =
        [single, turned, counted, past_units, distance, day_beside, parts];
    rules.iter().filter_map(|rule| rule(p, i)).max_by_key(|reading| reading.end)
}

fn offset(end: usize, unit: Unit, n: i32, anchor: Anchor) -> Reading {
    Reading::new(end, Meaning::Offset(unit, n, anchor))
}

/// `today`, `tonight`, `now`, `currently`, `recently`.
fn single(p: &Pieces, i: usize) -> Option<Reading> {
    let reference = |words: usize, reference| Some(Reading::new(i + words, Meaning::Reference(reference)));
    let day = |n| Some(offset(i + 1, Unit::Day, n, Anchor::Today));
    match p.word(i) {
        "today" => day(0),
        "tonight" | "overnight" => Some(day(0)?.at(i + 1, Clock::Part(Part::Night))),
        "yesterday" => day(-1),
        "tomorrow" => day(1),
        "now" | "nowadays" | "currently" | "presently" | "current" => reference(1, Reference::Present),
        "recently" | "recent" | "lately" => reference(1, Reference::Past),
        "more" if matches!(p.word(i + 1), "recently" | "recent") => reference(2, Reference::Past),
        "these" if p.word(i + 1) == "days" => reference(2, Reference::Present),
        "present" | "modern" if p.word(p.skip_hyphen(i + 1)) == "day" => {
            reference(p.skip_hyphen(i + 1) + 1 - i, Reference::Present)
        }
        "to" if p.word(i + 1) == "date" => reference(2, Reference::Present),
        "the" => match p.word(i + 1) {
            "present" if !follows_noun(p, i + 2) => reference(2, Reference::Present),
            "present" if p.word(i + 2) == "day" => reference(3, Reference::Present),
            "past" if !follows_noun(p, i + 2) => reference(2, Reference::Past),
            "future" if !follows_noun(p, i + 2) => reference(2, Reference::Future),
            "near" | "foreseeable" | "distant" if p.word(i + 2) == "future" => {
                reference(3, Reference::Future)
            }
            "recent" | "distant" if p.word(i + 2) == "past" => reference(3, Reference::Past),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a word follows that `the past` could belong to.
fn follows_noun(p: &Pieces, i: usize) -> bool {
    let word = p.word(i);
    let function = matches!(
        word,
        "of" | "in"
            | "and"
            | "or"
            | "to"
            | "for"
            | "as"
            | "by"
            | "with"
            | "at"
            | "on"
            | "is"
            | "was"
            | "has"
            | "had"
            | "will"
            | "would"
            | "but"
            | "that"
            | "when"
            | "which"
            | "can"
            | "could"
            | "may"
            | "if"
            | "because"
    );
    word.starts_with(char::is_alphabetic) && !function
}

/// Which way a determiner points: the step, and from where.
fn turn(p: &Pieces, i: usize) -> Option<(usize, i32, Anchor, Turn)> {
    let the = p.skip(i, "the");
    let (end, n, anchor, turn) = match p.word(the) {
        "this" | "current" | "present" => (the + 1, 0, Anchor::Published, Turn::This),
        "last" | "past" => (the + 1, -1, Anchor::Published, Turn::Last),
        "next" if the > i => (the + 1, 1, Anchor::Spoken, Turn::After),
        "next" | "coming" | "upcoming" => (the + 1, 1, Anchor::Published, Turn::Next),
        "that" | "same" => (the + 1, 0, Anchor::Spoken, Turn::This),
        "previous" | "preceding" | "prior" => (the + 1, -1, Anchor::Spoken, Turn::Before),
        "following" | "subsequent" | "ensuing" => (the + 1, 1, Anchor::Spoken, Turn::After),
        _ => return None,
    };
    // `this past year`, `that same day`, `this coming Friday`, `the very next day`.
    match (turn, p.word(end)) {
        (Turn::This, "same" | "very") => Some((end + 1, n, anchor, turn)),
        (Turn::This, "past") => Some((end + 1, -1, Anchor::Published, Turn::Last)),
        (Turn::This, "coming") => Some((end + 1, 1, Anchor::Published, Turn::Next)),
        _ => Some((end, n, anchor, turn)),
    }
}

/// `last week`, `next May`, `that night`, `the previous year`, `this weekend`.
fn turned(p: &Pieces, i: usize) -> Option<Reading> {
    let (at, n, anchor, turn) = turn(p, i)?;
    let turned = |field| Reading::new(at + 1, Meaning::Turn(field, turn));
    Some(match p.lex(at) {
        // `this second`, `this minute` are said of other things.
        Lex::Unit(Unit::Second | Unit::Minute | Unit::Hour) => return None,
        Lex::Unit(unit @ (Unit::Year | Unit::Month | Unit::Week | Unit::Decade | Unit::Century))
            if p.word(at - 1) == "past" && unit != Unit::Century =>
        {
            Reading::new(at + 1, Meaning::Duration(Some(1.0), unit))
        }
        Lex::Unit(unit) if p.skip_hyphen(at + 1) == at + 1 => offset(at + 1, unit, n, anchor),
        Lex::Month(month) | Lex::ShortMonth(month) => turned(Field::Month(month)),
        Lex::Season(season) => turned(Field::Season(season)),
        Lex::Weekday(day) => Reading::new(at + 1, Meaning::Weekday(day, turn)),
        // `last night` is that of yesterday, `this morning` that of today.
        Lex::Part(part) => offset(at + 1, Unit::Day, n, anchor).at(at + 1, Clock::Part(part)),
        _ if p.word(at) == "christmas" => turned(Field::Day(12, 25)),
        _ => return None,
    })
}

/// `the past two years`, `the next six months`, `the last few days`, `the first three years`.
fn counted(p: &Pieces, i: usize) -> Option<Reading> {
    let (at, n, ..) = match p.lex(p.skip(i, "the")) {
        Lex::Ordinal(1) => (p.skip(i, "the") + 1, 0, Anchor::Spoken, Turn::This),
        _ if matches!(p.word(p.skip(i, "the")), "final" | "opening") => {
            (p.skip(i, "the") + 1, 0, Anchor::Spoken, Turn::This)
        }
        _ => turn(p, i)?,
    };
    if p.skip(i, "the") == i && n == 0 {
        return None;
    }
    let (end, amount) = amount(p, at)?;
    let at = p.skip_hyphen(end);
    match p.lex(at) {
        Lex::Units(unit) => {
            // `the last two weeks of February`.
            let of = (p.word(at + 1) == "of").then(|| calendar(p, at + 2)).flatten();
            let end = of.filter(|_| !unit.within_day()).map_or(at + 1, |of| of.end);
            Some(Reading::new(end, Meaning::Duration(amount, unit)))
        }
        _ => None,
    }
}

/// `recent years`, `the coming weeks`, `the last days`, `future years`.
fn past_units(p: &Pieces, i: usize) -> Option<Reading> {
    let the = p.skip(i, "the");
    let reference = match p.word(the) {
        "recent" => Reference::Past,
        "coming" | "next" | "future" => Reference::Future,
        "past" | "last" | "previous" | "preceding" | "following" | "intervening" | "final" if the > i => {
            let Lex::Units(unit) = p.lex(the + 1) else { return None };
            return Some(Reading::new(the + 2, Meaning::Duration(None, unit)));
        }
        _ => return None,
    };
    let Lex::Units(unit) = p.lex(the + 1) else { return None };
    (!unit.within_day()).then(|| Reading::new(the + 2, Meaning::Reference(reference)))
}

/// `two years ago`, `three days later`, `a week earlier`, `24 hours ago`, `months before`.
fn distance(p: &Pieces, i: usize) -> Option<Reading> {
    let (end, n) = match (quarter_century(p, i), p.lex(i)) {
        (Some(end), _) => (end - 1, Some(0.25)),
        (None, Lex::Units(_)) => (i, None),
        _ => amount(p, i)?,
    };
    let (Lex::Unit(unit) | Lex::Units(unit)) = p.lex(end) else { return None };
    let (unit, n) = match n {
        Some(n) if unit == Unit::Century && n < 1.0 => (Unit::Year, Some(n * 100.0)),
        _ => (unit, n),
    };
    let (end, n) =
        if p.reads(end + 1, &["and", "a", "half"]) { (end + 3, n.map(|n| n + 0.5)) } else { (end, n) };
    let (words, sign, anchor) = match p.word(end + 1) {
        "ago" => (1, -1, Anchor::Published),
        "earlier" | "previously" => (1, -1, Anchor::Spoken),
        "before" if !follows_noun(p, end + 2) => (1, -1, Anchor::Spoken),
        "later" | "afterwards" | "afterward" | "thereafter" => (1, 1, Anchor::Spoken),
        "from" if p.word(end + 2) == "now" => (2, 1, Anchor::Published),
        _ => return None,
    };
    let end = end + 1 + words;
    let Some(n) = n.filter(|n| *n < 10_000.0) else {
        let reference = if sign < 0 { Reference::Past } else { Reference::Future };
        return Some(Reading::new(end, Meaning::Reference(reference)));
    };
    Some(offset(end, unit, sign * n.floor() as i32, anchor))
}

/// `the day before yesterday`, `the day after tomorrow`, `the week before last`, `the day before`, `the year previous`, `the next day`.
fn day_beside(p: &Pieces, i: usize) -> Option<Reading> {
    let Lex::Unit(unit) = p.lex(i + 1) else { return None };
    if p.word(i) != "the" {
        return None;
    }
    let (n, anchor, words) = match (p.word(i + 2), p.word(i + 3)) {
        ("before", "yesterday") => (-2, Anchor::Today, 2),
        ("after", "tomorrow") => (2, Anchor::Today, 2),
        ("before", "last") => (-2, Anchor::Published, 2),
        ("after", "next") => (2, Anchor::Published, 2),
        ("before" | "previous" | "earlier" | "prior", _) if !follows_noun(p, i + 3) => {
            (-1, Anchor::Spoken, 1)
        }
        ("after" | "following" | "later", _) if !follows_noun(p, i + 3) => (1, Anchor::Spoken, 1),
        // `the end of the year`, `later in the day`.
        _ if !matches!(unit, Unit::Second | Unit::Minute | Unit::Hour | Unit::Quarter)
            && p.skip_hyphen(i + 2) == i + 2 =>
        {
            (0, Anchor::Near, 0)
        }
        _ => return None,
    };
    Some(offset(i + 2 + words, unit, n, anchor))
}

/// `the morning`, `night`: parts of a day that is not said.
fn parts(p: &Pieces, i: usize) -> Option<Reading> {
    let the = p.skip(i, "the");
    let Lex::Part(part) = p.lex(the) else {
        let Lex::Parts(part) = p.lex(i) else { return None };
        return Some(Reading::new(i + 1, Meaning::SomeDay).at(i + 1, Clock::Part(part)));
    };
    let end = the + 1;
    let meaning = if the > i { Meaning::Offset(Unit::Day, 0, Anchor::Near) } else { Meaning::SomeDay };
    Some(Reading::new(end, meaning).at(end, Clock::Part(part)))
}
