use std::fmt::Write;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use fst::Streamer;
use memmap2::Mmap;

use super::Error;
use super::format::{ACRONYM, DEMONYM, Header, LABEL, RECORD, Record, VERSION, read_varint, section};
use crate::annotation::Class;
use crate::text::{fold, in_capitals};

/// The knowledge base that comes with the program; `builtin.md` tells its sources.
static BUILTIN: &[u8] = include_bytes!("builtin.kb");

/// A knowledge base, used in place: cheap to clone and to share among threads.
#[derive(Clone)]
pub struct Kb {
    names: fst::Map<Bytes>,
    candidates: Bytes,
    entities: Bytes,
    strings: Bytes,
    about: Bytes,
    digest: String,
}

/// The number of an entity in its knowledge base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KbId(pub u32);

/// An entity that a name may mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// The entity.
    pub entity: KbId,
    /// Share of this entity among all that have the name, by popularity, from 0 to 1.
    pub prior: f64,
    /// Whether the name is the demonym or adjective of a country.
    pub is_demonym: bool,
    /// Whether the name is written in capitals, as `US` or `WHO`.
    pub is_acronym: bool,
    /// Whether the name is the one it is best known by.
    pub is_label: bool,
}

impl Candidate {
    /// Whether a name as it is written may mean this entity: an acronym must be in capitals.
    pub fn fits(&self, written: &str) -> bool {
        !self.is_acronym || in_capitals(written)
    }
}

/// What is known of an entity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entity<'a> {
    /// The name it is best known by.
    pub label: &'a str,
    /// Its class.
    pub class: Class,
    /// Number of the Wikidata item: 794 for `Q794`.
    pub qid: Option<u32>,
    /// Title in the English Wikipedia.
    pub title: Option<&'a str>,
    /// Number in GeoNames.
    pub geonames: Option<u32>,
    /// Latitude and longitude in degrees (WGS84).
    pub coordinates: Option<(f64, f64)>,
    /// Its country; countries have themselves.
    pub country: Option<KbId>,
    /// How well known it is, about 0 to 100.
    pub popularity: f64,
}

impl Entity<'_> {
    /// Its IRI in Wikidata.
    pub fn wikidata_iri(&self) -> Option<String> {
        self.qid.map(|qid| format!("http://www.wikidata.org/entity/Q{qid}"))
    }

    /// Its IRI in DBpedia, with the characters escaped that DBpedia escapes.
    pub fn dbpedia_iri(&self) -> Option<String> {
        let mut iri = "http://dbpedia.org/resource/".to_owned();
        for c in self.title?.chars() {
            match c {
                ' ' => iri.push('_'),
                '"' | '%' | '<' | '>' | '?' | '[' | '\\' | ']' | '^' | '`' | '{' | '|' | '}' | '#' => {
                    write!(iri, "%{:02X}", c as u32).expect("writing to a string never fails");
                }
                c => iri.push(c),
            }
        }
        Some(iri)
    }

    /// Its IRI in GeoNames.
    pub fn geonames_iri(&self) -> Option<String> {
        self.geonames.map(|id| format!("https://sws.geonames.org/{id}/"))
    }
}

/// What a knowledge base says of itself.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Info {
    /// Number of entities.
    pub entities: usize,
    /// Number of distinct names.
    pub names: usize,
    /// What it was made from.
    pub sources: String,
}

impl Kb {
    /// The one that is built into the program.
    ///
    /// # Panics
    /// Never, unless the program was built with a damaged file; a test sees to that.
    pub fn builtin() -> &'static Self {
        static KB: LazyLock<Kb> = LazyLock::new(|| {
            Kb::read(&Data::Static(BUILTIN), "built-in").expect("the built-in knowledge base is valid")
        });
        &KB
    }

    /// Opens a file by mapping it into memory, and compares its checksum.
    ///
    /// # Errors
    /// When it can't be read, is no knowledge base, is damaged or of another version.
    pub fn open(path: &Path) -> Result<Self, Error> {
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
        let data = Data::Mapped(Arc::new(map));
        if Header::read(data.bytes()).is_ok_and(|h| h.version == VERSION && !h.is_whole(data.bytes())) {
            return Err(Error::Damaged { name });
        }
        Self::read(&data, &name)
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
        let names =
            fst::Map::new(part(section::NAMES)?).map_err(|_| not_a_kb("its map of names can't be read"))?;
        Ok(Self {
            names,
            candidates: part(section::CANDIDATES)?,
            entities: part(section::ENTITIES)?,
            strings: part(section::STRINGS)?,
            about: part(section::ABOUT)?,
            digest,
        })
    }

    /// The entities that have this name, the most popular first. See [`fold`] for what makes no difference.
    pub fn lookup(&self, name: &str) -> Vec<Candidate> {
        let folded = fold(name);
        let list = self.names.get(&folded).and_then(|offset| self.candidates_at(offset));
        list.unwrap_or_default()
    }

    fn candidates_at(&self, offset: u64) -> Option<Vec<Candidate>> {
        let mut bytes = self.candidates.as_ref().get(usize::try_from(offset).ok()?..)?;
        let count = read_varint(&mut bytes)?;
        let mut candidates = Vec::with_capacity((count as usize).min(64));
        for _ in 0..count {
            let entity = KbId(read_varint(&mut bytes)?);
            let (&[prior, flags], rest) = bytes.split_first_chunk()?;
            bytes = rest;
            candidates.push(Candidate {
                entity,
                prior: f64::from(prior) / 255.0,
                is_demonym: flags & DEMONYM != 0,
                is_acronym: flags & ACRONYM != 0,
                is_label: flags & LABEL != 0,
            });
        }
        Some(candidates)
    }

    /// Number of entities.
    pub fn len(&self) -> usize {
        self.entities.as_ref().len() / RECORD
    }

    /// Whether it holds no entity.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What is known of an entity; `None` when there is no entity of this number.
    pub fn entity(&self, id: KbId) -> Option<Entity<'_>> {
        let record = self.record(id.0 as usize)?;
        let some = |n: u32| Some(n).filter(|&n| n != 0);
        let degrees = |d: i32| f64::from(d) / 10_000.0;
        Some(Entity {
            label: self.string(record.label)?,
            class: Class::from_number(record.class)?,
            qid: some(record.qid),
            title: some(record.title).and_then(|offset| self.string(offset)),
            geonames: some(record.geonames),
            coordinates: (record.lat != i32::MIN).then(|| (degrees(record.lat), degrees(record.long))),
            country: Some(KbId(record.country)).filter(|id| (id.0 as usize) < self.len()),
            popularity: f64::from(record.popularity) / 100.0,
        })
    }

    fn record(&self, number: usize) -> Option<Record> {
        let start = number.checked_mul(RECORD)?;
        let bytes = self.entities.as_ref().get(start..start.checked_add(RECORD)?)?;
        Some(Record::from_bytes(bytes.try_into().ok()?))
    }

    fn string(&self, offset: u32) -> Option<&str> {
        let mut bytes = self.strings.as_ref().get(offset as usize..)?;
        let len = read_varint(&mut bytes)? as usize;
        std::str::from_utf8(bytes.get(..len)?).ok()
    }

    /// The entity of a Wikidata item: `by_qid(794)` is Iran.
    pub fn by_qid(&self, qid: u32) -> Option<KbId> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.record(middle)?.qid < qid {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (qid != 0 && self.record(low)?.qid == qid).then_some(KbId(low as u32))
    }

    /// The names of an entity in folded form, in alphabetical order. Looks through all names.
    pub fn names_of(&self, id: KbId) -> Vec<String> {
        let mut names = Vec::new();
        let mut stream = self.names.stream();
        while let Some((name, offset)) = stream.next() {
            let candidates = self.candidates_at(offset).unwrap_or_default();
            if candidates.iter().any(|c| c.entity == id) {
                names.push(String::from_utf8_lossy(name).into_owned());
            }
        }
        names
    }

    /// SHA-256 of its contents, in hexadecimal digits.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// What it says of itself.
    pub fn info(&self) -> Info {
        let about = serde_json::from_slice(self.about.as_ref());
        about.unwrap_or_else(|_| Info {
            entities: self.len(),
            names: self.names.len(),
            sources: String::new(),
        })
    }
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

#[cfg(test)]
mod tests {
    use super::super::{Builder, Row};
    use super::*;

    fn file() -> Vec<u8> {
        let row = |qid, label: &str, class, aliases: &[&str], popularity| Row {
            qid,
            label: label.to_owned(),
            class: Some(class),
            aliases: aliases.iter().map(|&a| a.to_owned()).collect(),
            popularity,
            ..Row::default()
        };
        let mut rows = vec![
            row(Some(3616), "Tehran", Class::City, &["Teheran"], 30.0),
            row(Some(590_866), "Tehran", Class::Region, &[], 8.0),
            row(Some(794), "Iran", Class::Country, &["Iranian", "Persia", "IR"], 70.0),
            row(None, "Eyal Zamir", Class::Person, &[], 8.0),
            row(Some(82_955), "politician", Class::Position, &[], 20.0),
        ];
        rows[0].coordinates = Some((35.6739, 51.4224));
        rows[0].country = Some(794);
        rows[0].title = Some("Tehran?".to_owned());
        Builder::new(rows).finish("test")
    }

    fn open(bytes: &[u8]) -> Result<Kb, Error> {
        let path = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(path.path(), bytes).unwrap();
        Kb::open(path.path())
    }

    #[test]
    fn names_lead_to_candidates_the_most_popular_first() {
        let kb = open(&file()).unwrap();
        let tehran = kb.lookup("TEHRAN");
        let labels: Vec<_> = tehran.iter().map(|c| kb.entity(c.entity).unwrap().class).collect();
        assert_eq!(labels, [Class::City, Class::Region]);
        assert!(tehran[0].prior > 0.9);
        let iranian = kb.lookup("Iranian")[0];
        assert!(iranian.is_demonym && !kb.lookup("Persia")[0].is_demonym);
        assert!(kb.lookup("IR")[0].fits("I.R.") && !kb.lookup("IR")[0].fits("ir"));
        assert!(kb.lookup("politician").is_empty());
        assert_eq!((kb.len(), kb.info().entities), (4, 4));
    }

    #[test]
    fn entities_keep_what_the_table_says() {
        let kb = open(&file()).unwrap();
        let tehran = kb.entity(kb.by_qid(3616).unwrap()).unwrap();
        assert_eq!((tehran.label, tehran.coordinates), ("Tehran", Some((35.6739, 51.4224))));
        assert_eq!(tehran.country, kb.by_qid(794));
        assert_eq!(tehran.dbpedia_iri().unwrap(), "http://dbpedia.org/resource/Tehran%3F");
        assert_eq!(kb.names_of(kb.by_qid(794).unwrap()), ["ir", "iran", "iranian", "persia"]);
        assert_eq!(kb.by_qid(5), None);
    }

    #[test]
    fn damaged_files_are_refused() {
        let good = file();
        let message = |bytes: &[u8]| open(bytes).err().unwrap().to_string();
        assert!(message(b"").contains("can't read") || message(b"").contains("is not a knowledge base"));
        assert!(message(b"%PDF-1.7 and so on").contains("does not start with"));
        assert!(message(&good[..60]).contains("is cut off"));
        let mut other = good.clone();
        other[8] = 9;
        assert!(message(&other).contains("has format 9, expected 1; rebuild it with `tidings kb build`"));
        for at in [70, good.len() / 2, good.len() - 1] {
            let mut flipped = good.clone();
            flipped[at] ^= 0x10;
            assert!(open(&flipped).is_err(), "byte {at}");
        }
    }

    #[test]
    fn the_built_in_one_is_whole() {
        assert!(Header::read(BUILTIN).unwrap().is_whole(BUILTIN));
        let kb = Kb::builtin();
        let iran = kb.entity(kb.lookup("Iran")[0].entity).unwrap();
        assert_eq!((iran.qid, iran.class), (Some(794), Class::Country));
    }
}
