use super::super::Row;
use crate::annotation::{Class, Kind};
use crate::text::fold;

/// Words that tables give as names, and that no text means as one.
const PRONOUNS: &[&str] = &["he", "she", "it", "they", "we", "i", "you", "his", "her", "its", "him", "one"];
/// Legal forms at the end of names of firms, folded.
const LEGAL_FORMS: &[&str] = &[
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "ltd",
    "limited",
    "llc",
    "llp",
    "lp",
    "plc",
    "ag",
    "sa",
    "nv",
    "bv",
    "se",
    "ab",
    "asa",
    "as",
    "oyj",
    "oy",
    "gmbh",
    "kg",
    "kgaa",
    "spa",
    "srl",
    "sas",
    "pty",
    "bhd",
    "sdn",
    "berhad",
    "pjsc",
    "ojsc",
    "jsc",
    "pao",
    "oao",
    "ooo",
    "tbk",
    "pt",
    "kk",
    "sae",
    "saoc",
    "psc",
    "pvt",
    "and",
    "a s",
    "s a",
    "n v",
];

/// Takes out of the rows what is no name, and adds short forms that follow from the long ones.
pub(super) fn clean(rows: &mut [Row]) {
    for row in rows {
        if PRONOUNS.contains(&fold(&row.label).as_str()) && !row.aliases.is_empty() {
            row.label = row.aliases.remove(0);
        }
        let is_told_apart = |class: Class| {
            matches!(class.kind(), Kind::Polity | Kind::Place) || class == Class::PoliticalParty
        };
        if row.class.is_some_and(is_told_apart)
            && let Some(name) = without_note(&row.label)
        {
            let name = name.to_owned();
            row.aliases.push(std::mem::replace(&mut row.label, name));
        }
        let aliases = std::mem::take(&mut row.aliases);
        row.aliases = aliases.into_iter().filter_map(|alias| cleaned(&alias)).collect();
        if matches!(row.class, Some(Class::Company | Class::MediaOrganization)) {
            let names = std::iter::once(&row.label).chain(&row.aliases);
            let short: Vec<String> = names.filter_map(|name| without_form(name)).map(str::to_owned).collect();
            row.aliases.extend(short);
        }
        if row.class.is_some_and(|class| matches!(class.kind(), Kind::Polity | Kind::Place)) {
            let short = ["St ", "St. "]
                .into_iter()
                .find_map(|s| Some(format!("Saint {}", row.label.strip_prefix(s)?)));
            row.aliases.extend(short);
        }
        dedup(row);
    }
}

/// A name without what a list puts behind it to tell namesakes apart: `Georgia (USA)`.
fn without_note(name: &str) -> Option<&str> {
    let (name, note) = name.strip_suffix(')')?.rsplit_once(" (")?;
    (!name.is_empty() && !note.contains(')')).then_some(name)
}

/// A name without the code that a list put before it; `None` when it is a code.
fn cleaned(alias: &str) -> Option<String> {
    if alias.starts_with("ISO 3166") || alias.starts_with('.') {
        return None;
    }
    let (code, name) = alias.split_once(" - ").unwrap_or((alias, ""));
    let is_code = code.len() <= 6
        && code.as_bytes().get(2) == Some(&b'-')
        && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
    match (is_code, name) {
        (false, _) => Some(alias.to_owned()),
        (true, "") => None,
        (true, name) => Some(name.to_owned()),
    }
}

/// A firm's name without its legal form.
fn without_form(name: &str) -> Option<&str> {
    let mut short = name;
    while let Some((before, last)) = short.rsplit_once([' ', ',']) {
        let last = fold(last);
        if !last.is_empty() && !LEGAL_FORMS.contains(&last.as_str()) {
            break;
        }
        short = before.trim_end();
    }
    // One short word that is left says too little (`The Company`).
    (short.len() < name.len() && short.chars().count() > 2 && fold(short) != "the").then_some(short)
}

/// Leaves each name of a kind once.
fn dedup(row: &mut Row) {
    for names in [&mut row.aliases, &mut row.demonyms, &mut row.metonyms, &mut row.partial] {
        let mut seen = std::collections::BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_legal_forms_are_taken_off() {
        assert_eq!(cleaned("GB-SCT - Scotland").as_deref(), Some("Scotland"));
        assert_eq!((cleaned("FR-MF"), cleaned("ISO 3166-1:AW"), cleaned(".re")), (None, None, None));
        assert_eq!(cleaned("Al-Qaida").as_deref(), Some("Al-Qaida"));
        for (name, short) in [
            ("Apple Inc.", Some("Apple")),
            ("Vestas Wind Systems A/S", Some("Vestas Wind Systems")),
            ("Tata Motors Co., Ltd.", Some("Tata Motors")),
            ("Nestlé", None),
            ("BP plc", None),
        ] {
            assert_eq!(without_form(name), short, "{name}");
        }
    }

    #[test]
    fn notes_behind_the_names_of_places_are_no_part_of_them() {
        let row = |class| Row { label: "Georgia (USA)".to_owned(), class: Some(class), ..Row::default() };
        let mut rows = [row(Class::Region), row(Class::Work)];
        clean(&mut rows);
        assert_eq!((rows[0].label.as_str(), rows[0].aliases[0].as_str()), ("Georgia", "Georgia (USA)"));
        assert_eq!(rows[1].label, "Georgia (USA)");
    }

    #[test]
    fn a_pronoun_is_no_label() {
        let row = Row { label: "It".to_owned(), aliases: vec!["Frøya".to_owned()], ..Row::default() };
        let mut rows = [row];
        clean(&mut rows);
        assert_eq!((rows[0].label.as_str(), rows[0].aliases.len()), ("Frøya", 0));
    }
}
