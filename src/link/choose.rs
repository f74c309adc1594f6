use super::kb::{Candidate, Kb, KbId};
use crate::annotation::{Class, Kind};
use crate::extract::NameType;

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

/// The most popular entity of a compatible class among those that have one of these names; `names` are the distinct
/// forms that are in the text, the most telling first.
pub(super) fn choose(kb: &Kb, names: &[&str], name_type: NameType) -> Option<Choice> {
    names.iter().find_map(|name| best(kb, name, name_type)).filter(|choice| choice.score >= LEAST)
}

fn best(kb: &Kb, name: &str, name_type: NameType) -> Option<Choice> {
    let weighted: Vec<(KbId, f64)> = kb
        .lookup(name)
        .iter()
        .filter(|candidate| candidate.fits(name))
        .filter_map(|c| Some((c.entity, c.prior * compatibility(kb, c, name, name_type)?)))
        .collect();
    let total: f64 = weighted.iter().map(|(_, weight)| weight).sum();
    let &(entity, weight) = weighted.iter().reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    Some(Choice { entity, score: weight / total * certainty(weight) })
}

/// An entity that fits badly is not made sure by having no rival.
fn certainty(weight: f64) -> f64 {
    (weight * 4.0).min(1.0)
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
        (N::Norp, Kind::Polity) if is_demonym => 1.0,
        (N::Norp, Kind::People) | (N::Person, Kind::Person) => 1.0,
        (N::Norp, Kind::Organization) if class == Class::PoliticalParty => 0.6,
        (N::Norp, Kind::Polity) => 0.2,
        (N::Organization, Kind::Organization) => 1.0,
        (N::Organization, Kind::Facility | Kind::Work | Kind::Product) => 0.3,
        (N::Organization, Kind::Polity) => {
            if is_demonym {
                0.1
            } else {
                0.2
            }
        }
        (N::Gpe, Kind::Polity) => {
            if is_demonym {
                0.5
            } else {
                1.0
            }
        }
        (N::Gpe, Kind::Place) => 0.7,
        (N::Gpe, Kind::Facility) => 0.2,
        (N::Gpe, Kind::Organization) => 0.1,
        (N::Location, Kind::Place) => 1.0,
        (N::Location, Kind::Polity) => 0.8,
        (N::Location, Kind::Facility) => 0.5,
        (N::Facility, Kind::Facility) => 1.0,
        (N::Facility, Kind::Place | Kind::Polity | Kind::Organization) => 0.4,
        (N::Product, Kind::Product) | (N::Event, Kind::Event) | (N::WorkOfArt, Kind::Work) => 1.0,
        (N::Law, Kind::Law) | (N::Language, Kind::Language) => 1.0,
        (N::Product, Kind::Work | Kind::Organization) | (N::WorkOfArt, Kind::Organization | Kind::Event) => {
            0.3
        }
        (N::Law, Kind::Organization | Kind::Event | Kind::Work)
        | (N::Event, Kind::Organization | Kind::Law) => 0.3,
        _ => 0.0,
    }
}
