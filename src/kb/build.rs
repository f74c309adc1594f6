//! Compiles rows in bounded memory: rows are sorted by what they are identified by, so that those of one entity meet and
//! entities get numbers; names, and references from one entity to another, are sorted in their turn.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::json;

use super::candidates::{Draft, write_list};
use super::facts::Facts;
use super::format::section;
use super::groups::{Groups, identified};
use super::row_bytes::COUNTRY;
use super::sections::{assemble, big_endian, finished, section_file};
use super::sort::{self, Sorted, Sorter};
use super::vocabulary::{Counter, Vocabulary};
use super::{Error, Relation, Row};

/// Candidates of one name that are weighed against each other; a name has more only if it means nothing.
const MOST_DRAFTS: usize = 1_000_000;
/// More entities than that have no numbers.
const MOST_ENTITIES: u32 = u32::MAX - 1;

/// Compiles rows into a knowledge base.
pub struct Builder {
    folder: PathBuf,
    memory: usize,
    descriptions: bool,
    rows: Sorter,
}

/// What was built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Built {
    /// Number of entities.
    pub entities: u32,
    /// Number of distinct names.
    pub names: u64,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// References to entities that are in no source: they are left out.
    pub unresolved: u64,
}

/// What a builder is doing; the number is how much of it is done, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stage {
    /// Brings together what is known of each entity.
    Entities(f64),
    /// Resolves references.
    References,
    /// Writes names and facts.
    Writing(f64),
    /// Puts the file together.
    Assembling,
}

impl Builder {
    /// A builder that uses about so much memory, in bytes, and makes its temporary files in a folder. They have no names,
    /// so that they are gone with the process.
    pub fn new(folder: &Path, memory: usize) -> Self {
        let rows = Sorter::new(folder, memory / 2);
        Self { folder: folder.to_owned(), memory, descriptions: true, rows }
    }

    /// Keeps the words of descriptions and not their text.
    #[must_use]
    pub fn without_descriptions(mut self) -> Self {
        self.descriptions = false;
        self
    }

    /// Adds what a source knows of an entity. Rows with the same identifier are about the same; what the first says of
    /// it stays.
    ///
    /// # Errors
    /// When a temporary file can't be written.
    pub fn add(&mut self, row: &Row) -> Result<(), Error> {
        let mut bytes = Vec::with_capacity(256);
        row.write(&mut bytes);
        Ok(self.rows.push(&row.source_key().to_bytes(), &bytes)?)
    }

    /// Writes the file; `sources` says what it was made from. Rows without a name that could stand in a text are left
    /// out.
    ///
    /// # Errors
    /// When a file can't be written or there is more than the format can hold.
    pub fn finish(
        self,
        sources: &str,
        out: &mut dyn Write,
        progress: &(dyn Fn(Stage) + Sync),
    ) -> Result<Built, Error> {
        let Self { folder, memory, descriptions, rows } = self;
        let mut entities = identified(rows, &folder, memory)?;
        let mut numbered = number(&mut entities, &folder, memory, progress)?;
        progress(Stage::References);
        let (links, unresolved) = resolve(&mut numbered.references, &folder, memory)?;
        let (count, vocabulary) = (numbered.entities, &numbered.vocabulary);
        let facts = Facts { folder: &folder, memory: memory / 4, descriptions, count, vocabulary };
        let names = numbered.names;
        let (names, facts) = std::thread::scope(|scope| {
            let names = scope.spawn(|| write_names(names, &folder));
            let facts = facts.write(&mut entities, links, progress);
            (names.join().unwrap_or_else(|_| Err(io::Error::other("writing names failed").into())), facts)
        });
        let ((map, lists, names), (records, details, ids)) = (names?, facts?);
        progress(Stage::Assembling);
        let about = json!({ "entities": count, "names": names, "sources": sources }).to_string();
        let small = |bytes: &[u8]| -> io::Result<File> {
            let mut file = tempfile::tempfile_in(&folder)?;
            file.write_all(bytes)?;
            Ok(file)
        };
        let mut sections = [
            (section::NAMES, map),
            (section::CANDIDATES, lists),
            (section::ENTITIES, records),
            (section::DETAILS, details),
            (section::ABOUT, small(about.as_bytes())?),
            (section::WORDS, small(&vocabulary.to_bytes())?),
            (section::IDS, ids),
        ];
        let bytes = assemble(&mut sections, out)?;
        Ok(Built { entities: count, names, bytes, unresolved })
    }
}

/// What numbering the entities brings forth.
struct Numbered {
    entities: u32,
    /// Folded name; entity, flags, popularity.
    names: Sorter,
    /// Key and 0: entity. Key and 1: relation, entity that refers to it.
    references: Sorted,
    vocabulary: Vocabulary,
}

fn number(
    entities: &mut Sorted,
    folder: &Path,
    memory: usize,
    progress: &(dyn Fn(Stage) + Sync),
) -> Result<Numbered, Error> {
    let mut names = Sorter::new(folder, memory / 4);
    let mut references = Sorter::new(folder, memory / 4);
    let mut words = Counter::default();
    let (mut count, total) = (0u32, entities.len());
    let mut merge = entities.read()?;
    let mut groups = Groups::new(&mut merge);
    while let Some((row, own_names)) = groups.entity()? {
        if count == MOST_ENTITIES {
            return Err(Error::TooLarge { limit: "2^32 - 2 entities" });
        }
        for name in &own_names {
            let mut value = count.to_le_bytes().to_vec();
            value.push(name.flags);
            value.extend((row.popularity as f32).to_le_bytes());
            names.push(name.folded.as_bytes(), &value)?;
        }
        for key in row.keys() {
            let mut key = key.to_bytes();
            key.push(0);
            references.push(&key, &count.to_le_bytes())?;
        }
        let country = row.country.iter().map(|key| (COUNTRY, key));
        for (relation, key) in row.relations.iter().map(|(r, key)| (*r as u8, key)).chain(country) {
            let mut key = key.to_bytes();
            key.push(1);
            let mut value = vec![relation];
            value.extend(count.to_le_bytes());
            references.push(&key, &value)?;
        }
        words.add(&row);
        count += 1;
        if count.is_multiple_of(1 << 14) {
            progress(Stage::Entities(f64::from(count) / total as f64));
        }
    }
    Ok(Numbered { entities: count, names, references: references.sorted()?, vocabulary: words.finish() })
}

/// Of each entity, by its number: relation, entity. Those in the other direction are there too. Gives the number of
/// references to what is not there as well.
fn resolve(references: &mut Sorted, folder: &Path, memory: usize) -> io::Result<(Sorted, u64)> {
    let mut unresolved = 0;
    let mut links = Sorter::new(folder, memory / 4);
    let mut merge = references.read()?;
    let mut record = sort::Record::default();
    let mut found: Option<(Vec<u8>, [u8; 4])> = None;
    while merge.next(&mut record)? {
        let Some((&kind, key)) = record.key.split_last() else { continue };
        if kind == 0 {
            // Of two entities with one code or title the first is meant.
            if found.as_ref().is_none_or(|(known, _)| known != key) {
                found = record.value.as_slice().try_into().ok().map(|number| (key.to_vec(), number));
            }
            continue;
        }
        let Some((_, object)) = found.as_ref().filter(|(known, _)| known == key) else {
            unresolved += 1;
            continue;
        };
        let Some((&relation, subject)) = record.value.split_first() else { continue };
        links.push(&big_endian(subject), &[&[relation][..], object].concat())?;
        let inverse = Relation::from_number(relation).and_then(Relation::inverse);
        if let Some(inverse) = inverse.filter(|_| subject != object) {
            links.push(&big_endian(object), &[&[inverse as u8][..], subject].concat())?;
        }
    }
    Ok((links.sorted()?, unresolved))
}

/// The map of names, the lists of candidates, and the number of names.
fn write_names(names: Sorter, folder: &Path) -> Result<(File, File, u64), Error> {
    let mut names = names.sorted()?;
    let (mut lists, mut list, mut offset, mut count) = (section_file(folder)?, Vec::new(), 0, 0);
    let mut map = fst::MapBuilder::new(section_file(folder)?).map_err(io::Error::other)?;
    let mut merge = names.read()?;
    let mut record = sort::Record::default();
    let mut drafts = Vec::new();
    while merge.next(&mut record)? {
        if drafts.len() < MOST_DRAFTS {
            drafts.extend(draft(&record.value));
        }
        if merge.next_is(&record.key) {
            continue;
        }
        map.insert(&record.key, offset).map_err(io::Error::other)?;
        list.clear();
        write_list(&mut list, std::mem::take(&mut drafts));
        lists.write_all(&list)?;
        offset += list.len() as u64;
        count += 1;
    }
    let map = finished(map.into_inner().map_err(io::Error::other)?)?;
    Ok((map, finished(lists)?, count))
}

fn draft(value: &[u8]) -> Option<Draft> {
    let (number, rest) = value.split_first_chunk()?;
    let (&flags, popularity) = rest.split_first()?;
    let popularity = f32::from_le_bytes(popularity.try_into().ok()?);
    Some(Draft::new(u32::from_le_bytes(*number), flags, f64::from(popularity)))
}

/// The bytes of a small knowledge base.
#[cfg(test)]
pub(super) fn bytes_of(rows: &[Row]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let mut builder = Builder::new(folder.path(), 1 << 20);
    for row in rows {
        builder.add(row).unwrap();
    }
    let mut bytes = Vec::new();
    builder.finish("test", &mut bytes, &|_| {}).unwrap();
    bytes
}

#[cfg(test)]
mod tests {
    use super::super::Key;
    use super::*;
    use crate::annotation::Class;

    #[test]
    fn what_several_rows_know_of_an_entity_comes_together() {
        let iri = |name: &str| Some(format!("http://example.org/{name}"));
        let mut rows = vec![
            Row {
                iri: iri("b"),
                label: "Baku".to_owned(),
                country: Some(Key::Iso("AZ".to_owned())),
                ..Row::default()
            },
            Row { iri: iri("b"), qid: Some(9248), ..Row::default() },
            Row { qid: Some(9248), class: Some(Class::City), label: "Bakı".to_owned(), ..Row::default() },
            Row { iri: iri("list"), label: "Baku, list".to_owned(), is_page_only: true, ..Row::default() },
            Row { iri: iri("no-name"), class: Some(Class::City), ..Row::default() },
        ];
        rows[1].iri = iri("b");
        rows.push(Row {
            geonames: Some(587_116),
            label: "Azerbaijan".to_owned(),
            class: Some(Class::Country),
            iso: Some("AZ".to_owned()),
            relations: vec![(Relation::Capital, Key::Iri("http://example.org/b".to_owned()))],
            ..Row::default()
        });
        let path = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(path.path(), bytes_of(&rows)).unwrap();
        let kb = super::super::Kb::open(path.path()).unwrap();
        assert_eq!(kb.len(), 2);
        let baku = kb.by_qid(9248).unwrap();
        let country = kb.by_geonames(587_116);
        let entity = kb.entity(baku).unwrap();
        assert_eq!((entity.class, entity.country), (Class::City, country));
        assert_eq!(kb.names_of(baku), ["Baku", "Bakı"]);
        assert_eq!(kb.by_iri("http://example.org/b"), Some(baku));
        assert_eq!(kb.relations(baku).collect::<Vec<_>>(), [(Relation::CapitalOf, country.unwrap())]);
        assert_eq!(kb.by_iri("https://sws.geonames.org/587116/"), country);
    }

    #[test]
    fn the_bytes_do_not_depend_on_the_memory() {
        let row = |n: u32| Row {
            qid: Some(n % 3000 + 1),
            label: format!("Name {}", n % 700),
            aliases: vec![format!("Alias {}", n / 7)],
            context: vec![format!("word{} common", n % 97)],
            country: Some(Key::Item(n % 50)),
            ..Row::default()
        };
        let rows: Vec<Row> = (0..20_000).map(row).collect();
        let with = |memory| {
            let folder = tempfile::tempdir().unwrap();
            let mut builder = Builder::new(folder.path(), memory);
            for row in &rows {
                builder.add(row).unwrap();
            }
            let mut bytes = Vec::new();
            let built = builder.finish("", &mut bytes, &|_| {}).unwrap();
            assert_eq!((built.entities, built.bytes), (3000, bytes.len() as u64));
            bytes
        };
        assert!(with(1) == with(1 << 30));
    }
}
