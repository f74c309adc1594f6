use std::io::BufRead;
use std::path::Path;

use super::super::{Error, Key, Row};
use super::table::coordinates;
use super::triples::popularity_of_population;
use super::{Intake, Options, classes, lines};

/// The table of places: 19 columns without a header, as `readme.txt` of the export describes them.
pub(super) struct Places;

impl lines::Lines for Places {
    const RUNS: bool = false;

    fn rows(&self, line: &str, rows: &mut Vec<Row>) -> Result<(), String> {
        if line.is_empty() {
            return Ok(());
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, name, ascii, alternate, lat, long, class, code, country, rest @ ..] = fields.as_slice()
        else {
            return Err(format!("a place has 19 columns, and here are {}", fields.len()));
        };
        // Old exports have no date of change.
        let [_, _, _, _, _, population, _, _, _, ..] = rest else {
            return Err(format!("a place has 19 columns, and here are {}", fields.len()));
        };
        let number = |text: &str| text.parse::<f64>().map_err(|_| format!("`{text}` is not a number"));
        let class = classes::of_feature(class, code);
        let names = std::iter::once(*ascii).chain(alternate.split(',')).filter(|alias| !alias.is_empty());
        let is_country =
            matches!(class, crate::annotation::Class::Country | crate::annotation::Class::Territory);
        let population = if population.is_empty() { 0.0 } else { number(population)? };
        rows.push(Row {
            geonames: Some(id.parse().map_err(|_| format!("`{id}` is not the number of a place"))?),
            label: (*name).to_owned(),
            class: Some(class),
            aliases: names.filter(|alias| alias != name).map(str::to_owned).collect(),
            coordinates: coordinates(Some(number(lat)?), Some(number(long)?))?,
            country: Some(Key::Iso((*country).to_owned())).filter(|_| country.len() == 2),
            iso: Some((*country).to_owned()).filter(|_| is_country && country.len() == 2),
            popularity: popularity_of_population(population) + if is_country { 40.0 } else { 0.0 },
            ..Row::default()
        });
        Ok(())
    }
}

/// Reads the table of names: number, place, language, name, and whether it is preferred, short, colloquial, historic.
pub(super) fn read_names(
    path: &Path,
    input: impl BufRead + Send,
    intake: &mut Intake<'_>,
) -> Result<(), Error> {
    lines::read(path, input, 1, &Names { options: intake.options }, intake)
}

struct Names<'a> {
    options: &'a Options,
}

impl lines::Lines for Names<'_> {
    const RUNS: bool = true;

    fn rows(&self, line: &str, rows: &mut Vec<Row>) -> Result<(), String> {
        if line.is_empty() {
            return Ok(());
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let [_, place, language, name, rest @ ..] = fields.as_slice() else {
            return Err(format!("a name has 4 columns at least, and here are {}", fields.len()));
        };
        let place = place.parse().map_err(|_| format!("`{place}` is not the number of a place"))?;
        let mut row = Row { geonames: Some(place), ..Row::default() };
        match *language {
            "wkdt" => {
                let qid = name.strip_prefix('Q').and_then(|qid| qid.parse().ok());
                row.qid = Some(qid.ok_or_else(|| format!("`{name}` is not a Q-id"))?);
            }
            "abbr" => row.aliases.push((*name).to_owned()),
            // Links and codes that are no names have pseudo-languages of four letters.
            _ if rest.get(3) == Some(&"1") || self.options.language(Some(language)).is_none() => {
                return Ok(());
            }
            _ => row.aliases.push((*name).to_owned()),
        }
        rows.push(row);
        Ok(())
    }
}
