use std::collections::BTreeMap;

use super::candidates::Candidate;
use super::features::{Feature as F, Values};
use super::group::Group;
use crate::annotation::Class;
use crate::kb::{Kb, KbId};

/// A name group with its candidates, and how much each is believed in.
pub(super) struct Weighed<'a> {
    pub(super) group: Group<'a>,
    pub(super) candidates: Vec<Candidate<'a>>,
    /// Of each candidate.
    pub(super) values: Vec<Values>,
    /// Of each candidate, its probability.
    pub(super) beliefs: Vec<f64>,
}

impl Weighed<'_> {
    /// The candidates with what they count in the article: its belief times the weight of the group.
    fn shares(&self) -> impl Iterator<Item = (KbId, f64)> {
        let weight = 1.0 + (self.group.members.len() as f64).ln();
        self.candidates.iter().zip(&self.beliefs).map(move |(c, belief)| (c.found.entity, belief * weight))
    }
}

/// What an article is believed to speak of: the entities of all its groups, each as far as it is believed in.
///
/// Each candidate is compared with what the other groups are believed to mean, and then believed in more or less; after a
/// few rounds of that the groups agree (mean-field inference in a log-linear model).
pub(super) struct Setting {
    countries: BTreeMap<KbId, f64>,
    classes: BTreeMap<Class, f64>,
    total: f64,
    /// Groups of each sentence.
    sentences: BTreeMap<usize, Vec<usize>>,
    /// Places with coordinates, and the group that believes in them.
    places: Vec<(usize, (f64, f64), f64)>,
}

/// Distance in kilometres at which two places count as neighbours by half.
const NEAR: f64 = 150.0;
/// Least belief in a place that its neighbours count on.
const BELIEVED: f64 = 0.3;

impl Setting {
    pub(super) fn new(kb: &Kb, groups: &[Weighed<'_>]) -> Self {
        let mut setting = Self {
            countries: BTreeMap::new(),
            classes: BTreeMap::new(),
            total: 0.0,
            sentences: BTreeMap::new(),
            places: Vec::new(),
        };
        for (number, weighed) in groups.iter().enumerate() {
            for &sentence in &weighed.group.sentences {
                setting.sentences.entry(sentence).or_default().push(number);
            }
            setting.note(kb, weighed);
            setting.note_place(kb, number, weighed);
        }
        setting
    }

    fn note(&mut self, kb: &Kb, weighed: &Weighed<'_>) {
        for (entity, share) in weighed.shares() {
            let Some(entity) = kb.entity(entity) else { continue };
            self.total += share;
            *self.classes.entry(entity.class).or_default() += share;
            if let Some(country) = entity.country {
                *self.countries.entry(country).or_default() += share;
            }
        }
    }

    /// Countries are too large to have neighbours.
    fn note_place(&mut self, kb: &Kb, number: usize, weighed: &Weighed<'_>) {
        for (candidate, &belief) in weighed.candidates.iter().zip(&weighed.beliefs) {
            let place = kb.entity(candidate.found.entity).filter(|_| belief >= BELIEVED);
            if let Some(place) = place.filter(|place| place.class != Class::Country)
                && let Some(coordinates) = place.coordinates
            {
                self.places.push((number, coordinates, belief));
            }
        }
    }

    /// Sets the features of a group's candidates that depend on what the other groups mean.
    pub(super) fn compare(&self, kb: &Kb, groups: &[Weighed<'_>], number: usize) -> Vec<Values> {
        let weighed = &groups[number];
        let (mut own_countries, mut own_classes, mut own_total) = (BTreeMap::new(), BTreeMap::new(), 0.0);
        for (entity, share) in weighed.shares() {
            let Some(entity) = kb.entity(entity) else { continue };
            own_total += share;
            *own_classes.entry(entity.class).or_insert(0.0) += share;
            if let Some(country) = entity.country {
                *own_countries.entry(country).or_insert(0.0) += share;
            }
        }
        let others = self.total - own_total;
        let compared = |(candidate, values): (&Candidate<'_>, &Values)| {
            let mut values = *values;
            let Some(entity) = kb.entity(candidate.found.entity) else { return values };
            if let Some(country) = entity.country {
                let share = rest(&self.countries, &own_countries, &country);
                values.set(F::CountryShare, share / (others + 1.0));
                values.set(F::ForeignCountry, (1.0 - share).max(0.0) * (others / 3.0).min(1.0));
                values.set(F::CountryNearby, self.nearby(groups, number, country));
            }
            let share = rest(&self.classes, &own_classes, &entity.class);
            values.set(F::ClassShare, share / (others + 1.0));
            if let Some(coordinates) = entity.coordinates.filter(|_| entity.class != Class::Country) {
                values.set(F::Neighbour, self.neighbour(number, coordinates));
            }
            values
        };
        weighed.candidates.iter().zip(&weighed.values).map(compared).collect()
    }

    /// How much it is believed that a country itself is mentioned in a sentence of the group.
    fn nearby(&self, groups: &[Weighed<'_>], number: usize, country: KbId) -> f64 {
        let sentences = &groups[number].group.sentences;
        let near = sentences.iter().filter_map(|sentence| self.sentences.get(sentence)).flatten();
        let belief = |&other: &usize| {
            let other = &groups[other];
            let found = other.candidates.iter().position(|c| c.found.entity == country);
            found.map_or(0.0, |found| other.beliefs[found])
        };
        near.filter(|&&other| other != number).map(belief).fold(0.0, f64::max)
    }

    fn neighbour(&self, number: usize, from: (f64, f64)) -> f64 {
        let others = self.places.iter().filter(|(other, ..)| *other != number);
        others
            .map(|&(_, to, belief)| belief / (1.0 + (distance(from, to) / NEAR).powi(2)))
            .fold(0.0, f64::max)
    }
}

/// What the others have of something.
fn rest<K: Ord>(all: &BTreeMap<K, f64>, own: &BTreeMap<K, f64>, key: &K) -> f64 {
    (all.get(key).unwrap_or(&0.0) - own.get(key).unwrap_or(&0.0)).max(0.0)
}

/// Kilometres between two places given in degrees, on a sphere (haversine formula).
fn distance((lat1, long1): (f64, f64), (lat2, long2): (f64, f64)) -> f64 {
    const EARTH_RADIUS: f64 = 6371.0;
    let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let h = half(lat1, lat2) + lat1.to_radians().cos() * lat2.to_radians().cos() * half(long1, long2);
    2.0 * EARTH_RADIUS * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_globe() {
        let (paris, london) = ((48.8566, 2.3522), (51.5074, -0.1278));
        assert!((distance(paris, london) - 344.0).abs() < 2.0);
        assert!(distance(paris, paris).abs() < 1e-9);
        assert!((distance((0.0, 179.9), (0.0, -179.9)) - 22.2).abs() < 0.2);
    }
}
