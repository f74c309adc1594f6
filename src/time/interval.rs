use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::Date;

use super::moment::Moment;
use super::unit::{Part, Season};

/// The stretch of time that a TIMEX3 value stands for, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    /// Its first day, or the instant of a time of the day. None if it began before anything known.
    pub begin: Option<XsdValue>,
    /// Its last day, or the same instant. None if nothing is known of its end.
    pub end: Option<XsdValue>,
    /// The value as one literal, if there is a datatype for its precision: `2019-05` is a `gYearMonth`.
    pub literal: Option<XsdValue>,
    /// How precise the text is.
    pub precision: Precision,
}

/// A lexical form with its XML Schema datatype. Years are counted as XSD 1.1 does: 0000 is 1 BC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XsdValue {
    /// The lexical form: `2019-05-20`.
    pub value: String,
    /// The local name of the datatype: `date`, `gYear`, `gYearMonth` or `dateTime`.
    pub datatype: &'static str,
}

/// How precise a time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Precision {
    /// To a minute or second.
    Instant,
    PartOfDay,
    Day,
    /// A weekend or week.
    Week,
    Month,
    Quarter,
    /// Bounds are those of the year, since seasons differ over the world.
    Season,
    HalfYear,
    Year,
    Decade,
    Century,
    /// The past, the present or the future.
    Reference,
}

/// The interval of a TIMEX3 value of type DATE or TIME; `published` is the day that `PAST_REF` and the like are told from.
///
/// None for what has no place in the calendar: unknown digits (`XXXX-05`), durations, and references where the day of
/// publication is not known.
///
/// ```
/// let quarter = tidings::time::interval("2009-Q1", None).unwrap();
/// assert_eq!(quarter.begin.unwrap().value, "2009-01-01");
/// assert_eq!(quarter.end.unwrap().value, "2009-03-31");
/// ```
pub fn interval(value: &str, published: Option<&str>) -> Option<Interval> {
    if let Some(reference) = reference(value, published) {
        return Some(reference);
    }
    let (moment, second) = moment(value)?;
    if let Moment::Clock(day, clock) = &moment {
        return Some(instant(*day, clock, second));
    }
    let (first, last, precision) = bounds(&moment)?;
    let literal = match moment {
        Moment::Year(year) => Some(XsdValue { value: xsd_year(year), datatype: "gYear" }),
        Moment::Month(year, month) => {
            Some(XsdValue { value: format!("{}-{month:02}", xsd_year(year)), datatype: "gYearMonth" })
        }
        Moment::Day(day) => Some(xsd_day(day)),
        _ => None,
    };
    Some(Interval { begin: Some(xsd_day(first)), end: Some(xsd_day(last)), literal, precision })
}

/// A TIMEX3 duration as the lexical form of an `xsd:duration`: `P2W` is `P14D`. None if its number is not known.
pub fn duration(value: &str) -> Option<String> {
    let (rest, time) = match value.strip_prefix("PT") {
        Some(rest) => (rest, "T"),
        None => (value.strip_prefix('P')?, ""),
    };
    let at = rest.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = rest.split_at(at);
    let n: f64 = number.parse().ok().filter(|n: &f64| *n >= 0.0 && *n < 1e6)?;
    let (whole, factor) = match (unit, time) {
        ("W", "") => ("D", 7.0),
        ("Q", "") => ("M", 3.0),
        ("WE", "") => ("D", 2.0),
        ("Y" | "M" | "D", "") | ("H" | "M" | "S", "T") => (unit, 1.0),
        _ => return None,
    };
    let n = n * factor;
    let (parts, smaller) = match (whole, time) {
        ("Y", _) => (12.0, "M"),
        ("M", "") => (30.0, "D"),
        ("D", _) => (24.0, "H"),
        ("H", _) => (60.0, "M"),
        _ => (60.0, "S"),
    };
    let rest = (n.fract() * parts).round();
    Some(match (rest > 0.0, whole) {
        (false, _) => format!("P{time}{}{whole}", n.trunc()),
        (true, "D") => format!("P{}DT{rest}H", n.trunc()),
        (true, "S") => format!("PT{n}S"),
        (true, _) => format!("P{time}{}{whole}{rest}{smaller}", n.trunc()),
    })
}

fn reference(value: &str, published: Option<&str>) -> Option<Interval> {
    let day = || published.and_then(crate::source::day_of).map(xsd_day);
    let (begin, end) = match value {
        "PAST_REF" => (None, day()),
        "PRESENT_REF" => (day(), day()),
        "FUTURE_REF" => (day(), None),
        _ => return None,
    };
    let known = begin.is_some() || end.is_some();
    known.then_some(Interval { begin, end, literal: None, precision: Precision::Reference })
}

fn instant(day: Date, clock: &str, second: &str) -> Interval {
    let day = xsd_day(day).value;
    let time = clock.strip_prefix('T').unwrap_or(clock);
    let (time, zone) = time.strip_suffix('Z').map_or((time, ""), |time| (time, "Z"));
    let value = format!("{day}T{time}{second}{zone}");
    let value = XsdValue { value, datatype: "dateTime" };
    let (begin, end) = (Some(value.clone()), Some(value.clone()));
    Interval { begin, end, literal: Some(value), precision: Precision::Instant }
}

/// The first and the last day of a moment, and its precision.
fn bounds(moment: &Moment) -> Option<(Date, Date, Precision)> {
    let precision = match moment {
        Moment::Century(_) => Precision::Century,
        Moment::Decade(_) => Precision::Decade,
        Moment::Year(_) | Moment::Fiscal(_) => Precision::Year,
        Moment::Half(..) => Precision::HalfYear,
        Moment::Quarter(..) => Precision::Quarter,
        Moment::Season(year, _) => {
            let (first, last) = (Date::new(*year, 1, 1).ok()?, Date::new(*year, 12, 31).ok()?);
            return Some((first, last, Precision::Season));
        }
        Moment::Month(..) => Precision::Month,
        Moment::Week(_) | Moment::Weekend(_) => Precision::Week,
        Moment::Day(_) => Precision::Day,
        Moment::Part(..) => Precision::PartOfDay,
        Moment::Clock(..) => Precision::Instant,
    };
    let first = moment.start()?;
    let span = match moment {
        Moment::Century(_) => 100.years(),
        Moment::Decade(_) => 10.years(),
        Moment::Half(..) => 6.months(),
        Moment::Quarter(..) => 3.months(),
        Moment::Month(..) => 1.month(),
        Moment::Week(_) | Moment::Weekend(_) => 7.days(),
        Moment::Day(_) | Moment::Part(..) | Moment::Clock(..) => 1.day(),
        _ => 1.year(),
    };
    let first = if matches!(moment, Moment::Weekend(_)) { first.checked_add(5.days()).ok()? } else { first };
    let span = if matches!(moment, Moment::Weekend(_)) { 2.days() } else { span };
    let last = first.checked_add(span).ok()?.yesterday().ok()?;
    Some((first, last, precision))
}

/// Reads a TIMEX3 value of the calendar. The second part completes the time of the day to seconds.
fn moment(value: &str) -> Option<(Moment, &'static str)> {
    if let Some(year) = value.strip_prefix("FY") {
        return Some((Moment::Fiscal(year_of(year)?), ""));
    }
    let (before, digits) = value.strip_prefix("BC").map_or((false, value), |rest| (true, rest));
    let mut parts = digits.splitn(3, '-');
    let first = parts.next()?;
    let n = number::<i16>(first)?;
    let year = match (first.len(), before) {
        (4, false) => n,
        (4, true) => 1 - n,
        (3, _) if value.len() == first.len() + usize::from(before) * 2 => {
            return Some((Moment::Decade(if before { -1 - n } else { n }), ""));
        }
        (2, _) if value.len() == first.len() + usize::from(before) * 2 => {
            return Some((Moment::Century(if before { -1 - n } else { n }), ""));
        }
        _ => return None,
    };
    let Some(second) = parts.next() else { return Some((Moment::Year(year), "")) };
    let third = parts.next();
    if let Some(n) = second.strip_prefix('W').filter(|rest| rest.len() == 2) {
        return week(year, number(n)?, third);
    }
    match (second.split_at_checked(1)?, third) {
        (("Q", n), None) => Some((Moment::Quarter(year, number(n).filter(|n| (1..=4).contains(n))?), "")),
        (("H", n), None) => Some((Moment::Half(year, number(n).filter(|n| (1..=2).contains(n))?), "")),
        _ => {
            if let Some(season) = season(second) {
                return third.is_none().then_some((Moment::Season(year, season), ""));
            }
            let month: i8 = number(second).filter(|_| second.len() == 2)?;
            match third {
                None => {
                    Date::new(year, month, 1).ok()?;
                    Some((Moment::Month(year, month), ""))
                }
                Some(rest) => day(year, month, rest),
            }
        }
    }
}

fn week(year: i16, week: i8, rest: Option<&str>) -> Option<(Moment, &'static str)> {
    let monday = jiff::civil::ISOWeekDate::new(year, week, jiff::civil::Weekday::Monday).ok()?.date();
    match rest {
        None => Some((Moment::Week(monday), "")),
        Some("WE") => Some((Moment::Weekend(monday), "")),
        Some(_) => None,
    }
}

fn day(year: i16, month: i8, rest: &str) -> Option<(Moment, &'static str)> {
    let (day, clock) = rest.split_at_checked(2)?;
    let day = Date::new(year, month, number(day)?).ok()?;
    if clock.is_empty() {
        return Some((Moment::Day(day), ""));
    }
    let part = [Part::Morning, Part::Afternoon, Part::Evening, Part::Night, Part::Day]
        .into_iter()
        .find(|part| part.code() == clock);
    if let Some(part) = part {
        return Some((Moment::Part(day, part), ""));
    }
    let time = clock.strip_prefix('T')?;
    let time = time.strip_suffix('Z').unwrap_or(time);
    let valid = time == "24:00" || jiff::civil::Time::from_str(time).is_ok();
    let second = match time.len() {
        5 => ":00",
        8 => "",
        _ => return None,
    };
    valid.then(|| (Moment::Clock(day, clock.to_owned()), second))
}

fn season(code: &str) -> Option<Season> {
    [Season::Spring, Season::Summer, Season::Autumn, Season::Winter]
        .into_iter()
        .find(|season| season.code() == code)
}

fn year_of(digits: &str) -> Option<i16> {
    number(digits).filter(|_| digits.len() == 4)
}

/// A number in ASCII digits, without a sign.
fn number<T: FromStr>(digits: &str) -> Option<T> {
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

fn xsd_day(day: Date) -> XsdValue {
    let value = format!("{}-{:02}-{:02}", xsd_year(day.year()), day.month(), day.day());
    XsdValue { value, datatype: "date" }
}

fn xsd_year(year: i16) -> String {
    if year < 0 { format!("-{:04}", -year) } else { format!("{year:04}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(value: &str) -> Option<String> {
        let found = interval(value, Some("2025-05-20"))?;
        let text =
            |value: Option<XsdValue>| value.map_or("?".to_owned(), |v| format!("{}^{}", v.value, v.datatype));
        let Interval { begin, end, literal, precision } = found;
        Some(format!("{} {} {} {precision:?}", text(begin), text(end), text(literal)))
    }

    #[test]
    fn values_have_their_bounds_and_precision() {
        for (value, expected) in [
            ("2019", "2019-01-01^date 2019-12-31^date 2019^gYear Year"),
            ("2019-02", "2019-02-01^date 2019-02-28^date 2019-02^gYearMonth Month"),
            ("2023-10-07", "2023-10-07^date 2023-10-07^date 2023-10-07^date Day"),
            ("2023-10-07TMO", "2023-10-07^date 2023-10-07^date ? PartOfDay"),
            (
                "2023-10-07T06:30Z",
                "2023-10-07T06:30:00Z^dateTime 2023-10-07T06:30:00Z^dateTime 2023-10-07T06:30:00Z^dateTime Instant",
            ),
            ("2009-Q4", "2009-10-01^date 2009-12-31^date ? Quarter"),
            ("2009-H2", "2009-07-01^date 2009-12-31^date ? HalfYear"),
            ("2009-WI", "2009-01-01^date 2009-12-31^date ? Season"),
            ("2009-W53", "2009-12-28^date 2010-01-03^date ? Week"),
            ("2016-W36-WE", "2016-09-10^date 2016-09-11^date ? Week"),
            ("199", "1990-01-01^date 1999-12-31^date ? Decade"),
            ("18", "1800-01-01^date 1899-12-31^date ? Century"),
            ("BC0044", "-0043-01-01^date -0043-12-31^date -0043^gYear Year"),
            ("FY2025", "2025-01-01^date 2025-12-31^date ? Year"),
            ("PAST_REF", "? 2025-05-20^date ? Reference"),
            ("FUTURE_REF", "2025-05-20^date ? ? Reference"),
        ] {
            assert_eq!(told(value).as_deref(), Some(expected), "{value}");
        }
    }

    #[test]
    fn what_has_no_place_in_the_calendar_has_no_interval() {
        for value in [
            "",
            "XXXX",
            "XXXX-05",
            "2019-13",
            "2019-02-30",
            "P2Y",
            "2019-05-XX",
            "2019-W60",
            "+019",
            "2019-05-20T25:00",
            "é",
        ] {
            assert_eq!(told(value), None, "{value}");
        }
        assert_eq!(interval("PAST_REF", None), None);
    }

    #[test]
    fn durations_are_those_of_xml_schema() {
        for (value, expected) in [
            ("P20Y", Some("P20Y")),
            ("P2W", Some("P14D")),
            ("P2.5Y", Some("P2Y6M")),
            ("PT30M", Some("PT30M")),
            ("P3Q", Some("P9M")),
            ("PXY", None),
            ("2019", None),
        ] {
            assert_eq!(duration(value).as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn each_kind_of_moment_is_read_as_it_is_written() {
        let day = Date::new(2024, 2, 29).unwrap();
        for moment in [
            Moment::Century(-4),
            Moment::Decade(199),
            Moment::Year(-43),
            Moment::Season(1942, Season::Spring),
            Moment::Week(day.first_of_year()),
            Moment::Part(day, Part::Night),
            Moment::Clock(day, "T10:57".to_owned()),
        ] {
            assert_eq!(super::moment(&moment.value()).map(|read| read.0), Some(moment));
        }
    }
}
