use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use memmap2::Mmap;

use super::details::Details;
use super::entity::{DBPEDIA, GEONAMES, dbpedia_iri, title_of};
use super::format::{
    Header, ID_ENTRY, RECORD, Record, VERSION, id_hash, read_varint, section, u32_at, u64_at,
};
use super::fuzzy::Near;
use super::name_map::NameMap;
use super::{Error, Info};
use crate::text::fold;

/// Files up to this size are compared with their checksum when they are opened; that takes some 30 ms at most.
const CHECKED: usize = 32 << 20;
/// Most names that a fuzzy look-up gives.
const MOST_NEAR: usize = 16;

/// One file of a knowledge base, used in place. Whatever its bytes are, reading it ends in a value or in none.
#[derive(Clone)]
pub(super) struct Layer {
    names: Bytes,
    candidates: Bytes,
    entities: Bytes,
    details: Bytes,
    words: Bytes,
    ids: Bytes,
    about: Bytes,
    data: Data,
    pub(super) name: String,
    pub(super) digest: String,
}

/// A candidate as it is in the file.
#[derive(Clone, Copy)]
pub(super) struct Listed {
    pub(super) number: u32,
    pub(super) prior: u8,
    pub(super) flags: u8,
}

/// What an entity is told by in several files.
pub(super) struct Identity {
    /// Its Q-id, or 0.
    qid: u32,
    /// Its number in GeoNames, or 0.
    geonames: u32,
    /// Its IRI in DBpedia.
    page: Option<String>,
}

impl Layer {
    /// Opens a file by mapping it into memory.
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        let read_error = |source| Error::Read { path: path.to_owned(), source };
        let file = File::open(path).map_err(read_error)?;
        if path.is_dir() {
            return Err(read_error(io::ErrorKind::IsADirectory.into()));
        }
        #[expect(unsafe_code, reason = "mapping a file can't be had otherwise")]
        // SAFETY: the file is only read; who cuts or rewrites it while it is in use ends the program, as with every
        // mapped file. `kb build` replaces files by renaming.
        let map = unsafe { Mmap::map(&file) }.map_err(read_error)?;
        let name = path.display().to_string();
        let layer = Self::read(&Data::Mapped(Arc::new(map)), &name);
        let data_is_small = |layer: &Self| layer.data.bytes().len() <= CHECKED;
        match layer {
            Ok(layer) if data_is_small(&layer) && !layer.is_whole() => Err(Error::Damaged { name }),
            layer => layer,
        }
    }

    /// Uses bytes that are in the program.
    pub(super) fn of_static(bytes: &'static [u8]) -> Result<Self, Error> {
        Self::read(&Data::Static(bytes), "built-in")
    }

    fn read(data: &Data, name: &str) -> Result<Self, Error> {
        let not_a_kb = |problem| Error::NotAKb { name: name.to_owned(), problem };
        let header = Header::read(data.bytes()).map_err(not_a_kb)?;
        if header.version != VERSION {
            return Err(Error::Version { name: name.to_owned(), found: header.version, expected: VERSION });
        }
        let part = |number| {
            header.section(number).map(|range| Bytes { data: data.clone(), range }).map_err(not_a_kb)
        };
        let digest = header.checksum.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        let names = part(section::NAMES)?;
        if !NameMap::new(names.as_ref()).is_plausible() {
            return Err(not_a_kb("its map of names can't be read"));
        }
        Ok(Self {
            names,
            candidates: part(section::CANDIDATES)?,
            entities: part(section::ENTITIES)?,
            details: part(section::DETAILS)?,
            words: part(section::WORDS)?,
            ids: part(section::IDS)?,
            about: part(section::ABOUT)?,
            data: data.clone(),
            name: name.to_owned(),
            digest,
        })
    }

    /// Whether the bytes are those that were written. Reads all of them.
    pub(super) fn is_whole(&self) -> bool {
        let bytes = self.data.bytes();
        Header::read(bytes).is_ok_and(|header| header.is_whole(bytes))
    }

    /// Number of entities.
    pub(super) fn len(&self) -> usize {
        self.entities.as_ref().len() / RECORD
    }

    fn names(&self) -> NameMap<'_> {
        NameMap::new(self.names.as_ref())
    }

    /// The entities of a folded name, the most popular first.
    pub(super) fn candidates(&self, folded: &str) -> Vec<Listed> {
        self.names().get(folded).map(|offset| self.candidates_at(offset)).unwrap_or_default()
    }

    fn candidates_at(&self, offset: u64) -> Vec<Listed> {
        let read = || {
            let mut bytes = self.candidates.as_ref().get(usize::try_from(offset).ok()?..)?;
            let count = read_varint(&mut bytes)?;
            let mut candidates = Vec::with_capacity((count as usize).min(64));
            for _ in 0..count {
                let number = read_varint(&mut bytes)?;
                let (&[prior, flags], rest) = bytes.split_first_chunk()?;
                bytes = rest;
                candidates.push(Listed { number, prior, flags });
            }
            Some(candidates)
        };
        read().unwrap_or_default()
    }

    /// Folded names that differ from this one by at most so many edits, the nearest first, with the number of edits.
    pub(super) fn names_near(&self, folded: &str, edits: u8) -> Vec<(String, u8)> {
        let mut found = self.names().near(&Near::new(folded, edits));
        found.sort_by(|a, b| a.1.cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
        found.truncate(MOST_NEAR);
        found
    }

    pub(super) fn record(&self, number: u32) -> Option<Record> {
        let start = (number as usize).checked_mul(RECORD)?;
        let bytes = self.entities.as_ref().get(start..start.checked_add(RECORD)?)?;
        Some(Record::from_bytes(bytes.try_into().ok()?))
    }

    pub(super) fn details(&self, record: &Record) -> Option<Details<'_>> {
        Details::read(self.details.as_ref().get(usize::try_from(record.details).ok()?..)?)
    }

    /// The number of context words.
    pub(super) fn words(&self) -> u32 {
        u32_at(self.words.as_ref(), 0).unwrap_or(0)
    }

    /// The context word of this number.
    pub(super) fn word(&self, number: u32) -> Option<&str> {
        let bytes = self.words.as_ref();
        let count = u32_at(bytes, 0)?;
        let end_of = |n: u32| u32_at(bytes, 4 + 4 * n as usize);
        let start = if number == 0 { 0 } else { end_of(number - 1)? };
        let end = end_of(number).filter(|_| number < count)?;
        let text = bytes.get(4 + 4 * count as usize..)?;
        std::str::from_utf8(text.get(start as usize..end as usize)?).ok()
    }

    /// The entity of a Wikidata item.
    pub(super) fn by_qid(&self, qid: u32) -> Option<u32> {
        let number =
            lower_bound(self.len(), |n| self.record(n as u32).map(|record| record.qid < qid))? as u32;
        (qid != 0 && self.record(number)?.qid == qid).then_some(number)
    }

    /// The entity of an identifier that is no Q-id: an IRI, or `geonames:112931`.
    pub(super) fn by_id(&self, id: &str) -> Option<u32> {
        let (hash, ids) = (id_hash(id), self.ids.as_ref());
        let first = lower_bound(ids.len() / ID_ENTRY, |n| Some(u64_at(ids, n * ID_ENTRY)? < hash))?;
        let entries =
            (first..).map_while(|n| Some((u64_at(ids, n * ID_ENTRY)?, u32_at(ids, n * ID_ENTRY + 8)?)));
        let mut numbers = entries.take_while(|entry| entry.0 == hash).map(|entry| entry.1);
        numbers.find(|&number| self.has_id(number, id).unwrap_or(false))
    }

    /// The entity of an IRI that is its own or its page in DBpedia.
    pub(super) fn by_iri(&self, iri: &str) -> Option<u32> {
        // Pages of those that have a Q-id are not listed; the title without what tells it from namesakes is a name.
        let by_name = || {
            let title = title_of(iri.strip_prefix(DBPEDIA)?);
            let name = title.split(" (").next().unwrap_or(&title);
            let mut found = self.candidates(&fold(name)).into_iter().map(|listed| listed.number);
            found.find(|&number| self.has_id(number, iri).unwrap_or(false))
        };
        self.by_id(iri).or_else(by_name)
    }

    /// What an entity is told by in other files; none if nothing else can have it.
    pub(super) fn identity(&self, number: u32) -> Option<Identity> {
        let record = self.record(number)?;
        let details = self.details(&record)?;
        let page = details.title.map(dbpedia_iri);
        let is_known = record.qid != 0 || record.geonames != 0 || page.is_some();
        is_known.then_some(Identity { qid: record.qid, geonames: record.geonames, page })
    }

    /// The entity that is the same: of two Q-ids none are.
    pub(super) fn same_as(&self, other: &Identity) -> Option<u32> {
        let is_other = |number: &u32| {
            let qid = self.record(*number).map_or(0, |record| record.qid);
            qid == 0 || other.qid == 0
        };
        let by_qid = Some(other.qid).filter(|&qid| qid != 0).and_then(|qid| self.by_qid(qid));
        let place = Some(other.geonames).filter(|&id| id != 0);
        let by_place = || self.by_id(&format!("geonames:{}", place?)).filter(is_other);
        let by_page = || self.by_iri(other.page.as_deref()?).filter(is_other);
        by_qid.or_else(by_place).or_else(by_page)
    }

    fn has_id(&self, number: u32, id: &str) -> Option<bool> {
        let record = self.record(number)?;
        let details = self.details(&record)?;
        let geonames = id.strip_prefix("geonames:").or_else(|| id.strip_prefix(GEONAMES)?.strip_suffix('/'));
        Some(
            details.iri == Some(id)
                || geonames.is_some_and(|n| n.parse() == Ok(record.geonames))
                || details.title.is_some_and(|title| dbpedia_iri(title) == id),
        )
    }

    /// What it says of itself.
    pub(super) fn info(&self) -> Info {
        let about = serde_json::from_slice(self.about.as_ref());
        let info = about.unwrap_or_else(|_| Info {
            entities: self.len(),
            names: self.names().len().unwrap_or(0) as usize,
            ..Info::default()
        });
        Info { file: self.name.clone(), digest: self.digest.clone(), ..info }
    }
}

/// The first number below `len` for which it does not hold, or `len`; it holds for none after.
fn lower_bound(len: usize, holds: impl Fn(usize) -> Option<bool>) -> Option<usize> {
    let (mut low, mut high) = (0, len);
    while low < high {
        let middle = usize::midpoint(low, high);
        if holds(middle)? {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Some(low)
}

/// The bytes of a file, wherever they are.
#[derive(Clone)]
enum Data {
    Static(&'static [u8]),
    Mapped(Arc<Mmap>),
}

impl Data {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Static(bytes) => bytes,
            Self::Mapped(map) => map,
        }
    }
}

/// A part of the bytes of a file.
#[derive(Clone)]
struct Bytes {
    data: Data,
    range: Range<usize>,
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.data.bytes()[self.range.clone()]
    }
}
