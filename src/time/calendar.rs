//! Dates of the calendar: `20 May 2025`, `early October`, `the 1990s`, `Q3`, `Christmas`.

use super::meaning::{Feast, Field, Meaning, Reading, Year};
use super::pieces::Pieces;
use super::relative;
use super::unit::Unit;
use super::words::Lex;

type Read<T> = Option<(usize, T)>;

/// A date that is said in terms of the calendar.
pub(super) fn calendar(p: &Pieces, i: usize) -> Option<Reading> {
    let rules: [fn(&Pieces, usize) -> Option<Reading>; 9] =
        [numeric, dated, month, season, part_of_year, years, century, feast, fiscal];
    rules.iter().filter_map(|rule| rule(p, i)).max_by_key(|reading| reading.end)
}

fn reading(end: usize, year: Year, field: Field) -> Reading {
    Reading::new(end, Meaning::Calendar(year, field))
}

/// `2019-05-20`, `20/05/2025`, `20.05.2025`, `9/11`.
fn numeric(p: &Pieces, i: usize) -> Option<Reading> {
    let first = p.digits(i)?;
    let mark = p.word(i + 1);
    let glued = |n: usize| (1..=n).all(|k| p.glued(i + k));
    if p.glued(i) && i > 0 && (p.before(i) != "(" || p.lex(i - 1) != Lex::Other) {
        return None;
    }
    if first == 9 && mark == "/" && p.digits(i + 2) == Some(11) && glued(2) && p.word(i + 3) != "/" {
        return Some(reading(i + 3, Year::Known(2001), Field::Day(9, 11)));
    }
    let (second, third) = (p.digits(i + 2)?, p.digits(i + 4)?);
    if !glued(4) || p.word(i + 3) != mark || !matches!(mark, "-" | "/" | ".") {
        return None;
    }
    let (year, month, day) = match (p.digit_count(i), p.digit_count(i + 4)) {
        (4, 1..=2) => (first, second, third),
        // The order of the United States where both can be.
        (1..=2, 4) if mark == "/" && first <= 12 => (third, first, second),
        (1..=2, 4) => (third, second, first),
        _ => return None,
    };
    let field = Field::Day(i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day))
        .then(|| reading(i + 5, Year::Known(year as i16), field))
}

/// A month's name, and one past it.
fn month_name(p: &Pieces, i: usize) -> Read<i8> {
    match p.lex(i) {
        Lex::Month(month) => Some((i + 1, month)),
        Lex::ShortMonth(month) => {
            Some((if p.word(i + 1) == "." && p.glued(i + 1) { i + 2 } else { i + 1 }, month))
        }
        _ => None,
    }
}

/// The day of a month: `20`, `20th`, `twentieth`.
fn day_number(p: &Pieces, i: usize) -> Read<i8> {
    match p.lex(i) {
        Lex::Digits(n @ 1..=31) if p.digit_count(i) <= 2 => {
            // No `20,000`, `5.5`, `10:30`, `20%`.
            if matches!(p.word(i + 1), "," | "." | ":" | "/") && p.glued(i + 2) && p.digits(i + 2).is_some()
                || p.word(i + 1) == "%"
            {
                return None;
            }
            let suffix = matches!(p.word(i + 1), "st" | "nd" | "rd" | "th") && p.glued(i + 1);
            let word =
                !suffix && p.glued(i + 1) && matches!(p.lex(i + 1), Lex::Other if p.word(i + 1).len() > 1);
            (!word || p.word(i + 1).starts_with(|c: char| !c.is_alphabetic()))
                .then_some((if suffix { i + 2 } else { i + 1 }, n as i8))
        }
        Lex::Ordinal(n @ 1..=19) => Some((i + 1, n as i8)),
        Lex::Ordinal(30) => Some((i + 1, 30)),
        Lex::Cardinal(n @ (20 | 30)) => match (p.skip_hyphen(i + 1), p.lex(p.skip_hyphen(i + 1))) {
            (at, Lex::Ordinal(ones @ 1..=9)) if at > i + 1 && n + ones <= 31 => {
                Some((at + 1, (n + ones) as i8))
            }
            _ => None,
        },
        _ => None,
    }
}

/// A year of four digits, or one with its era.
fn year_number(p: &Pieces, i: usize) -> Read<i16> {
    if p.word(i) == "ad" {
        let n = p.digits(i + 1).filter(|&n| n < 2100)?;
        return Some((i + 2, n as i16));
    }
    let n = p.digits(i)?;
    if p.digit_count(i) <= 4
        && let Some((end, before)) = era(p, i + 1)
        && n > 0
    {
        return Some((end, if before { 1 - n as i16 } else { n as i16 }));
    }
    let long = matches!(p.word(i + 1), "," | "." | ":")
        && p.glued(i + 1)
        && p.glued(i + 2)
        && p.digits(i + 2).is_some();
    let measured = p.glued(i + 1)
        && (matches!(
            p.word(i + 1),
            "%" | "°" | "$" | "€" | "£" | "mm" | "km" | "kg" | "m" | "th" | "nd" | "st"
        ));
    ((1000..=2150).contains(&n) && p.digit_count(i) == 4 && !long && !measured).then_some((i + 1, n as i16))
}

/// The year of one that shares its era or century with its neighbour: `499` of `499-493 BC`, `19` of `2018-19`.
fn shared_year(p: &Pieces, i: usize) -> Read<i16> {
    let n = p.digits(i)?;
    if (p.dash(i + 1) || matches!(p.word(i + 1), "to" | "and" | "or"))
        && let Some((_, year @ ..=0)) = year_number(p, i + 2)
        && p.digit_count(i) <= 4
        && n > 0
        && 1 - (n as i16) <= year
    {
        return Some((i + 1, 1 - n as i16));
    }
    let before = i.checked_sub(2)?;
    let century = p.digits(before).filter(|_| p.digit_count(before) == 4)?;
    let joined = (p.dash(i - 1) || p.word(i - 1) == "/") && p.glued(i - 1) && p.glued(i);
    let follows = p.digit_count(i) == 2 && (1000..2150).contains(&century) && n > century % 100;
    (joined && follows && !p.dash(i + 1)).then_some((i + 1, (century / 100 * 100 + n) as i16))
}

/// `BC`, `B.C.`, `BCE`, `AD`, `CE`: whether it is before our era.
fn era(p: &Pieces, i: usize) -> Read<bool> {
    match p.word(i) {
        "bc" | "bce" => Some((i + 1, true)),
        "ad" | "ce" => Some((i + 1, false)),
        "b" if p.reads(i + 1, &[".", "c", "."]) && p.glued(i + 2) => Some((i + 4, true)),
        "a" if p.reads(i + 1, &[".", "d", "."]) && p.glued(i + 2) => Some((i + 4, false)),
        _ => None,
    }
}

/// The year that belongs to what ends at `i`: `, 2019`, `of 2019`, `last year`, `of that year`.
pub(super) fn year_after(p: &Pieces, i: usize) -> (usize, Year) {
    let comma = p.skip(i, ",");
    if let Some((end, year)) = year_number(p, comma) {
        // No `May, 2000 people`; a list is left to others.
        return (end, Year::Known(year));
    }
    let of = matches!(p.word(i), "of" | "in");
    let at = if of { i + 1 } else { i };
    if of && let Some((end, year)) = year_number(p, p.skip(p.skip(at, "the"), "year")) {
        return (end, Year::Known(year));
    }
    if of && p.word(i) == "in" {
        return (i, Year::Open);
    }
    match relative::relative(p, p.skip(at, ",")) {
        Some(Reading { end, meaning: Meaning::Offset(Unit::Year, n, anchor), .. }) => {
            (end, Year::Shifted(n as i16, anchor))
        }
        _ => (i, Year::Open),
    }
}

/// A day and its month, in either order: `May 20th, 2025`, `the 20th of May`.
fn dated(p: &Pieces, i: usize) -> Option<Reading> {
    if let Some((at, month)) = month_name(p, i) {
        let (end, day) = day_number(p, p.skip(at, "the"))?;
        // `May 20-22, 2025`: the year is that of both.
        let (last, year) = year_after(p, end);
        if year == Year::Open
            && (p.dash(end) || matches!(p.word(end), "and" | "to"))
            && let Some((other, _)) = day_number(p, end + 1)
            && let (_, year @ Year::Known(_)) = year_after(p, other)
        {
            return Some(reading(end, year, Field::Day(month, day)));
        }
        return Some(reading(last, year, Field::Day(month, day)));
    }
    let start = p.skip(i, "the");
    let (at, day) = day_number(p, start)?;
    if p.glued(i) && i > 0 && (p.before(i) == "," || p.before(i) == "." || p.before(i) == "$") {
        return None;
    }
    if let Some((at, month)) = month_name(p, p.skip(at, "of")) {
        let (end, year) = year_after(p, at);
        return Some(reading(end, year, Field::Day(month, day)));
    }
    // `6–7 January 1916`: the month and the year are those of both.
    let joined = p.dash(at) || matches!(p.word(at), "and" | "or" | "to" | "/");
    if joined
        && p.digits(start).is_some()
        && let (other, _) = day_number(p, p.skip(at + 1, "the"))?
        && let Some((after, month)) = month_name(p, other)
    {
        return Some(reading(at, year_after(p, after).1, Field::Day(month, day)));
    }
    // `the 20th`, but no `the 20th soldier`: that is for the reader to judge.
    (start > i && at > start + 1 && p.digits(start).is_some())
        .then(|| reading(at, Year::Open, Field::DayOfMonth(day)))
}

/// A month, perhaps with its year.
fn month(p: &Pieces, i: usize) -> Option<Reading> {
    let (at, month) = month_name(p, i)?;
    let (end, year) = year_after(p, at);
    Some(reading(end, year, Field::Month(month)))
}

/// `the summer of 1942`, `spring 2020`, `winter`.
fn season(p: &Pieces, i: usize) -> Option<Reading> {
    let at = p.skip(i, "the");
    let Lex::Season(season) = p.lex(at) else { return None };
    let (end, year) = year_after(p, at + 1);
    Some(reading(end, year, Field::Season(season)))
}

/// `the first quarter of 2009`, `third-quarter`, `Q1 2009`, `the second half of last year`.
fn part_of_year(p: &Pieces, i: usize) -> Option<Reading> {
    if p.word(i) == "q"
        && let Some(n @ 1..=4) = p.digits(i + 1)
        && p.glued(i + 1)
    {
        let (end, year) = year_after(p, i + 2);
        return Some(reading(end, year, Field::Quarter(n as i8)));
    }
    let start = p.skip(i, "the");
    let n = match p.lex(start) {
        Lex::Ordinal(n @ 1..=4) => n as i8,
        _ if matches!(p.word(start), "final" | "last") => -1,
        _ => return None,
    };
    let at = p.skip_hyphen(p.skip(p.skip(start + 1, "fiscal"), "calendar"));
    let quarter = p.lex(at) == Lex::Unit(Unit::Quarter);
    let half = p.word(at) == "half" && n <= 2;
    if !quarter && !half {
        return None;
    }
    let (end, year) = year_after(p, at + 1);
    // `the first half` of anything but a year is none; `last quarter` is the one before this.
    if year == Year::Open && (!quarter || n < 0 || p.word(at + 1) == "of") {
        return None;
    }
    let n = if n < 0 { if quarter { 4 } else { 2 } } else { n };
    Some(reading(end, year, if quarter { Field::Quarter(n) } else { Field::Half(n) }))
}

/// Years and decades: `1939`, `the year 2000`, `'99`, `the 1990s`, `the '80s`, `the sixties`, `146 BC`.
fn years(p: &Pieces, i: usize) -> Option<Reading> {
    let at = p.skip(i, "the");
    let decade = match p.word(at) {
        "twenties" => 2,
        "thirties" => 3,
        "forties" => 4,
        "fifties" => 5,
        "sixties" => 6,
        "seventies" => 7,
        "eighties" => 8,
        "nineties" => 9,
        _ => 0,
    };
    if decade > 0 && at > i {
        return Some(Reading::new(at + 1, Meaning::ShortDecade(decade)));
    }
    let short = p.skip(p.skip(at, "'"), "’");
    if let Some(n) = p.digits(short) {
        let plural = p.skip(p.skip(short + 1, "'"), "’");
        let plural = (p.word(plural) == "s" && p.glued(plural)).then_some(plural + 1);
        if let Some(end) = plural
            && n % 10 == 0
        {
            let decade = (n / 10) as i16;
            return match p.digit_count(short) {
                4 if (1000..2200).contains(&n) => Some(Reading::new(end, Meaning::Decade(decade))),
                2 if n >= 20 || short > at => Some(Reading::new(end, Meaning::ShortDecade(decade))),
                _ => None,
            };
        }
        if short > at
            && at == i
            && p.digit_count(short) == 2
            && p.glued(short)
            && !p.glued(i)
            && plural.is_none()
        {
            return Some(Reading::new(short + 1, Meaning::ShortYear(n as i16)));
        }
    }
    let named = p.skip(p.skip(at, "year"), "years");
    let (end, year) = year_number(p, named).or_else(|| shared_year(p, named))?;
    // `the 2016 election`: the article belongs to the noun.
    if at > i && named == at {
        return None;
    }
    match p.lex(end) {
        Lex::Season(season) => Some(reading(end + 1, Year::Known(year), Field::Season(season))),
        _ => Some(reading(end, Year::Known(year), Field::All)),
    }
}

/// `the 19th century`, `the fourth century BC`.
fn century(p: &Pieces, i: usize) -> Option<Reading> {
    let start = p.skip(i, "the");
    let (at, n) = match p.lex(start) {
        Lex::Ordinal(n @ 1..=20) => (start + 1, n as i16),
        Lex::Digits(n @ 1..=30) if matches!(p.word(start + 1), "st" | "nd" | "rd" | "th") => {
            (start + 2, n as i16)
        }
        Lex::Cardinal(20) => match p.lex(p.skip_hyphen(start + 1)) {
            Lex::Ordinal(1) => (p.skip_hyphen(start + 1) + 1, 21),
            _ => return None,
        },
        _ => return None,
    };
    let at = p.skip_hyphen(at);
    if p.lex(at) != Lex::Unit(Unit::Century) {
        return None;
    }
    let (end, before) = era(p, at + 1).unwrap_or((at + 1, false));
    Some(Reading::new(end, Meaning::Century(if before { -n } else { n - 1 })))
}

/// Days with a name, most of them of the western calendar.
fn feast(p: &Pieces, i: usize) -> Option<Reading> {
    let day = |words: usize, field: Field| Some((i + words, field));
    let last = |i: usize| matches!(p.word(i), "day");
    let eve = |i: usize| p.word(i) == "eve";
    let s = |i: usize| if matches!(p.word(i), "'" | "’") && p.word(i + 1) == "s" { i + 2 } else { i };
    let (at, field) = match p.word(i) {
        "christmas" if eve(i + 1) => day(2, Field::Day(12, 24)),
        "christmas" => day(if last(i + 1) { 2 } else { 1 }, Field::Day(12, 25)),
        "new" if p.word(i + 1) == "year" && eve(s(i + 2)) => Some((s(i + 2) + 1, Field::Day(12, 31))),
        "new" if p.word(i + 1) == "year" && last(s(i + 2)) => Some((s(i + 2) + 1, Field::Day(1, 1))),
        "boxing" if last(i + 1) => day(2, Field::Day(12, 26)),
        "valentine" if last(s(i + 1)) => Some((s(i + 1) + 1, Field::Day(2, 14))),
        "halloween" => day(1, Field::Day(10, 31)),
        "good" if p.word(i + 1) == "friday" => day(2, Field::Feast(Feast::Easter(-2))),
        "easter" if p.word(i + 1) == "monday" => day(2, Field::Feast(Feast::Easter(1))),
        "easter" => day(if p.word(i + 1) == "sunday" { 2 } else { 1 }, Field::Feast(Feast::Easter(0))),
        "thanksgiving" => day(if last(i + 1) { 2 } else { 1 }, Field::Feast(Feast::Weekday(4, 4, 11))),
        _ => None,
    }?;
    let (end, year) = year_after(p, at);
    Some(reading(end, year, field))
}

/// `fiscal 1989`, `fiscal year 2025`, `FY2025`.
fn fiscal(p: &Pieces, i: usize) -> Option<Reading> {
    let at = match p.word(p.skip(i, "the")) {
        "fy" => p.skip(i, "the") + 1,
        "fiscal" => p.skip(p.skip(i, "the") + 1, "year"),
        _ => return None,
    };
    let (end, year) = year_number(p, at)?;
    Some(reading(end, Year::Known(year), Field::Fiscal))
}

/// The second day of `April 6-7` or `May 4 and 5, 1865`, from its number on.
pub(super) fn joined_day(p: &Pieces, i: usize, before: &Reading) -> Option<Reading> {
    let Meaning::Calendar(year, Field::Day(month, first)) = before.meaning else { return None };
    let dash = p.dash(i - 1);
    if !dash && !matches!(p.word(i - 1), "and" | "or" | "to") {
        return None;
    }
    let (at, day) = day_number(p, i).filter(|&(_, day)| day > first)?;
    let (end, own) = year_after(p, at);
    let word = p.word(end);
    // `May 4 and 5 people`, `from May 4 to 5 June`.
    let counts = word.starts_with(char::is_alphabetic)
        && !matches!(
            word,
            "in" | "at" | "on" | "to" | "and" | "was" | "were" | "with" | "of" | "as" | "by" | "for" | "when"
        );
    let month_follows = month_name(p, p.skip(at, "of")).is_some();
    let free = dash && !matches!(p.lex(end), Lex::Unit(_) | Lex::Units(_)) || !counts;
    let year = if own == Year::Open { year } else { own };
    (free && !month_follows).then(|| reading(end, year, Field::Day(month, day)))
}

/// What a date without a year means that is joined with the one after it.
pub(super) fn joined_year(field: Field, year: Year, next: Field) -> Meaning {
    let month = |field: Field| match field {
        Field::Month(month) | Field::Day(month, _) => Some(month),
        Field::Season(season) => Some(season.month()),
        _ => None,
    };
    match (field, next) {
        (Field::DayOfMonth(day), Field::Day(month, _)) => Meaning::Calendar(year, Field::Day(month, day)),
        _ => match (month(field), month(next), year) {
            // `from October 1944 to March`, said the other way round.
            (Some(month), Some(next), Year::Known(year)) => {
                Meaning::Calendar(Year::Known(year - i16::from(month > next)), field)
            }
            (Some(_), Some(_), year) => Meaning::Calendar(year, field),
            _ => Meaning::Calendar(Year::Open, field),
        },
    }
}
