use std::collections::{BTreeMap, HashMap};

use serde_json::json;

use super::format::{ACRONYM, DEMONYM, LABEL, Record, assemble, section, write_varint};
use super::{Row, demonym};
use crate::annotation::Class;
use crate::text::{fold, in_capitals};

/// Longest name that is kept, in bytes of its folded form.
const MAX_NAME: usize = 120;
/// Words that a table may give as names, and that no text means as one.
const NO_NAMES: &[&str] = &["he", "she", "it", "they", "we", "i", "you", "his", "her", "its", "him"];

/// Compiles rows into the bytes of a knowledge base.
pub struct Builder {
    rows: Vec<Row>,
}

/// A candidate of a name while it is built: flags and weight.
struct Draft {
    entity: u32,
    flags: u8,
    weight: f64,
}

impl Builder {
    /// Takes the rows. Those without a name that could stand in a text are left out; of rows with the same Q-id the
    /// first is kept.
    pub fn new(rows: Vec<Row>) -> Self {
        let mut rows: Vec<Row> = rows.into_iter().filter(|row| names_of(row).next().is_some()).collect();
        // Stable, so that the first of two rows with the same Q-id stays the first.
        rows.sort_by(|a, b| {
            a.qid
                .cmp(&b.qid)
                .then_with(|| if a.qid.is_none() { a.label.cmp(&b.label) } else { std::cmp::Ordering::Equal })
        });
        rows.dedup_by(|b, a| a.qid.is_some() && a.qid == b.qid);
        Self { rows }
    }

    /// Number of entities.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no entity.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The file; `sources` says what it was made from.
    ///
    /// # Panics
    /// When there are more than 2^32 entities or bytes of strings.
    pub fn finish(self, sources: &str) -> Vec<u8> {
        let (entities, strings) = self.entities();
        let (names, candidates, count) = self.names();
        let about = json!({ "entities": self.rows.len(), "names": count, "sources": sources });
        assemble(&[
            (section::NAMES, names),
            (section::CANDIDATES, candidates),
            (section::ENTITIES, entities),
            (section::STRINGS, strings),
            (section::ABOUT, about.to_string().into_bytes()),
        ])
    }

    /// The table of entities, and its strings.
    fn entities(&self) -> (Vec<u8>, Vec<u8>) {
        let number: HashMap<u32, u32> =
            self.rows.iter().enumerate().filter_map(|(i, row)| Some((row.qid?, i as u32))).collect();
        let mut strings = Strings::default();
        let mut entities = Vec::new();
        strings.add("");
        for row in &self.rows {
            let degrees = |d: f64| (d * 10_000.0).round() as i32;
            let (lat, long) =
                row.coordinates.map_or((i32::MIN, i32::MIN), |(lat, long)| (degrees(lat), degrees(long)));
            let record = Record {
                qid: row.qid.unwrap_or(0),
                label: strings.add(&row.label),
                title: strings.add(row.title.as_deref().unwrap_or("")),
                geonames: row.geonames.unwrap_or(0),
                lat,
                long,
                country: row.country.and_then(|q| number.get(&q).copied()).unwrap_or(u32::MAX),
                popularity: quantized(row.popularity * 100.0, f64::from(u16::MAX)) as u16,
                class: row.class.unwrap_or(Class::Entity) as u8,
            };
            entities.extend(record.to_bytes());
        }
        (entities, strings.bytes)
    }

    /// The map of names, the lists of candidates, and the number of names.
    fn names(&self) -> (Vec<u8>, Vec<u8>, usize) {
        let mut by_name: BTreeMap<String, Vec<Draft>> = BTreeMap::new();
        for (i, row) in self.rows.iter().enumerate() {
            for (name, flags) in names_of(row) {
                let weight = row.popularity.max(0.5).powi(2) * if flags & LABEL != 0 { 1.0 } else { 0.35 };
                let drafts = by_name.entry(fold(name)).or_default();
                match drafts.iter_mut().find(|d| d.entity == i as u32) {
                    // A name that is there both in capitals and not, or as label and alias.
                    Some(draft) => {
                        draft.flags =
                            (draft.flags & flags & (ACRONYM | DEMONYM)) | ((draft.flags | flags) & LABEL);
                        draft.weight = draft.weight.max(weight);
                    }
                    None => drafts.push(Draft { entity: i as u32, flags, weight }),
                }
            }
        }
        let mut map = fst::MapBuilder::memory();
        let mut lists = Vec::new();
        for (name, drafts) in &mut by_name {
            map.insert(name, lists.len() as u64).expect("the names are sorted and distinct");
            drafts.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.entity.cmp(&b.entity)));
            let total: f64 = drafts.iter().map(|d| d.weight).sum();
            write_varint(&mut lists, drafts.len() as u32);
            for draft in drafts {
                write_varint(&mut lists, draft.entity);
                lists.push(quantized(draft.weight / total * 255.0, 255.0).max(1) as u8);
                lists.push(draft.flags);
            }
        }
        (map.into_inner().expect("a map in memory can be finished"), lists, by_name.len())
    }
}

/// The nearest whole number from 0 to `max`.
#[expect(clippy::cast_sign_loss, reason = "the value is clamped to what is not negative")]
fn quantized(value: f64, max: f64) -> u32 {
    value.round().clamp(0.0, max) as u32
}

/// The names of a row that could stand in a text, with their flags. Names have a capital letter or a digit.
fn names_of(row: &Row) -> impl Iterator<Item = (&str, u8)> {
    let country = matches!(row.class, Some(Class::Country | Class::Territory));
    let aliases = row.aliases.iter().map(move |alias| {
        let demonym = country && demonym::is_demonym(alias, &row.label);
        (alias.as_str(), if demonym { DEMONYM } else { 0 })
    });
    let names = std::iter::once((row.label.as_str(), LABEL)).chain(aliases);
    names
        .filter(|(name, _)| name.chars().any(|c| c.is_numeric() || (c.is_alphabetic() && !c.is_lowercase())))
        .filter(|(name, _)| {
            let folded = fold(name);
            folded.chars().any(char::is_alphabetic)
                && folded.len() <= MAX_NAME
                && !NO_NAMES.contains(&folded.as_str())
        })
        .map(|(name, flags)| (name, if in_capitals(name) { flags | ACRONYM } else { flags }))
}

/// Strings one after the other, each once.
#[derive(Default)]
struct Strings {
    bytes: Vec<u8>,
    offsets: HashMap<String, u32>,
}

impl Strings {
    /// The offset of a string.
    fn add(&mut self, text: &str) -> u32 {
        if let Some(&offset) = self.offsets.get(text) {
            return offset;
        }
        let offset = u32::try_from(self.bytes.len()).expect("strings take less than 4 GiB");
        write_varint(&mut self.bytes, text.len() as u32);
        self.bytes.extend(text.as_bytes());
        self.offsets.insert(text.to_owned(), offset);
        offset
    }
}
