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
}

/// What an entity is identified by when a knowledge base is built. In their order, those of Wikidata come last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Nothing but its label.
    Label(String),
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
}
