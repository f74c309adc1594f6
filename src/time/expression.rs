//! Whole expressions: what the other rules read, with the words around it that belong to it.

use super::amount::{duration, set};
use super::calendar::calendar;
use super::clock::clock;
use super::meaning::{Anchor, Clock, Field, Meaning, Reading, Turn};
use super::pieces::Pieces;
use super::relative::relative;
use super::unit::Unit;
use super::words::Lex;

/// The longest time expression that begins at `i`.
pub(super) fn expression(p: &Pieces, i: usize) -> Option<Reading> {
    // Of two that are as long, the later rule counts: the half of a year is more than its year.
    let rules: [fn(&Pieces, usize) -> Option<Reading>; 5] = [edge, within, part_of, sooner, core];
    rules.iter().filter_map(|rule| rule(p, i)).max_by_key(|reading| reading.end)
}

/// An expression without what is said of its edges, but with its time of the day.
fn core(p: &Pieces, i: usize) -> Option<Reading> {
    let rules: [fn(&Pieces, usize) -> Option<Reading>; 6] =
        [calendar, relative, weekday, set, duration, clocked];
    let mut best: Option<Reading> = None;
    for reading in rules.iter().filter_map(|rule| rule(p, i)) {
        if best.as_ref().is_none_or(|best| reading.end > best.end) {
            best = Some(reading);
        }
    }
    best.map(|reading| with_part(p, reading))
}

/// `Friday`, `Friday, July 21`, `Saturday the 5th`.
fn weekday(p: &Pieces, i: usize) -> Option<Reading> {
    let (day, short) = match p.lex(i) {
        Lex::Weekday(day) => (day, false),
        Lex::ShortWeekday(day) => (day, true),
        _ => return None,
    };
    let at = if short { p.skip(i + 1, ".") } else { i + 1 };
    let date = calendar(p, p.skip(at, ","))
        .filter(|date| matches!(date.meaning, Meaning::Calendar(_, Field::Day(..) | Field::DayOfMonth(_))));
    match date {
        Some(date) => Some(date),
        None if short => None,
        None => {
            // `Friday last week`, `Monday of this week`.
            let of = p.skip(at, "of");
            if let Some(Reading { end, meaning: Meaning::Offset(Unit::Week, n, Anchor::Published), .. }) =
                relative(p, of)
            {
                let turn = match n {
                    0 => Turn::This,
                    1.. => Turn::Next,
                    _ => Turn::Last,
                };
                return Some(Reading::new(end, Meaning::Weekday(day, turn)));
            }
            Some(Reading::new(at, Meaning::Weekday(day, Turn::Plain)))
        }
    }
}

/// `Friday morning`, `yesterday evening`, `May 20 at night`.
fn with_part(p: &Pieces, reading: Reading) -> Reading {
    if !reading.is_day() || reading.clock.is_some() {
        return reading;
    }
    match p.lex(reading.end) {
        Lex::Part(part) => {
            let end = reading.end + 1;
            reading.at(end, Clock::Part(part))
        }
        _ => reading,
    }
}

/// A time of the day, perhaps with its day: `11:30 a.m.`, `12:00 UTC Monday`, `3 pm on May 4`.
fn clocked(p: &Pieces, i: usize) -> Option<Reading> {
    let (end, clock) = clock(p, i)?;
    let day = |at: usize| {
        let rules: [fn(&Pieces, usize) -> Option<Reading>; 3] = [weekday, calendar, relative];
        rules.iter().filter_map(|rule| rule(p, at)).filter(|r| r.clock.is_none()).max_by_key(|r| r.end)
    };
    let is_day = |reading: &Reading| match &reading.meaning {
        Meaning::Weekday(..) | Meaning::Offset(Unit::Day, _, Anchor::Published | Anchor::Today) => true,
        Meaning::Calendar(_, field) => matches!(field, Field::Day(..)),
        _ => false,
    };
    if let Some(day) = day(p.skip(p.skip(end, "on"), ",")).filter(is_day) {
        let end = day.end;
        return Some(day.at(end, clock));
    }
    Some(Reading::new(end, Meaning::Offset(Unit::Day, 0, Anchor::Near)).at(end, clock))
}

/// Past words for a part of what follows: `early`, `mid-`, `the end of`, `the second half of`.
fn past_edge(p: &Pieces, i: usize) -> Option<usize> {
    let the = p.skip(i, "the");
    let (end, of) = match p.word(the) {
        "very" => return past_edge(p, the + 1).filter(|_| the > i),
        "early" | "late" | "better" | "last" if p.word(the + 1) == "part" => (the + 2, true),
        "early" | "late" | "mid" => (the + 1, false),
        "beginning" | "start" | "end" | "middle" | "close" | "turn" | "height" | "rest" | "remainder"
        | "eve" => (the + 1, true),
        "first" | "second" | "latter" if matches!(p.word(the + 1), "half" | "part") => (the + 2, true),
        "first" | "last" | "final" | "opening" | "closing"
            if matches!(p.lex(the + 1), Lex::Units(Unit::Day | Unit::Week | Unit::Month | Unit::Year)) =>
        {
            (the + 2, true)
        }
        _ => return None,
    };
    if of {
        return (p.word(end) == "of").then_some(end + 1);
    }
    Some(match p.word(end) {
        "in" | "on" if p.word(the) != "mid" => end + 1,
        _ => p.skip_hyphen(end),
    })
}

/// `early October`, `the end of the year`, `mid-2011`, `late on Friday`, `early in the morning of 29 April`.
fn edge(p: &Pieces, i: usize) -> Option<Reading> {
    let at = past_edge(p, i)?;
    let reading = edge(p, at).or_else(|| part_of(p, at)).or_else(|| core(p, at))?;
    let bare = matches!(reading.meaning, Meaning::SomeDay);
    (reading.is_calendar() && !bare).then_some(reading)
}

/// `the first week of March`, `the last day of 2009`, `the eleventh month of the year`.
fn within(p: &Pieces, i: usize) -> Option<Reading> {
    let the = p.skip(i, "the");
    let n = match p.lex(the) {
        Lex::Ordinal(n @ 1..=31) => n as i8,
        _ if matches!(p.word(the), "last" | "final") => -1,
        _ => return None,
    };
    let Lex::Unit(unit) = p.lex(the + 1) else { return None };
    if p.word(the + 2) != "of" || unit.within_day() || unit == Unit::Quarter {
        return None;
    }
    let of = core(p, the + 3).filter(|of| of.is_calendar() && of.clock.is_none())?;
    Some(Reading::new(of.end, Meaning::Within(unit, n, Box::new(of.meaning))))
}

/// `the morning of April 19`, `the early morning hours of 30 April`, `the night of the attack` is none.
fn part_of(p: &Pieces, i: usize) -> Option<Reading> {
    let the = p.skip(i, "the");
    let at = match p.word(the) {
        "early" | "late" => the + 1,
        _ => the,
    };
    let Lex::Part(part) = p.lex(at) else { return None };
    let of = p.skip(at + 1, "hours");
    if !matches!(p.word(of), "of" | "on") {
        return None;
    }
    let day = core(p, of + 1).filter(|day| day.clock.is_none())?;
    let end = day.end;
    day.is_day().then(|| day.at(end, Clock::Part(part)))
}

/// `later that year`, `earlier this month`, `earlier today`, `later in the day`.
fn sooner(p: &Pieces, i: usize) -> Option<Reading> {
    if !matches!(p.word(i), "later" | "earlier") {
        return None;
    }
    let at = match p.word(i + 1) {
        "in" | "on" => i + 2,
        _ => i + 1,
    };
    relative(p, at).filter(|r| matches!(r.meaning, Meaning::Offset(..) | Meaning::Turn(..)))
}
