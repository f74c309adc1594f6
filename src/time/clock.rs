//! Times of the day: `11:30 a.m.`, `15:11 GMT`, `3 pm`, `noon`.

use super::meaning::Clock;
use super::pieces::Pieces;

/// The time of the day that stands at `i`, and one past its end.
pub(super) fn clock(p: &Pieces, i: usize) -> Option<(usize, Clock)> {
    match p.word(i) {
        "noon" | "midday" => return Some((i + 1, Clock::At("T12:00".to_owned()))),
        "midnight" => return Some((i + 1, Clock::At("T24:00".to_owned()))),
        _ => {}
    }
    let number = p.digits(i)?;
    if p.glued(i) && i > 0 && !matches!(p.word(i - 1), "(" | "[" | "\"" | "“" | "~" | "-" | "–") {
        return None;
    }
    if let Some(read) = with_minutes(p, i, number) {
        return Some(read);
    }
    if let Some(end) = zone(p, i + 1)
        && p.digit_count(i) == 4
        && number < 2400
        && number % 100 < 60
    {
        return Some((end.0, at(number / 100, Some(number % 100), None, end.1)));
    }
    let (end, half) = half_of_day(p, i + 1)?;
    let hour = on_24_hours(number, half)?;
    let (end, zone) = zone(p, end).unwrap_or((end, ""));
    Some((end, at(hour, None, None, zone)))
}

fn with_minutes(p: &Pieces, i: usize, hour: u32) -> Option<(usize, Clock)> {
    let parted = |i: usize, mark: &str| {
        (p.word(i) == mark && p.glued(i) && p.glued(i + 1) && p.digit_count(i + 1) == 2)
            .then(|| p.digits(i + 1).filter(|&n| n < 60))
            .flatten()
    };
    let colon = parted(i + 1, ":");
    // `11.30 am`, but no `11.30 per cent`.
    let dot = parted(i + 1, ".").filter(|_| half_of_day(p, i + 3).is_some() || zone(p, i + 3).is_some());
    let minute = colon.or(dot)?;
    let seconds = if colon.is_some() { parted(i + 3, ":") } else { None };
    let mut end = if seconds.is_some() { i + 5 } else { i + 3 };
    let mut hour = if hour < 25 { hour } else { return None };
    if let Some((after, half)) = half_of_day(p, end) {
        hour = on_24_hours(hour, half)?;
        end = after;
    }
    if matches!(p.word(end), "hrs" | "hours") {
        end += 1;
    }
    let (end, zone) = zone(p, end).unwrap_or((end, ""));
    // A score, not a time: `won 10:57` is rare enough.
    Some((end, at(hour, Some(minute), seconds, zone)))
}

fn at(hour: u32, minute: Option<u32>, second: Option<u32>, zone: &str) -> Clock {
    let second = second.map(|s| format!(":{s:02}")).unwrap_or_default();
    Clock::At(format!("T{hour:02}:{:02}{second}{zone}", minute.unwrap_or(0)))
}

/// `am`, `p.m.`, `o'clock`: true is after noon, none is not said.
fn half_of_day(p: &Pieces, i: usize) -> Option<(usize, Option<bool>)> {
    let word = p.word(i);
    if let "am" | "pm" = word {
        return Some((i + 1, Some(word == "pm")));
    }
    if let "a" | "p" = word
        && p.reads(i + 1, &[".", "m"])
        && p.glued(i + 1)
        && p.glued(i + 2)
    {
        let end = if p.word(i + 3) == "." && p.glued(i + 3) { i + 4 } else { i + 3 };
        return Some((end, Some(word == "p")));
    }
    let clock = word == "o" && matches!(p.word(i + 1), "'" | "’") && p.word(i + 2) == "clock";
    clock.then_some((i + 3, None))
}

fn on_24_hours(hour: u32, afternoon: Option<bool>) -> Option<u32> {
    match (hour, afternoon) {
        (12, Some(false)) => Some(0),
        (1..=11, Some(true)) => Some(hour + 12),
        (0..=12, _) | (13..=24, Some(true) | None) => Some(hour),
        _ => None,
    }
}

/// A time zone, and how it is written in a value: `Z` for universal time, nothing for others.
fn zone<'z>(p: &Pieces, i: usize) -> Option<(usize, &'z str)> {
    match p.word(i) {
        "gmt" | "utc" => Some((i + 1, "Z")),
        "est" | "edt" | "cst" | "cdt" | "pst" | "pdt" | "mst" | "mdt" | "bst" | "cet" | "cest" | "ist"
        | "jst" | "aest" | "eet" | "eest" => Some((i + 1, "")),
        // `ET`, but no French.
        "et" if i > 0 && (p.before(i) == "m" || p.before(i) == "." || p.before(i).ends_with('m')) => {
            Some((i + 1, ""))
        }
        "local" if p.word(i + 1) == "time" => Some((i + 2, "")),
        _ => None,
    }
}
