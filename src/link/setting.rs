use std::collections::{BTreeMap, HashMap};

use super::candidates::{By, Candidate};
use super::features::{Feature as F, Values};
use super::group::Group;
use crate::annotation::Class;
use crate::kb::{Entity, Kb, KbId, Relation};
use crate::nlp::Doc;
use crate::text::Span;

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
    /// Of each entity, how much the groups that may mean it believe in it.
    entities: HashMap<KbId, Vec<(usize, f64)>>,
    /// Of each group, those that stand right before or after it.
    beside: Vec<Vec<usize>>,
    /// Of each group, the country that it is believed to mean.
    countries_meant: Vec<Option<(KbId, f64)>>,
    /// Of each group, the region that it is believed to mean.
    regions_meant: Vec<Option<(KbId, f64)>>,
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
    pub(super) fn new(kb: &Kb, doc: &Doc, groups: &[Weighed<'_>]) -> Self {
        let mut setting = Self {
            countries: BTreeMap::new(),
            classes: BTreeMap::new(),
            total: 0.0,
            entities: HashMap::new(),
            beside: beside(doc, groups),
            countries_meant: groups.iter().map(|weighed| meant(kb, weighed, Class::Country)).collect(),
            regions_meant: groups.iter().map(|weighed| meant(kb, weighed, Class::Region)).collect(),
            sentences: BTreeMap::new(),
            places: Vec::new(),
        };
        for (number, weighed) in groups.iter().enumerate() {
            for &sentence in &weighed.group.sentences {
                setting.sentences.entry(sentence).or_default().push(number);
            }
            setting.note(kb, number, weighed);
            setting.note_place(kb, number, weighed);
        }
        setting
    }

    fn note(&mut self, kb: &Kb, number: usize, weighed: &Weighed<'_>) {
        for (candidate, &belief) in weighed.candidates.iter().zip(&weighed.beliefs) {
            self.entities.entry(candidate.found.entity).or_default().push((number, belief));
        }
        for (id, share) in weighed.shares() {
            let Some(entity) = kb.entity(id) else { continue };
            self.total += share;
            *self.classes.entry(entity.class).or_default() += share;
            if let Some(country) = country_of(kb, id, &entity) {
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
        for (id, share) in weighed.shares() {
            let Some(entity) = kb.entity(id) else { continue };
            own_total += share;
            *own_classes.entry(entity.class).or_insert(0.0) += share;
            if let Some(country) = country_of(kb, id, &entity) {
                *own_countries.entry(country).or_insert(0.0) += share;
            }
        }
        let others = self.total - own_total;
        let compared = |(candidate, values): (&Candidate<'_>, &Values)| {
            let mut values = *values;
            let Some(entity) = kb.entity(candidate.found.entity) else { return values };
            let country = country_of(kb, candidate.found.entity, &entity);
            self.compare_relations(kb, number, candidate.found.entity, country, &mut values);
            if let Some(country) = country {
                let share = rest(&self.countries, &own_countries, &country);
                values.set(F::CountryShare, share / (others + 1.0));
                values.set(F::ForeignCountry, (1.0 - share).max(0.0) * (others / 3.0).min(1.0));
                values.set(F::CountryNearby, self.nearby(groups, number, country));
                // Each country has a navy: that of another is not meant.
                if candidate.by == By::Part && entity.class == Class::Military {
                    let of_other = |c| rest(&self.countries, &own_countries, c);
                    let others = self.countries.keys().filter(|c| **c != country);
                    let lead = others.map(of_other).fold(0.0, f64::max);
                    values.mark(F::ForcesAbroad, lead > 1.0 && lead > 3.0 * share);
                }
            }
            let share = rest(&self.classes, &own_classes, &entity.class);
            values.set(F::ClassShare, share / (others + 1.0));
            if let Some(coordinates) = entity.coordinates.filter(|_| entity.class != Class::Country) {
                values.set(F::Neighbour, self.neighbour(number, coordinates));
            }
            values.set_products();
            values
        };
        weighed.candidates.iter().zip(&weighed.values).map(compared).collect()
    }

    /// Sets the features that depend on what the knowledge base relates to an entity.
    fn compare_relations(
        &self,
        kb: &Kb,
        number: usize,
        entity: KbId,
        country: Option<KbId>,
        values: &mut Values,
    ) {
        let (mut related, mut near) = (0.0f64, 0.0f64);
        let mut regions = Vec::new();
        for (relation, other) in kb.relations(entity).filter(|(_, other)| *other != entity) {
            if relation == Relation::LocatedIn {
                regions.push(other);
            }
            if Some(other) != country {
                related = related.max(self.belief(other, number, None));
            }
            near = near.max(self.belief(other, number, Some(&self.beside[number])));
        }
        values.set(F::Related, related);
        if !regions.is_empty() {
            let beside =
                self.beside[number].iter().filter_map(|other| self.regions_meant.get(*other)?.as_ref());
            let others = beside.filter(|(region, _)| *region != entity && !regions.contains(region));
            values.set(F::BesideOtherRegion, others.map(|(_, belief)| *belief).fold(0.0, f64::max));
        }
        values.set(F::SameElsewhere, self.belief(entity, number, None));
        let Some(country) = country.filter(|&country| country != entity) else {
            values.set(F::Beside, near);
            return;
        };
        let own = self.belief(country, number, Some(&self.beside[number]));
        values.set(F::Beside, near.max(own));
        let foreign =
            self.beside[number].iter().filter_map(|other| self.countries_meant.get(*other)?.as_ref());
        let foreign = foreign.filter(|(polity, _)| *polity != country).map(|(_, belief)| *belief);
        values.set(F::BesideForeign, foreign.fold(0.0, f64::max) * (1.0 - near.max(own)));
    }

    /// How much other groups, or only some of them, believe that they mean an entity.
    fn belief(&self, entity: KbId, except: usize, among: Option<&[usize]>) -> f64 {
        let groups = self.entities.get(&entity).into_iter().flatten();
        let groups =
            groups.filter(|(group, _)| *group != except && among.is_none_or(|among| among.contains(group)));
        groups.map(|(_, belief)| *belief).fold(0.0, f64::max)
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

/// The entity that a group most likely means, if it is of a class.
fn meant(kb: &Kb, weighed: &Weighed<'_>, class: Class) -> Option<(KbId, f64)> {
    let candidates = weighed.candidates.iter().zip(&weighed.beliefs);
    let (best, &belief) = candidates.reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    let is_of_class = kb.entity(best.found.entity)?.class == class;
    (is_of_class && belief >= BELIEVED).then_some((best.found.entity, belief))
}

/// The country of an entity: what the knowledge base gives as such, or whose citizen it is, or where it has power.
fn country_of(kb: &Kb, id: KbId, entity: &Entity<'_>) -> Option<KbId> {
    let by_relation = || {
        let mut relations = kb.relations(id);
        let (_, other) = relations.find(|(relation, _)| {
            matches!(relation, Relation::CitizenOf | Relation::Jurisdiction | Relation::LocatedIn)
        })?;
        kb.entity(other).filter(|other| other.class == Class::Country).map(|_| other)
    };
    entity.country.or_else(by_relation)
}

/// Of each group, those of whose names one stands right before or after one of its own, at most such words between as join a
/// place or a country with what belongs to it.
fn beside(doc: &Doc, groups: &[Weighed<'_>]) -> Vec<Vec<usize>> {
    const JOINTS: [&str; 8] = ["", "'s", "’s", ",", "of", "in", "of the", "("];
    let mut names: Vec<(Span, usize)> = Vec::new();
    for (number, weighed) in groups.iter().enumerate() {
        names.extend(weighed.group.spans.iter().map(|&span| (span, number)));
    }
    names.sort_unstable_by_key(|(span, _)| span.start);
    let mut beside = vec![Vec::new(); groups.len()];
    for pair in names.windows(2) {
        let [(before, a), (after, b)] = pair else { continue };
        if before.end > after.start || a == b {
            continue;
        }
        let between = Span { start: before.end, end: after.start }.of(doc.text());
        if JOINTS.contains(&between.trim()) {
            beside[*a].push(*b);
            beside[*b].push(*a);
        }
    }
    beside
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
