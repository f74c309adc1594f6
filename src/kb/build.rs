//! Compiles rows in bounded memory: rows are sorted by what they are identified by, so that those of one entity meet and
//! entities get numbers; names, and references from one entity to another, are sorted in their turn.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use serde_json::json;
use sha2::{Digest, Sha256};

use super::candidates::{Draft, quantized, write_list};
use super::details::Parts;
use super::entity::dbpedia_iri;
use super::format::{MAX_OFFSET, Record, front, id_hash, section};
use super::names::names_of;
use super::row_bytes::COUNTRY;
use super::sort::{self, Merge, Sorted, Sorter};
use super::vocabulary::{Counter, Vocabulary};
use super::{Error, Gender, Relation, Row};
use crate::annotation::Class;

/// Most relations of an entity; the country stands apart.
const MOST_RELATIONS: usize = 64;
/// Most names of an entity that are kept as they are written.
const MOST_NAMES: usize = 64;
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
        let links = resolve(&mut numbered.references, &folder, memory)?;
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
        Ok(Built { entities: count, names, bytes })
    }
}

/// Brings the rows together under the best identifier of each entity: of the rows of one entity only some may have it.
fn identified(rows: Sorter, folder: &Path, memory: usize) -> io::Result<Sorted> {
    let mut rows = rows.sorted()?;
    let mut entities = Sorter::new(folder, memory / 2);
    let mut bytes = Vec::new();
    let mut merge = rows.read()?;
    let mut groups = Groups::new(&mut merge);
    while let Some(row) = groups.next()? {
        bytes.clear();
        row.write(&mut bytes);
        entities.push(&row.key().to_bytes(), &bytes)?;
    }
    entities.sorted()
}

/// Rows in order, those with one key as one.
struct Groups<'a, 'b> {
    merge: &'a mut Merge<'b>,
    record: sort::Record,
    /// Rows of one key that differ in their Q-ids: two items that are said to be the same place.
    others: Vec<Row>,
}

impl<'a, 'b> Groups<'a, 'b> {
    fn new(merge: &'a mut Merge<'b>) -> Self {
        Self { merge, record: sort::Record::default(), others: Vec::new() }
    }

    fn next(&mut self) -> io::Result<Option<Row>> {
        if let Some(row) = self.others.pop() {
            return Ok(Some(row));
        }
        if !self.merge.next(&mut self.record)? {
            return Ok(None);
        }
        let damaged = || io::Error::other("a temporary file is damaged");
        let mut row = Row::read(&self.record.value).ok_or_else(damaged)?;
        while self.merge.next_is(&self.record.key) {
            self.merge.next(&mut self.record)?;
            let next = Row::read(&self.record.value).ok_or_else(damaged)?;
            let is_same = |row: &Row| row.qid.is_none() || next.qid.is_none() || row.qid == next.qid;
            if is_same(&row) {
                row.merge(next);
            } else if let Some(other) = self.others.iter_mut().find(|other| is_same(other)) {
                other.merge(next);
            } else {
                self.others.push(next);
            }
        }
        Ok(Some(row))
    }

    /// The next row that becomes an entity.
    fn entity(&mut self) -> io::Result<Option<(Row, Vec<super::names::Name>)>> {
        while let Some(mut row) = self.next()? {
            if row.is_page_only || row.label.is_empty() {
                continue;
            }
            let names = names_of(&row);
            if !names.is_empty() {
                if row.popularity <= 0.0 {
                    row.popularity = guessed_popularity(&row);
                }
                return Ok(Some((row, names)));
            }
        }
        Ok(None)
    }
}

/// What is spoken of much has many names.
fn guessed_popularity(row: &Row) -> f64 {
    4.0 + 2.0 * (row.aliases.len() as f64).sqrt().min(20.0)
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

/// Of each entity, by its number: relation, entity. Those in the other direction are there too.
fn resolve(references: &mut Sorted, folder: &Path, memory: usize) -> io::Result<Sorted> {
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
        let Some((_, object)) = found.as_ref().filter(|(known, _)| known == key) else { continue };
        let Some((&relation, subject)) = record.value.split_first() else { continue };
        links.push(&big_endian(subject), &[&[relation][..], object].concat())?;
        let inverse = Relation::from_number(relation).and_then(Relation::inverse);
        if let Some(inverse) = inverse.filter(|_| subject != object) {
            links.push(&big_endian(object), &[&[inverse as u8][..], subject].concat())?;
        }
    }
    links.sorted()
}

/// The bytes of a number turned round, so that they are in the order of the numbers.
fn big_endian(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().rev().copied().collect()
}

fn section_file(folder: &Path) -> io::Result<BufWriter<File>> {
    Ok(BufWriter::with_capacity(1 << 17, tempfile::tempfile_in(folder)?))
}

fn finished(file: BufWriter<File>) -> io::Result<File> {
    file.into_inner().map_err(io::IntoInnerError::into_error)
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

/// How the facts are written.
struct Facts<'a> {
    folder: &'a Path,
    memory: usize,
    descriptions: bool,
    count: u32,
    vocabulary: &'a Vocabulary,
}

impl Facts<'_> {
    /// The table of entities, their details, and the list of identifiers that are no Q-ids.
    fn write(
        &self,
        entities: &mut Sorted,
        mut links: Sorted,
        progress: &(dyn Fn(Stage) + Sync),
    ) -> Result<(File, File, File), Error> {
        let (mut records, mut details) = (section_file(self.folder)?, section_file(self.folder)?);
        let mut ids = Sorter::new(self.folder, self.memory);
        let (mut offset, mut bytes) = (0u64, Vec::new());
        let mut merge = entities.read()?;
        let mut groups = Groups::new(&mut merge);
        let mut links = Links::new(links.read()?)?;
        let mut number = 0u32;
        while let Some((row, _)) = groups.entity()? {
            if offset > MAX_OFFSET {
                return Err(Error::TooLarge { limit: "2^40 bytes of names and descriptions" });
            }
            let (country, relations) = links.of(number)?;
            records.write_all(&record(&row, country, offset).to_bytes())?;
            for id in ids_of(&row) {
                ids.push(&id_hash(&id).to_be_bytes(), &number.to_le_bytes())?;
            }
            bytes.clear();
            self.parts(&row, &relations, &mut bytes);
            details.write_all(&bytes)?;
            offset += bytes.len() as u64;
            number += 1;
            if number.is_multiple_of(1 << 14) {
                progress(Stage::Writing(f64::from(number) / f64::from(self.count)));
            }
        }
        let (mut list, mut ids) = (section_file(self.folder)?, ids.sorted()?);
        let (mut merge, mut id) = (ids.read()?, sort::Record::default());
        while merge.next(&mut id)? {
            list.write_all(&big_endian(&id.key))?;
            list.write_all(&id.value)?;
        }
        Ok((finished(records)?, finished(details)?, finished(list)?))
    }

    /// Appends the details of an entity.
    fn parts(&self, row: &Row, relations: &[(Relation, u32)], bytes: &mut Vec<u8>) {
        let parts = Parts {
            label: &row.label,
            title: row.title.as_deref(),
            description: row.description.as_deref().filter(|_| self.descriptions),
            iso: row.iso.as_deref(),
            iri: own_iri(row),
            names: &other_names(row),
            context: &self.vocabulary.numbers(row),
            relations,
        };
        parts.write(bytes);
    }
}

fn record(row: &Row, country: Option<u32>, details: u64) -> Record {
    let degrees = |d: f64| (d * 10_000.0).round() as i32;
    let valid = |(lat, long): &(f64, f64)| lat.abs() <= 90.0 && long.abs() <= 360.0;
    let coordinates = row.coordinates.filter(valid);
    let (lat, long) = coordinates.map_or((i32::MIN, i32::MIN), |(lat, long)| (degrees(lat), degrees(long)));
    Record {
        qid: row.qid.unwrap_or(0),
        geonames: row.geonames.unwrap_or(0),
        lat,
        long,
        country: country.unwrap_or(u32::MAX),
        details,
        popularity: quantized(row.popularity * 100.0, f64::from(u16::MAX)) as u16,
        class: row.class.unwrap_or(Class::Entity) as u8,
        gender: row.gender.map_or(0, Gender::number),
    }
}

/// References in the order of the entities that they are from.
struct Links<'a> {
    merge: Merge<'a>,
    record: sort::Record,
    is_left: bool,
}

impl<'a> Links<'a> {
    fn new(mut merge: Merge<'a>) -> io::Result<Self> {
        let mut record = sort::Record::default();
        let is_left = merge.next(&mut record)?;
        Ok(Self { merge, record, is_left })
    }

    /// Country and relations of the entity of this number, which must be asked for in ascending order.
    fn of(&mut self, number: u32) -> io::Result<(Option<u32>, Vec<(Relation, u32)>)> {
        let (mut country, mut relations) = (None, Vec::new());
        while self.is_left && self.record.key == number.to_be_bytes() {
            if let Some((&relation, object)) = self.record.value.split_first()
                && let Ok(object) = object.try_into().map(u32::from_le_bytes)
            {
                match Relation::from_number(relation) {
                    // Kept in bounds for entities that millions refer to.
                    Some(relation) if relations.len() < 16 * MOST_RELATIONS => {
                        relations.push((relation, object))
                    }
                    None if relation == COUNTRY => country = country.or(Some(object)),
                    _ => {}
                }
            }
            self.is_left = self.merge.next(&mut self.record)?;
        }
        relations.sort_unstable();
        relations.dedup();
        relations.truncate(MOST_RELATIONS);
        Ok((country, relations))
    }
}

/// Under what an entity is found that is no Q-id.
fn ids_of(row: &Row) -> impl Iterator<Item = String> {
    let place = row.geonames.map(|id| format!("geonames:{id}"));
    let page = row.title.as_deref().filter(|_| row.qid.is_none()).map(dbpedia_iri);
    let own = own_iri(row).map(str::to_owned);
    [place, page, own].into_iter().flatten()
}

/// The IRI of its source, unless that is the one in DBpedia, which the title tells.
fn own_iri(row: &Row) -> Option<&str> {
    let page = row.title.as_deref().map(dbpedia_iri);
    row.iri.as_deref().filter(|iri| page.as_deref() != Some(iri))
}

/// All names as they are written but the label, each once.
fn other_names(row: &Row) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in row.aliases.iter().chain(&row.demonyms).chain(&row.metonyms) {
        if names.len() < MOST_NAMES && *name != row.label && !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// Writes the file of these sections; its length.
fn assemble(sections: &mut [(u32, File)], out: &mut dyn Write) -> io::Result<u64> {
    let mut lengths = Vec::new();
    for (number, file) in &mut *sections {
        lengths.push((*number, file.seek(io::SeekFrom::End(0))?));
    }
    let (header, table) = front(&lengths);
    let mut hasher = Sha256::new_with_prefix(&table);
    let mut buffer = vec![0; 1 << 18];
    for (_, file) in &mut *sections {
        file.rewind()?;
        loop {
            let read = file.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            hasher.update(&buffer[..read]);
        }
    }
    let digest = hasher.finalize();
    out.write_all(&header)?;
    out.write_all(&digest)?;
    out.write_all(&table)?;
    for (_, file) in &mut *sections {
        file.rewind()?;
        io::copy(file, out)?;
    }
    let sum: u64 = lengths.iter().map(|(_, len)| len).sum();
    Ok(sum + (header.len() + digest.len() + table.len()) as u64)
}

/// The bytes of a small knowledge base.
#[cfg(test)]
pub(super) fn bytes_of(rows: &[Row]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let mut builder = Builder::new(folder.path(), 1 << 20);
    rows.iter().for_each(|row| builder.add(row).unwrap());
    let mut bytes = Vec::new();
    builder.finish("test", &mut bytes, &|_| {}).unwrap();
    bytes
}

#[cfg(test)]
mod tests {
    use super::super::Key;
    use super::*;

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
        assert_eq!(kb.names_of(baku), ["Bakı", "Baku"]);
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
            rows.iter().for_each(|row| builder.add(row).unwrap());
            let mut bytes = Vec::new();
            let built = builder.finish("", &mut bytes, &|_| {}).unwrap();
            assert_eq!((built.entities, built.bytes), (3000, bytes.len() as u64));
            bytes
        };
        assert!(with(1) == with(1 << 30));
    }
}
