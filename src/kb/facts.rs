use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use super::build::Stage;
use super::candidates::quantized;
use super::details::Parts;
use super::entity::dbpedia_iri;
use super::format::{MAX_OFFSET, Record, id_hash};
use super::groups::Groups;
use super::row_bytes::COUNTRY;
use super::sections::{big_endian, finished, section_file};
use super::sort::{self, Merge, Sorted, Sorter};
use super::vocabulary::Vocabulary;
use super::{Error, Gender, Relation, Row};
use crate::annotation::Class;

/// Most relations of an entity; the country stands apart.
const MOST_RELATIONS: usize = 64;
/// Most names of an entity that are kept as they are written.
const MOST_NAMES: usize = 64;

/// How the facts are written.
pub(super) struct Facts<'a> {
    pub(super) folder: &'a Path,
    pub(super) memory: usize,
    pub(super) descriptions: bool,
    pub(super) count: u32,
    pub(super) vocabulary: &'a Vocabulary,
}

impl Facts<'_> {
    /// The table of entities, their details, and the list of identifiers that are no Q-ids.
    pub(super) fn write(
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

/// Relations of an entity to others, by their numbers.
type Relations = Vec<(Relation, u32)>;

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
    fn of(&mut self, number: u32) -> io::Result<(Option<u32>, Relations)> {
        let (mut country, mut relations) = (None, Vec::new());
        while self.is_left && self.record.key == number.to_be_bytes() {
            if let Some((&relation, object)) = self.record.value.split_first()
                && let Ok(object) = object.try_into().map(u32::from_le_bytes)
            {
                match Relation::from_number(relation) {
                    // Kept in bounds for entities that millions refer to.
                    Some(relation) if relations.len() < 16 * MOST_RELATIONS => {
                        relations.push((relation, object));
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
