use super::forms::Forms;
use crate::text::Table;

/// What a noun in its most frequent sense stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Noun {
    Person,
    Man,
    Woman,
    /// Several people acting as one: `team`, `government`, `company`.
    Group,
    Place,
    /// An amount or a time, which is referred to by other means.
    Measure,
}

/// Nouns by lemma; `lexicon.md` tells their source.
static NOUNS: Table = Table::new(include_str!("nouns.tsv"));

/// Given names in lower case; `lexicon.md` tells their source.
static GIVEN_NAMES: Table = Table::new(include_str!("given_names.tsv"));

/// What a lemma in lower case stands for.
pub(crate) fn noun(lemma: &str) -> Option<Noun> {
    if WOMEN.contains(&lemma) || lemma.ends_with("woman") {
        return Some(Noun::Woman);
    }
    if MEN.contains(&lemma) {
        return Some(Noun::Man);
    }
    if PLACES.contains(&lemma) {
        return Some(Noun::Place);
    }
    if GROUPS.contains(&lemma) {
        return Some(Noun::Group);
    }
    if PERSONS.contains(&lemma) {
        return Some(Noun::Person);
    }
    if MEASURES.contains(&lemma) {
        return Some(Noun::Measure);
    }
    NOUNS.get(lemma).map(|class| match class {
        "person" => Noun::Person,
        "man" => Noun::Man,
        "woman" => Noun::Woman,
        "group" => Noun::Group,
        "place" => Noun::Place,
        _ => Noun::Measure,
    })
}

/// The gender that a given name tells, if it does.
pub(super) fn gender_of_given_name(name: &str) -> Option<Forms> {
    let gender = GIVEN_NAMES.get(&name.to_lowercase())?;
    Some(if gender == "f" { Forms::SHE } else { Forms::HE })
}

/// Whether a full name is a woman's, as far as its given name tells.
pub(crate) fn is_woman(name: &str) -> Option<bool> {
    let mut words = name.split_whitespace();
    let gender = gender_of_given_name(words.next()?)?;
    words.next().map(|_| gender == Forms::SHE)
}

/// The gender that a title before a name tells.
pub(super) fn gender_of_title(title: &str) -> Option<Forms> {
    match title.to_lowercase().trim_end_matches('.') {
        "mr" | "sir" | "lord" | "king" | "prince" | "father" | "brother" | "sheikh" | "ayatollah"
        | "imam" | "emperor" | "duke" | "pope" | "baron" | "count" => Some(Forms::HE),
        "mrs" | "ms" | "miss" | "madam" | "mme" | "lady" | "dame" | "queen" | "princess" | "sister"
        | "empress" | "duchess" | "baroness" | "countess" => Some(Forms::SHE),
        _ => None,
    }
}

/// Nouns for women that are not told by their ending.
const WOMEN: &[&str] = &[
    "actress",
    "aunt",
    "bride",
    "countess",
    "dame",
    "daughter",
    "duchess",
    "empress",
    "female",
    "feminist",
    "girl",
    "girlfriend",
    "goddess",
    "granddaughter",
    "grandmother",
    "heiress",
    "heroine",
    "hostess",
    "lady",
    "mother",
    "mum",
    "mom",
    "niece",
    "nun",
    "princess",
    "queen",
    "sister",
    "stepmother",
    "waitress",
    "widow",
    "wife",
    "woman",
];

/// Nouns for men.
const MEN: &[&str] = &[
    "boy",
    "boyfriend",
    "brother",
    "dad",
    "duke",
    "emperor",
    "father",
    "fiance",
    "gentleman",
    "grandfather",
    "grandson",
    "groom",
    "husband",
    "king",
    "lord",
    "male",
    "man",
    "monk",
    "nephew",
    "pope",
    "priest",
    "prince",
    "son",
    "stepfather",
    "uncle",
    "widower",
];

/// Nouns for polities, which are places first.
const PLACES: &[&str] = &[
    "city", "country", "county", "kingdom", "nation", "province", "republic", "state", "town", "village",
    "capital",
];

/// Nouns for groups and bodies whose most frequent sense is listed as something more general.
const GROUPS: &[&str] = &[
    "administration",
    "agency",
    "airline",
    "alliance",
    "association",
    "authority",
    "bank",
    "body",
    "broadcaster",
    "church",
    "court",
    "firm",
    "force",
    "foundation",
    "group",
    "institute",
    "institution",
    "magazine",
    "media",
    "network",
    "newspaper",
    "organisation",
    "organization",
    "police",
    "school",
    "union",
    "university",
];

/// Nouns for people that `WordNet` does not have, or first knows in another sense.
const PERSONS: &[&str] = &[
    "bomber",
    "ceo",
    "cfo",
    "chancellor",
    "climber",
    "co-founder",
    "commuter",
    "counterpart",
    "founder",
    "frontrunner",
    "influencer",
    "islamist",
    "jihadist",
    "mep",
    "midfielder",
    "mp",
    "parliamentarian",
    "regulator",
    "shooter",
    "vlogger",
    "youtuber",
];

/// Nouns of amount and time.
const MEASURES: &[&str] = &[
    "day",
    "week",
    "month",
    "year",
    "hour",
    "minute",
    "time",
    "percent",
    "number",
    "lot",
    "part",
    "rest",
    "kind",
    "sort",
    "today",
    "yesterday",
    "tomorrow",
    "morning",
    "evening",
    "afternoon",
    "night",
    "half",
    "way",
    "end",
    "beginning",
    "case",
    "thing",
    "order",
    "addition",
    "fact",
    "example",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_in_order_and_name_nothing_twice() {
        for table in [&NOUNS, &GIVEN_NAMES] {
            let names: Vec<&str> = table.lines().map(|(name, _)| name).collect();
            assert!(names.len() > 5000);
            assert!(names.is_sorted_by(|a, b| a < b));
        }
    }

    #[test]
    fn nouns_tell_people_from_groups_and_places() {
        for (lemma, expected) in [
            ("minister", Noun::Person),
            ("chancellor", Noun::Person),
            ("spokeswoman", Noun::Woman),
            ("father", Noun::Man),
            ("government", Noun::Group),
            ("country", Noun::Place),
            ("year", Noun::Measure),
        ] {
            assert_eq!(noun(lemma), Some(expected), "{lemma}");
        }
        assert_eq!(noun("table").filter(|n| *n == Noun::Person), None);
    }

    #[test]
    fn given_names_tell_gender() {
        assert_eq!(gender_of_given_name("Angela"), Some(Forms::SHE));
        assert_eq!(gender_of_given_name("Vladimir"), Some(Forms::HE));
        assert_eq!(gender_of_given_name("Xi"), None);
    }
}
