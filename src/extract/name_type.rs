use crate::annotation::{Class, Kind};

/// What kind of thing a name is taken for, in the terms of recognisers of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are those of the labels")]
pub enum NameType {
    Person,
    /// Nationalities, religious and political groups.
    Norp,
    Facility,
    Organization,
    /// Countries, cities, states.
    Gpe,
    /// Places that are no polity.
    Location,
    Product,
    Event,
    WorkOfArt,
    Law,
    Language,
    /// A name of something else, or of it is not known what.
    Other,
}

const LABELS: [(NameType, &str); 12] = [
    (NameType::Person, "PERSON"),
    (NameType::Norp, "NORP"),
    (NameType::Facility, "FAC"),
    (NameType::Organization, "ORG"),
    (NameType::Gpe, "GPE"),
    (NameType::Location, "LOC"),
    (NameType::Product, "PRODUCT"),
    (NameType::Event, "EVENT"),
    (NameType::WorkOfArt, "WORK_OF_ART"),
    (NameType::Law, "LAW"),
    (NameType::Language, "LANGUAGE"),
    (NameType::Other, "MISC"),
];

impl NameType {
    /// How many there are.
    pub(super) const COUNT: usize = LABELS.len();

    /// All of them, in the order of their numbers.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        LABELS.iter().map(|&(name_type, _)| name_type)
    }

    /// Its label.
    pub fn label(self) -> &'static str {
        LABELS[self as usize].1
    }

    /// The type of a recogniser's label: those of `OntoNotes`, `MISC` for other things, and `PER` of other pipelines. `None` for what
    /// is no name, such as dates and amounts.
    pub fn from_label(label: &str) -> Option<Self> {
        match label {
            "PER" => Some(Self::Person),
            _ => LABELS.iter().find(|(_, l)| *l == label).map(|&(t, _)| t),
        }
    }

    /// The class of a thing of which nothing but its name is known.
    pub fn class(self) -> Class {
        match self {
            Self::Person => Class::Person,
            Self::Norp => Class::EthnicOrReligiousGroup,
            Self::Facility => Class::Facility,
            Self::Organization => Class::Organization,
            Self::Gpe | Self::Location => Class::Place,
            Self::Product => Class::Product,
            Self::Event => Class::Event,
            Self::WorkOfArt => Class::Work,
            Self::Law => Class::Law,
            Self::Language => Class::Language,
            Self::Other => Class::Entity,
        }
    }

    /// The type under which recognisers have names of a kind of thing.
    pub fn of_kind(kind: Kind) -> Option<Self> {
        Some(match kind {
            Kind::Person => Self::Person,
            Kind::People => Self::Norp,
            Kind::Organization => Self::Organization,
            Kind::Polity => Self::Gpe,
            Kind::Place => Self::Location,
            Kind::Facility => Self::Facility,
            Kind::Event => Self::Event,
            Kind::Law => Self::Law,
            Kind::Work => Self::WorkOfArt,
            Kind::Product => Self::Product,
            Kind::Language => Self::Language,
            Kind::Other => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_lead_back_to_their_types() {
        for (number, &(name_type, label)) in LABELS.iter().enumerate() {
            assert_eq!(name_type as usize, number);
            assert_eq!(NameType::from_label(label), Some(name_type));
        }
        assert_eq!(NameType::from_label("CARDINAL"), None);
    }
}
