use std::sync::LazyLock;

use super::group::{Group, Pair};
use crate::annotation::{Class, Kind};

/// A property that the model knows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Property {
    /// Its name in the ontology.
    pub name: &'static str,
    /// The Wikidata property that it is aligned to.
    pub wikidata: Option<&'static str>,
    /// Whether it holds in both directions.
    pub symmetric: bool,
    /// Least probability of what is stated: higher for what was seldom right in news.
    pub least: f32,
    /// What it starts from and leads to.
    ends: (End, End),
}

/// What an entity of known class must be to have a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Person,
    Organization,
    Party,
    Place,
    /// A country or the people of one.
    Nation,
    /// Whoever can found and own: people and organisations.
    Founder,
    /// Whatever can be founded: no person and no people.
    Founded,
    Time,
}

impl End {
    fn may_be(self, class: Option<Class>) -> bool {
        let Some(class) = class else { return true };
        let kind = class.kind();
        match self {
            Self::Person => kind == Kind::Person,
            Self::Organization => matches!(kind, Kind::Organization | Kind::Facility),
            Self::Party => class == Class::PoliticalParty,
            Self::Place => matches!(kind, Kind::Polity | Kind::Place | Kind::Facility),
            Self::Nation => matches!(kind, Kind::Polity | Kind::People),
            Self::Founder => matches!(kind, Kind::Person | Kind::Organization),
            Self::Founded => !matches!(kind, Kind::Person | Kind::People),
            Self::Time => false,
        }
    }
}

const fn property(name: &'static str, wikidata: &'static str, subject: End, object: End) -> Property {
    Property { name, wikidata: Some(wikidata), symmetric: false, least: 0.5, ends: (subject, object) }
}

impl Property {
    /// Whether it may hold between things of these classes, as far as they are known.
    pub(super) fn may_hold(&self, subject: Option<Class>, object: Option<Class>) -> bool {
        self.ends.0.may_be(subject) && self.ends.1.may_be(object)
    }

    /// Whether it leads to a time.
    pub(super) fn is_date(&self) -> bool {
        self.ends.1 == End::Time
    }
}

/// Number of properties.
const N: usize = 15;

/// The properties in the order of the model.
pub const PROPERTIES: [Property; N] = [
    property("td:employer", "P108", End::Person, End::Organization),
    Property { least: 0.65, ..property("td:residence", "P551", End::Person, End::Place) },
    Property { symmetric: true, ..property("td:spouse", "P26", End::Person, End::Person) },
    property("td:birthPlace", "P19", End::Person, End::Place),
    Property { least: 0.65, ..property("td:educatedAt", "P69", End::Person, End::Organization) },
    Property { least: 0.65, ..property("td:headquarters", "P159", End::Organization, End::Place) },
    Property { wikidata: None, ..property("td:parent", "", End::Person, End::Person) },
    property("td:birthDate", "P569", End::Person, End::Time),
    property("td:founder", "P112", End::Founded, End::Founder),
    property("td:chiefExecutive", "P169", End::Organization, End::Person),
    property("td:citizenOf", "P27", End::Person, End::Nation),
    property("td:memberOfParty", "P102", End::Person, End::Party),
    Property { least: 0.65, ..property("td:deathDate", "P570", End::Person, End::Time) },
    property("td:parentOrganization", "P749", End::Organization, End::Organization),
    Property { least: 0.65, ..property("td:foundingDate", "P571", End::Founded, End::Time) },
];

/// Log-odds for each property.
pub type Scores = [f32; N];

/// What a file of weights starts with.
const MAGIC: &[u8; 8] = b"tidpair1";
/// Bits of a feature by which its place is looked up.
const PREFIX: u32 = 16;

static TRAINED: &[u8] = include_bytes!("weights.bin");

/// A log-linear model of which properties hold between the things of a [`Group`].
///
/// In a file: magic, number of features, a scale (`f32`) for each property, the features in ascending order (`u32`), and
/// of each feature one byte for each property, all little-endian.
#[derive(Clone, Debug)]
pub struct Model {
    /// Where the features with each prefix start.
    starts: Vec<u32>,
    features: Vec<u32>,
    weights: Vec<[i8; N]>,
    scales: Scores,
}

impl Model {
    /// The model that the program has.
    pub fn trained() -> &'static Self {
        static MODEL: LazyLock<Model> =
            LazyLock::new(|| Model::from_bytes(TRAINED).expect("the embedded weights are checked by a test"));
        &MODEL
    }

    /// A model with these weights of features in ascending order, in 8 bits each.
    pub fn new(weights: &[(u32, Scores)]) -> Self {
        let mut scales = [0.0; N];
        for (_, row) in weights {
            for (scale, weight) in scales.iter_mut().zip(row) {
                *scale = weight.abs().max(*scale);
            }
        }
        let scales = scales.map(|largest| if largest > 0.0 { largest / 127.0 } else { 1.0 });
        let code = |row: &Scores| std::array::from_fn(|i| (row[i] / scales[i]).round() as i8);
        let features: Vec<u32> = weights.iter().map(|&(feature, _)| feature).collect();
        Self {
            starts: starts(&features),
            features,
            weights: weights.iter().map(|(_, row)| code(row)).collect(),
            scales,
        }
    }

    /// The model of a file; `None` if that is none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (count, rest) = rest.split_first_chunk::<4>()?;
        let count = u32::from_le_bytes(*count) as usize;
        let (scales, rest) = rest.split_at_checked(4 * N)?;
        let (features, weights) = rest.split_at_checked(4 * count)?;
        let scales: Vec<f32> = scales.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect();
        let features: Vec<u32> = features.as_chunks::<4>().0.iter().map(|b| u32::from_le_bytes(*b)).collect();
        let (weights, rest) = weights.as_chunks::<N>();
        let fits = weights.len() == count && rest.is_empty() && features.is_sorted();
        fits.then(|| Self {
            starts: starts(&features),
            features,
            weights: weights.iter().map(|row| row.map(u8::cast_signed)).collect(),
            scales: std::array::from_fn(|i| scales[i]),
        })
    }

    /// The file of the model.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend((self.features.len() as u32).to_le_bytes());
        bytes.extend(self.scales.iter().flat_map(|scale| scale.to_le_bytes()));
        bytes.extend(self.features.iter().flat_map(|feature| feature.to_le_bytes()));
        bytes.extend(self.weights.iter().flatten().map(|weight| weight.cast_unsigned()));
        bytes
    }

    fn row(&self, feature: u32) -> Option<&[i8; N]> {
        let prefix = (feature >> PREFIX) as usize;
        let (start, end) = (self.starts[prefix] as usize, self.starts[prefix + 1] as usize);
        let at = self.features[start..end].iter().position(|&f| f == feature)?;
        Some(&self.weights[start + at])
    }

    fn of_pair(&self, pair: &Pair) -> Scores {
        let mut sums = [0i32; N];
        for &feature in &pair.features {
            if let Some(row) = self.row(feature) {
                for (sum, &weight) in sums.iter_mut().zip(row) {
                    *sum += i32::from(weight);
                }
            }
        }
        std::array::from_fn(|i| sums[i] as f32 * self.scales[i])
    }

    /// The probability that each property holds, by the softened maximum of the log-odds over the pairs of mentions.
    pub fn probabilities(&self, group: &Group) -> Scores {
        let looked_at = group.pairs.iter().filter(|pair| !pair.features.is_empty());
        let pairs: Vec<Scores> = looked_at.map(|pair| self.of_pair(pair)).collect();
        std::array::from_fn(|i| {
            if !group.possible[i] {
                return 0.0;
            }
            let top = pairs.iter().map(|s| s[i]).fold(f32::MIN, f32::max);
            let odds = top + pairs.iter().map(|s| (s[i] - top).exp()).sum::<f32>().ln();
            1.0 / (1.0 + (-odds).exp())
        })
    }
}

/// Where the features with each prefix start, and where the last of them end.
fn starts(features: &[u32]) -> Vec<u32> {
    let mut starts = vec![0u32; (1 << PREFIX) + 1];
    for feature in features {
        starts[(feature >> PREFIX) as usize + 1] += 1;
    }
    for i in 1..starts.len() {
        starts[i] += starts[i - 1];
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn a_model_is_read_as_it_was_written() {
        let row = |x: f32| std::array::from_fn(|i| x * i as f32);
        let model = Model::new(&[(3, row(0.5)), (70_000, row(-1.0)), (70_001, row(0.25))]);
        let read = Model::from_bytes(&model.to_bytes()).unwrap();
        assert_eq!((read.features, read.weights), (model.features.clone(), model.weights.clone()));
        assert!(Model::from_bytes(&model.to_bytes()[1..]).is_none());
        assert_eq!(model.row(70_000).unwrap()[14], -127);
        assert!(model.row(70_002).is_none());
    }

    #[test]
    fn the_embedded_weights_are_whole_and_the_properties_as_the_ontology_has_them() {
        assert!(Model::from_bytes(TRAINED).is_some());
        for frame in Lexicon::builtin().frames() {
            let crate::lexicon::Meaning::Relation { property, wikidata, .. } = &frame.meaning else {
                continue;
            };
            if let Some(known) = PROPERTIES.iter().find(|p| p.name == property) {
                assert_eq!(known.wikidata, wikidata.as_deref(), "{property}");
            }
        }
    }
}
