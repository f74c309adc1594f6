//! Whom the articles speak of: entities that depend on their number alone.

use tidings::annotation::Link;

use crate::random::Random;
use crate::words::name;

/// A kind of entity: how many of a hundred of those that an article names are of it, how many there are, how many of a
/// hundred are in a knowledge base.
struct Kind {
    class: &'static str,
    name_type: &'static str,
    count: u32,
    known: u32,
}

const KINDS: [(u32, Kind); 11] = [
    (27, Kind { class: "td:Person", name_type: "PERSON", count: 30_000, known: 33 }),
    (17, Kind { class: "td:Organization", name_type: "ORG", count: 10_000, known: 15 }),
    (13, Kind { class: "td:Country", name_type: "GPE", count: 190, known: 100 }),
    (9, Kind { class: "td:Region", name_type: "GPE", count: 2_000, known: 65 }),
    (8, Kind { class: "td:City", name_type: "GPE", count: 6_000, known: 75 }),
    (7, Kind { class: "td:Place", name_type: "LOC", count: 4_000, known: 10 }),
    (5, Kind { class: "td:GovernmentBody", name_type: "ORG", count: 1_000, known: 70 }),
    (5, Kind { class: "td:Entity", name_type: "MISC", count: 5_000, known: 0 }),
    (3, Kind { class: "td:MediaOrganization", name_type: "ORG", count: 300, known: 70 }),
    (3, Kind { class: "td:Facility", name_type: "FAC", count: 3_000, known: 15 }),
    (3, Kind { class: "td:PoliticalParty", name_type: "ORG", count: 400, known: 70 }),
];

/// The number of countries, which come first among those that relations lead to.
const COUNTRIES: u32 = 190;

/// An entity of the world: its kind and its rank among them, the most frequent being 0.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Thing {
    kind: usize,
    rank: u32,
}

/// A relation that an entity has in every article that tells it.
pub(crate) struct Fact {
    pub words: &'static str,
    pub property: &'static str,
    pub wikidata: Option<&'static str>,
    pub object: Thing,
    /// Whether it leads from the object to the entity.
    pub is_inverse: bool,
}

impl Thing {
    /// One that news speak of, by Zipf's law.
    pub(crate) fn any(random: &mut Random) -> Self {
        let kinds = KINDS.each_ref().map(|(weight, kind)| (*weight, kind.class));
        let class = *random.weighed(&kinds);
        Self::of(class, random)
    }

    /// One of a class, by Zipf's law.
    fn of(class: &str, random: &mut Random) -> Self {
        let kind = KINDS.iter().position(|(_, kind)| kind.class == class).expect("a class of the table");
        Self { kind, rank: random.zipf(KINDS[kind].1.count) }
    }

    pub(crate) fn place(random: &mut Random) -> Self {
        let class = random.one_of(&["td:Country", "td:Region", "td:City"]);
        Self::of(class, random)
    }

    pub(crate) fn class(self) -> &'static str {
        KINDS[self.kind].1.class
    }

    pub(crate) fn name_type(self) -> &'static str {
        KINDS[self.kind].1.name_type
    }

    /// Numbers that are the same for this entity each time.
    fn random(self, use_of: u32) -> Random {
        Random::of(self.rank, 100 * use_of + self.kind as u32)
    }

    pub(crate) fn label(self) -> String {
        let rank = self.rank;
        match self.class() {
            "td:Person" => format!("{} {}", name(rank % 400), name(rank + 1_000)),
            "td:Organization" => {
                let kinds = ["Company", "Union", "Foundation", "Institute", "Group"];
                format!("{} {}", name(rank + 40_000), self.random(1).one_of(&kinds))
            }
            "td:GovernmentBody" => {
                let kinds = ["Ministry", "Police", "Court", "Agency", "Parliament"];
                format!("{} {}", name(rank % COUNTRIES) + "ia", kinds[(rank / COUNTRIES % 5) as usize])
            }
            "td:Country" => name(rank) + "ia",
            "td:Region" => format!("{} Province", name(rank + 60_000)),
            "td:MediaOrganization" => format!("{} Times", name(rank + 70_000)),
            "td:Facility" => format!("{} Airport", name(rank + 80_000)),
            "td:PoliticalParty" => format!("{} Party", name(rank + 90_000)),
            "td:Place" => format!("{} Valley", name(rank + 100_000)),
            _ => name(rank + 10_000 * self.kind as u32),
        }
    }

    /// The last word of a person's name; other names are whole.
    pub(crate) fn short(self) -> String {
        let label = self.label();
        let last = label.rsplit(' ').next().unwrap_or_default().to_owned();
        if self.class() == "td:Person" { last } else { label }
    }

    /// What is known of it elsewhere.
    pub(crate) fn links(self) -> Vec<Link> {
        let mut random = self.random(2);
        let is_known = random.below(100) < KINDS[self.kind].1.known;
        if !is_known {
            return Vec::new();
        }
        let id = 1_000_000 * (1 + self.kind as u32) + self.rank;
        let score = 0.7 + f64::from(random.below(30)) / 100.0;
        let mut links = vec![Link { iri: format!("http://www.wikidata.org/entity/Q{id}"), score }];
        if random.chance(0.78) {
            let page = self.label().replace(' ', "_");
            links.push(Link { iri: format!("http://dbpedia.org/resource/{page}"), score });
        }
        if matches!(self.name_type(), "GPE") {
            links.push(Link { iri: format!("https://sws.geonames.org/{id}/"), score });
        }
        links
    }

    /// What is said of it beside; some entities have a second, rarer value, so that articles contradict each other.
    pub(crate) fn fact(self, random: &mut Random) -> Option<Fact> {
        let mut own = self.random(if random.chance(0.1) { 4 } else { 3 });
        let fact = |words, property, wikidata, object, is_inverse| {
            Some(Fact { words, property, wikidata, object, is_inverse })
        };
        let mut some = |class| Self::of(class, &mut own);
        match (self.class(), self.rank % 5) {
            ("td:Person", 0) => {
                fact(", the president of ", "td:headOfState", Some("P35"), some("td:Country"), true)
            }
            ("td:Person", 1) => fact(", married to ", "td:spouse", Some("P26"), some("td:Person"), false),
            ("td:Person", 2) => {
                fact(", a member of ", "td:memberOf", Some("P463"), some("td:PoliticalParty"), false)
            }
            ("td:Person", 3) => {
                fact(", the head of ", "td:chairperson", Some("P488"), some("td:Organization"), true)
            }
            ("td:Person", _) => fact(", who lives in ", "td:residence", Some("P551"), some("td:City"), false),
            ("td:City" | "td:Place", _) => {
                fact(" in ", "td:locatedIn", Some("P131"), some("td:Region"), false)
            }
            ("td:Region", _) => fact(" in ", "td:locatedIn", Some("P131"), some("td:Country"), false),
            ("td:Country", _) => {
                fact(", governed by ", "td:headOfGovernment", Some("P6"), some("td:Person"), false)
            }
            ("td:Organization" | "td:GovernmentBody", _) => {
                fact(", led by ", "td:leader", None, some("td:Person"), false)
            }
            _ => None,
        }
    }
}
