use std::collections::HashMap;

use super::super::{Key, Row};
use crate::annotation::Class;
use crate::text::fold;

/// Countries, of whom there are the article (`the Netherlands`) and short adjectives (`US`) that English gives them.
const WITH_ARTICLE: &[&str] = &[
    "bahamas",
    "central african republic",
    "comoros",
    "czech republic",
    "dominican republic",
    "gambia",
    "maldives",
    "netherlands",
    "philippines",
    "seychelles",
    "solomon islands",
    "united arab emirates",
    "united kingdom",
    "united states",
    "holy see",
];

/// The names of countries, to find them at the beginning and the end of other names.
pub(super) struct Countries {
    by_key: HashMap<Key, Country>,
    by_name: HashMap<String, Key>,
}

/// The names of a country.
#[derive(Default)]
pub(super) struct Country {
    /// As it stands after `of`: `the Netherlands`.
    pub(super) name: String,
    /// Adjectives, the usual one first; the names of some stand as adjectives too (`US`).
    pub(super) adjectives: Vec<String>,
    /// All names and adjectives, folded, the longest first.
    folded: Vec<String>,
}

impl Countries {
    pub(super) fn of(rows: &[Row]) -> Self {
        let mut countries = Self { by_key: HashMap::new(), by_name: HashMap::new() };
        for row in rows.iter().filter(|row| matches!(row.class, Some(Class::Country | Class::Territory))) {
            let key = row.key();
            let article = if WITH_ARTICLE.contains(&fold(&row.label).as_str()) { "the " } else { "" };
            let mut country = Country { name: format!("{article}{}", row.label), ..Country::default() };
            country.adjectives.extend(row.demonyms.first().cloned());
            country.adjectives.extend(match fold(&row.label).as_str() {
                "united states" => Some("US".to_owned()),
                "united kingdom" => Some("UK".to_owned()),
                _ => None,
            });
            let names = std::iter::once(&row.label).chain(&row.aliases).chain(&row.demonyms);
            country.folded = names.map(|name| fold(name)).filter(|name| name.len() > 1).collect();
            country.folded.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            for name in &country.folded {
                countries.by_name.entry(name.clone()).or_insert_with(|| key.clone());
            }
            // The label is the country's own, whoever else has it as another name.
            countries.by_name.insert(fold(&row.label), key.clone());
            countries.by_key.insert(key, country);
        }
        countries
    }

    pub(super) fn get(&self, key: &Key) -> Option<&Country> {
        self.by_key.get(key)
    }

    /// The country that a text names first. `Georgia` is more often the state in names of bodies of the United States.
    pub(super) fn found_in(&self, text: &str) -> Option<&Key> {
        const LONGEST: usize = 6;
        let words: Vec<&str> = text.split_whitespace().collect();
        (0..words.len()).filter(|&start| words[start].starts_with(char::is_uppercase)).find_map(|start| {
            let ends = (start + 1..=words.len().min(start + LONGEST)).rev();
            ends.map(|end| words[start..end].join(" ")).filter(|name| name != "Georgia").find_map(|name| {
                self.named(name.trim_end_matches([',', ';', '.', ')']).trim_end_matches("'s"))
            })
        })
    }

    /// The country of this name.
    pub(super) fn named(&self, name: &str) -> Option<&Key> {
        self.by_name.get(&fold(name))
    }
}

impl Country {
    /// A name without the country in it: `President` of `President of the French Republic`, `Senate` of `French Senate`.
    pub(super) fn stripped<'a>(&self, name: &'a str) -> &'a str {
        let is_country = |part: &str| {
            self.folded
                .binary_search_by(|known| {
                    let part = fold(part);
                    part.len().cmp(&known.len()).then_with(|| known.as_str().cmp(part.as_str()))
                })
                .is_ok()
        };
        for (at, _) in name.match_indices(" of ") {
            let (office, rest) = name.split_at(at);
            if at > 0 && rest.strip_prefix(" of ").is_some_and(is_country) {
                return office;
            }
        }
        if let Some((office, _)) = name.rsplit_once(", ").filter(|(_, last)| is_country(last)) {
            return office;
        }
        let mut spaces = name.rmatch_indices(' ').map(|(at, _)| name.split_at(at));
        spaces.find(|(front, _)| is_country(front)).map_or(name, |(_, rest)| rest.trim_start())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_taken_out_of_a_name() {
        let france = Row {
            qid: Some(142),
            label: "France".to_owned(),
            class: Some(Class::Country),
            aliases: vec!["French Republic".to_owned()],
            demonyms: vec!["French".to_owned()],
            ..Row::default()
        };
        let countries = Countries::of(&[france]);
        let france = countries.get(&Key::Item(142)).unwrap();
        for (name, expected) in [
            ("President of the French Republic", "President"),
            ("French Senate", "Senate"),
            ("Ministry of Justice (France)", "Ministry of Justice (France)"),
            ("Minister of Finance", "Minister of Finance"),
            ("France", "France"),
        ] {
            assert_eq!(france.stripped(name), expected);
        }
        assert_eq!(countries.named("french"), Some(&Key::Item(142)));
        assert_eq!(countries.found_in("upper house of the French Parliament"), Some(&Key::Item(142)));
        assert_eq!(countries.found_in("upper house"), None);
    }
}
