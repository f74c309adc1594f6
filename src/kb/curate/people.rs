use std::collections::{HashMap, HashSet};

use super::super::{Gender, Key, Relation, Row};
use super::countries::Countries;
use super::offices::canonical;
use crate::annotation::Class;
use crate::text::fold;

/// Offices whose holders lead their country.
const HEADS: &[&str] = &[
    "president",
    "prime minister",
    "king",
    "queen",
    "monarch",
    "emperor",
    "sultan",
    "emir",
    "amir",
    "chancellor",
    "federal chancellor",
    "supreme leader",
    "head of state",
    "head of government",
    "taoiseach",
    "premier",
    "president of republic",
    "chairman of presidency",
    "chairman of council of ministers",
    "grand duke",
    "prince",
];
/// Words of descriptions that only women or only men have.
const FEMALE: &[&str] = &[
    "actress",
    "queen",
    "princess",
    "empress",
    "duchess",
    "countess",
    "baroness",
    "businesswoman",
    "sportswoman",
    "spokeswoman",
    "congresswoman",
    "stateswoman",
    "noblewoman",
    "policewoman",
    "woman",
    "wife",
    "daughter",
    "mother",
    "sister",
    "widow",
    "nun",
    "goddess",
    "heroine",
    "dame",
    "first lady",
];
const MALE: &[&str] = &[
    "king",
    "prince",
    "emperor",
    "duke",
    "baron",
    "businessman",
    "sportsman",
    "congressman",
    "statesman",
    "nobleman",
    "policeman",
    "husband",
    "father",
    "brother",
    "monk",
    "pope",
    "cardinal",
    "archbishop",
    "sheikh",
    "sultan",
    "emir",
    "ayatollah",
    "imam",
];

/// The states that American descriptions abbreviate: `senator from OH`.
const STATES: &[(&str, &str)] = &[
    ("AL", "Alabama"),
    ("AK", "Alaska"),
    ("AZ", "Arizona"),
    ("AR", "Arkansas"),
    ("CA", "California"),
    ("CO", "Colorado"),
    ("CT", "Connecticut"),
    ("DC", "District of Columbia"),
    ("DE", "Delaware"),
    ("FL", "Florida"),
    ("GA", "Georgia"),
    ("HI", "Hawaii"),
    ("ID", "Idaho"),
    ("IL", "Illinois"),
    ("IN", "Indiana"),
    ("IA", "Iowa"),
    ("KS", "Kansas"),
    ("KY", "Kentucky"),
    ("LA", "Louisiana"),
    ("ME", "Maine"),
    ("MD", "Maryland"),
    ("MA", "Massachusetts"),
    ("MI", "Michigan"),
    ("MN", "Minnesota"),
    ("MS", "Mississippi"),
    ("MO", "Missouri"),
    ("MT", "Montana"),
    ("NE", "Nebraska"),
    ("NV", "Nevada"),
    ("NH", "New Hampshire"),
    ("NJ", "New Jersey"),
    ("NM", "New Mexico"),
    ("NY", "New York"),
    ("NC", "North Carolina"),
    ("ND", "North Dakota"),
    ("OH", "Ohio"),
    ("OK", "Oklahoma"),
    ("OR", "Oregon"),
    ("PA", "Pennsylvania"),
    ("PR", "Puerto Rico"),
    ("RI", "Rhode Island"),
    ("SC", "South Carolina"),
    ("SD", "South Dakota"),
    ("TN", "Tennessee"),
    ("TX", "Texas"),
    ("UT", "Utah"),
    ("VT", "Vermont"),
    ("VA", "Virginia"),
    ("WA", "Washington"),
    ("WV", "West Virginia"),
    ("WI", "Wisconsin"),
    ("WY", "Wyoming"),
];

/// A post in a description: `Minister of Finance, Iran (2021–)`.
#[derive(Debug, PartialEq)]
struct Post<'a> {
    title: &'a str,
    country: Option<&'a Key>,
    /// Whether the years have no end.
    held: bool,
}

/// Makes relations of the descriptions of people, places and bodies.
pub(super) fn relate(rows: &mut [Row], countries: &Countries) {
    let index = Index::of(rows, countries);
    for row in rows.iter_mut() {
        row.context.extend(row.description.as_deref().and_then(state).map(str::to_owned));
        let Some(description) = row.description.clone() else { continue };
        match row.class {
            Some(Class::Person) => person(row, &description, countries, &index),
            Some(Class::City | Class::Region) => place(row, &description, countries, &index),
            Some(Class::Country | Class::Territory) => country(row, &description, &index),
            Some(Class::Position | Class::GovernmentBody | Class::Military | Class::PoliticalParty) => {
                row.relations.extend(row.country.clone().map(|country| (Relation::Jurisdiction, country)));
            }
            _ => {}
        }
    }
}

/// The state that a description has somebody come from.
fn state(description: &str) -> Option<&'static str> {
    let (_, rest) = description.split_once(" from ")?;
    let code = rest.split([' ', ',', '-']).next()?;
    STATES.iter().find(|(state, _)| *state == code).map(|&(_, name)| name)
}

fn person(row: &mut Row, description: &str, countries: &Countries, index: &Index) {
    row.gender = row.gender.or_else(|| description.split("; ").find_map(gender));
    for part in description.split("; ") {
        let post = post(part, countries);
        let Some(country) = post.country.or(row.country.as_ref()).cloned() else { continue };
        let office = countries.get(&country).map(|c| canonical(c.stripped(post.title)));
        let Some(office) = office else { continue };
        if post.held && HEADS.contains(&office.as_str()) {
            row.relations.push((Relation::LeaderOf, country.clone()));
        }
        let body = ["member of ", "deputy member of ", "president of ", "speaker of ", "chairman of "];
        let body = body.iter().find_map(|prefix| office.strip_prefix(prefix)).map(str::to_owned);
        if let Some(key) = index.offices.get(&(country.clone(), office)) {
            row.relations.push((Relation::PositionHeld, key.clone()));
        }
        if let Some(key) = body.and_then(|body| index.bodies.get(&(country, body))) {
            row.relations.push((Relation::MemberOf, key.clone()));
        }
    }
    if let Some(country) = &row.country {
        row.relations.push((Relation::CitizenOf, country.clone()));
    }
}

/// Reads one part of a description.
fn post<'a>(part: &'a str, countries: &'a Countries) -> Post<'a> {
    let part = part.trim();
    let bracketed = part.strip_suffix(')').and_then(|part| part.rsplit_once(" ("));
    let (text, years) = bracketed.unwrap_or((part, ""));
    let held = years.ends_with('–') || years.contains("since ");
    let (title, country) = match text.rsplit_once(", ") {
        Some((title, country)) if countries.named(country).is_some() => (title, countries.named(country)),
        _ => {
            let of = (text.match_indices(" of "))
                .find_map(|(at, of)| countries.named(text.split_at(at).1.strip_prefix(of)?));
            (text, of)
        }
    };
    Post { title, country, held }
}

/// The gender that a part of a description tells by its words, as far as the first preposition: `drummer of Queen`.
fn gender(description: &str) -> Option<Gender> {
    let folded = fold(description);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let words: HashSet<&str> =
        words.take_while(|word| !["of", "in", "for", "from", "to", "by", "who"].contains(word)).collect();
    let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
    match (has(FEMALE), has(MALE)) {
        (true, false) => Some(Gender::Female),
        (false, true) => Some(Gender::Male),
        _ => None,
    }
}

/// `county seat of Macon County, Illinois, United States` lies in Illinois, in the United States.
fn place(row: &mut Row, description: &str, countries: &Countries, index: &Index) {
    let Some((_, place)) = description.split_once(" in ").or_else(|| description.split_once(" of ")) else {
        return;
    };
    let place = place.split("; ").next().unwrap_or(place);
    if row.country.is_none() {
        row.country = place.rsplit(", ").next().and_then(|country| countries.named(country)).cloned();
    }
    let Some(country) = &row.country else { return };
    let region = |name: &str| index.regions.get(&(country.clone(), fold(name)));
    if let Some(key) = place.split(", ").find_map(region)
        && *key != row.key()
    {
        row.relations.push((Relation::LocatedIn, key.clone()));
    }
}

/// `country in Western Asia; capital Baku` has its capital there.
fn country(row: &mut Row, description: &str, index: &Index) {
    let Some((_, capital)) = description.split_once("; capital ") else { return };
    if row.relations.iter().any(|(relation, _)| *relation == Relation::Capital) {
        return;
    }
    if let Some(key) = index.cities.get(&(row.key(), fold(capital))) {
        row.relations.push((Relation::Capital, key.clone()));
    }
}

/// Rows by their country and a name.
#[derive(Default)]
struct Index {
    offices: HashMap<(Key, String), Key>,
    bodies: HashMap<(Key, String), Key>,
    regions: HashMap<(Key, String), Key>,
    cities: HashMap<(Key, String), Key>,
}

impl Index {
    fn of(rows: &[Row], countries: &Countries) -> Self {
        let mut index = Self::default();
        let mut order: Vec<&Row> = rows.iter().filter(|row| row.country.is_some()).collect();
        order.sort_by(|a, b| b.popularity.total_cmp(&a.popularity));
        for row in order {
            let (Some(key), country) =
                (&row.country, row.country.as_ref().and_then(|key| countries.get(key)))
            else {
                continue;
            };
            let map = match row.class {
                Some(Class::Position) => &mut index.offices,
                Some(Class::GovernmentBody | Class::Organization) => &mut index.bodies,
                Some(Class::Region) => &mut index.regions,
                Some(Class::City) => &mut index.cities,
                _ => continue,
            };
            let place = matches!(row.class, Some(Class::Region | Class::City));
            for name in std::iter::once(&row.label).chain(&row.aliases) {
                let name = match country {
                    Some(country) if !place => canonical(country.stripped(name)),
                    _ => fold(name),
                };
                map.entry((key.clone(), name)).or_insert_with(|| row.key());
            }
        }
        index
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(qid: u32, label: &str, class: Class, country: u32, description: &str) -> Row {
        Row {
            qid: Some(qid),
            label: label.to_owned(),
            class: Some(class),
            country: Some(Key::Item(country)),
            description: Some(description.to_owned()),
            ..Row::default()
        }
    }

    #[test]
    fn descriptions_tell_offices_seats_and_places() {
        let mut rows = vec![
            row(212, "Ukraine", Class::Country, 212, "country in Eastern Europe; capital Kyiv"),
            row(1899, "Kyiv", Class::City, 212, "city in Kyiv City, Ukraine"),
            row(10, "Minister of Defence", Class::Position, 212, "public office in Ukraine"),
            row(11, "President of Ukraine", Class::Position, 212, "public office"),
            row(12, "Verkhovna Rada of Ukraine", Class::GovernmentBody, 212, "parliament"),
            row(
                13,
                "Someone",
                Class::Person,
                212,
                "President, Ukraine (2019–); member of the Verkhovna Rada (2014–2019)",
            ),
            row(
                14,
                "Else",
                Class::Person,
                212,
                "minister for defense of Ukraine (2014–2019); Ukrainian actress",
            ),
        ];
        let countries = Countries::of(&rows);
        relate(&mut rows, &countries);
        let has = |i: usize, relation, qid| rows[i].relations.contains(&(relation, Key::Item(qid)));
        assert!(has(0, Relation::Capital, 1899));
        assert!(
            has(5, Relation::PositionHeld, 11) && has(5, Relation::LeaderOf, 212),
            "{:?}",
            rows[5].relations
        );
        assert!(has(5, Relation::MemberOf, 12), "{:?}", rows[5].relations);
        assert!(has(6, Relation::PositionHeld, 10) && !has(6, Relation::LeaderOf, 212));
        assert!(has(10 - 8, Relation::Jurisdiction, 212));
        assert_eq!((rows[5].gender, rows[6].gender), (None, Some(Gender::Female)));
    }
}
