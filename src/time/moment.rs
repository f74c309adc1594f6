use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::unit::{Part, Season, Unit};

/// A time of the calendar with its precision. Years before our era count from 0 for 1 BC down.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Moment {
    /// The years `100 * n` to `100 * n + 99`.
    Century(i16),
    /// The years `10 * n` to `10 * n + 9`.
    Decade(i16),
    Year(i16),
    /// A year of account.
    Fiscal(i16),
    /// The first or second half of a year.
    Half(i16, i8),
    Quarter(i16, i8),
    Season(i16, Season),
    Month(i16, i8),
    /// The week of a day, from Monday.
    Week(Date),
    /// The weekend of the week of a day.
    Weekend(Date),
    Day(Date),
    Part(Date, Part),
    /// A time of the day, as `T14:30` or `T14:30Z`.
    Clock(Date, String),
}

impl Moment {
    /// The TIMEX3 value.
    pub(super) fn value(&self) -> String {
        match self {
            Self::Century(n) => signed(*n, 2),
            Self::Decade(n) => signed(*n, 3),
            Self::Year(y) => signed(*y, 4),
            Self::Fiscal(y) => format!("FY{}", signed(*y, 4)),
            Self::Half(y, n) => format!("{}-H{n}", signed(*y, 4)),
            Self::Quarter(y, n) => format!("{}-Q{n}", signed(*y, 4)),
            Self::Season(y, season) => format!("{}-{}", signed(*y, 4), season.code()),
            Self::Month(y, month) => format!("{}-{month:02}", signed(*y, 4)),
            Self::Week(day) => week(*day),
            Self::Weekend(day) => format!("{}-WE", week(*day)),
            Self::Day(day) => calendar_day(*day),
            Self::Part(day, part) => format!("{}{}", calendar_day(*day), part.code()),
            Self::Clock(day, clock) => format!("{}{clock}", calendar_day(*day)),
        }
    }

    /// The year that it lies in, if it lies in one.
    pub(super) fn year(&self) -> Option<i16> {
        match self {
            Self::Century(_) | Self::Decade(_) => None,
            Self::Year(y)
            | Self::Fiscal(y)
            | Self::Half(y, _)
            | Self::Quarter(y, _)
            | Self::Season(y, _)
            | Self::Month(y, _) => Some(*y),
            Self::Week(day)
            | Self::Weekend(day)
            | Self::Day(day)
            | Self::Part(day, _)
            | Self::Clock(day, _) => Some(day.year()),
        }
    }

    /// The month that it lies or begins in, if it is at most a season long.
    pub(super) fn month(&self) -> Option<i8> {
        match self {
            Self::Month(_, month) => Some(*month),
            Self::Season(_, season) => Some(season.month()),
            Self::Week(day) | Self::Weekend(day) => Some(day.month()),
            _ => self.day().map(Date::month),
        }
    }

    /// The day that it lies in, if it is no longer than one.
    pub(super) fn day(&self) -> Option<Date> {
        match self {
            Self::Day(day) | Self::Part(day, _) | Self::Clock(day, _) => Some(*day),
            _ => None,
        }
    }

    /// Its first day.
    pub(super) fn start(&self) -> Option<Date> {
        let (year, month) = match self {
            Self::Century(n) => (n.checked_mul(100)?, 1),
            Self::Decade(n) => (n.checked_mul(10)?, 1),
            Self::Quarter(y, n) => (*y, n * 3 - 2),
            Self::Half(y, n) => (*y, n * 6 - 5),
            Self::Week(day) | Self::Weekend(day) => return monday(*day),
            _ => match self.day() {
                Some(day) => return Some(day),
                None => (self.year()?, self.month().unwrap_or(1)),
            },
        };
        Date::new(year, month, 1).ok()
    }

    /// The time of so many units later, as precise as the unit; `None` where the calendar ends, or for parts of a day.
    pub(super) fn shifted(&self, unit: Unit, n: i32) -> Option<Self> {
        if n != 0 && self.day().is_none() && self.month().is_none() && matches!(unit, Unit::Day | Unit::Week)
        {
            return None;
        }
        let start = self.start()?;
        let by = |span: Span| start.checked_add(span).ok();
        Some(match unit {
            Unit::Second | Unit::Minute | Unit::Hour => return None,
            Unit::Day => Self::Day(by(days(n)?)?),
            Unit::Week => Self::Week(by(days(n.checked_mul(7)?)?)?),
            Unit::Fortnight => Self::Week(by(days(n.checked_mul(14)?)?)?),
            Unit::Weekend => Self::Weekend(by(days(n.checked_mul(7)?)?)?),
            Unit::Month => {
                let day = start.first_of_month().checked_add(1.month().checked_mul(n.into()).ok()?).ok()?;
                Self::Month(day.year(), day.month())
            }
            Unit::Quarter => {
                let months = 3.months().checked_mul(n.into()).ok()?;
                let day = start.first_of_month().checked_add(months).ok()?;
                Self::Quarter(day.year(), (day.month() + 2) / 3)
            }
            Unit::Year => Self::Year(in_range(i32::from(start.year()).checked_add(n)?)?),
            Unit::Decade => Self::Decade(in_range(i32::from(start.year()).div_euclid(10).checked_add(n)?)?),
            Unit::Century => {
                Self::Century(in_range(i32::from(start.year()).div_euclid(100).checked_add(n)?)?)
            }
        })
    }

    /// The unit that it is precise to.
    pub(super) fn unit(&self) -> Unit {
        match self {
            Self::Century(_) => Unit::Century,
            Self::Decade(_) => Unit::Decade,
            Self::Year(_) | Self::Fiscal(_) | Self::Half(..) => Unit::Year,
            Self::Quarter(..) | Self::Season(..) => Unit::Quarter,
            Self::Month(..) => Unit::Month,
            Self::Week(_) | Self::Weekend(_) => Unit::Week,
            Self::Day(_) | Self::Part(..) | Self::Clock(..) => Unit::Day,
        }
    }
}

/// A year that the calendar holds.
pub(super) fn in_range(year: i32) -> Option<i16> {
    i16::try_from(year).ok().filter(|year| (-9998..=9998).contains(year))
}

fn days(n: i32) -> Option<Span> {
    1.day().checked_mul(n.into()).ok()
}

/// The first day of a week.
pub(super) fn monday(day: Date) -> Option<Date> {
    day.checked_sub(days(i32::from(day.weekday().to_monday_zero_offset()))?).ok()
}

/// A number of centuries, decades or years with so many digits, with `BC` for those before our era.
fn signed(n: i16, digits: usize) -> String {
    if n >= 0 && !(n == 0 && digits == 4) {
        return format!("{n:0digits$}");
    }
    // 1 BC is the year 0; the first century before our era is number -1.
    let before = if digits == 4 { 1 - n } else { -1 - n };
    format!("BC{before:0digits$}")
}

fn calendar_day(day: Date) -> String {
    format!("{}-{:02}-{:02}", signed(day.year(), 4), day.month(), day.day())
}

fn week(day: Date) -> String {
    let week = day.iso_week_date();
    format!("{}-W{:02}", signed(week.year(), 4), week.week())
}
