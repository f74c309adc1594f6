use super::entity::dbpedia_iri;
use super::{Gender, Relation};
use crate::annotation::Class;

/// One entity, or a part of what is known of it, before it is compiled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Number of the Wikidata item.
    pub qid: Option<u32>,
    /// Its IRI, where its source has IRIs of its own.
    pub iri: Option<String>,
    /// The name it is best known by.
    pub label: String,
    /// The name that is its label where it has none in the best language: that of another, or of a regional form.
    pub second_label: Option<String>,
    /// Its class.
    pub class: Option<Class>,
    /// Other names; of countries demonyms may be among them, which are told by their form.
    pub aliases: Vec<String>,
    /// Names for what belongs to it or comes from it: `Iranian`, `Iranians`.
    pub demonyms: Vec<String>,
    /// Names of places that stand for it: `Tehran`, `the Kremlin`.
    pub metonyms: Vec<String>,
    /// Parts of its name that are used alone. Surnames of persons need not be given.
    pub partial: Vec<String>,
    /// A text that describes it; its words are context too.
    pub description: Option<String>,
    /// Further words that tell what it is about.
    pub context: Vec<String>,
    /// Its country; countries have themselves.
    pub country: Option<Key>,
    /// How it is related to others.
    pub relations: Vec<(Relation, Key)>,
    /// Title in the English Wikipedia.
    pub title: Option<String>,
    /// Number in GeoNames.
    pub geonames: Option<u32>,
    /// ISO 3166 code of a country or region.
    pub iso: Option<String>,
    /// Latitude and longitude in degrees (WGS84).
    pub coordinates: Option<(f64, f64)>,
    /// How well known it is, about 0 to 100: namesakes are told apart by it.
    pub popularity: f64,
    /// The gender of a person.
    pub gender: Option<Gender>,
    /// Whether it is no entity but a page that leads to others: a redirect, a list of namesakes.
    pub is_page_only: bool,
    /// Which of the sources it is from: where they differ, the first counts.
    pub source: u16,
}

/// What an entity is identified by when a knowledge base is built. In their order, those of Wikidata come last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Nothing but its label.
    Label(String),
    /// Its ISO code. Countries are referred to by it.
    Iso(String),
    /// Its number in GeoNames.
    GeoNames(u32),
    /// Its IRI.
    Iri(String),
    /// The number of its Wikidata item.
    Item(u32),
}

impl Row {
    /// What it is identified by: the best that it has.
    pub fn key(&self) -> Key {
        match (self.qid, &self.iri, self.geonames) {
            (Some(qid), ..) => Key::Item(qid),
            (None, Some(iri), _) => Key::Iri(iri.clone()),
            (None, None, Some(id)) => Key::GeoNames(id),
            (None, None, None) => Key::Label(self.label.clone()),
        }
    }

    /// Under what rows of one source meet: that an IRI or a place is a Wikidata item may be said in one row of many.
    pub(super) fn source_key(&self) -> Key {
        match (&self.iri, self.geonames) {
            (Some(iri), _) => Key::Iri(iri.clone()),
            (None, Some(id)) => Key::GeoNames(id),
            (None, None) => self.key(),
        }
    }

    /// Whether another row has the same identifiers.
    pub(super) fn has_key_of(&self, other: &Self) -> bool {
        let key = |row: &Self| (row.qid, row.geonames);
        let is_named = self.qid.is_some() || self.geonames.is_some() || self.iri.is_some();
        is_named && key(self) == key(other) && self.iri == other.iri
    }

    /// All that it is referred to by.
    pub(super) fn keys(&self) -> Vec<Key> {
        let code = self.iso.clone().filter(|_| matches!(self.class, Some(Class::Country | Class::Territory)));
        let title = self.title.as_deref().map(|title| Key::Iri(dbpedia_iri(title)));
        let mut keys: Vec<Key> =
            [self.qid.map(Key::Item), self.iri.clone().map(Key::Iri), self.geonames.map(Key::GeoNames)]
                .into_iter()
                .chain([code.map(Key::Iso), title])
                .flatten()
                .collect();
        keys.dedup();
        keys
    }

    /// Takes over what another row says of the same entity. What both say stays as it is here, but a class that says
    /// more is better.
    pub(super) fn merge(&mut self, mut other: Self) {
        if other.source < self.source {
            std::mem::swap(self, &mut other);
        }
        if self.label.is_empty() {
            self.label = other.label;
        } else if !other.label.is_empty() && other.label != self.label {
            self.aliases.push(other.label);
        }
        if precision(other.class) > precision(self.class) {
            self.class = other.class;
        }
        self.qid = self.qid.or(other.qid);
        self.iri = self.iri.take().or(other.iri);
        self.second_label = self.second_label.take().or(other.second_label);
        self.description = self.description.take().or(other.description);
        self.country = self.country.take().or(other.country);
        self.title = self.title.take().or(other.title);
        self.geonames = self.geonames.or(other.geonames);
        self.iso = self.iso.take().or(other.iso);
        self.coordinates = match (self.coordinates, other.coordinates) {
            // Sources with one triple a coordinate give the other as not known.
            (Some((lat, long)), Some((other_lat, other_long))) if lat.is_nan() || long.is_nan() => Some((
                if lat.is_nan() { other_lat } else { lat },
                if long.is_nan() { other_long } else { long },
            )),
            (own, other) => own.or(other),
        };
        self.popularity = self.popularity.max(other.popularity);
        self.gender = self.gender.or(other.gender);
        self.is_page_only |= other.is_page_only;
        self.aliases.extend(other.aliases);
        self.demonyms.extend(other.demonyms);
        self.metonyms.extend(other.metonyms);
        self.partial.extend(other.partial);
        self.context.extend(other.context);
        self.relations.extend(other.relations);
    }
}

/// How much a class says.
fn precision(class: Option<Class>) -> u8 {
    match class {
        None => 0,
        Some(Class::Entity) => 1,
        Some(
            Class::Organization | Class::Place | Class::Work | Class::Event | Class::Group | Class::Region,
        ) => 2,
        Some(_) => 3,
    }
}
