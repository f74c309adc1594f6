//! Dates as news writes them, to ISO 8601.

use jiff::{
    civil::{Date, DateTime},
    fmt::{rfc2822, temporal::Pieces},
};

/// Month names and their abbreviations in English, French, German, Spanish, Italian and Portuguese.
const MONTHS: [&str; 12] = [
    "january jan janvier janv januar jänner enero ene gennaio gen janeiro",
    "february feb février févr fevrier februar febrero febbraio fevereiro fev",
    "march mar mars märz maerz marzo março",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag maio",
    "june jun juin juni junio giugno giu junho",
    "july jul juillet juil juli julio luglio lug julho",
    "august aug août aout agosto ago",
    "september sep sept septembre septiembre settembre set setembro",
    "october oct octobre oktober okt octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec décembre déc decembre dezember dez diciembre dic dicembre dezembro",
];

const WEEKDAYS: &str =
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun";

/// A day of the calendar, perhaps without its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WrittenDay {
    pub(crate) year: Option<i16>,
    month: i8,
    day: i8,
}

impl WrittenDay {
    /// The date; where the year is missing, that of the nearest such day to `reference`.
    pub(crate) fn resolve(self, reference: Option<Date>) -> Option<Date> {
        if let Some(year) = self.year {
            return Date::new(year, self.month, self.day).ok();
        }
        let reference = reference?;
        let years = (-1..=1).filter_map(|n| reference.year().checked_add(n));
        let days = years.filter_map(|year| Date::new(year, self.month, self.day).ok());
        days.min_by_key(|day| (day.duration_since(reference).as_hours().abs(), day.year()))
    }
}

/// `text` as an ISO 8601 date, or date and time with its offset; `None` if it is no date with a year.
///
/// Reads ISO 8601, RFC 2822 (`Tue, 20 May 2025 08:00:00 +0400`), written dates of several languages
/// (`May 20, 2025`, `le 20 mai 2025`), `20.05.2025`, and `20/05/2025` where it can be read in one way only.
/// The time of a written date is left out.
pub fn parse_date(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > 100 {
        return None;
    }
    if let Ok(pieces) = Pieces::parse(text) {
        let mut plain = Pieces::from(pieces.date());
        if let Some(time) = pieces.time() {
            plain = plain.with_time(time);
            if let Some(offset) = pieces.offset() {
                plain = plain.with_offset(offset);
            }
        }
        return Some(plain.to_string());
    }
    if let Ok(zoned) = rfc2822::parse(text) {
        let plain = Pieces::from(zoned.date()).with_time(zoned.time());
        return Some(plain.with_offset(zoned.offset()).to_string());
    }
    let day = numeric(text).or_else(|| written(text).map(|(day, _)| day))?;
    day.resolve(None).map(|date| date.to_string())
}

/// The calendar day of an ISO 8601 date, or date and time.
pub(crate) fn day_of(iso: &str) -> Option<Date> {
    iso.parse::<DateTime>().map(DateTime::date).or_else(|_| Pieces::parse(iso).map(|p| p.date())).ok()
}

/// A day that is written with the name of its month, and how many other words there are.
pub(crate) fn written(text: &str) -> Option<(WrittenDay, usize)> {
    let (mut year, mut month, mut day, mut others) = (None, None, None, 0);
    for word in text.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()) {
        let word = word.trim_end_matches(['.', ':', ';']).to_lowercase();
        let number = word.trim_end_matches(|c: char| c.is_alphabetic() || c == 'º');
        let name = MONTHS.iter().position(|names| names.split(' ').any(|name| name == word));
        match (name, number.parse::<i16>()) {
            (Some(index), _) if month.is_none() => month = Some(index as i8 + 1),
            (_, Ok(n @ 1..=31)) if day.is_none() && word.len() <= 4 => day = Some(n as i8),
            (_, Ok(n @ 1000..=2999)) if year.is_none() && word.len() == 4 => year = Some(n),
            _ => others += usize::from(!WEEKDAYS.split(' ').any(|name| name == word)),
        }
    }
    Some((WrittenDay { year, month: month?, day: day? }, others))
}

/// `20.05.2025` or an unequivocal `20/05/2025`, at the start of `text`.
fn numeric(text: &str) -> Option<WrittenDay> {
    let word = text.split([' ', ',']).next()?;
    let dotted = word.contains('.');
    let mut numbers = word.split(['.', '/']).map(str::parse::<i16>);
    let (Some(Ok(first)), Some(Ok(second)), Some(Ok(year @ 1000..)), None) =
        (numbers.next(), numbers.next(), numbers.next(), numbers.next())
    else {
        return None;
    };
    let (day, month) =
        if dotted || first > 12 || first == second { (first, second) } else { (second, first) };
    // `03/04/2025` is the third of April to some and the fourth of March to others.
    let clear = dotted || day > 12 || first == second;
    (clear && (1..=12).contains(&month) && (1..=31).contains(&day)).then_some(WrittenDay {
        year: Some(year),
        month: month as i8,
        day: day as i8,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_ways_news_writes_a_date() {
        let cases = [
            ("2025-05-20", Some("2025-05-20")),
            ("20250520", Some("2025-05-20")),
            ("2025-05-20T08:30:00Z", Some("2025-05-20T08:30:00Z")),
            ("2025-05-20T08:30:00.000+04:00", Some("2025-05-20T08:30:00+04:00")),
            ("2025-05-20T08:30:00+0400", Some("2025-05-20T08:30:00+04:00")),
            ("2025-05-20 08:30", Some("2025-05-20T08:30:00")),
            ("Tue, 20 May 2025 08:30:00 +0400", Some("2025-05-20T08:30:00+04:00")),
            ("May 20, 2025", Some("2025-05-20")),
            ("Published on Tuesday 20th May 2025 at 14:05 GMT", Some("2025-05-20")),
            ("Oct. 3, 2024", Some("2024-10-03")),
            ("le 1er août 2024", Some("2024-08-01")),
            ("20.05.2025, 14:05 Uhr", Some("2025-05-20")),
            ("20/05/2025", Some("2025-05-20")),
            ("05/20/2025", Some("2025-05-20")),
            ("03/04/2025", None),
            ("May 20", None),
            ("31 February 2025", None),
            ("yesterday", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(parse_date(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn takes_the_nearest_year_for_a_day_without_one() {
        let (day, _) = written("Dec. 30").unwrap();
        assert_eq!(day.resolve(day_of("2025-01-02T10:00:00Z")).unwrap().to_string(), "2024-12-30");
        assert_eq!(day.resolve(day_of("2024-12-29")).unwrap().to_string(), "2024-12-30");
        assert_eq!(day.resolve(None), None);
    }
}
