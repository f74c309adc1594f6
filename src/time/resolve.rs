//! What an expression means in its place: the calendar, the day of publication, and the times spoken of before.

use std::collections::HashMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::meaning::{Anchor, Clock, Feast, Field, Meaning, Reading, Reference, Turn, Year};
use super::moment::{Moment, in_range, monday};
use super::named_day;
use super::pieces::Pieces;
use super::unit::Unit;
use crate::annotation::TimeKind;
use crate::text::Span;

/// Which way the clause of an expression looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    /// The present, which tells of what is planned too: `opens on Friday`.
    Present,
    Future,
    Unknown,
}

/// Resolves the expressions of an article one after another.
pub(super) struct Resolver {
    published: Option<Date>,
    /// Whether the article tells of the past in order, so that its dates lead from one to the next.
    narrative: bool,
    spoken: Option<Moment>,
    day: Option<Date>,
    /// The sentence of the time last spoken of.
    sentence: usize,
    /// The years of the days of the year that were spoken of with one.
    years: HashMap<(i8, i8), i16>,
}

impl Resolver {
    /// For an article with these expressions.
    pub(super) fn new<'a>(published: Option<Date>, readings: impl Iterator<Item = &'a Reading>) -> Self {
        let narrative = published.is_none_or(|day| is_narrative(day, readings));
        Self { published, narrative, spoken: None, day: None, sentence: usize::MAX, years: HashMap::new() }
    }

    /// Remembers the year of a day that has one, or that is the name of what happened on it.
    pub(super) fn recall(&mut self, pieces: &Pieces, reading: &Reading, sentence: Span) {
        let Meaning::Calendar(year, Field::Day(month, day)) = reading.meaning else { return };
        let year = match year {
            Year::Known(year) => Some(year),
            _ => named_day::year(pieces, reading.end, pieces.lower(sentence), (month, day)),
        };
        if let Some(year) = year {
            self.years.insert((month, day), year);
        }
    }

    /// The TIMEX3 type and value of an expression in a sentence.
    pub(super) fn resolve(&mut self, reading: &Reading, tense: Tense, sentence: usize) -> (TimeKind, String) {
        match &reading.meaning {
            Meaning::Duration(amount, unit) => return (TimeKind::Duration, unit.duration(*amount)),
            Meaning::Set(value) => return (TimeKind::Set, value.clone()),
            Meaning::Reference(reference) => return (TimeKind::Date, reference.value().to_owned()),
            Meaning::Offset(Unit::Day, 0, Anchor::Today) if self.narrative && reading.clock.is_none() => {
                return (TimeKind::Date, Reference::Present.value().to_owned());
            }
            _ => {}
        }
        let Some(moment) = self.moment(&reading.meaning, tense, sentence) else {
            return unknown(reading);
        };
        let moment = match (moment, &reading.clock) {
            (Moment::Day(day), Some(Clock::Part(part))) => Moment::Part(day, *part),
            (Moment::Day(day), Some(Clock::At(clock))) => Moment::Clock(day, clock.clone()),
            (moment, _) => moment,
        };
        let kind = match moment {
            Moment::Part(..) | Moment::Clock(..) => TimeKind::Time,
            _ => TimeKind::Date,
        };
        let value = moment.value();
        self.speak(moment, sentence);
        (kind, value)
    }

    fn speak(&mut self, moment: Moment, sentence: usize) {
        let Some(year) = moment.year() else { return };
        self.day = moment.day().or(self.day);
        self.sentence = sentence;
        // `In 1941` after a month of that year does not take the month back, and a year before it leads nowhere.
        let behind = self.spoken.as_ref().and_then(Moment::year).is_some_and(|spoken| year <= spoken);
        if !(behind && matches!(moment, Moment::Year(_))) {
            self.spoken = Some(moment);
        }
    }

    fn moment(&self, meaning: &Meaning, tense: Tense, sentence: usize) -> Option<Moment> {
        match meaning {
            Meaning::Calendar(Year::Known(year), field) => field.in_year(*year),
            Meaning::Calendar(Year::Shifted(n, anchor), field) => {
                let base = self.base(*anchor, sentence)?.year()?;
                field.in_year(in_range(i32::from(base) + i32::from(*n))?)
            }
            Meaning::Calendar(Year::Open, Field::DayOfMonth(day)) => self.day_of_month(*day),
            Meaning::Calendar(Year::Open, field) => self.in_open_year(*field, tense, sentence),
            Meaning::Decade(n) => Some(Moment::Decade(*n)),
            Meaning::ShortDecade(n) => {
                let latest = self.reference_year()?;
                let century = latest.div_euclid(100) * 10;
                let decade = century + n;
                Some(Moment::Decade(if decade * 10 > latest { decade - 10 } else { decade }))
            }
            Meaning::Century(n) => Some(Moment::Century(*n)),
            Meaning::ShortYear(n) => {
                let near = self.reference_year()?;
                let century = near.div_euclid(100) * 100;
                let candidates = [century - 100 + n, century + n, century + 100 + n];
                candidates.into_iter().min_by_key(|year| (year - near).abs()).map(Moment::Year)
            }
            Meaning::Weekday(day, turn) => self.weekday(*day, *turn, tense).map(Moment::Day),
            Meaning::Turn(field, turn) => self.turn(*field, *turn, tense, sentence),
            Meaning::Offset(unit, n, anchor) => self.offset(*unit, *n, *anchor, sentence),
            Meaning::Within(unit, n, of) => within(&self.moment(of, tense, sentence)?, *unit, *n),
            Meaning::Duration(..) | Meaning::Set(_) | Meaning::Reference(_) | Meaning::SomeDay => None,
        }
    }

    fn reference_year(&self) -> Option<i16> {
        let spoken = self.spoken.as_ref().and_then(Moment::year);
        let published = self.published.map(Date::year);
        if self.narrative { spoken.or(published) } else { published.or(spoken) }
    }

    fn base(&self, anchor: Anchor, sentence: usize) -> Option<Moment> {
        let published = self.published.map(Moment::Day);
        let near = self.narrative || self.sentence == sentence;
        match anchor {
            Anchor::Today => published.filter(|_| !self.narrative),
            Anchor::Published if self.narrative => self.spoken.clone().or(published),
            Anchor::Published => published,
            Anchor::Near if !near => published,
            Anchor::Near if !self.narrative && self.spoken.as_ref().and_then(Moment::day).is_none() => {
                published
            }
            Anchor::Spoken | Anchor::Near if self.narrative => self.spoken.clone(),
            Anchor::Spoken | Anchor::Near => self.spoken.clone().or(published),
        }
    }

    fn offset(&self, unit: Unit, n: i32, anchor: Anchor, sentence: usize) -> Option<Moment> {
        let base = self.base(anchor, sentence)?;
        match unit {
            Unit::Hour => Moment::Day(base.day()?).shifted(Unit::Day, (n + n.signum() * 12) / 24),
            Unit::Minute | Unit::Second => Some(Moment::Day(base.day()?)),
            Unit::Day => {
                let same = |day: &Date| base.year().is_none_or(|year| year == day.year());
                let day = base.day().or_else(|| self.day.filter(same))?;
                Moment::Day(day).shifted(Unit::Day, n)
            }
            _ => base.shifted(unit, n),
        }
    }

    /// `the 20th`, in the month last spoken of.
    fn day_of_month(&self, day: i8) -> Option<Moment> {
        let base = self.spoken.clone().or(self.published.map(Moment::Day))?;
        Date::new(base.year()?, base.month()?, day).ok().map(Moment::Day)
    }

    /// The year of a date that does not say it.
    fn in_open_year(&self, field: Field, tense: Tense, sentence: usize) -> Option<Moment> {
        if self.narrative {
            return self.next_told(field);
        }
        let published = self.published?;
        // In the sentence of a date long ago, the others are of its time.
        if let Some(year) = self.spoken.as_ref().and_then(Moment::year)
            && self.sentence == sentence
            && (year - published.year()).abs() > 1
        {
            return field.in_year(year);
        }
        let near = nearest(field, published, tense)?;
        if let Field::Day(month, day) = field
            && let Some(&year) = self.years.get(&(month, day))
            && let Some(date) = near.day()
            && (date.duration_since(published).as_hours() / 24).abs() > 21
        {
            return field.in_year(year);
        }
        Some(near)
    }

    /// In a tale, a date is of the year last spoken of, or of the next one after the turn of the year.
    fn next_told(&self, field: Field) -> Option<Moment> {
        let Some(spoken) = &self.spoken else { return nearest(field, self.published?, Tense::Past) };
        let year = spoken.year()?;
        let here = field.in_year(year)?;
        match (here.month(), spoken.month()) {
            (Some(month), Some(before)) if before - month > 8 => field.in_year(year + 1),
            _ => Some(here),
        }
    }

    fn weekday(&self, day: i8, turn: Turn, tense: Tense) -> Option<Date> {
        let to_told = matches!(turn, Turn::Before | Turn::After);
        let base = if self.narrative || to_told { self.day.or(self.published)? } else { self.published? };
        let ahead = i32::from(day - base.weekday().to_monday_one_offset()).rem_euclid(7);
        let days = match turn {
            Turn::Plain if self.narrative => ahead,
            Turn::Plain if matches!(tense, Tense::Future | Tense::Present) => ahead,
            Turn::Plain if ahead == 0 => 0,
            Turn::This => return monday(base)?.checked_add(i32::from(day - 1).days()).ok(),
            Turn::Plain | Turn::Last | Turn::Before => ahead - 7,
            Turn::Next | Turn::After if ahead == 0 => 7,
            Turn::Next | Turn::After => ahead,
        };
        base.checked_add(days.days()).ok()
    }

    fn turn(&self, field: Field, turn: Turn, tense: Tense, sentence: usize) -> Option<Moment> {
        let base = match turn {
            Turn::Before | Turn::After => self.base(Anchor::Spoken, sentence)?,
            _ if self.narrative => self.base(Anchor::Spoken, sentence)?,
            _ => Moment::Day(self.published?),
        };
        let year = base.year()?;
        let month = base.month().unwrap_or(1);
        let at = field.in_year(year)?.month()?;
        let year = match turn {
            Turn::Plain => return self.in_open_year(field, tense, sentence),
            Turn::This => year,
            Turn::Last | Turn::Before => year - i16::from(at >= month),
            Turn::Next | Turn::After => year + i16::from(at <= month),
        };
        field.in_year(year)
    }
}

/// The value of what nothing resolves: its unknown digits are `X`.
fn unknown(reading: &Reading) -> (TimeKind, String) {
    let day = match &reading.meaning {
        Meaning::Calendar(_, field) | Meaning::Turn(field, _) => match field {
            Field::Month(month) => format!("XXXX-{month:02}"),
            Field::Day(month, day) => format!("XXXX-{month:02}-{day:02}"),
            Field::DayOfMonth(day) => format!("XXXX-XX-{day:02}"),
            Field::Season(season) => format!("XXXX-{}", season.code()),
            Field::Quarter(n) => format!("XXXX-Q{n}"),
            Field::Half(n) => format!("XXXX-H{n}"),
            Field::All | Field::Fiscal => "XXXX".to_owned(),
            Field::Feast(_) => "XXXX-XX-XX".to_owned(),
        },
        Meaning::Weekday(day, _) => format!("XXXX-WXX-{day}"),
        Meaning::Offset(unit, ..) | Meaning::Within(unit, ..) => match unit {
            Unit::Week | Unit::Fortnight => "XXXX-WXX".to_owned(),
            Unit::Weekend => "XXXX-WXX-WE".to_owned(),
            Unit::Month => "XXXX-XX".to_owned(),
            Unit::Quarter => "XXXX-QX".to_owned(),
            Unit::Year => "XXXX".to_owned(),
            Unit::Decade => "XXX".to_owned(),
            Unit::Century => "XX".to_owned(),
            _ => "XXXX-XX-XX".to_owned(),
        },
        Meaning::Decade(_) | Meaning::ShortDecade(_) => "XXX".to_owned(),
        _ => "XXXX-XX-XX".to_owned(),
    };
    match &reading.clock {
        Some(Clock::Part(part)) => (TimeKind::Time, format!("{day}{}", part.code())),
        Some(Clock::At(clock)) => (TimeKind::Time, format!("{day}{clock}")),
        None => (TimeKind::Date, day),
    }
}

impl Reference {
    fn value(self) -> &'static str {
        match self {
            Self::Past => "PAST_REF",
            Self::Present => "PRESENT_REF",
            Self::Future => "FUTURE_REF",
        }
    }
}

impl Field {
    fn in_year(self, year: i16) -> Option<Moment> {
        Some(match self {
            Self::All => Moment::Year(year),
            Self::Fiscal => Moment::Fiscal(year),
            Self::Half(n) => Moment::Half(year, n),
            Self::Quarter(n) => Moment::Quarter(year, n),
            Self::Season(season) => Moment::Season(year, season),
            Self::Month(month) => Moment::Month(year, month),
            Self::Day(month, day) => Moment::Day(Date::new(year, month, day).ok()?),
            Self::DayOfMonth(_) => return None,
            Self::Feast(feast) => Moment::Day(feast.in_year(year)?),
        })
    }
}

impl Feast {
    fn in_year(self, year: i16) -> Option<Date> {
        match self {
            Self::Easter(days) => easter(year)?.checked_add(days.days()).ok(),
            Self::Weekday(n, weekday, month) => {
                let weekday = jiff::civil::Weekday::from_monday_one_offset(weekday).ok()?;
                Date::new(year, month, 1).ok()?.nth_weekday_of_month(n, weekday).ok()
            }
        }
    }
}

/// Easter Sunday of the western churches: the first after the full moon that the church reckons (the algorithm of Meeus,
/// Jones and Butcher, the century's terms taken together).
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (golden, century) = (year % 19, year / 100);
    let moon = (19 * golden + century - century / 4 - (8 * century + 13) / 25 + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (year % 100 / 4) - moon - year % 4) % 7;
    let late = (golden + 11 * moon + 19 * weekday) / 433;
    let days = moon + weekday - 7 * late;
    let spring = Date::new(i16::try_from(year).ok().filter(|year| *year > 0)?, 3, 22).ok()?;
    spring.checked_add(days.days()).ok()
}

/// The time of the year nearest to the day of publication that suits the tense.
fn nearest(field: Field, published: Date, tense: Tense) -> Option<Moment> {
    let here = published.year();
    let candidates: Vec<Moment> = (here - 1..=here + 1).filter_map(|year| field.in_year(year)).collect();
    let days_away = |moment: &Moment| {
        let start = moment.start().unwrap_or(published);
        let half = if moment.day().is_some() { 0 } else { 15 };
        let centre = start.checked_add(half.days()).unwrap_or(start);
        (centre.duration_since(published).as_hours() / 24).abs()
    };
    let begun = |moment: &Moment| moment.start().is_some_and(|start| start <= published);
    let over = |moment: &Moment| match moment {
        Moment::Day(day) => *day < published,
        Moment::Month(year, month) => (*year, *month) < (here, published.month()),
        Moment::Quarter(year, n) => (*year, n * 3) < (here, published.month()),
        Moment::Season(year, season) => (*year, season.month() + 2) < (here, published.month()),
        _ => moment.year() < Some(here),
    };
    let found = match tense {
        Tense::Past => candidates.iter().rev().find(|moment| begun(moment)),
        Tense::Future => candidates.iter().find(|moment| !over(moment)),
        Tense::Present | Tense::Unknown => candidates.iter().min_by_key(|moment| days_away(moment)),
    };
    found.cloned()
}

/// The n-th unit within a time; -1 is the last.
fn within(of: &Moment, unit: Unit, n: i8) -> Option<Moment> {
    if n > 0 {
        return of.start().map(Moment::Day)?.shifted(unit, i32::from(n) - 1);
    }
    let after = Moment::Day(of.shifted(of.unit(), 1)?.start()?);
    let last_day = after.shifted(Unit::Day, -1)?;
    match unit {
        // The last week is that of which most days belong to it.
        Unit::Week => last_day.shifted(Unit::Day, -3)?.shifted(Unit::Week, 0),
        _ => last_day.shifted(unit, 0),
    }
}

/// Whether an article tells of the past: its dates have years, none is of its own days, and hardly any is told from
/// the day of publication.
fn is_narrative<'a>(published: Date, readings: impl Iterator<Item = &'a Reading>) -> bool {
    let (mut dated, mut recent, mut told) = (0, 0, 0);
    for reading in readings {
        match reading.meaning {
            Meaning::Calendar(Year::Known(year), Field::Day(month, day)) => {
                let own = Date::new(year, month, day)
                    .is_ok_and(|date| (date.duration_since(published).as_hours() / 24).abs() < 8);
                if own {
                    return false;
                }
                dated += 1;
            }
            Meaning::Calendar(Year::Known(year), _) => {
                dated += 1;
                recent += i32::from(published.year() - year < 2);
            }
            Meaning::Offset(_, _, Anchor::Published | Anchor::Today)
            | Meaning::Weekday(_, Turn::Plain | Turn::Last | Turn::Next) => told += 1,
            _ => {}
        }
    }
    (dated > 2 && recent + told == 0) || (dated > 7 && dated > 12 * told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_is_on_the_sunday_that_the_church_reckons() {
        for (year, month, day) in
            [(1961, 4, 2), (2000, 4, 23), (2008, 3, 23), (2011, 4, 24), (2024, 3, 31), (2025, 4, 20)]
        {
            assert_eq!(easter(year), Date::new(year, month, day).ok(), "{year}");
        }
        assert_eq!(easter(-43), None);
    }
}
