use std::fmt::Write;

use crate::annotation::Class;
use crate::text::in_capitals;

/// The number of an entity in a [`Kb`](super::Kb).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KbId {
    /// Which of the files, in the order in which they were given.
    pub(super) layer: u8,
    /// Its number in that file.
    pub(super) number: u32,
}

/// An entity that a name may mean.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent properties of a name")]
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
    /// Whether the name is only a part of its name, such as a surname.
    pub is_partial: bool,
    /// Whether the name is that of a place that stands for the entity: the capital or a building for a government.
    pub is_metonym: bool,
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
    /// ISO 3166 code of a country (two letters) or region (`GB-SCT`).
    pub iso: Option<&'a str>,
    /// Its IRI in the file that it was read from, where that has IRIs of its own.
    pub iri: Option<&'a str>,
    /// Latitude and longitude in degrees (WGS84).
    pub coordinates: Option<(f64, f64)>,
    /// Its country; countries have themselves.
    pub country: Option<KbId>,
    /// How well known it is, about 0 to 100.
    pub popularity: f64,
    /// The gender of a person.
    pub gender: Option<Gender>,
}

impl Entity<'_> {
    /// Its IRI in Wikidata.
    pub fn wikidata_iri(&self) -> Option<String> {
        self.qid.map(|qid| format!("http://www.wikidata.org/entity/Q{qid}"))
    }

    /// Its IRI in DBpedia, with the characters escaped that DBpedia escapes.
    pub fn dbpedia_iri(&self) -> Option<String> {
        self.title.map(dbpedia_iri)
    }

    /// Its IRI in GeoNames.
    pub fn geonames_iri(&self) -> Option<String> {
        self.geonames.map(|id| format!("{GEONAMES}{id}/"))
    }
}

/// The title that the last part of an IRI in DBpedia is.
pub(super) fn title_of(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = |at: usize| after.get(at).and_then(|&digit| char::from(digit).to_digit(16));
        match (byte, hex(0), hex(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = &after[2..];
                continue;
            }
            (b'_', ..) => bytes.push(b' '),
            (byte, ..) => bytes.push(byte),
        }
        rest = after;
    }
    String::from_utf8(bytes).unwrap_or_else(|_| part.replace('_', " "))
}

/// The IRI in DBpedia of a Wikipedia title.
pub(super) fn dbpedia_iri(title: &str) -> String {
    let mut iri = DBPEDIA.to_owned();
    for c in title.chars() {
        match c {
            ' ' => iri.push('_'),
            '"' | '%' | '<' | '>' | '?' | '[' | '\\' | ']' | '^' | '`' | '{' | '|' | '}' | '#' => {
                write!(iri, "%{:02X}", c as u32).expect("writing to a string never fails");
            }
            c => iri.push(c),
        }
    }
    iri
}

/// What IRIs of DBpedia start with.
pub(super) const DBPEDIA: &str = "http://dbpedia.org/resource/";
/// What IRIs of GeoNames start with.
pub(super) const GEONAMES: &str = "https://sws.geonames.org/";

/// The gender of a person, as far as pronouns go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gender {
    /// He.
    Male,
    /// She.
    Female,
    /// Neither.
    Other,
}

impl Gender {
    const ALL: [(Self, &str); 3] = [(Self::Male, "male"), (Self::Female, "female"), (Self::Other, "other")];

    /// `male`, `female`, `other`.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The gender of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, n)| *n == name).map(|&(gender, _)| gender)
    }

    /// Its number in a file, from 1.
    pub(super) fn number(self) -> u8 {
        self as u8 + 1
    }

    pub(super) fn from_number(number: u8) -> Option<Self> {
        Some(Self::ALL.get(usize::from(number).checked_sub(1)?)?.0)
    }
}

/// How one entity is related to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// A person holds or held a position.
    PositionHeld,
    /// A position is or was held by a person.
    Holder,
    /// Something belongs to an organisation: party, alliance, team, employer.
    MemberOf,
    /// Something lies in a place.
    LocatedIn,
    /// Something is a part of something larger: a branch of a body, a war of a conflict.
    PartOf,
    /// A country or region has its seat of government in a city.
    Capital,
    /// A city is the capital of a country or region.
    CapitalOf,
    /// A country or organisation is led by a person: head of state or government, chair, commander.
    Leader,
    /// A person leads a country or organisation.
    LeaderOf,
    /// A person is a citizen of a country.
    CitizenOf,
    /// A position or body has power in a country or organisation: president of Iran, parliament of Iran.
    Jurisdiction,
    /// A country or region has an office for its leader.
    Office,
    /// A position or body comes with another: minister with a ministry.
    OfficeOf,
    /// A building is the seat of a body.
    SeatOf,
    /// An organisation or product belongs to or comes from another.
    OwnedBy,
    /// A person or body took part in an event.
    ParticipantIn,
    /// A person is a relative of a person.
    RelativeOf,
    /// Something comes after another of its kind.
    Follows,
    /// Something else.
    RelatedTo,
}

use Relation as R;

impl Relation {
    const ALL: [(Self, &str); 19] = [
        (R::PositionHeld, "position_held"),
        (R::Holder, "holder"),
        (R::MemberOf, "member_of"),
        (R::LocatedIn, "located_in"),
        (R::PartOf, "part_of"),
        (R::Capital, "capital"),
        (R::CapitalOf, "capital_of"),
        (R::Leader, "leader"),
        (R::LeaderOf, "leader_of"),
        (R::CitizenOf, "citizen_of"),
        (R::Jurisdiction, "jurisdiction"),
        (R::Office, "office"),
        (R::OfficeOf, "office_of"),
        (R::SeatOf, "seat_of"),
        (R::OwnedBy, "owned_by"),
        (R::ParticipantIn, "participant_in"),
        (R::RelativeOf, "relative_of"),
        (R::Follows, "follows"),
        (R::RelatedTo, "related_to"),
    ];

    /// Its name in tables: `capital_of`.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The relation of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, n)| *n == name).map(|&(relation, _)| relation)
    }

    /// The relation in the other direction, which is kept too, where few entities share an object.
    pub(super) fn inverse(self) -> Option<Self> {
        match self {
            R::PositionHeld => Some(R::Holder),
            R::Holder => Some(R::PositionHeld),
            R::Capital => Some(R::CapitalOf),
            R::CapitalOf => Some(R::Capital),
            R::Leader => Some(R::LeaderOf),
            R::LeaderOf => Some(R::Leader),
            _ => None,
        }
    }

    pub(super) fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(number as usize).map(|&(relation, _)| relation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_and_genders_are_found_by_number_and_name() {
        for (number, &(relation, name)) in Relation::ALL.iter().enumerate() {
            assert_eq!(relation as usize, number);
            assert_eq!(Relation::from_number(number as u8), Some(relation));
            assert_eq!(Relation::from_name(name), Some(relation));
            assert!(relation.inverse().is_none_or(|other| other.inverse() == Some(relation)));
        }
        assert_eq!(Gender::from_number(Gender::Female.number()), Some(Gender::Female));
        assert_eq!((Gender::from_number(0), Gender::from_name("other")), (None, Some(Gender::Other)));
    }
}
