/// Endings of English demonyms and adjectives of countries.
const ENDINGS: &[&str] = &[
    "an", "ans", "ese", "ish", "ic", "i", "is", "er", "ers", "men", "man", "woman", "women", "ch", "ard",
    "ards", "ite", "no", "nos",
];

/// Demonyms without such an ending.
const IRREGULAR: &[&str] = &[
    "Argentine",
    "Argentines",
    "Basotho",
    "Batswana",
    "Briton",
    "Britons",
    "Burkinabe",
    "Croat",
    "Croats",
    "Cypriot",
    "Cypriots",
    "Czech",
    "Czechs",
    "Dane",
    "Danes",
    "Finn",
    "Finns",
    "Greek",
    "Greeks",
    "Malagasy",
    "Manx",
    "Monegasque",
    "Mosotho",
    "Motswana",
    "Nigerien",
    "Nigeriens",
    "Philippine",
    "Pole",
    "Poles",
    "Serb",
    "Serbs",
    "Slovak",
    "Slovaks",
    "Slovene",
    "Slovenes",
    "Swede",
    "Swedes",
    "Swiss",
    "Thai",
    "Turk",
    "Turkmen",
    "Turks",
    "Seychellois",
];

/// Names of countries that end as demonyms do.
const NAMES: &[&str] = &["Vatican", "Vatikan", "Al-Yaman", "Online", "Cayman", "Dzayeri"];

/// Whether another name of a country is its demonym (`Iranian`, `Swiss`), by its form. Names of several words, such as
/// `South Korean`, are judged by the last.
pub(super) fn is_demonym(alias: &str, label: &str) -> bool {
    let last = |name: &str| name.rsplit([' ', '-']).next().unwrap_or("").to_owned();
    let word = last(alias);
    if NAMES.contains(&alias)
        || word.ends_with("stan")
        || !starts_upper(&word)
        || fold_is(&word, &last(label))
    {
        return false;
    }
    let several = alias.contains(' ');
    IRREGULAR.contains(&word.as_str())
        || (ENDINGS.iter().any(|e| word.ends_with(e))
            && word.len() > 4
            && (!several || shares_start(alias, label)))
}

fn starts_upper(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().skip(1).all(char::is_lowercase)
}

fn fold_is(a: &str, b: &str) -> bool {
    crate::text::fold(a) == crate::text::fold(b)
}

/// `South Korean` is of South Korea, `Kingdom of Jordanian` of nothing.
fn shares_start(alias: &str, label: &str) -> bool {
    alias.split(' ').next() == label.split(' ').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn demonyms_are_told_from_other_names_of_a_country() {
        for (alias, label) in [
            ("Iranian", "Iran"),
            ("Iraqis", "Iraq"),
            ("French", "France"),
            ("Swiss", "Switzerland"),
            ("South Koreans", "South Korea"),
            ("Filipinos", "Philippines"),
        ] {
            assert!(is_demonym(alias, label), "{alias}");
        }
        for (alias, label) in [
            ("Persia", "Iran"),
            ("USA", "United States"),
            ("Hindustan", "India"),
            ("Republic of Sudan", "Sudan"),
            ("Vatican", "Vatican City"),
            ("Deutschland", "Germany"),
        ] {
            assert!(!is_demonym(alias, label), "{alias}");
        }
    }
}
