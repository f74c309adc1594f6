//! When something is: TIMEX3 values as times of OWL-Time.

use oxigraph::model::{Literal, NamedNode};
use smol_str::SmolStr;

use super::quads::Quads;
use super::view::View;
use super::vocab::{sem, td, time, xsd};
use crate::annotation::{Time, When};
use crate::time::{Interval, Precision, XsdValue, duration, interval};

/// The values of when something is: at, since, until. Two statements with the same are about the same time.
pub(super) fn values(view: &View<'_>, when: Option<&When>) -> [Option<SmolStr>; 3] {
    let value = |id: Option<&SmolStr>| id.and_then(|id| view.time(id)).map(|time| time.value.clone());
    when.map(|when| [&when.at, &when.begin, &when.end].map(|id| value(id.as_ref()))).unwrap_or_default()
}

/// States when something is.
pub(super) fn add_when(quads: &mut Quads, view: &View<'_>, of: &NamedNode, when: &When) {
    for (property, id) in [(sem::HAS_TIME, &when.at), (td::SINCE, &when.begin), (td::UNTIL, &when.end)] {
        if let Some(time) = id.as_ref().and_then(|id| view.time(id)) {
            let time = add_time(quads, view, time);
            quads.add(of, property, time);
        }
    }
}

/// The literal that a time is the value of, if its precision has a datatype: a day, month or year.
pub(super) fn literal(time: &Time) -> Option<Literal> {
    let XsdValue { value, datatype } = interval(&time.value, None)?.literal?;
    let datatype = NamedNode::new_unchecked(format!("{}{datatype}", xsd::NAMESPACE));
    Some(Literal::new_typed_literal(value, datatype))
}

/// A time. One of the calendar has the same name everywhere; any other is the article's own.
fn add_time(quads: &mut Quads, view: &View<'_>, stated: &Time) -> NamedNode {
    let interval = interval(&stated.value, view.annotation.article.published.as_deref());
    let is_own = interval.as_ref().is_none_or(|interval| interval.precision == Precision::Reference);
    let iri = if is_own { view.at('t', stated.span) } else { date_iri(view, &stated.value) };
    let Some(Interval { begin, end, precision, .. }) = interval else {
        quads.add_type(&iri, time::TEMPORAL_ENTITY);
        quads.add_text(&iri, td::TIMEX, Some(&stated.value));
        if let Some(duration) = duration(&stated.value) {
            quads.add(&iri, time::HAS_XSD_DURATION, Literal::new_typed_literal(duration, xsd::DURATION));
        }
        return iri;
    };
    if let (Precision::Day | Precision::Instant, Some(day)) = (precision, &begin) {
        return add_day(quads, view, day);
    }
    quads.add_type(&iri, time::PROPER_INTERVAL);
    quads.add_text(&iri, td::TIMEX, Some(&stated.value));
    for (property, day) in [(time::HAS_BEGINNING, begin), (time::HAS_END, end)] {
        if let Some(day) = day {
            let day = add_day(quads, view, &day);
            quads.add(&iri, property, day);
        }
    }
    iri
}

/// A day; of a time of the day, the day that it is on.
fn add_day(quads: &mut Quads, view: &View<'_>, at: &XsdValue) -> NamedNode {
    let day = at.value.split_once('T').map_or(at.value.as_str(), |(day, _)| day);
    let iri = date_iri(view, day);
    quads.add_type(&iri, time::INSTANT);
    quads.add(&iri, time::IN_XSD_DATE, Literal::new_typed_literal(day, xsd::DATE));
    iri
}

fn date_iri(view: &View<'_>, value: &str) -> NamedNode {
    view.context.base.mint(&format!("date/{value}"))
}
