use std::collections::{BTreeMap, HashMap};

use serde_json::json;
use sha2::{Digest, Sha256};

use super::candidates::{Draft, quantized, write_list};
use super::details::Parts;
use super::entity::DBPEDIA;
use super::format::{MAX_OFFSET, Record, front, id_hash, section};
use super::names::names_of;
use super::{Gender, Key, Relation, Row, context_words};
use crate::annotation::Class;

/// Most context words of an entity.
const MOST_WORDS: usize = 48;
/// Most relations of an entity.
const MOST_RELATIONS: usize = 64;

/// Compiles rows into the bytes of a knowledge base.
pub struct Builder {
    rows: Vec<Row>,
    descriptions: bool,
}

impl Builder {
    /// Takes the rows. Those without a name that could stand in a text are left out; of rows with the same identifier
    /// the first is kept.
    pub fn new(rows: Vec<Row>) -> Self {
        let mut rows: Vec<Row> = rows.into_iter().filter(|row| !names_of(row).is_empty()).collect();
        // Stable, so that the first of two rows with the same identifier stays the first.
        rows.sort_by_cached_key(Row::key);
        rows.dedup_by(|b, a| a.key() == b.key());
        Self { rows, descriptions: true }
    }

    /// Keeps the words of descriptions and not their text.
    #[must_use]
    pub fn without_descriptions(mut self) -> Self {
        self.descriptions = false;
        self
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
    /// When there are more than 2^32 entities or 2^40 bytes of details.
    pub fn finish(self, sources: &str) -> Vec<u8> {
        let (names, candidates, count) = self.names();
        let vocabulary = Vocabulary::of(&self.rows);
        let (entities, details) = self.entities(&vocabulary);
        let about = json!({ "entities": self.rows.len(), "names": count, "sources": sources });
        assemble(&[
            (section::NAMES, names),
            (section::CANDIDATES, candidates),
            (section::ENTITIES, entities),
            (section::DETAILS, details),
            (section::ABOUT, about.to_string().into_bytes()),
            (section::WORDS, vocabulary.to_bytes()),
            (section::IDS, self.ids()),
        ])
    }

    /// The table of entities, and their details.
    fn entities(&self, vocabulary: &Vocabulary) -> (Vec<u8>, Vec<u8>) {
        let number: HashMap<Key, u32> =
            self.rows.iter().enumerate().map(|(i, row)| (row.key(), i as u32)).collect();
        let relations = self.relations(&number);
        let (mut entities, mut details) = (Vec::new(), Vec::new());
        for (row, relations) in self.rows.iter().zip(&relations) {
            let degrees = |d: f64| (d * 10_000.0).round() as i32;
            let (lat, long) =
                row.coordinates.map_or((i32::MIN, i32::MIN), |(lat, long)| (degrees(lat), degrees(long)));
            assert!(details.len() as u64 <= MAX_OFFSET, "details take less than 2^40 bytes");
            let record = Record {
                qid: row.qid.unwrap_or(0),
                geonames: row.geonames.unwrap_or(0),
                lat,
                long,
                country: row.country.as_ref().and_then(|key| number.get(key).copied()).unwrap_or(u32::MAX),
                details: details.len() as u64,
                popularity: quantized(row.popularity * 100.0, f64::from(u16::MAX)) as u16,
                class: row.class.unwrap_or(Class::Entity) as u8,
                gender: row.gender.map_or(0, Gender::number),
            };
            entities.extend(record.to_bytes());
            let parts = Parts {
                label: &row.label,
                title: row.title.as_deref(),
                description: row.description.as_deref().filter(|_| self.descriptions),
                iso: row.iso.as_deref(),
                iri: row.iri.as_deref(),
                names: &other_names(row),
                context: &vocabulary.numbers(row),
                relations,
            };
            parts.write(&mut details);
        }
        (entities, details)
    }

    /// The relations of each entity, those in the other direction too.
    fn relations(&self, number: &HashMap<Key, u32>) -> Vec<Vec<(Relation, u32)>> {
        let mut relations = vec![Vec::new(); self.rows.len()];
        for (subject, row) in self.rows.iter().enumerate() {
            for (relation, key) in &row.relations {
                let Some(&object) = number.get(key) else { continue };
                relations[subject].push((*relation, object));
                if let Some(inverse) = relation.inverse() {
                    relations[object as usize].push((inverse, subject as u32));
                }
            }
        }
        for list in &mut relations {
            list.sort_unstable();
            list.dedup();
            list.truncate(MOST_RELATIONS);
        }
        relations
    }

    /// The map of names, the lists of candidates, and the number of names.
    fn names(&self) -> (Vec<u8>, Vec<u8>, usize) {
        let mut by_name: BTreeMap<String, Vec<Draft>> = BTreeMap::new();
        for (i, row) in self.rows.iter().enumerate() {
            for name in names_of(row) {
                let draft = Draft::new(i as u32, name.flags, row.popularity);
                by_name.entry(name.folded).or_default().push(draft);
            }
        }
        let (mut map, mut lists) = (fst::MapBuilder::memory(), Vec::new());
        let count = by_name.len();
        for (name, drafts) in by_name {
            map.insert(name, lists.len() as u64).expect("the names are sorted and distinct");
            write_list(&mut lists, drafts);
        }
        (map.into_inner().expect("a map in memory can be finished"), lists, count)
    }

    /// The list of identifiers that are no Q-ids.
    fn ids(&self) -> Vec<u8> {
        let mut ids = Vec::new();
        for (number, row) in self.rows.iter().enumerate() {
            ids.extend(ids_of(row).map(|id| (id_hash(&id), number as u32)));
        }
        ids.sort_unstable();
        ids.into_iter()
            .flat_map(|(hash, number)| [&hash.to_le_bytes()[..], &number.to_le_bytes()].concat())
            .collect()
    }
}

/// Under what an entity is found that is no Q-id.
fn ids_of(row: &Row) -> impl Iterator<Item = String> {
    let place = row.geonames.map(|id| format!("geonames:{id}"));
    let title = row.title.as_ref().filter(|_| row.qid.is_none());
    let page = title.map(|title| format!("{DBPEDIA}{}", title.replace(' ', "_")));
    let own = row.iri.clone().filter(|iri| page.as_ref() != Some(iri));
    [place, page, own].into_iter().flatten()
}

/// All names as they are written but the label, each once.
fn other_names(row: &Row) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in row.aliases.iter().chain(&row.demonyms).chain(&row.metonyms) {
        if *name != row.label && !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// The context words of all entities, the most frequent first.
struct Vocabulary {
    words: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Vocabulary {
    fn of(rows: &[Row]) -> Self {
        let mut frequency: HashMap<String, u32> = HashMap::new();
        for word in rows.iter().flat_map(words_of) {
            *frequency.entry(word).or_default() += 1;
        }
        let mut words: Vec<(String, u32)> = frequency.into_iter().collect();
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let words: Vec<String> = words.into_iter().map(|(word, _)| word).collect();
        let numbers = words.iter().enumerate().map(|(i, word)| (word.clone(), i as u32)).collect();
        Self { words, numbers }
    }

    /// Numbers of the words of a row, in ascending order.
    fn numbers(&self, row: &Row) -> Vec<u32> {
        let mut numbers: Vec<u32> =
            words_of(row).iter().filter_map(|word| self.numbers.get(word).copied()).collect();
        numbers.sort_unstable();
        numbers
    }

    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = (self.words.len() as u32).to_le_bytes().to_vec();
        let mut end = 0;
        for word in &self.words {
            end += word.len() as u32;
            bytes.extend(end.to_le_bytes());
        }
        self.words.iter().for_each(|word| bytes.extend(word.as_bytes()));
        bytes
    }
}

/// The context words of a row, each once.
fn words_of(row: &Row) -> Vec<String> {
    let description = row.description.as_deref().map(context_words).unwrap_or_default();
    let mut words: Vec<String> = Vec::new();
    for word in description.into_iter().chain(row.context.iter().flat_map(|text| context_words(text))) {
        if words.len() < MOST_WORDS && !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// The file of these sections.
fn assemble(sections: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let lengths: Vec<(u32, u64)> =
        sections.iter().map(|(number, bytes)| (*number, bytes.len() as u64)).collect();
    let (mut file, table) = front(&lengths);
    let mut hasher = Sha256::new_with_prefix(&table);
    sections.iter().for_each(|(_, bytes)| hasher.update(bytes));
    file.extend(hasher.finalize());
    file.extend(table);
    sections.iter().for_each(|(_, bytes)| file.extend(bytes));
    file
}
