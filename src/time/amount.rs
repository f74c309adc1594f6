//! Amounts: `two`, `34`, `a few`, `more than 20`, `two and a half`, durations, ages and sets.

use super::meaning::{Meaning, Reading};
use super::pieces::Pieces;
use super::unit::Unit;
use super::words::Lex;

/// How many: one past the last piece, and the number, unknown if `None`.
pub(super) type Amount = (usize, Option<f64>);

/// A number in digits or words.
pub(super) fn number(p: &Pieces, i: usize) -> Option<(usize, f64)> {
    let (mut end, mut n) = match p.lex(i) {
        Lex::Digits(n) => digits(p, i, n)?,
        Lex::Cardinal(n) if n >= 20 => match (p.skip_hyphen(i + 1), p.lex(p.skip_hyphen(i + 1))) {
            (next, Lex::Cardinal(ones)) if ones < 10 => (next + 1, f64::from(n + ones)),
            _ => (i + 1, f64::from(n)),
        },
        Lex::Cardinal(n) => (i + 1, f64::from(n)),
        // `the Hundred Days`.
        Lex::Scale(n) if matches!(p.lex(i + 1), Lex::Units(_)) => return Some((i + 1, f64::from(n))),
        Lex::Opener if matches!(p.word(i), "a" | "an") => match p.lex(i + 1) {
            Lex::Scale(n) => (i + 2, f64::from(n)),
            _ => return None,
        },
        Lex::Opener if p.word(i) == "half" && p.reads(i + 1, &["a", "dozen"]) => (i + 3, 6.0),
        _ => return None,
    };
    while let Lex::Scale(scale) = p.lex(p.skip_hyphen(end)) {
        end = p.skip_hyphen(end) + 1;
        n *= f64::from(scale);
        let next = p.skip(end, "and");
        if let Lex::Digits(_) | Lex::Cardinal(_) = p.lex(next)
            && let Some((after, rest)) = number(p, next)
            && rest < f64::from(scale)
        {
            end = after;
            n += rest;
        }
    }
    if p.reads(end, &["and", "a", "half"]) {
        return Some((end + 3, n + 0.5));
    }
    if p.reads(end, &["and", "half"]) {
        return Some((end + 2, n + 0.5));
    }
    Some((end, n))
}

/// `1,500` and `22.8`, from its first digits.
fn digits(p: &Pieces, i: usize, n: u32) -> Option<(usize, f64)> {
    let (mut end, mut value) = (i + 1, f64::from(n));
    while p.word(end) == "," && p.glued(end) && p.glued(end + 1) && p.digit_count(end + 1) == 3 {
        value = value * 1000.0 + f64::from(p.digits(end + 1)?);
        end += 2;
    }
    if p.word(end) == "." && p.glued(end) && p.glued(end + 1) && p.digits(end + 1).is_some() {
        value = format!("{value}.{}", p.word(end + 1)).parse().ok()?;
        end += 2;
    }
    if p.word(end) == "½" {
        return Some((end + 1, value + 0.5));
    }
    Some((end, value))
}

/// How many units: a number with what qualifies it, or words for a few.
pub(super) fn amount(p: &Pieces, i: usize) -> Option<Amount> {
    let i = qualified(p, i);
    if let Some((end, n)) = number(p, i) {
        return Some(range(p, end).unwrap_or((end, Some(n))));
    }
    let (end, n) = match p.word(i) {
        "a" | "an" if p.word(i + 1) == "few" => (i + 2, None),
        "a" if p.word(i + 1) == "couple" => (p.skip(i + 2, "of"), Some(2.0)),
        "couple" => (p.skip(i + 1, "of"), Some(2.0)),
        "a" if matches!(p.word(i + 1), "number" | "handful" | "dozen") && p.word(i + 2) == "of" => {
            (i + 3, None)
        }
        "a" | "an" | "another" => (i + 1, Some(1.0)),
        "few" | "several" | "many" | "some" => (i + 1, None),
        "dozens" | "hundreds" | "thousands" if p.word(i + 1) == "of" => (i + 2, None),
        _ => return None,
    };
    // `a full year`, `a single day`, `several long months`.
    let plain =
        matches!(p.word(end), "full" | "whole" | "entire" | "single" | "long" | "good" | "short" | "more");
    Some((if plain { end + 1 } else { end }, n))
}

/// Past `about`, `more than` and the like.
pub(super) fn qualified(p: &Pieces, i: usize) -> usize {
    match p.word(i) {
        "about" | "around" | "nearly" | "almost" | "approximately" | "roughly" | "over" | "under" => i + 1,
        "some" if matches!(p.lex(i + 1), Lex::Digits(_) | Lex::Cardinal(_)) => i + 1,
        "more" | "less" | "fewer" if p.word(i + 1) == "than" => i + 2,
        "no" if p.word(i + 2) == "than" => i + 3,
        "at" if matches!(p.word(i + 1), "least" | "most") => i + 2,
        "up" if p.word(i + 1) == "to" => i + 2,
        _ => i,
    }
}

/// The second number of `two or three`, `12 to 18`, `4-5`.
fn range(p: &Pieces, i: usize) -> Option<Amount> {
    let joined = matches!(p.word(i), "or" | "to") || p.dash(i);
    let (end, n) = if joined { number(p, i + 1)? } else { return None };
    let counted = matches!(p.lex(p.skip_hyphen(end)), Lex::Unit(_) | Lex::Units(_));
    counted.then_some((end, Some(n)))
}

/// One past `a quarter of a century`, `quarter-century`.
pub(super) fn quarter_century(p: &Pieces, i: usize) -> Option<usize> {
    let quarter = p.skip(i, "a");
    let of = if p.reads(quarter + 1, &["of", "a"]) { quarter + 3 } else { p.skip_hyphen(quarter + 1) };
    (p.word(quarter) == "quarter" && p.word(of) == "century").then_some(of + 1)
}

/// A duration or an age.
pub(super) fn duration(p: &Pieces, i: usize) -> Option<Reading> {
    if let Lex::Units(unit) = p.lex(i) {
        // `days`, `years of war`; seconds and quarters are said of other things.
        let known = !matches!(unit, Unit::Second | Unit::Quarter | Unit::Weekend)
            && !matches!(p.before(i), "'" | "’");
        return known.then(|| long(p, i, i + 1, None, unit)).flatten();
    }
    if let Some(end) = quarter_century(p, i) {
        return Some(Reading::new(end, Meaning::Duration(Some(25.0), Unit::Year)));
    }
    if p.word(i) == "half" || p.reads(i, &["a", "half"]) {
        return half(p, i);
    }
    // `decade-long`, `year-long`.
    if let Lex::Unit(unit) = p.lex(i) {
        let end = p.skip_hyphen(i + 1);
        return (end > i + 1 && p.word(end) == "long" && !p.dash(i.wrapping_sub(1)))
            .then(|| Reading::new(end + 1, Meaning::Duration(Some(1.0), unit)));
    }
    let (end, n) = amount(p, i)?;
    if let Some((end, n)) = and_more(p, end, n) {
        return Some(end_of(end, n));
    }
    let at = p.skip_hyphen(end);
    let compound = at > end;
    let (end, unit) = match p.lex(at) {
        // `a three year truce`.
        Lex::Unit(unit) if compound || n.is_some_and(|n| n < 1000.0 || p.word(at + 1) == "old") => {
            (at + 1, unit)
        }
        Lex::Units(unit) => (at + 1, unit),
        // `two bloody weeks`.
        Lex::Other if !compound && n.is_some() && is_quality(p.word(at)) => match p.lex(at + 1) {
            Lex::Units(unit) if !unit.within_day() => (at + 2, unit),
            _ => return None,
        },
        _ => return None,
    };
    if unit == Unit::Quarter && (compound || n.is_none_or(|n| n <= 1.0)) {
        return None;
    }
    // `a second chance`, `another minute`, `a day` is one.
    if unit == Unit::Second && n.is_some_and(|n| n <= 1.0) && !compound {
        return None;
    }
    long(p, i, end, n, unit)
}

/// Whether a word may stand between a number and its unit.
fn is_quality(word: &str) -> bool {
    word.starts_with(char::is_alphabetic)
        && !matches!(
            word,
            "of" | "or" | "in" | "on" | "to" | "for" | "by" | "with" | "from" | "as" | "is" | "was" | "per"
        )
}

/// `a year and a half`.
fn and_more(p: &Pieces, i: usize, n: Option<f64>) -> Option<(usize, (f64, Unit))> {
    let (Lex::Unit(unit) | Lex::Units(unit)) = p.lex(i) else { return None };
    p.reads(i + 1, &["and", "a", "half"]).then_some((i + 4, (n? + 0.5, unit)))
}

fn end_of(end: usize, (n, unit): (f64, Unit)) -> Reading {
    Reading::new(end, Meaning::Duration(Some(n), unit))
}

/// `half an hour`, `half a century`, `a half hour`.
fn half(p: &Pieces, i: usize) -> Option<Reading> {
    let at = p.skip(i, "a");
    let at = if matches!(p.word(at + 1), "a" | "an") { at + 2 } else { p.skip_hyphen(at + 1) };
    let Lex::Unit(unit) = p.lex(at) else { return None };
    if !matches!(unit, Unit::Hour | Unit::Year | Unit::Decade | Unit::Century | Unit::Day) {
        return None;
    }
    let meaning = match unit {
        Unit::Hour => Meaning::Duration(Some(30.0), Unit::Minute),
        Unit::Year => Meaning::Duration(Some(6.0), Unit::Month),
        _ => Meaning::Duration(Some(0.5), unit),
    };
    Some(Reading::new(at + 1, meaning))
}

/// With what may follow the unit: `-old`, `old`, `of age`, `-long`.
fn long(p: &Pieces, start: usize, end: usize, n: Option<f64>, unit: Unit) -> Option<Reading> {
    let at = p.skip_hyphen(end);
    let end = match p.word(at) {
        "old" | "long" => at + 1,
        "of" if p.word(at + 1) == "age" => at + 2,
        _ => end,
    };
    // `'s` of a possessive is no part of it: `two years' time`.
    (end > start).then(|| Reading::new(end, Meaning::Duration(n, unit)))
}

/// One past the last word before the unit of `twice a week`, `three times per day`, `per month`.
fn times_a(p: &Pieces, i: usize) -> Option<usize> {
    let at = match p.word(i) {
        "once" | "twice" | "thrice" => i + 1,
        "per" => return Some(i + 1),
        _ => number(p, i).map(|(end, _)| end).filter(|&end| p.word(end) == "times")? + 1,
    };
    matches!(p.word(at), "a" | "an" | "per" | "each" | "every").then_some(at + 1)
}

/// Times that come again: `every day`, `daily`, `each Monday`, `annual`.
pub(super) fn set(p: &Pieces, i: usize) -> Option<Reading> {
    let word = p.word(i);
    let single = match word {
        "hourly" => "PT1H",
        "daily" | "nightly" => "P1D",
        "weekly" => "P1W",
        "monthly" => "P1M",
        "quarterly" => "P1Q",
        "annual" | "annually" | "yearly" => "P1Y",
        "biennial" => "P2Y",
        _ => "",
    };
    if !single.is_empty() {
        return Some(Reading::new(i + 1, Meaning::Set(single.to_owned())));
    }
    if let Lex::Weekdays(day) = p.lex(i) {
        return Some(Reading::new(i + 1, Meaning::Set(format!("XXXX-WXX-{day}"))));
    }
    if let Some(at) = times_a(p, i)
        && let Lex::Unit(unit) = p.lex(at)
        && !matches!(unit, Unit::Second | Unit::Quarter | Unit::Weekend)
    {
        return Some(Reading::new(at + 1, Meaning::Set(unit.duration(Some(1.0)))));
    }
    if !matches!(word, "every" | "each") {
        return None;
    }
    let (at, n) = match p.word(i + 1) {
        "other" => (i + 2, 2.0),
        "single" => (i + 2, 1.0),
        _ => number(p, i + 1).or(Some((i + 1, 1.0)))?,
    };
    let value = match p.lex(at) {
        Lex::Unit(unit) if unit != Unit::Second && unit != Unit::Quarter => unit.duration(Some(n)),
        Lex::Units(unit) => unit.duration(Some(n)),
        Lex::Weekday(day) => format!("XXXX-WXX-{day}"),
        Lex::Month(month) => format!("XXXX-{month:02}"),
        Lex::Season(season) => format!("XXXX-{}", season.code()),
        Lex::Part(part) => format!("XXXX-XX-XX{}", part.code()),
        _ => return None,
    };
    Some(Reading::new(at + 1, Meaning::Set(value)))
}
