use std::collections::HashMap;
use std::io::{BufRead, Read};
use std::path::Path;

use super::super::{Error, Gender, Key, Relation, Row};
use super::triples::name_by;
use super::{Intake, lines, read_error};
use crate::annotation::Class;

/// Longest header, in bytes.
const HEADER: u64 = 1 << 16;

/// Reads a table of entities: tab-separated, UTF-8, one header line, no quoting.
///
/// Columns are found by their names: `label` and `type` are needed; `qid`, `iri`, `aliases`, `demonyms`, `metonyms`,
/// `partial` (`|` between names), `description`, `context` (words), `country_qid`, `relations`
/// (`capital:Q3616|member_of:Q1065`), `wikipedia_title`, `geonames_id`, `iso`, `lat`, `lon`, `gender`,
/// `population_or_popularity`, `source` are used where they are there.
pub(super) fn read(
    path: &Path,
    mut input: impl BufRead + Send,
    intake: &mut Intake<'_>,
) -> Result<(), Error> {
    let mut header = Vec::new();
    let read = Read::take(&mut input, HEADER).read_until(b'\n', &mut header);
    read.map_err(|error| read_error(path, error))?;
    let header = String::from_utf8_lossy(&header).into_owned();
    let columns = Columns::new(header.trim_end_matches(['\n', '\r']).split('\t'));
    for needed in ["label", "type"] {
        if !columns.has(needed) {
            let problem = format!("the header has no column `{needed}`");
            return Err(Error::Row { path: path.to_owned(), line: 1, problem });
        }
    }
    lines::read(path, input, 2, &Table { columns }, intake)
}

struct Table {
    columns: Columns,
}

impl lines::Lines for Table {
    const RUNS: bool = false;

    fn rows(&self, line: &str, rows: &mut Vec<Row>) -> Result<(), String> {
        if line.trim().is_empty() {
            return Ok(());
        }
        let fields: Vec<&str> = line.split('\t').collect();
        if fields.len() != self.columns.count {
            return Err(format!("it has {} columns, and the header {}", fields.len(), self.columns.count));
        }
        let field =
            |name: &str| self.columns.index(name).and_then(|i| fields.get(i)).map_or("", |f| f.trim());
        rows.push(row(&field)?);
        Ok(())
    }
}

/// Where the columns of a table are.
pub(super) struct Columns {
    by_name: HashMap<String, usize>,
    count: usize,
}

/// Other names of columns.
const OTHER_NAMES: &[(&str, &[&str])] = &[
    ("label", &["name", "title", "preflabel"]),
    ("type", &["class", "kind"]),
    ("qid", &["wikidata", "wikidata_id", "item"]),
    ("iri", &["uri", "id"]),
    ("aliases", &["alias", "altlabel", "alternate_names"]),
    ("description", &["comment", "definition"]),
    ("country_qid", &["country"]),
    ("lat", &["latitude"]),
    ("lon", &["longitude", "lng", "long"]),
    ("geonames_id", &["geonames", "geonameid"]),
    ("population_or_popularity", &["popularity", "population"]),
    ("wikipedia_title", &["wikipedia"]),
    ("gender", &["sex"]),
];

impl Columns {
    /// From the names in the header, in any case; a mark of the byte order may stand before the first.
    pub(super) fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let names: Vec<String> =
            names.map(|name| name.trim_start_matches('\u{feff}').trim().to_lowercase()).collect();
        let count = names.len();
        let mut by_name: HashMap<String, usize> =
            names.into_iter().enumerate().map(|(i, name)| (name, i)).collect();
        for (name, others) in OTHER_NAMES {
            if !by_name.contains_key(*name)
                && let Some(&i) = others.iter().find_map(|other| by_name.get(*other))
            {
                by_name.insert((*name).to_owned(), i);
            }
        }
        Self { by_name, count }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    pub(super) fn index(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }
}

/// The entity of a line, whose fields are given by name.
pub(super) fn row<'a>(field: &impl Fn(&str) -> &'a str) -> Result<Row, String> {
    let text = |name: &str| Some(field(name)).filter(|f| !f.is_empty()).map(str::to_owned);
    let label = text("label").ok_or("the label is missing")?;
    let class = class(field("type"), field("description"), field("source"))?;
    let coordinates = coordinates(number("lat", field("lat"))?, number("lon", field("lon"))?)?;
    let fame = field("population_or_popularity");
    number::<f64>("population_or_popularity", fame)?;
    let sources = field("source").split('+').filter(|s| !s.is_empty()).count();
    // The column of identifiers may hold either kind, and an IRI may be one that others have too.
    let mut own = Row::default();
    let own_qid = match (field("qid"), field("iri")) {
        ("", id) if is_qid(id) => id,
        (qid, "") => qid,
        (qid, iri) if iri.contains(':') && !iri.contains([' ', '<', '>', '"']) => {
            if name_by(&mut own, iri).is_none() {
                own.iri = Some(iri.to_owned());
            }
            qid
        }
        (_, iri) => return Err(format!("`{iri}` is neither a Q-id nor an absolute IRI")),
    };
    let list = |name| field(name).split('|').map(str::trim).filter(|item| !item.is_empty());
    let names = |name| list(name).map(str::to_owned).collect();
    Ok(Row {
        qid: qid("qid", own_qid)?.or(own.qid),
        iri: own.iri,
        label,
        second_label: None,
        class: Some(class),
        aliases: names("aliases"),
        demonyms: names("demonyms"),
        metonyms: names("metonyms"),
        partial: names("partial"),
        description: text("description"),
        context: text("context").into_iter().collect(),
        country: country(field("country_qid"))?,
        relations: list("relations").map(relation).collect::<Result<_, _>>()?,
        iso: text("iso"),
        gender: text("gender").as_deref().map(gender).transpose()?,
        is_page_only: false,
        source: 0,
        title: text("wikipedia_title").or(own.title),
        geonames: number("geonames_id", field("geonames_id"))?.or(own.geonames),
        coordinates,
        popularity: popularity(class, fame, sources),
    })
}

fn is_qid(text: &str) -> bool {
    text.strip_prefix('Q')
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// A country is given by its Q-id or its ISO code.
fn country(field: &str) -> Result<Option<Key>, String> {
    if field.len() == 2 && field.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Ok(Some(Key::Iso(field.to_owned())));
    }
    Ok(qid("country_qid", field)?.map(Key::Item))
}

fn number<T: std::str::FromStr>(name: &str, field: &str) -> Result<Option<T>, String> {
    if field.is_empty() {
        return Ok(None);
    }
    field.parse().map(Some).map_err(|_| format!("`{field}` in column `{name}` is not a number"))
}

/// Degrees of latitude and longitude that are on the Earth.
pub(super) fn coordinates(lat: Option<f64>, long: Option<f64>) -> Result<Option<(f64, f64)>, String> {
    match (lat, long) {
        (None, None) => Ok(None),
        (Some(lat), Some(long)) if lat.abs() <= 90.0 && long.abs() <= 180.0 => Ok(Some((lat, long))),
        (Some(lat), Some(long)) => Err(format!("there is no place at latitude {lat} and longitude {long}")),
        _ => Err("latitude and longitude go together".to_owned()),
    }
}

fn qid(name: &str, field: &str) -> Result<Option<u32>, String> {
    if field.is_empty() {
        return Ok(None);
    }
    let number = field.strip_prefix('Q').and_then(|n| n.parse().ok()).filter(|&n| n > 0);
    number.map(Some).ok_or_else(|| format!("`{field}` in column `{name}` is not a Q-id"))
}

fn relation(item: &str) -> Result<(Relation, Key), String> {
    let (name, object) = item.split_once(':').ok_or_else(|| format!("`{item}` is not `relation:Q-id`"))?;
    let relation = Relation::from_name(name)
        .ok_or_else(|| format!("`{name}` in column `relations` is not a relation"))?;
    let object = qid("relations", object)?.ok_or_else(|| format!("`{item}` has no Q-id"))?;
    Ok((relation, Key::Item(object)))
}

fn gender(name: &str) -> Result<Gender, String> {
    Gender::from_name(name).ok_or_else(|| format!("`{name}` in column `gender` is not male, female or other"))
}

fn class(kind: &str, description: &str, source: &str) -> Result<Class, String> {
    Ok(match kind {
        "" => Class::Entity,
        "EthnicGroup" => Class::EthnicOrReligiousGroup,
        "Media" => Class::MediaOrganization,
        "Education" => Class::EducationalInstitution,
        "Ideology" if description.contains("religion") => Class::Religion,
        "Organization"
            if source.split('+').any(|s| s == "igo") || description.starts_with("international organi") =>
        {
            Class::InternationalOrganization
        }
        _ => Class::from_name(kind).ok_or_else(|| format!("`{kind}` in column `type` is not a class"))?,
    })
}

/// One measure for all classes, so that namesakes can be compared. What the table gives as population of a place (a whole
/// number) counts by its cube root: a city of ten million is spoken of some twenty times as often as one of a thousand.
/// Countries stand before everything else that has their name.
fn popularity(class: Class, fame: &str, sources: usize) -> f64 {
    /// For entities that are in a table without any measure of fame.
    const UNKNOWN: f64 = 8.0;
    let size = |population: u64| (population as f64).cbrt();
    let sources = 2.0 * sources as f64;
    match (class, fame.parse::<u64>()) {
        (Class::Country, Ok(population)) => 40.0 + 0.1 * size(population) + sources,
        (Class::City, Ok(population)) => 0.3 * size(population) + sources,
        (Class::Territory | Class::Region, Ok(population)) => 0.1 * size(population) + sources,
        _ => fame.parse().unwrap_or(UNKNOWN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Row>, Error> {
        let (header, lines) = text.split_once('\n').unwrap();
        let columns = Columns::new(header.split('\t'));
        let (table, mut rows) = (Table { columns }, Vec::new());
        for (line, n) in lines.lines().zip(2..) {
            let problem = |problem| Error::Row { path: "t.tsv".into(), line: n, problem };
            lines::Lines::rows(&table, line, &mut rows).map_err(problem)?;
        }
        Ok(rows)
    }

    #[test]
    fn rows_are_read_by_the_names_of_the_columns() {
        let rows =
            read("label\tqid\ttype\tlat\tlon\taliases\nBaku\tQ9248\tCity\t40.4\t50.0\tBaki|Bakı\n").unwrap();
        assert_eq!((rows[0].qid, rows[0].class), (Some(9248), Some(Class::City)));
        assert_eq!(rows[0].aliases, ["Baki", "Bakı"]);
        assert_eq!(rows[0].coordinates, Some((40.4, 50.0)));
    }

    #[test]
    fn headers_are_read_in_any_case_and_blank_lines_are_passed_over() {
        let rows = read("\u{feff}Label\tTYPE \nBaku\tCity\n\nGanja\tCity\n").unwrap();
        assert_eq!(rows.iter().map(|row| row.label.as_str()).collect::<Vec<_>>(), ["Baku", "Ganja"]);
    }

    #[test]
    fn a_line_has_the_columns_of_the_header_and_places_are_on_the_earth() {
        let problem = |text: &str| read(text).unwrap_err().to_string();
        let header = "label\ttype\tlat\tlon\n";
        for (line, wrong) in [
            ("Baku\tCity", "line 2: it has 2 columns, and the header 4"),
            ("Baku\tCity\t1\t2\t3", "it has 5 columns, and the header 4"),
            ("Baku\tCity\t404\t50", "there is no place at latitude 404 and longitude 50"),
            ("Baku\tCity\tnan\t50", "there is no place at latitude NaN"),
            ("Baku\tCity\t40\t", "latitude and longitude go together"),
        ] {
            let found = problem(&format!("{header}{line}\n"));
            assert!(found.contains(wrong), "{found}");
        }
    }

    #[test]
    fn population_counts_less_than_in_proportion() {
        assert!(popularity(Class::City, "169", 2) < popularity(Class::Work, "20.3", 2));
        assert!(popularity(Class::City, "2351300", 2) > popularity(Class::Region, "8.0", 2));
        assert!(popularity(Class::Country, "1000000", 2) > popularity(Class::City, "1000000", 2));
    }

    #[test]
    fn a_wrong_row_is_named_by_its_line() {
        let problem = |text: &str| read(text).unwrap_err().to_string();
        let wrong = problem("label\ttype\tqid\nA\tCity\tQ1\nB\tPlanet\tQ2\n");
        assert!(wrong.ends_with("line 3: `Planet` in column `type` is not a class"), "{wrong}");
        assert!(problem("label\ttype\tqid\nA\tCity\t7\n").contains("`7` in column `qid` is not a Q-id"));
    }
}
