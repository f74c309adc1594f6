use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use super::super::{Error, Gender, Key, Relation, Row};
use crate::annotation::Class;
use crate::text::fold;

/// Changes to rows of other sources: names that a language has for entities, and what a source has wrong.
///
/// A table of changes is tab-separated, UTF-8, without quoting; lines that start with `#` say nothing. Its columns are the Q-id,
/// the label that the entity has in the source (so that a wrong Q-id is seen), the change, its value, and a reason. Changes are
/// `name`, `demonym`, `metonym`, `partial`, `context` (adds the value); `drop-name` (a name, also the label, which the first other
/// name then replaces); `label`, `class`, `country`, `iso`, `gender`, `popularity` (sets the value); `geonames` (a number of
/// GeoNames with latitude and longitude); `replaces` (the value is the
/// Q-id of a row that is the same thing: its names go to this one, and who refers to it refers to this one); `drop` (no value); or
/// the name of a relation, such as `capital`, with a Q-id.
#[derive(Default)]
pub struct Amendments {
    changes: Vec<Amendment>,
}

struct Amendment {
    qid: u32,
    label: String,
    change: Change,
    /// Where it stands, for messages.
    place: (std::path::PathBuf, u64),
}

#[derive(Clone, Debug, PartialEq)]
enum Change {
    Name(String),
    Demonym(String),
    Metonym(String),
    Partial(String),
    Context(String),
    DropName(String),
    Label(String),
    Class(Class),
    Country(u32),
    Iso(String),
    Gender(Gender),
    Popularity(f64),
    Geonames(u32, (f64, f64)),
    Replaces(u32),
    Drop,
    Relate(Relation, u32),
}

impl Amendments {
    /// Reads one more table of changes.
    ///
    /// # Errors
    /// Names the line that can't be understood.
    pub fn read(&mut self, path: &Path) -> Result<(), Error> {
        let read_error = |source| Error::Read { path: path.to_owned(), source };
        for (n, line) in BufReader::new(File::open(path).map_err(read_error)?).lines().enumerate() {
            let line = line.map_err(read_error)?;
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (qid, label, change) = parse(&line).map_err(|problem| Error::Row {
                path: path.to_owned(),
                line: n as u64 + 1,
                problem,
            })?;
            self.changes.push(Amendment { qid, label, change, place: (path.to_owned(), n as u64 + 1) });
        }
        Ok(())
    }

    /// Carries them out, in their order.
    ///
    /// # Errors
    /// Names the line whose Q-id no row has, or whose row has another label.
    pub fn apply(&self, rows: &mut Vec<Row>) -> Result<(), Error> {
        let by_qid: HashMap<u32, usize> =
            rows.iter().enumerate().rev().filter_map(|(i, row)| Some((row.qid?, i))).collect();
        let labels: Vec<String> = rows.iter().map(|row| row.label.clone()).collect();
        let mut dropped = vec![false; rows.len()];
        let mut replaced = HashMap::new();
        for Amendment { qid, label, change, place } in &self.changes {
            let wrong = |problem| Error::Row { path: place.0.clone(), line: place.1, problem };
            let row = |qid: u32| by_qid.get(&qid).copied().ok_or_else(|| wrong(format!("no row has Q{qid}")));
            let i = row(*qid)?;
            if labels[i] != *label {
                return Err(wrong(format!("Q{qid} is `{}`, not `{label}`", labels[i])));
            }
            match change {
                Change::Drop => dropped[i] = true,
                Change::Replaces(other) => {
                    let j = row(*other)?;
                    dropped[j] = true;
                    replaced.insert(*other, *qid);
                    let other = rows[j].clone();
                    take_names(&mut rows[i], other);
                }
                change => amend(&mut rows[i], change),
            }
        }
        for row in rows.iter_mut() {
            refer(row, &replaced);
        }
        let mut dropped = dropped.into_iter();
        rows.retain(|_| !dropped.next().is_some_and(|dropped| dropped));
        Ok(())
    }
}

fn amend(row: &mut Row, change: &Change) {
    match change {
        Change::Name(name) => row.aliases.push(name.clone()),
        Change::Demonym(name) => row.demonyms.push(name.clone()),
        Change::Metonym(name) => row.metonyms.push(name.clone()),
        Change::Partial(name) => row.partial.push(name.clone()),
        Change::Context(words) => row.context.push(words.clone()),
        Change::DropName(name) => drop_name(row, name),
        Change::Label(label) => row.label.clone_from(label),
        Change::Class(class) => row.class = Some(*class),
        Change::Country(qid) => row.country = Some(Key::Item(*qid)),
        Change::Iso(code) => row.iso = Some(code.clone()),
        Change::Gender(gender) => row.gender = Some(*gender),
        Change::Popularity(popularity) => row.popularity = *popularity,
        Change::Geonames(number, coordinates) => {
            row.geonames = Some(*number);
            row.coordinates = Some(*coordinates);
        }
        Change::Relate(relation, qid) => row.relations.push((*relation, Key::Item(*qid))),
        Change::Replaces(_) | Change::Drop => {}
    }
}

fn drop_name(row: &mut Row, name: &str) {
    let folded = fold(name);
    for names in [&mut row.aliases, &mut row.demonyms, &mut row.metonyms, &mut row.partial] {
        names.retain(|other| fold(other) != folded);
    }
    if fold(&row.label) == folded && !row.aliases.is_empty() {
        row.label = row.aliases.remove(0);
    }
}

fn take_names(row: &mut Row, other: Row) {
    row.aliases.push(other.label);
    row.aliases.extend(other.aliases);
    row.demonyms.extend(other.demonyms);
    row.metonyms.extend(other.metonyms);
    row.partial.extend(other.partial);
    row.relations.extend(other.relations);
    row.popularity = row.popularity.max(other.popularity);
    row.geonames = row.geonames.or(other.geonames);
    row.iso = row.iso.take().or(other.iso);
    row.coordinates = row.coordinates.or(other.coordinates);
    row.title = row.title.take().or(other.title);
}

/// Replaces what a row refers to.
fn refer(row: &mut Row, replaced: &HashMap<u32, u32>) {
    let keys = row.country.iter_mut().chain(row.relations.iter_mut().map(|(_, key)| key));
    for key in keys {
        if let Key::Item(qid) = key
            && let Some(&by) = replaced.get(qid)
        {
            *key = Key::Item(by);
        }
    }
}

fn parse(line: &str) -> Result<(u32, String, Change), String> {
    let mut fields = line.split('\t').map(str::trim);
    let mut field = |name| fields.next().ok_or_else(|| format!("the column of the {name} is missing"));
    let qid = parse_qid(field("Q-id")?)?;
    let label = field("label")?.to_owned();
    let change = field("change")?;
    let value = fields.next().unwrap_or("");
    if value.is_empty() && change != "drop" {
        return Err(format!("the change `{change}` has no value"));
    }
    let text = || value.to_owned();
    let change = match change {
        "name" => Change::Name(text()),
        "demonym" => Change::Demonym(text()),
        "metonym" => Change::Metonym(text()),
        "partial" => Change::Partial(text()),
        "context" => Change::Context(text()),
        "drop-name" => Change::DropName(text()),
        "label" => Change::Label(text()),
        "iso" => Change::Iso(text()),
        "class" => Change::Class(Class::from_name(value).ok_or_else(|| format!("`{value}` is not a class"))?),
        "country" => Change::Country(parse_qid(value)?),
        "gender" => Change::Gender(
            Gender::from_name(value).ok_or_else(|| format!("`{value}` is not male, female or other"))?,
        ),
        "popularity" => Change::Popularity(
            value.parse().map_err(|_| format!("the popularity `{value}` is not a number"))?,
        ),
        "geonames" => {
            let parsed = parse_geonames(value);
            parsed.ok_or_else(|| format!("`{value}` is not a number, a latitude and a longitude"))?
        }
        "replaces" => Change::Replaces(parse_qid(value)?),
        "drop" => Change::Drop,
        other => {
            let relation = Relation::from_name(other)
                .ok_or_else(|| format!("`{other}` is neither a change nor a relation"))?;
            Change::Relate(relation, parse_qid(value)?)
        }
    };
    Ok((qid, label, change))
}

fn parse_geonames(value: &str) -> Option<Change> {
    let mut fields = value.split(' ');
    let number = fields.next()?.parse().ok()?;
    let coordinates = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some(Change::Geonames(number, coordinates))
}

fn parse_qid(field: &str) -> Result<u32, String> {
    let number = field.strip_prefix('Q').and_then(|n| n.parse().ok()).filter(|&n| n > 0);
    number.ok_or_else(|| format!("`{field}` is not a Q-id"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amended(changes: &str, mut rows: Vec<Row>) -> Result<Vec<Row>, Error> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), changes).unwrap();
        let mut amendments = Amendments::default();
        amendments.read(file.path())?;
        amendments.apply(&mut rows)?;
        Ok(rows)
    }

    fn row(qid: u32, label: &str) -> Row {
        Row { qid: Some(qid), label: label.to_owned(), ..Row::default() }
    }

    #[test]
    fn names_are_added_and_taken_away() {
        let frøya = Row { aliases: vec!["Frøya".to_owned()], ..row(484_119, "It") };
        let changes = "# towns\nQ484119\tIt\tdrop-name\tIt\ta pronoun\nQ794\tIran\tmetonym\tTehran\n\
                       Q794\tIran\tdemonym\tIranian\nQ794\tIran\tcapital\tQ3616\n";
        let rows = amended(changes, vec![frøya, row(794, "Iran")]).unwrap();
        assert_eq!((rows[0].label.as_str(), rows[0].aliases.len()), ("Frøya", 0));
        assert_eq!(
            (&rows[1].metonyms[..], &rows[1].demonyms[..]),
            (&["Tehran".to_owned()][..], &["Iranian".to_owned()][..])
        );
        assert_eq!(rows[1].relations, [(Relation::Capital, Key::Item(3616))]);
    }

    #[test]
    fn places_are_put_where_they_are() {
        let rows = amended(
            "Q1748\tCopenhagen\tgeonames\t2618425 55.67594 12.56553\n",
            vec![row(1748, "Copenhagen")],
        );
        let copenhagen = &rows.unwrap()[0];
        assert_eq!(
            (copenhagen.geonames, copenhagen.coordinates),
            (Some(2_618_425), Some((55.67594, 12.56553)))
        );
        assert!(
            amended("Q1748\tCopenhagen\tgeonames\t2618425 north\n", vec![row(1748, "Copenhagen")]).is_err()
        );
    }

    #[test]
    fn what_refers_to_a_replaced_row_refers_to_the_one_that_stays() {
        let realm = Row { demonyms: vec!["Danish".to_owned()], ..row(756_617, "Denmark") };
        let copenhagen = Row { country: Some(Key::Item(756_617)), ..row(1748, "Copenhagen") };
        let rows = amended(
            "Q35\tDenmark\treplaces\tQ756617\nQ35\tDenmark\tclass\tCountry\n",
            vec![row(35, "Denmark"), realm, copenhagen],
        )
        .unwrap();
        assert_eq!(rows.iter().map(|row| row.qid).collect::<Vec<_>>(), [Some(35), Some(1748)]);
        assert_eq!(
            (rows[0].class, &rows[0].demonyms[..]),
            (Some(Class::Country), &["Danish".to_owned()][..])
        );
        assert_eq!(rows[1].country, Some(Key::Item(35)));
    }

    #[test]
    fn a_change_of_a_row_that_is_not_meant_is_an_error() {
        let problem = |changes| amended(changes, vec![row(794, "Iran")]).unwrap_err().to_string();
        assert!(problem("\nQ796\tIraq\tname\tIRQ\n").ends_with("line 2: no row has Q796"));
        assert!(problem("Q794\tIraq\tname\tIRQ\n").ends_with("line 1: Q794 is `Iran`, not `Iraq`"));
        assert!(problem("Q794\tIran\tfame\t3\n").ends_with("`fame` is neither a change nor a relation"));
        assert!(problem("Q794\tIran\tname\n").ends_with("the change `name` has no value"));
    }
}
