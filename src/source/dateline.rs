//! Recognises datelines: `BAKU, May 20 (Agency) —`, `JERUSALEM (AP) -`, `GENEVA, Oct. 3, 2024 —`.

use jiff::civil::Date;

use super::{Dateline, date};
use crate::text::Span;

/// Datelines end within so many bytes.
const LONGEST: usize = 120;

/// The dateline that `line` opens with. `start` is the byte offset of `line` in its text; a day without a year is
/// taken in the year nearest to `reference`.
pub(crate) fn find(line: &str, start: usize, reference: Option<Date>) -> Option<Dateline> {
    let (head, end) = split_at_dash(line)?;
    let (head, agency) = split_agency(head)?;
    let (place, day) = place_and_day(head)?;
    let after = line.get(end..)?.trim_start();
    let opens_a_sentence = after.starts_with(|c: char| !c.is_lowercase());
    let shouted = place.chars().filter(|c| c.is_alphabetic()).take(3).all(char::is_uppercase);
    // `Harare, Zimbabwe - The`.
    let with_country = place.contains(", ");
    let warranted = day.is_some() || agency.is_some() || ((shouted || with_country) && opens_a_sentence);
    if !warranted || after.is_empty() {
        return None;
    }
    Some(Dateline {
        span: Span::new(start, start + end),
        place: place.to_owned(),
        agency: agency.map(str::to_owned),
        date: day.and_then(|day| day.resolve(reference)).map(|date| date.to_string()),
    })
}

/// What stands before the first dash, and the offset after the dash. TASS writes `/TASS/.` for it.
fn split_at_dash(line: &str) -> Option<(&str, usize)> {
    for (at, c) in line.char_indices().take_while(|&(at, _)| at < LONGEST) {
        let (before, rest) = line.split_at(at);
        let end = match c {
            '—' | '–' => at + c.len_utf8(),
            '-' if rest.starts_with("--") => at + 2,
            '-' if before.ends_with([' ', ')']) && rest.starts_with("- ") => at + 1,
            // `NEW DELHI: The`.
            ':' if rest.starts_with(": ") && is_shouted_place(before) => at + 1,
            '/' if at > 0 => {
                let close = line.get(at + 1..)?.find('/')? + at + 2;
                return line.get(close..)?.starts_with('.').then(|| (line.split_at(close).0, close + 1));
            }
            _ => continue,
        };
        return Some((before.trim_end(), end));
    }
    None
}

/// Whether a place is written in capitals alone, and is none of the words that open a line like that.
fn is_shouted_place(text: &str) -> bool {
    let opener = [
        "ANALYSIS",
        "BREAKING",
        "CORRECTION",
        "EDITORIAL",
        "EXCLUSIVE",
        "LIVE",
        "NOTE",
        "OPINION",
        "UPDATE",
        "VIDEO",
        "WATCH",
    ];
    text.len() > 3
        && !text.contains(char::is_lowercase)
        && is_place(text)
        && !opener.iter().any(|word| text.contains(word))
}

/// Takes `(Agency)` or `/AGENCY/` off the end.
fn split_agency(head: &str) -> Option<(&str, Option<&str>)> {
    let Some((close, open)) = [(')', '('), ('/', '/')].into_iter().find(|&(close, _)| head.ends_with(close))
    else {
        // `TEHRAN, March 15, IRNA`.
        let named = head.rsplit_once(", ").filter(|(before, agency)| {
            let shouted = agency.len() > 1 && agency.chars().all(char::is_uppercase);
            shouted && before.contains(|c: char| c.is_ascii_digit())
        });
        return Some(named.map_or((head, None), |(before, agency)| (before, Some(agency))));
    };
    let (before, agency) = head.strip_suffix(close)?.rsplit_once(open)?;
    let named = agency.starts_with(char::is_alphabetic) && agency.split_whitespace().count() <= 5;
    named.then(|| (before.trim_end_matches([' ', '.', ',']), Some(agency.trim())))
}

/// Splits `KYIV, Ukraine, Oct. 3, 2024` into the place and the day.
fn place_and_day(head: &str) -> Option<(&str, Option<date::WrittenDay>)> {
    let commas = head.match_indices(", ").map(|(at, mark)| (at, at + mark.len()));
    let mut cuts =
        commas.chain(head.match_indices(". ").map(|(at, mark)| (at, at + mark.len()))).collect::<Vec<_>>();
    cuts.sort_unstable();
    let dated = cuts.into_iter().find_map(|(end, start)| match date::written(head.get(start..)?) {
        Some((day, 0)) => Some((head.split_at(end).0, Some(day))),
        _ => None,
    });
    let (place, day) = dated.unwrap_or((head, None));
    is_place(place).then_some((place, day))
}

/// One to three parts of one to four words, each led by a capital but for small words (`Rio de Janeiro`).
fn is_place(text: &str) -> bool {
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let small = |word: &str| word.chars().count() <= 3 && word.chars().all(char::is_alphabetic);
    let parts = text.split(", ");
    parts.clone().count() <= 3
        && parts.into_iter().all(|part| {
            let words = part.split_whitespace();
            capital(part)
                && (1..=4).contains(&words.clone().count())
                && words.into_iter().all(|word| {
                    (capital(word) || small(word))
                        && word
                            .chars()
                            .all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-' | '/'))
                })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_place_day_and_agency() {
        let cases = [
            ("BAKU, May 20 (Agency) — The two", "BAKU", Some("2025-05-20"), Some("Agency")),
            ("JERUSALEM (AP) - Officials said", "JERUSALEM", None, Some("AP")),
            ("GENEVA, Oct. 3, 2024 — The agency", "GENEVA", Some("2024-10-03"), None),
            ("KYIV, Ukraine (AP) — Russia", "KYIV, Ukraine", None, Some("AP")),
            ("NEW YORK, Sept 5 (Reuters) - Shares", "NEW YORK", Some("2025-09-05"), Some("Reuters")),
            ("Rio de Janeiro, 3 October 2024 – A", "Rio de Janeiro", Some("2024-10-03"), None),
            ("MOSCOW, May 20. /TASS/. Russia", "MOSCOW", Some("2025-05-20"), Some("TASS")),
            ("MOSCOW. May 20 (Interfax) - Russia", "MOSCOW", Some("2025-05-20"), Some("Interfax")),
            ("ST. LOUIS -- Police", "ST. LOUIS", None, None),
            ("WASHINGTON — “We", "WASHINGTON", None, None),
            ("Harare, Zimbabwe - The", "Harare, Zimbabwe", None, None),
            ("TEHRAN, March 15, IRNA - Iran", "TEHRAN", Some("2025-03-15"), Some("IRNA")),
            ("NEW DELHI: The", "NEW DELHI", None, None),
        ];
        for (line, place, date, agency) in cases {
            let found = find(line, 7, date::day_of("2025-06-01")).expect(line);
            assert_eq!(
                (found.place.as_str(), found.date.as_deref(), found.agency.as_deref()),
                (place, date, agency),
                "{line}"
            );
            assert_eq!(found.span.start, 7);
            assert!(found.span.end as usize <= line.len() + 7);
        }
    }

    #[test]
    fn leaves_a_day_without_year_open() {
        assert_eq!(find("BAKU, May 20 (Agency) — The", 0, None).unwrap().date, None);
    }

    #[test]
    fn takes_no_sentence_with_a_dash_for_a_dateline() {
        for line in [
            "NATO — the alliance of 32 states — met",
            "The minister — who had resigned in May — said",
            "Iran-Azerbaijan ties are growing",
            "In May, 20 people — mostly children — died",
            "Prices rose 20% - a record",
            "He said so (again) - twice",
            "BAKU —",
            "BREAKING: The minister resigned",
            "Analysis: The war of words",
            "— ",
            "",
            "and/or else. He",
        ] {
            assert_eq!(find(line, 0, None), None, "{line}");
        }
    }
}
