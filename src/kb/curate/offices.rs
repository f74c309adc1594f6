use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::{Key, Row};
use super::countries::{Countries, Country};
use crate::annotation::Class;
use crate::text::{fold, in_capitals};

/// What bodies are called that every country has one of: their names say nothing without the country.
const COMMON: &[&str] = &[
    "air force",
    "armed forces",
    "army",
    "cabinet",
    "central bank",
    "central election commission",
    "chamber of deputies",
    "coast guard",
    "congress",
    "constitutional court",
    "council of ministers",
    "federal assembly",
    "federal council",
    "government",
    "house",
    "house of commons",
    "house of lords",
    "house of representatives",
    "lower house",
    "national assembly",
    "national bank",
    "national guard",
    "national police",
    "national security council",
    "navy",
    "parliament",
    "police",
    "reserve bank",
    "senate",
    "supreme court",
    "upper house",
    "treasury",
    "foreign office",
    "home office",
    "president",
    "prime minister",
    "king",
    "queen",
    "chancellor",
    "foreign minister",
    "foreign ministry",
    "defense ministry",
    "defence ministry",
    "general staff",
];
/// Beginnings of such names.
const COMMON_STARTS: &[&str] =
    &["ministry of ", "minister of ", "minister for ", "department of ", "deputy prime minister"];
/// What the post or body of a field is called with the field before it: `Ministry of Defence`, `Defence Ministry`.
const OF_FIELD: &[(&str, &str)] = &[
    ("Ministry of ", "Ministry"),
    ("Ministry for ", "Ministry"),
    ("Minister of ", "Minister"),
    ("Minister for ", "Minister"),
    ("Department of ", "Department"),
    ("Secretary of ", "Secretary"),
    ("Parliament of ", "Parliament"),
];
/// Fields that have a shorter name there.
const SHORT_FIELDS: &[(&str, &[&str])] = &[
    ("foreign affairs", &["Foreign", "Foreign Affairs"]),
    ("external affairs", &["Foreign", "External Affairs"]),
    ("foreign relations", &["Foreign"]),
    ("defence", &["Defence", "Defense"]),
    ("defense", &["Defense", "Defence"]),
    ("national defence", &["Defence", "Defense"]),
    ("national defense", &["Defense", "Defence"]),
    ("interior", &["Interior"]),
    ("internal affairs", &["Interior", "Internal Affairs"]),
    ("home affairs", &["Home", "Home Affairs", "Interior"]),
    ("public health", &["Health"]),
    ("health and social affairs", &["Health"]),
    ("economic affairs", &["Economy", "Economic Affairs"]),
    ("labour", &["Labour", "Labor"]),
    ("labor", &["Labor", "Labour"]),
    ("oil", &["Oil"]),
];
/// Words of which the name of an office has one; without it it is only a field (`Agriculture`).
const OFFICE_WORDS: &[&str] = &[
    "minister",
    "ministro",
    "ministra",
    "ministre",
    "premier",
    "president",
    "vice",
    "secretary",
    "chancellor",
    "king",
    "queen",
    "governor",
    "mayor",
    "chairman",
    "chair",
    "chairperson",
    "chief",
    "head",
    "director",
    "general",
    "speaker",
    "member",
    "judge",
    "leader",
    "commander",
    "commissioner",
    "ambassador",
    "deputy",
    "attorney",
    "treasurer",
    "senator",
    "pope",
];
/// Longest field, in words, that is put before.
const MOST_WORDS: usize = 2;

/// An office in a form in which the same office is written the same: folded, `minister for defense` as `minister of defence`.
pub(super) fn canonical(office: &str) -> String {
    let folded = fold(office);
    let words = folded.split(' ').filter(|word| *word != "the").map(|word| match word {
        "for" => "of",
        "defense" => "defence",
        "labor" => "labour",
        word => word,
    });
    let joined = words.collect::<Vec<_>>().join(" ");
    match joined.as_str() {
        "foreign minister" => "minister of foreign affairs".to_owned(),
        "defence minister" => "minister of defence".to_owned(),
        "finance minister" => "minister of finance".to_owned(),
        "interior minister" => "minister of interior".to_owned(),
        _ => joined,
    }
}

/// Gives offices and bodies that have no country the one that their name or description says.
pub(super) fn place(rows: &mut [Row], countries: &Countries) {
    for row in rows.iter_mut().filter(|row| row.country.is_none() && is_body(row)) {
        if row.class != Some(Class::Organization) {
            let said = countries.found_in(&row.label);
            row.country = said.or_else(|| countries.found_in(row.description.as_ref()?)).cloned();
        }
    }
}

/// Gives offices and bodies the names under which they are spoken of: with their country, `Iranian Foreign Ministry`, and without
/// it, as a part of the name only, since many countries have one.
pub(super) fn name(rows: &mut [Row], countries: &Countries) {
    let shared = shared(rows, countries);
    let offices = office_names(rows);
    for row in rows.iter_mut() {
        if row.class == Some(Class::Person) {
            // A title is no name of who holds it now.
            row.aliases.retain(|alias| !offices.contains(&fold(alias)));
        }
        if row.class == Some(Class::Position) {
            drop_fields(row);
        }
        if !is_body(row) {
            continue;
        }
        let is_shared = |name: &str| {
            let folded = fold(name);
            // An acronym is a name, however many have it.
            !in_capitals(name) && shared.contains(&folded)
                || COMMON_STARTS.iter().any(|start| folded.starts_with(start))
        };
        let aliases = std::mem::take(&mut row.aliases);
        let (parts, names): (Vec<String>, Vec<String>) =
            aliases.into_iter().partition(|alias| is_shared(alias));
        row.aliases = names;
        row.partial.extend(parts);
        if let Some(country) = row.country.as_ref().and_then(|key| countries.get(key)) {
            name_body(row, country, &is_shared);
        }
    }
}

/// Takes the names off an office that are only its field, if it has others.
fn drop_fields(row: &mut Row) {
    let names_office = |name: &String| fold(name).split(' ').any(|word| OFFICE_WORDS.contains(&word));
    if !row.aliases.iter().any(names_office) && !names_office(&row.label) {
        return;
    }
    row.aliases.retain(names_office);
    if !names_office(&row.label) {
        row.label = row.aliases.remove(0);
    }
}

fn is_body(row: &Row) -> bool {
    let body = matches!(
        row.class,
        Some(Class::Position | Class::GovernmentBody | Class::Military | Class::Organization)
    );
    body && !row.description.as_ref().is_some_and(|text| text.starts_with("cabinet of"))
}

/// The folded names without country that bodies of several countries have.
fn shared(rows: &[Row], countries: &Countries) -> BTreeSet<String> {
    let mut of: BTreeMap<String, BTreeSet<&Key>> = BTreeMap::new();
    for row in rows.iter().filter(|row| is_body(row)) {
        let Some((key, country)) = row.country.as_ref().and_then(|key| Some((key, countries.get(key)?)))
        else {
            continue;
        };
        for name in std::iter::once(&row.label).chain(&row.aliases) {
            of.entry(fold(country.stripped(name))).or_default().insert(key);
        }
    }
    let several = of.into_iter().filter(|(_, countries)| countries.len() > 1).map(|(name, _)| name);
    several.chain(COMMON.iter().map(|&name| name.to_owned())).collect()
}

/// The folded names of offices that people are called by.
fn office_names(rows: &[Row]) -> BTreeSet<String> {
    let offices = rows.iter().filter(|row| row.class == Some(Class::Position));
    offices.flat_map(|row| std::iter::once(&row.label).chain(&row.aliases)).map(|name| fold(name)).collect()
}

fn name_body(row: &mut Row, country: &Country, is_shared: &dyn Fn(&str) -> bool) {
    let bare = country.stripped(&row.label).to_owned();
    if !is_shared(&bare) {
        return;
    }
    if bare == row.label {
        row.label = format!("{bare} of {}", country.name);
    }
    let mut bares = vec![bare];
    bares.extend(row.aliases.iter().map(|alias| country.stripped(alias).to_owned()).filter(|b| is_shared(b)));
    let mut forms: Vec<String> = bares.iter().flat_map(|bare| field_first(bare)).collect();
    forms.extend(bares);
    forms.sort();
    forms.dedup();
    for form in forms {
        for adjective in &country.adjectives {
            row.aliases.push(format!("{adjective} {form}"));
        }
        row.partial.push(form);
    }
}

/// `Defence Ministry` and `Defense Ministry` of `Ministry of Defence`.
fn field_first(name: &str) -> Vec<String> {
    let short: HashMap<&str, &[&str]> = SHORT_FIELDS.iter().copied().collect();
    let Some((field, head)) =
        OF_FIELD.iter().find_map(|(start, head)| Some((name.strip_prefix(start)?, head)))
    else {
        return Vec::new();
    };
    let field = field.strip_prefix("the ").unwrap_or(field);
    match short.get(fold(field).as_str()) {
        Some(fields) => fields.iter().map(|field| format!("{field} {head}")).collect(),
        None if field.split(' ').count() <= MOST_WORDS => vec![format!("{field} {head}")],
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_office_has_one_form() {
        for (a, b) in [
            ("Minister for Defense", "minister of defence"),
            ("Foreign Minister", "Minister of Foreign Affairs"),
            ("Minister of the Interior", "Interior minister"),
        ] {
            assert_eq!(canonical(a), canonical(b));
        }
    }

    #[test]
    fn bodies_are_spoken_of_with_their_country_and_without() {
        let row = |qid, label: &str, class| Row {
            qid: Some(qid),
            label: label.to_owned(),
            class: Some(class),
            country: Some(Key::Item(794)),
            ..Row::default()
        };
        let mut rows = vec![
            Row { demonyms: vec!["Iranian".to_owned()], ..row(794, "Iran", Class::Country) },
            row(1, "Ministry of Foreign Affairs", Class::GovernmentBody),
            row(2, "Quds Force", Class::Military),
            Row {
                aliases: vec!["Majlis".to_owned(), "Parliament".to_owned()],
                ..row(3, "Parliament of Iran", Class::GovernmentBody)
            },
            Row { aliases: vec!["President of Iran".to_owned()], ..row(4, "Someone", Class::Person) },
            row(5, "President of Iran", Class::Position),
            Row {
                aliases: vec!["Minister of Justice".to_owned()],
                ..row(6, "Justice and Law", Class::Position)
            },
        ];
        let countries = Countries::of(&rows);
        name(&mut rows, &countries);
        assert_eq!(rows[1].label, "Ministry of Foreign Affairs of Iran");
        for name in ["Iranian Foreign Ministry", "Iranian Ministry of Foreign Affairs"] {
            assert!(rows[1].aliases.iter().any(|alias| alias == name), "{:?}", rows[1].aliases);
        }
        assert!(rows[1].partial.contains(&"Foreign Ministry".to_owned()));
        assert_eq!(rows[2], row(2, "Quds Force", Class::Military));
        assert!(
            rows[3].aliases.contains(&"Majlis".to_owned())
                && !rows[3].aliases.contains(&"Parliament".to_owned())
        );
        assert!(rows[3].partial.contains(&"Parliament".to_owned()));
        assert!(rows[4].aliases.is_empty());
        assert_eq!(rows[6].label, "Minister of Justice of Iran");
    }
}
