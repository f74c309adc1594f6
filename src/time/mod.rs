//! Finds time expressions and what they mean: `last week`, `the 1990s`, `two years`, `every day`.
//!
//! Takes a parsed article and gives its [times](Time), each with its TIMEX3 type and value
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
mod pieces;
mod relative;
mod resolve;
mod unit;
mod words;

pub use interval::{Interval, Precision, XsdValue, duration, interval};

use crate::annotation::Annotation;
use crate::nlp::Doc;
use crate::source::day_of;
use crate::text::Span;

use expression::expression;
use meaning::Reading;
use pieces::Pieces;
use resolve::Resolver;
use words::Lex;

/// Adds the time expressions of an article to its annotation, in the order of the text.
pub fn add(annotation: &mut Annotation, doc: &Doc) {
    let pieces = Pieces::new(doc.text());
    let (spans, readings): (Vec<Span>, Vec<Reading>) = find(&pieces, doc).into_iter().unzip();
    let article = &annotation.article;
    let written = article.published.as_deref().or_else(|| article.dateline.as_ref()?.date.as_deref());
    let mut resolver = Resolver::new(written.and_then(day_of), &readings);
    for (span, reading) in spans.into_iter().zip(&readings) {
        let sentence = judge::sentence(doc, span);
        let (kind, value) = resolver.resolve(reading, judge::tense(doc, span), sentence);
        annotation.add_time(span, kind, value.into());
    }
}

/// The expressions of a text, in order and without overlap.
fn find(pieces: &Pieces, doc: &Doc) -> Vec<(Span, Reading)> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < pieces.len() {
        let reading = match pieces.lex(i) {
            Lex::Other | Lex::Break => None,
            _ => expression(pieces, i).filter(|reading| judge::holds(pieces, doc, i, reading)),
        };
        let Some(reading) = reading else {
            i += 1;
            continue;
        };
        let end = reading.end;
        found.push((pieces.span(i, end), reading));
        i = end;
    }
    found
}
