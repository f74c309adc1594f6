//! Finds time expressions and what they mean: `last week`, `the 1990s`, `two years`, `every day`.
//!
//! Takes a parsed article and gives its [times](crate::annotation::Time), each with its TIMEX3 type and value
//! ([TimeML 1.2.1](https://timeml.github.io/site/publications/timeMLdocs/timeml_1.2.1.html)): dates and times of the
//! calendar, of which partial and relative ones are resolved against the day of publication or the time last spoken
//! of; durations; sets. The expressions are found by a grammar over the text itself; the parse tells ambiguous words apart and
//! gives the tense of the clause. It does not tell what happens when; statements do.

mod amount;
mod calendar;
mod clock;
mod expression;
mod interval;
mod judge;
mod meaning;
mod moment;
mod named_day;
mod pieces;
mod relative;
mod resolve;
mod unit;
mod words;

pub(crate) use words::{cardinal, scale};

pub use interval::{Interval, Precision, XsdValue, duration, interval};

use crate::annotation::Annotation;
use crate::nlp::Doc;
use crate::source::day_of;

use calendar::{joined_day, joined_year};
use expression::expression;
use meaning::{Anchor, Clock, Meaning, Reading, Year};
use pieces::Pieces;
use resolve::Resolver;
use unit::Unit;
use words::Lex;

/// Adds the time expressions of an article to its annotation, in the order of the text.
pub fn add(annotation: &mut Annotation, doc: &Doc) {
    let pieces = Pieces::new(doc.text());
    let found = find(&pieces, doc);
    let article = &annotation.article;
    let written = article.published.as_deref().or_else(|| article.dateline.as_ref()?.date.as_deref());
    let mut resolver = Resolver::new(written.and_then(day_of), found.iter().map(|found| &found.reading));
    for Found { start, reading } in &found {
        let span = pieces.span(*start, reading.end);
        let sentence = judge::sentence(doc, span);
        resolver.recall(&pieces, reading, doc.span_of(doc.sentences()[sentence]));
        let (kind, value) = resolver.resolve(reading, judge::tense(doc, span), sentence);
        annotation.add_time(span, kind, value.into());
    }
}

/// An expression of a text, in pieces from its start to the end of its reading.
struct Found {
    start: usize,
    reading: Reading,
}

/// The expressions of a text, in order and without overlap.
fn find(pieces: &Pieces, doc: &Doc) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut i = 0;
    while i < pieces.len() {
        let joined = || {
            let before = found.last().filter(|found| found.reading.end + 1 == i)?;
            joined_day(pieces, i, &before.reading)
        };
        let reading = match pieces.lex(i) {
            Lex::Other | Lex::Break => None,
            _ => expression(pieces, i).filter(|reading| judge::holds(pieces, doc, i, reading)),
        };
        let Some(reading) = joined().or(reading) else {
            i += 1;
            continue;
        };
        let end = reading.end;
        found.push(Found { start: i, reading });
        i = end;
    }
    share_years(pieces, &mut found);
    share_days(pieces, doc, &mut found);
    found
}

/// Gives a time of the day the day that follows it: `at 3:30 a.m. local time on Sunday`.
fn share_days(pieces: &Pieces, doc: &Doc, found: &mut [Found]) {
    let sentence = |found: &Found| judge::sentence(doc, pieces.span(found.start, found.reading.end));
    let bare = |reading: &Reading| matches!(reading.meaning, Meaning::Offset(Unit::Day, 0, Anchor::Near));
    for i in (1..found.len()).rev() {
        let (time, day) = (&found[i - 1], &found[i]);
        if !bare(&time.reading) || !matches!(time.reading.clock, Some(Clock::At(_))) {
            continue;
        }
        let told = i > 1 && found[i - 2].reading.is_day() && sentence(&found[i - 2]) == sentence(time);
        let near = day.start - time.reading.end < 7 && sentence(day) == sentence(time);
        if near && !told && day.reading.is_day() && !bare(&day.reading) {
            found[i - 1].reading.meaning = day.reading.meaning.clone();
        }
    }
}

/// Gives the first of two that are joined the year of the second: `between March and April 1918`.
fn share_years(pieces: &Pieces, found: &mut [Found]) {
    for i in (1..found.len()).rev() {
        let (earlier, later) = found.split_at_mut(i);
        let (first, second) = (&mut earlier[i - 1], &later[0]);
        let gap = pieces.skip(first.reading.end + 1, "the");
        let joined = pieces.dash(first.reading.end)
            || matches!(
                pieces.word(first.reading.end),
                "and" | "to" | "or" | "until" | "till" | "through" | ","
            );
        if joined
            && (gap == second.start || first.reading.end + 1 == second.start)
            && let Meaning::Calendar(Year::Open, field) = first.reading.meaning
            && let Meaning::Calendar(year, of) = second.reading.meaning
        {
            first.reading.meaning = joined_year(field, year, of);
        }
    }
}
