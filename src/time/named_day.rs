//! Days that have become names for what happened on them, so that their year is left out: `the September 11 attacks`.

use super::pieces::Pieces;

struct NamedDay {
    month: i8,
    day: i8,
    year: i16,
    /// Nouns that the day is put before.
    before: &'static [&'static str],
    /// Words of the same sentence that tell it as well.
    beside: &'static [&'static str],
}

const ATTACK: &[&str] = &[
    "attack",
    "attacks",
    "massacre",
    "massacres",
    "assault",
    "onslaught",
    "atrocities",
    "atrocity",
    "bombing",
    "bombings",
    "terror",
    "terrorist",
    "hijackers",
    "hijackings",
    "raid",
    "rampage",
    "killings",
];

const DAYS: [NamedDay; 11] = [
    NamedDay {
        month: 1,
        day: 6,
        year: 2021,
        before: &["insurrection", "riot", "rioters", "committee", "defendants"],
        beside: &["capitol"],
    },
    NamedDay {
        month: 2,
        day: 24,
        year: 2022,
        before: &["invasion"],
        beside: &["invaded ukraine", "invasion of ukraine"],
    },
    NamedDay { month: 3, day: 11, year: 2004, before: &[], beside: &["madrid"] },
    NamedDay { month: 6, day: 4, year: 1989, before: &["massacre", "crackdown"], beside: &["tiananmen"] },
    NamedDay { month: 7, day: 7, year: 2005, before: &["bombings", "bombers"], beside: &[] },
    NamedDay { month: 7, day: 20, year: 1944, before: &["plot"], beside: &["stauffenberg"] },
    NamedDay {
        month: 9,
        day: 11,
        year: 2001,
        before: ATTACK,
        beside: &["world trade center", "al-qaeda", "al qaeda", "twin towers"],
    },
    NamedDay { month: 10, day: 7, year: 2023, before: ATTACK, beside: &["hamas", "gaza"] },
    NamedDay { month: 11, day: 13, year: 2015, before: ATTACK, beside: &["bataclan"] },
    NamedDay { month: 11, day: 26, year: 2008, before: ATTACK, beside: &["mumbai"] },
    NamedDay { month: 12, day: 7, year: 1941, before: &[], beside: &["pearl harbor", "pearl harbour"] },
];

/// The year of a day that is named in a sentence (in lower case); `end` is one past the pieces of the day.
pub(super) fn year(p: &Pieces, end: usize, sentence: &str, (month, day): (i8, i8)) -> Option<i16> {
    let named = DAYS.iter().find(|named| (named.month, named.day) == (month, day))?;
    let before = (end..end + 3)
        .take_while(|&i| p.word(i).starts_with(char::is_alphabetic))
        .any(|i| named.before.contains(&p.word(i)));
    let beside = || named.beside.iter().any(|words| sentence.contains(words));
    (before || beside()).then_some(named.year)
}
