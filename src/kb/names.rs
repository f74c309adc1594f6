use super::format::flag;
use super::{Row, demonym};
use crate::annotation::{Class, Kind};
use crate::text::{fold, in_capitals};

/// Longest name that is kept, in bytes of its folded form.
const MAX_NAME: usize = 120;
/// Words that a source may give as names, and that no text means as one.
const NO_NAMES: &[&str] = &["he", "she", "it", "they", "we", "i", "you", "his", "her", "its", "him"];
/// What belongs to the surname that it stands before.
const PARTICLES: &[&str] = &[
    "al", "el", "ben", "bin", "ibn", "da", "das", "de", "del", "della", "der", "den", "di", "dos", "du",
    "la", "le", "mac", "st", "ten", "ter", "van", "von", "zu", "abu", "ould",
];
/// What may come after a surname.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv", "v"];

/// A name that could stand in a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Name {
    /// Its form under which it is looked up.
    pub(super) folded: String,
    pub(super) flags: u8,
}

/// The names of a row that could stand in a text, each folded form once, in the order of the row. Names have a capital letter or a digit.
pub(super) fn names_of(row: &Row) -> Vec<Name> {
    let country = matches!(row.class, Some(Class::Country | Class::Territory));
    let alias_flags =
        |alias: &str| if country && demonym::is_demonym(alias, &row.label) { flag::DEMONYM } else { 0 };
    let label = std::iter::once((row.label.as_str(), flag::LABEL));
    let given =
        [(&row.demonyms, flag::DEMONYM), (&row.metonyms, flag::METONYM), (&row.partial, flag::PARTIAL)];
    let given =
        given.into_iter().flat_map(|(names, flag)| names.iter().map(move |name| (name.as_str(), flag)));
    let aliases = row.aliases.iter().map(|alias| (alias.as_str(), alias_flags(alias)));
    let parts: Vec<String> = surname(row).into_iter().chain(team_parts(row)).collect();
    let parts = parts.iter().map(|name| (name.as_str(), flag::PARTIAL));
    let mut names: Vec<Name> = Vec::new();
    for (name, flags) in label.chain(given).chain(aliases).chain(parts) {
        let flags = if in_capitals(name) { flags | flag::ACRONYM } else { flags };
        let Some(folded) = usable(name) else { continue };
        match names.iter_mut().find(|known| known.folded == folded) {
            Some(known) => known.flags = joined(known.flags, flags),
            None => names.push(Name { folded, flags }),
        }
    }
    names
}

/// The flags of a name that is there twice: both in capitals and not, or in full and as a part.
pub(super) fn joined(a: u8, b: u8) -> u8 {
    (a & b & (flag::ACRONYM | flag::PARTIAL | flag::METONYM)) | ((a | b) & flag::LABEL) | (a & flag::DEMONYM)
}

/// The folded form of a name, if it could stand in a text.
fn usable(name: &str) -> Option<String> {
    if !name.chars().any(|c| c.is_numeric() || (c.is_alphabetic() && !c.is_lowercase())) {
        return None;
    }
    let folded = fold(name);
    let good = folded.chars().any(char::is_alphabetic)
        && folded.len() <= MAX_NAME
        && !NO_NAMES.contains(&folded.as_str());
    good.then_some(folded)
}

/// The surname of a person: the last word of the label, with particles before it.
fn surname(row: &Row) -> Option<String> {
    if row.class?.kind() != Kind::Person {
        return None;
    }
    let words: Vec<&str> = row.label.split_whitespace().collect();
    let is = |list: &[&str], word: &str| list.contains(&fold(word).as_str());
    let mut end = words.len();
    while end > 2 && is(SUFFIXES, words[end - 1]) {
        end -= 1;
    }
    let mut start = end.checked_sub(1).filter(|&start| start > 0)?;
    while start > 1 && is(PARTICLES, words[start - 1]) {
        start -= 1;
    }
    // `Henry VIII of England`, `William the Conqueror` have none.
    if matches!(words[start - 1], "of" | "the") {
        return None;
    }
    let surname = words[start..end].join(" ");
    (surname.chars().count() > 1).then_some(surname)
}

/// What a team is called where sport is spoken of: by its place (`Boston`, `England`), or without it (`Red Sox`). The words
/// of its label up to each, and from each, as far as they are names.
fn team_parts(row: &Row) -> Vec<String> {
    const GENERIC: &[&str] =
        &["ac", "afc", "as", "cd", "cf", "club", "fc", "fk", "rc", "sc", "sk", "ssc", "sv", "team", "united"];
    if row.class != Some(Class::SportsTeam) {
        return Vec::new();
    }
    let is_name = |word: &&str| word.starts_with(char::is_uppercase);
    let words: Vec<&str> = row.label.split_whitespace().take_while(is_name).collect();
    let whole = row.label.split_whitespace().count();
    let splits = (1..words.len()).flat_map(|at| [words[..at].join(" "), words[at..].join(" ")]);
    let label = (words.len() < whole).then(|| words.join(" "));
    let tells = |part: &String| part.split(' ').any(|word| !GENERIC.contains(&fold(word).as_str()));
    splits.chain(label).filter(tells).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(class: Class, label: &str, aliases: &[&str]) -> Vec<(String, u8)> {
        let aliases = aliases.iter().map(|&alias| alias.to_owned()).collect();
        let row = Row { label: label.to_owned(), class: Some(class), aliases, ..Row::default() };
        names_of(&row).into_iter().map(|name| (name.folded, name.flags)).collect()
    }

    #[test]
    fn people_are_known_by_their_surnames() {
        let surname = |label: &str| {
            let names = names(Class::Person, label, &[]);
            names.into_iter().find(|(_, flags)| flags & flag::PARTIAL != 0).map(|(name, _)| name)
        };
        for (label, expected) in [
            ("Ursula von der Leyen", Some("von der leyen")),
            ("Donald Trump Jr.", Some("trump")),
            ("Ahmed al-Sharaa", Some("al sharaa")),
            ("Mohammed bin Salman", Some("bin salman")),
            ("Pelé", None),
            ("Juana of Castile", None),
        ] {
            assert_eq!(surname(label).as_deref(), expected, "{label}");
        }
    }

    #[test]
    fn teams_are_known_by_their_places_and_without_them() {
        let parts = |label: &str| {
            let names = names(Class::SportsTeam, label, &[]).into_iter();
            names.filter(|(_, flags)| flags & flag::PARTIAL != 0).map(|(name, _)| name).collect::<Vec<_>>()
        };
        assert_eq!(parts("Boston Red Sox"), ["boston", "red sox", "boston red", "sox"]);
        assert_eq!(parts("England national football team"), ["england"]);
        assert_eq!(parts("Arsenal F.C."), ["arsenal"]);
    }

    #[test]
    fn names_tell_what_they_are() {
        let names = names(Class::Country, "Iran", &["Iranian", "IRN", "irn", "IRAN", "country"]);
        let expected = [("iran", flag::LABEL), ("iranian", flag::DEMONYM), ("irn", flag::ACRONYM)];
        assert_eq!(names, expected.map(|(name, flags)| (name.to_owned(), flags)));
    }
}
