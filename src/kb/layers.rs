use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use sha2::{Digest, Sha256};

use super::details::Details;
use super::entity::GEONAMES;
use super::format::{Record, flag};
use super::layer::{Layer, Listed};
use super::{Candidate, Entity, Error, Gender, KbId, Relation};
use crate::annotation::Class;
use crate::text::fold;

/// The knowledge base that comes with the program; `builtin.md` tells its sources.
static BUILTIN: &[u8] = include_bytes!("builtin.kb");

/// Fewest letters of a name that is looked up with edits.
const LONG_NAME: usize = 8;

/// One or several knowledge bases, used together: cheap to clone and to share among threads.
///
/// The files are asked in their order. An entity that several of them have is one: it has the names of all, and each fact is
/// that of the first file that has it. That is told by its Q-id, or else by its number in GeoNames or its page in DBpedia.
#[derive(Clone)]
pub struct Kb {
    layers: Vec<Arc<Layer>>,
    digest: String,
}

/// What a knowledge base says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Info {
    /// The file; `built-in` for that of the program.
    #[serde(default)]
    pub file: String,
    /// Number of entities.
    pub entities: usize,
    /// Number of distinct names.
    pub names: usize,
    /// What it was made from.
    pub sources: String,
    /// SHA-256 of its contents, in hexadecimal digits.
    #[serde(default)]
    pub digest: String,
}

impl Kb {
    /// The one that is built into the program.
    ///
    /// # Panics
    /// Never, unless the program was built with a damaged file; a test sees to that.
    pub fn builtin() -> &'static Self {
        static KB: LazyLock<Kb> = LazyLock::new(|| {
            Kb::of(vec![Layer::of_static(BUILTIN).expect("the built-in knowledge base is valid")])
        });
        &KB
    }

    /// Opens a file by mapping it into memory. Small ones are compared with their checksum; a large one takes no
    /// longer, and [`Kb::check`] tells whether it was damaged.
    ///
    /// # Errors
    /// When it can't be read, is no knowledge base, is damaged or of another version.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Ok(Self::of(vec![Layer::open(path)?]))
    }

    /// Puts other knowledge bases behind this one: what this one says comes first.
    ///
    /// # Panics
    /// When there are more than 256 files then.
    #[must_use]
    pub fn before(mut self, other: &Self) -> Self {
        self.layers.extend(other.layers.iter().cloned());
        assert!(self.layers.len() <= 256, "a knowledge base has at most 256 files");
        Self { digest: digest(&self.layers), layers: self.layers }
    }

    fn of(layers: Vec<Layer>) -> Self {
        let layers: Vec<Arc<Layer>> = layers.into_iter().map(Arc::new).collect();
        Self { digest: digest(&layers), layers }
    }

    /// Compares all files with their checksums. Reads all of them.
    ///
    /// # Errors
    /// Names the first that is damaged.
    pub fn check(&self) -> Result<(), Error> {
        match self.layers.iter().find(|layer| !layer.is_whole()) {
            Some(layer) => Err(Error::Damaged { name: layer.name.clone() }),
            None => Ok(()),
        }
    }

    /// The entities that have this name in full, the most popular first. See [`fold`] for what makes no difference.
    pub fn lookup(&self, name: &str) -> Vec<Candidate> {
        self.candidates(&fold(name), is_full)
    }

    /// The entities of whose names this is only a part, such as a surname, the most popular first; their priors are shares
    /// among themselves.
    pub fn lookup_partial(&self, name: &str) -> Vec<Candidate> {
        self.candidates(&fold(name), |flags| flags & flag::PARTIAL != 0)
    }

    /// The entities of names that are spelled a little differently, with the number of edits: one for names of 8
    /// letters and more, two from 12. Shorter names are not looked up. The name as it is written is not among them.
    pub fn lookup_near(&self, name: &str) -> Vec<(Candidate, u8)> {
        let folded = fold(name);
        let letters = folded.chars().filter(|c| c.is_alphanumeric()).count();
        if letters < LONG_NAME {
            return Vec::new();
        }
        let edits = if letters < 12 { 1 } else { 2 };
        let mut names: BTreeMap<String, u8> = BTreeMap::new();
        for layer in &self.layers {
            names.extend(layer.names_near(&folded, edits).into_iter().filter(|(_, edits)| *edits > 0));
        }
        let mut found: Vec<(Candidate, u8)> = Vec::new();
        for (name, edits) in names {
            for candidate in self.candidates(&name, is_full) {
                match found.iter_mut().find(|(known, _)| known.entity == candidate.entity) {
                    Some(known) if known.1 <= edits => {}
                    Some(known) => *known = (candidate, edits),
                    None => found.push((candidate, edits)),
                }
            }
        }
        found.sort_by_key(|(_, edits)| *edits);
        found
    }

    /// The entities that a place of this name stands for, such as the government in a capital or a building; their priors
    /// are shares among themselves.
    pub fn lookup_metonym(&self, name: &str) -> Vec<Candidate> {
        self.candidates(&fold(name), |flags| flags & flag::METONYM != 0)
    }

    /// Candidates of a folded name with these flags, of all files.
    fn candidates(&self, folded: &str, wanted: impl Fn(u8) -> bool) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = Vec::new();
        for (layer, file) in self.layers.iter().enumerate() {
            let listed = file.candidates(folded).into_iter().filter(|listed| wanted(listed.flags));
            for candidate in listed.map(|listed| self.candidate(layer, listed)) {
                match found.iter_mut().find(|known| known.entity == candidate.entity) {
                    Some(known) => {
                        known.prior = known.prior.max(candidate.prior);
                        known.is_label |= candidate.is_label;
                        known.is_acronym &= candidate.is_acronym;
                    }
                    None => found.push(candidate),
                }
            }
        }
        if self.layers.len() > 1 {
            let total = found.iter().map(|candidate| candidate.prior).sum::<f64>().max(1.0);
            for candidate in &mut found {
                candidate.prior /= total;
            }
            found.sort_by(|a, b| b.prior.total_cmp(&a.prior));
        }
        found
    }

    fn candidate(&self, layer: usize, listed: Listed) -> Candidate {
        let has = |flag: u8| listed.flags & flag != 0;
        Candidate {
            entity: self.first(layer, listed.number),
            prior: f64::from(listed.prior) / 255.0,
            is_demonym: has(flag::DEMONYM),
            is_acronym: has(flag::ACRONYM),
            is_label: has(flag::LABEL),
            is_partial: has(flag::PARTIAL),
            is_metonym: has(flag::METONYM),
        }
    }

    /// The entity in the first file that has it.
    fn first(&self, layer: usize, number: u32) -> KbId {
        let own = KbId { layer: layer as u8, number };
        let before = &self.layers[..layer];
        if before.is_empty() {
            return own;
        }
        let Some(same) = self.layers[layer].identity(number) else { return own };
        let found = |(layer, file): (usize, &Arc<Layer>)| {
            Some(KbId { layer: layer as u8, number: file.same_as(&same)? })
        };
        before.iter().enumerate().find_map(found).unwrap_or(own)
    }

    /// The entity in each file that has it, the first file first.
    fn everywhere(&self, id: KbId) -> impl Iterator<Item = (usize, &Layer, Record, Details<'_>)> {
        let first = usize::from(id.layer);
        let after = self.layers.len() > first + 1;
        let same = after.then(|| self.layers[first].identity(id.number)).flatten();
        self.layers.iter().enumerate().skip(first).filter_map(move |(layer, file)| {
            let number = if layer == first { id.number } else { file.same_as(same.as_ref()?)? };
            let record = file.record(number)?;
            Some((layer, &**file, record, file.details(&record)?))
        })
    }

    /// Number of entities; those that several files have are counted in each.
    pub fn len(&self) -> usize {
        self.layers.iter().map(|layer| layer.len()).sum()
    }

    /// Whether it holds no entity.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What is known of an entity; `None` when the file is damaged there.
    pub fn entity(&self, id: KbId) -> Option<Entity<'_>> {
        let mut places = self.everywhere(id);
        let mut entity = self.facts(places.next()?);
        for place in places {
            let other = self.facts(place);
            entity.class = if entity.class == Class::Entity { other.class } else { entity.class };
            entity.qid = entity.qid.or(other.qid);
            entity.title = entity.title.or(other.title);
            entity.geonames = entity.geonames.or(other.geonames);
            entity.iso = entity.iso.or(other.iso);
            entity.iri = entity.iri.or(other.iri);
            entity.coordinates = entity.coordinates.or(other.coordinates);
            entity.country = entity.country.or(other.country);
            entity.gender = entity.gender.or(other.gender);
            entity.popularity = entity.popularity.max(other.popularity);
        }
        Some(entity)
    }

    /// What one file knows of an entity.
    fn facts<'a>(
        &self,
        (layer, file, record, details): (usize, &'a Layer, Record, Details<'a>),
    ) -> Entity<'a> {
        let some = |n: u32| Some(n).filter(|&n| n != 0);
        let degrees = |d: i32| f64::from(d) / 10_000.0;
        let country = Some(record.country).filter(|&number| (number as usize) < file.len());
        Entity {
            label: details.label,
            class: Class::from_number(record.class).unwrap_or(Class::Entity),
            qid: some(record.qid),
            title: details.title,
            geonames: some(record.geonames),
            iso: details.iso,
            iri: details.iri,
            coordinates: (record.lat != i32::MIN).then(|| (degrees(record.lat), degrees(record.long))),
            country: country.map(|number| self.first(layer, number)),
            popularity: f64::from(record.popularity) / 100.0,
            gender: Gender::from_number(record.gender),
        }
    }

    /// A text that describes an entity, where the file has it.
    pub fn description(&self, id: KbId) -> Option<&str> {
        self.everywhere(id).find_map(|(.., details)| details.description)
    }

    /// Words that tell what an entity is about, as [`context_words`](super::context_words) gives them for a text; each once
    /// for each file.
    pub fn context(&self, id: KbId) -> impl Iterator<Item = &str> {
        self.everywhere(id)
            .flat_map(|(_, file, _, details)| details.context().filter_map(|word| file.word(word)))
    }

    /// The same words with how rare each is among all context words: near 0 for the most frequent, 1 for the rarest. By
    /// Zipf's law that goes with the inverse document frequency.
    pub fn context_with_rarity(&self, id: KbId) -> impl Iterator<Item = (&str, f64)> {
        self.everywhere(id).flat_map(|(_, file, _, details)| {
            let all = f64::from(file.words().max(2)).ln();
            details
                .context()
                .filter_map(move |number| Some((file.word(number)?, f64::from(number + 1).ln() / all)))
        })
    }

    /// How an entity is related to others.
    pub fn relations(&self, id: KbId) -> impl Iterator<Item = (Relation, KbId)> {
        self.everywhere(id).flat_map(move |(layer, _, _, details)| {
            details.relations().map(move |(relation, number)| (relation, self.first(layer, number)))
        })
    }

    /// The names of an entity as they are written, its label first; surnames and other parts are not among them.
    pub fn names_of(&self, id: KbId) -> Vec<&str> {
        let mut names = Vec::new();
        for (.., details) in self.everywhere(id) {
            for name in std::iter::once(details.label).chain(details.names()) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    }

    /// The entity of a Wikidata item: `by_qid(794)` is Iran.
    pub fn by_qid(&self, qid: u32) -> Option<KbId> {
        self.find(|layer| layer.by_qid(qid))
    }

    /// The entity of an IRI: its own, or that in Wikidata, GeoNames or DBpedia.
    pub fn by_iri(&self, iri: &str) -> Option<KbId> {
        let without_scheme = iri.strip_prefix("http://").or_else(|| iri.strip_prefix("https://"));
        let item = without_scheme.and_then(|rest| {
            rest.strip_prefix("www.wikidata.org/entity/Q")
                .or_else(|| rest.strip_prefix("www.wikidata.org/wiki/Q"))
        });
        if let Some(found) = item.and_then(|qid| self.by_qid(qid.parse().ok()?)) {
            return Some(found);
        }
        let place = without_scheme.and_then(|rest| rest.strip_prefix(GEONAMES.strip_prefix("https://")?));
        if let Some(found) = place.and_then(|id| self.by_geonames(id.trim_end_matches('/').parse().ok()?)) {
            return Some(found);
        }
        self.find(|layer| layer.by_iri(iri))
    }

    /// The entity of a place in GeoNames.
    pub fn by_geonames(&self, id: u32) -> Option<KbId> {
        self.find(|layer| layer.by_id(&format!("geonames:{id}")))
    }

    fn find(&self, in_layer: impl Fn(&Layer) -> Option<u32>) -> Option<KbId> {
        let mut layers = self.layers.iter().enumerate();
        layers.find_map(|(layer, file)| in_layer(file).map(|number| self.first(layer, number)))
    }

    /// SHA-256 of its contents, in hexadecimal digits; of several files that of their digests.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// What each file says of itself.
    pub fn info(&self) -> Vec<Info> {
        self.layers.iter().map(|layer| layer.info()).collect()
    }
}

/// Whether a name with these flags is one of the entity itself, in full.
fn is_full(flags: u8) -> bool {
    flags & (flag::PARTIAL | flag::METONYM) == 0
}

fn digest(layers: &[Arc<Layer>]) -> String {
    if let [layer] = layers {
        return layer.digest.clone();
    }
    let mut hasher = Sha256::new();
    for layer in layers {
        hasher.update(layer.digest.as_bytes());
    }
    hasher.finalize().iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::super::build::bytes_of;
    use super::super::format::Header;
    use super::super::{Key, Row};
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
        rows[0].country = Some(Key::Item(794));
        rows[0].title = Some("Tehran?".to_owned());
        bytes_of(&rows)
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
        assert_eq!((kb.len(), kb.info()[0].entities), (4, 4));
    }

    #[test]
    fn entities_keep_what_the_table_says() {
        let kb = open(&file()).unwrap();
        let tehran = kb.entity(kb.by_qid(3616).unwrap()).unwrap();
        assert_eq!((tehran.label, tehran.coordinates), ("Tehran", Some((35.6739, 51.4224))));
        assert_eq!(tehran.country, kb.by_qid(794));
        assert_eq!(tehran.dbpedia_iri().unwrap(), "http://dbpedia.org/resource/Tehran%3F");
        assert_eq!(kb.names_of(kb.by_qid(794).unwrap()), ["Iran", "Iranian", "Persia", "IR"]);
        assert_eq!(kb.by_qid(5), None);
    }

    #[test]
    fn an_entity_that_two_files_have_is_one() {
        let row = |qid, label: &str, alias: &str, class| Row {
            qid: Some(qid),
            label: label.to_owned(),
            aliases: vec![alias.to_owned()],
            class: Some(class),
            popularity: 20.0,
            ..Row::default()
        };
        let own = vec![
            row(3616, "Tehran City", "Capital Town", Class::City),
            row(9, "Tehran", "Tehran Band", Class::Organization),
        ];
        let kb = open(&bytes_of(&own)).unwrap().before(&open(&file()).unwrap());
        let tehran = kb.lookup("Teheran")[0].entity;
        assert_eq!((Some(tehran), kb.lookup("Capital Town")[0].entity), (kb.by_qid(3616), tehran));
        let entity = kb.entity(tehran).unwrap();
        assert_eq!((entity.label, entity.title), ("Tehran City", Some("Tehran?")));
        assert_eq!(entity.country, kb.by_qid(794));
        assert_eq!(kb.names_of(tehran), ["Tehran City", "Capital Town", "Tehran", "Teheran"]);
        let namesakes: Vec<_> =
            kb.lookup("Tehran").iter().map(|c| kb.entity(c.entity).unwrap().qid).collect();
        assert_eq!(namesakes, [Some(9), Some(3616), Some(590_866)]);
        assert_ne!(kb.digest(), Kb::builtin().digest());
    }

    #[test]
    fn an_entity_is_told_by_its_place_or_page_too() {
        let row = |label: &str, qid, geonames, title: Option<&str>| Row {
            qid,
            geonames,
            title: title.map(str::to_owned),
            label: label.to_owned(),
            class: Some(Class::City),
            popularity: 20.0,
            ..Row::default()
        };
        let known =
            [row("Qom", Some(131_664), Some(119_208), None), row("Rey", Some(8), None, Some("Rey (Iran)"))];
        let own = [row("Ghom", None, Some(119_208), None), row("Rhages", None, None, Some("Rey (Iran)"))];
        let (known, own) = (open(&bytes_of(&known)).unwrap(), open(&bytes_of(&own)).unwrap());
        for kb in [own.clone().before(&known), known.clone().before(&own)] {
            for (names, qid) in [(["Qom", "Ghom"], 131_664), (["Rey", "Rhages"], 8)] {
                let entities = names.map(|name| kb.lookup(name)[0].entity);
                assert_eq!(entities[0], entities[1]);
                assert!(
                    kb.names_of(entities[0]).contains(&names[0])
                        && kb.names_of(entities[0]).contains(&names[1])
                );
                assert_eq!(
                    (kb.by_qid(qid), kb.entity(entities[0]).unwrap().qid),
                    (Some(entities[0]), Some(qid))
                );
            }
            assert_eq!(kb.by_iri("http://dbpedia.org/resource/Rey_(Iran)"), kb.by_qid(8));
        }
        let other = open(&bytes_of(&[row("Qum", Some(77), Some(119_208), None)])).unwrap().before(&known);
        assert_ne!(other.by_qid(77), other.by_qid(131_664));
    }

    #[test]
    fn names_are_found_by_parts_and_with_slips() {
        let kb = open(&file()).unwrap();
        assert!(kb.lookup("Zamir").is_empty());
        let zamir = kb.lookup_partial("Zamir")[0];
        assert_eq!(kb.entity(zamir.entity).unwrap().label, "Eyal Zamir");
        assert_eq!(kb.lookup_near("Eyal Zamier")[0], (kb.lookup("Eyal Zamir")[0], 1));
        assert!(kb.lookup_near("Tehrun").is_empty());
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
        assert!(message(&other).contains("has format 9, expected 2; rebuild it with `tidings kb build`"));
        for at in [70, good.len() / 2, good.len() - 1] {
            let mut flipped = good.clone();
            flipped[at] ^= 0x10;
            assert!(open(&flipped).is_err(), "byte {at}");
        }
    }

    #[test]
    fn damaged_files_that_are_too_large_to_be_checked_end_in_some_answer() {
        let good = file();
        let mut state = 1u64;
        let mut opened = 0;
        for _ in 0..400 {
            let mut bytes = good.clone();
            for _ in 0..8 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let at = 200 + (state >> 33) as usize % (bytes.len() - 200);
                bytes[at] = (state >> 20) as u8;
            }
            let Ok(layer) = Layer::of_static(bytes.leak()) else { continue };
            opened += 1;
            let kb = Kb::of(vec![layer]).before(Kb::builtin());
            for name in ["Tehran", "Iranian", "Eyal Zamir", "Persia"] {
                let near = kb.lookup_near(name).into_iter().map(|(candidate, _)| candidate);
                for candidate in kb.lookup(name).into_iter().chain(kb.lookup_partial(name)).chain(near) {
                    kb.entity(candidate.entity);
                    kb.description(candidate.entity);
                    kb.context(candidate.entity).count();
                    kb.relations(candidate.entity).count();
                    kb.names_of(candidate.entity);
                }
            }
            kb.by_qid(794);
            kb.by_iri("http://dbpedia.org/resource/Tehran");
            kb.info();
        }
        assert!(opened > 300);
    }

    #[test]
    fn the_built_in_one_is_whole() {
        assert!(Header::read(BUILTIN).unwrap().is_whole(BUILTIN));
        let kb = Kb::builtin();
        let iran = kb.entity(kb.lookup("Iran")[0].entity).unwrap();
        assert_eq!((iran.qid, iran.class), (Some(794), Class::Country));
    }
}
