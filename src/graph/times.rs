//! When something is: TIMEX3 values as times of OWL-Time.

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday, date};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef};
use smol_str::SmolStr;

use super::quads::Quads;
use super::view::View;
use super::vocab::{sem, td, time, xsd};
use crate::annotation::{Time, When};

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

/// A time. A day, month, year and the like has the same name everywhere; any other is the article's own.
fn add_time(quads: &mut Quads, view: &View<'_>, stated: &Time) -> NamedNode {
    let Some((first, last)) = days(&stated.value) else {
        let iri = view.at('t', stated.span);
        quads.add_type(&iri, time::TEMPORAL_ENTITY);
        quads.add_text(&iri, td::TIMEX, Some(&stated.value));
        return iri;
    };
    if first == last {
        return add_day(quads, view, first);
    }
    let iri = view.context.base.mint(&format!("date/{}", stated.value));
    quads.add_type(&iri, time::PROPER_INTERVAL);
    quads.add_text(&iri, td::TIMEX, Some(&stated.value));
    for (property, day) in [(time::HAS_BEGINNING, first), (time::HAS_END, last)] {
        let day = add_day(quads, view, day);
        quads.add(&iri, property as NamedNodeRef<'_>, day);
    }
    iri
}

fn add_day(quads: &mut Quads, view: &View<'_>, day: Date) -> NamedNode {
    let iri = view.context.base.mint(&format!("date/{day}"));
    quads.add_type(&iri, time::INSTANT);
    quads.add(&iri, time::IN_XSD_DATE, Literal::new_typed_literal(day.to_string(), xsd::DATE));
    iri
}

/// The first and the last day of a time of the calendar, by its TIMEX3 value: a day (a time of the day is within it), a
/// week, month, quarter, season of the northern hemisphere, half-year, year, decade or century.
fn days(value: &str) -> Option<(Date, Date)> {
    let value = value.split_once('T').map_or(value, |(day, _)| day);
    let number = |text: &str| {
        let is_number = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| text.parse::<i16>().ok()).flatten()
    };
    let from =
        |first: Date, months: i64| Some((first, first.checked_add(months.months()).ok()?.yesterday().ok()?));
    let Some((year, rest)) = value.split_once('-') else {
        let number = number(value)?;
        let years = match value.len() {
            4 => 1,
            3 => 10,
            2 => 100,
            _ => return None,
        };
        return from(Date::new(number.checked_mul(years)?, 1, 1).ok()?, i64::from(years) * 12);
    };
    let year = number(year).filter(|_| year.len() == 4)?;
    let month = |month: i8, length| from(Date::new(year, month, 1).ok()?, length);
    match rest {
        "WI" => from(date(year, 12, 1), 3),
        "SP" => month(3, 3),
        "SU" => month(6, 3),
        "FA" => month(9, 3),
        "H1" => month(1, 6),
        "H2" => month(7, 6),
        "Q1" => month(1, 3),
        "Q2" => month(4, 3),
        "Q3" => month(7, 3),
        "Q4" => month(10, 3),
        _ if rest.starts_with('W') => {
            let (week, weekend) = rest.strip_suffix("-WE").map_or((rest, false), |week| (week, true));
            let week = i8::try_from(number(week.strip_prefix('W')?)?).ok()?;
            let monday = ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date();
            let first = if weekend { monday.checked_add(5.days()).ok()? } else { monday };
            Some((first, monday.checked_add(6.days()).ok()?))
        }
        _ => match rest.split_once('-') {
            Some((month, day)) => {
                let day: Date = format!("{year:04}-{month}-{day}").parse().ok()?;
                Some((day, day))
            }
            None => month(i8::try_from(number(rest)?).ok()?, 1),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_stretches_of_days() {
        for (value, expected) in [
            ("2024-02-29", "2024-02-29 2024-02-29"),
            ("2024-02-29TEV", "2024-02-29 2024-02-29"),
            ("2024-02", "2024-02-01 2024-02-29"),
            ("2019", "2019-01-01 2019-12-31"),
            ("199", "1990-01-01 1999-12-31"),
            ("19", "1900-01-01 1999-12-31"),
            ("2025-W21", "2025-05-19 2025-05-25"),
            ("2025-W21-WE", "2025-05-24 2025-05-25"),
            ("2025-Q2", "2025-04-01 2025-06-30"),
            ("2025-WI", "2025-12-01 2026-02-28"),
            ("2025-H2", "2025-07-01 2025-12-31"),
        ] {
            let (first, last) = days(value).unwrap();
            assert_eq!(format!("{first} {last}"), expected, "{value}");
        }
        for value in ["PAST_REF", "P2Y", "", "2025-13", "2025-02-30", "XXXX-05", "2025-W60", "+2025", "20-é"]
        {
            assert_eq!(days(value), None, "{value}");
        }
    }
}
