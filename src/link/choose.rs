use std::collections::BTreeMap;

use crate::annotation::{Class, Kind};
use crate::extract::NameType;
use crate::kb::{Candidate, Kb, KbId};
use crate::text::in_capitals;

/// The entity that a group of names is taken to mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// The entity.
    pub entity: KbId,
    /// How sure it is, from 0 to 1.
    pub score: f64,
}

/// Least score at which a link is made.
const LEAST: f64 = 0.3;
/// Least popularity of an entity whose class the recogniser would not expect.
const WELL_KNOWN: f64 = 15.0;

/// The countries that an article speaks of, with the share of each among the mentions of countries.
#[derive(Default)]
pub(super) struct Countries {
    mentions: BTreeMap<KbId, usize>,
    total: usize,
}

impl Countries {
    /// Notes that an entity was mentioned so many times, if it is a country or lies in one.
    pub(super) fn note(&mut self, kb: &Kb, entity: KbId, times: usize) {
        if let Some(country) = kb.entity(entity).and_then(|entity| entity.country) {
            *self.mentions.entry(country).or_default() += times;
            self.total += times;
        }
    }

    /// How much likelier an entity is for its country: less than 1 if the article does not speak of that, up to 4.
    fn favour(&self, country: Option<KbId>) -> f64 {
        match country {
            Some(country) if self.total > 0 => match self.mentions.get(&country) {
                Some(&times) => 1.0 + 3.0 * times as f64 / self.total as f64,
                None => 0.6,
            },
            _ => 1.0,
        }
    }
}

/// The most popular entity of a compatible class that has one of these names; `forms` are the distinct forms that are in
/// the text, the longest first.
pub(super) fn choose(kb: &Kb, forms: &[&str], name_type: NameType, countries: &Countries) -> Option<Choice> {
    let usable = |(i, form): &(usize, &&str)| *i == 0 || stands_alone(form, name_type);
    let mut forms = forms.iter().enumerate().filter(usable);
    forms.find_map(|(_, form)| best(kb, form, name_type, countries)).filter(|choice| choice.score >= LEAST)
}

/// Whether a short form says enough when the long one is not known. Surnames and acronyms do not: others have them too.
fn stands_alone(form: &str, name_type: NameType) -> bool {
    name_type != NameType::Person && !in_capitals(form)
}

fn best(kb: &Kb, name: &str, name_type: NameType, countries: &Countries) -> Option<Choice> {
    let weigh = |candidate: &Candidate| {
        let country = kb.entity(candidate.entity)?.country;
        let fit = compatibility(kb, candidate, name, name_type)?;
        Some((*candidate, candidate.prior * fit * countries.favour(country)))
    };
    let weighted: Vec<(Candidate, f64)> =
        kb.lookup(name).iter().filter(|candidate| candidate.fits(name)).filter_map(weigh).collect();
    let total: f64 = weighted.iter().map(|(_, weight)| weight).sum();
    let (candidate, weight) =
        *weighted.iter().reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    let class = kb.entity(candidate.entity)?.class;
    let score = weight / total * enough(weight) * reliability(name, class, &candidate);
    Some(Choice { entity: candidate.entity, score })
}

/// An entity that fits badly is not made sure by having no rival.
fn enough(weight: f64) -> f64 {
    (weight * 4.0).min(1.0)
}

/// How often a name of this form means an entity of this class that the knowledge base has, and not one that it lacks.
fn reliability(name: &str, class: Class, candidate: &Candidate) -> f64 {
    match class.kind() {
        Kind::Polity => 0.99,
        _ if candidate.is_acronym => 0.8,
        Kind::Person if name.contains(' ') => 0.95,
        Kind::Person => 0.7,
        _ if name.contains(' ') => 0.95,
        _ => 0.9,
    }
}

/// How well an entity goes with what the recogniser took the name for, from 0 to 1.
fn compatibility(kb: &Kb, candidate: &Candidate, name: &str, name_type: NameType) -> Option<f64> {
    let entity = kb.entity(candidate.entity)?;
    let fit = fit(name_type, entity.class, candidate.is_demonym);
    if fit > 0.0 {
        return Some(fit);
    }
    // The recogniser errs: a country or a well-known organisation that is best known by just this name.
    let famous = entity.popularity >= WELL_KNOWN && candidate.prior > 0.5;
    let plain = name_type != NameType::Person || entity.class == Class::Country || !name.contains(' ');
    (famous && plain && matches!(entity.class.kind(), Kind::Polity | Kind::Organization)).then_some(0.15)
}

#[expect(clippy::match_same_arms, reason = "a table, in the order of the types of names")]
fn fit(name_type: NameType, class: Class, is_demonym: bool) -> f64 {
    use NameType as N;
    match (name_type, class.kind()) {
        (N::Person, Kind::Person) => 1.0,
        (N::Norp, Kind::Polity) if is_demonym => 1.0,
        (N::Norp, Kind::People) => 1.0,
        (N::Norp, Kind::Organization) if class == Class::PoliticalParty => 0.6,
        (N::Norp, Kind::Polity) => 0.2,
        (N::Organization, Kind::Organization) => 1.0,
        (N::Organization, Kind::Facility | Kind::Work | Kind::Product) => 0.3,
        (N::Organization, Kind::Polity) if is_demonym => 0.1,
        (N::Organization, Kind::Polity) => 0.2,
        (N::Gpe, Kind::Polity) if is_demonym => 0.5,
        (N::Gpe, Kind::Polity) => 1.0,
        (N::Gpe, Kind::Place) => 0.7,
        (N::Gpe, Kind::Facility) => 0.2,
        (N::Gpe, Kind::Organization) => 0.1,
        (N::Location, Kind::Place) => 1.0,
        (N::Location, Kind::Polity) => 0.8,
        (N::Location, Kind::Facility) => 0.5,
        (N::Facility, Kind::Facility) => 1.0,
        (N::Facility, Kind::Place | Kind::Polity | Kind::Organization) => 0.4,
        (N::Product, Kind::Product) => 1.0,
        (N::Product, Kind::Work | Kind::Organization) => 0.3,
        (N::Event, Kind::Event) => 1.0,
        (N::Event, Kind::Organization | Kind::Law) => 0.3,
        (N::WorkOfArt, Kind::Work) => 1.0,
        (N::WorkOfArt, Kind::Organization | Kind::Event) => 0.3,
        (N::Law, Kind::Law) => 1.0,
        (N::Law, Kind::Organization | Kind::Event | Kind::Work) => 0.3,
        (N::Language, Kind::Language) => 1.0,
        _ => 0.0,
    }
}
