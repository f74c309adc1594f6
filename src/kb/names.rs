use super::format::flag;
use super::{Row, demonym, name_parts};
use crate::annotation::Class;
use crate::text::{fold, in_capitals};

/// Longest name that is kept, in bytes of its folded form.
const MAX_NAME: usize = 120;
/// Words that a source may give as names, and that no text means as one.
const NO_NAMES: &[&str] = &["he", "she", "it", "they", "we", "i", "you", "his", "her", "its", "him"];
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
    let parts = name_parts::parts(row);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn names(class: Class, label: &str, aliases: &[&str]) -> Vec<(String, u8)> {
        let aliases = aliases.iter().map(|&alias| alias.to_owned()).collect();
        let row = Row { label: label.to_owned(), class: Some(class), aliases, ..Row::default() };
        names_of(&row).into_iter().map(|name| (name.folded, name.flags)).collect()
    }

    #[test]
    fn names_tell_what_they_are() {
        let names = names(Class::Country, "Iran", &["Iranian", "IRN", "irn", "IRAN", "country"]);
        let expected = [("iran", flag::LABEL), ("iranian", flag::DEMONYM), ("irn", flag::ACRONYM)];
        assert_eq!(names, expected.map(|(name, flags)| (name.to_owned(), flags)));
    }
}
