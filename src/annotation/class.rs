use std::fmt;

/// The class of an entity: those classes of the ontology that the program itself gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the ontology describes its classes")]
#[repr(u8)]
pub enum Class {
    Entity,
    Person,
    Group,
    EthnicOrReligiousGroup,
    Organization,
    Company,
    GovernmentBody,
    InternationalOrganization,
    PoliticalParty,
    Military,
    ArmedGroup,
    MediaOrganization,
    EducationalInstitution,
    SportsTeam,
    Place,
    Country,
    Territory,
    HistoricalCountry,
    Region,
    City,
    WaterBody,
    Landform,
    Facility,
    Event,
    Law,
    Treaty,
    Work,
    Product,
    Position,
    Language,
    Religion,
    Ideology,
}

/// What recognisers of names tell apart; every class belongs to one of these kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Kind {
    Person,
    /// A people or a religion, or its followers.
    People,
    Organization,
    /// A place that also acts, by its government.
    Polity,
    Place,
    Facility,
    Event,
    Law,
    Work,
    Product,
    Language,
    Other,
}

use Class as C;

/// All classes in the order of their numbers, with their names in the ontology and their kinds.
const CLASSES: [(Class, &str, Kind); 32] = [
    (C::Entity, "td:Entity", Kind::Other),
    (C::Person, "td:Person", Kind::Person),
    (C::Group, "td:Group", Kind::People),
    (C::EthnicOrReligiousGroup, "td:EthnicOrReligiousGroup", Kind::People),
    (C::Organization, "td:Organization", Kind::Organization),
    (C::Company, "td:Company", Kind::Organization),
    (C::GovernmentBody, "td:GovernmentBody", Kind::Organization),
    (C::InternationalOrganization, "td:InternationalOrganization", Kind::Organization),
    (C::PoliticalParty, "td:PoliticalParty", Kind::Organization),
    (C::Military, "td:Military", Kind::Organization),
    (C::ArmedGroup, "td:ArmedGroup", Kind::Organization),
    (C::MediaOrganization, "td:MediaOrganization", Kind::Organization),
    (C::EducationalInstitution, "td:EducationalInstitution", Kind::Organization),
    (C::SportsTeam, "td:SportsTeam", Kind::Organization),
    (C::Place, "td:Place", Kind::Place),
    (C::Country, "td:Country", Kind::Polity),
    (C::Territory, "td:Territory", Kind::Polity),
    (C::HistoricalCountry, "td:HistoricalCountry", Kind::Polity),
    (C::Region, "td:Region", Kind::Polity),
    (C::City, "td:City", Kind::Polity),
    (C::WaterBody, "td:WaterBody", Kind::Place),
    (C::Landform, "td:Landform", Kind::Place),
    (C::Facility, "td:Facility", Kind::Facility),
    (C::Event, "td:Event", Kind::Event),
    (C::Law, "td:Law", Kind::Law),
    (C::Treaty, "td:Treaty", Kind::Law),
    (C::Work, "td:Work", Kind::Work),
    (C::Product, "td:Product", Kind::Product),
    (C::Position, "td:Position", Kind::Other),
    (C::Language, "td:Language", Kind::Language),
    (C::Religion, "td:Religion", Kind::People),
    (C::Ideology, "td:Ideology", Kind::People),
];

impl Class {
    /// Its name in the ontology, with the prefix: `td:Country`.
    pub fn name(self) -> &'static str {
        CLASSES[self as usize].1
    }

    /// The kind it belongs to.
    pub fn kind(self) -> Kind {
        CLASSES[self as usize].2
    }

    /// The class of this number in a file.
    pub(crate) fn from_number(number: u8) -> Option<Self> {
        CLASSES.get(number as usize).map(|&(class, ..)| class)
    }

    /// The class of a name with or without the prefix: `td:Country`, `Country`.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.strip_prefix("td:").unwrap_or(name);
        CLASSES.iter().find(|(_, n, _)| n.strip_prefix("td:") == Some(name)).map(|&(class, ..)| class)
    }

    /// Whether it is an organisation of some kind.
    pub fn is_organization(self) -> bool {
        self.kind() == Kind::Organization
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::vocab::td;

    #[test]
    fn every_class_is_in_the_ontology_and_at_its_number() {
        for (number, &(class, name, _)) in CLASSES.iter().enumerate() {
            assert_eq!(class as usize, number);
            assert_eq!(Class::from_number(number as u8), Some(class));
            assert_eq!(Class::from_name(name), Some(class));
            assert!(td::TERMS.contains(&name.strip_prefix("td:").unwrap()), "{name}");
        }
    }
}
