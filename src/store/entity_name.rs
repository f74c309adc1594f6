//! Entities of a graph folder by the names that people give them.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use oxigraph::model::NamedNode;

use super::corrections::is_item;
use super::linkset::Target;
use super::prefixes::{expand, shorten};
use super::{Corrections, EntityCount, Error, Folder, Profile};
use crate::graph::{Base, vocab::td};

/// Names that are suggested in place of an unknown one.
const SUGGESTIONS: usize = 3;
/// Share of letter triples that a name must have in common with an unknown one to be suggested (Dice's coefficient).
const NEAR: f64 = 0.3;

/// The entities of a graph folder, as its articles name them, and those that its corrections speak of.
pub struct EntityNames {
    base: Base,
    /// The most mentioned ones first.
    entities: Vec<EntityCount>,
}

/// A name by which no entity goes, or several.
#[derive(Debug, thiserror::Error)]
#[error("{reason} `{name}`{}", suggestion(.near))]
pub struct UnknownEntity {
    reason: &'static str,
    name: String,
    near: Vec<String>,
}

fn suggestion(near: &[String]) -> String {
    if near.is_empty() {
        return "; `tidings stats --entities` lists them".to_owned();
    }
    format!("; is it one of these? {}", near.join(", "))
}

impl EntityNames {
    /// Reads all articles, with `threads` threads.
    pub fn of(folder: &Folder, threads: NonZeroUsize) -> Result<Self, Error> {
        let as_read = folder.clone().with_corrections(Corrections::default());
        let mut entities = EntityCount::all(&as_read, threads)?;
        let known: BTreeSet<&str> = entities.iter().map(|entity| entity.iri.as_str()).collect();
        let corrected = folder.corrections().iter().flat_map(|(correction, _)| correction.entities());
        let more: BTreeSet<String> = corrected
            .filter(|iri| !is_item(iri) && !known.contains(iri.as_str()))
            .map(|iri| iri.as_str().to_owned())
            .collect();
        entities.extend(more.into_iter().map(|iri| EntityCount { iri, ..EntityCount::default() }));
        Ok(Self { base: folder.base(), entities })
    }

    /// The entity that `name` stands for: an IRI, `entity/Iran-Q794`, `Q794`, or `wd:Q794`.
    pub fn find(&self, name: &str) -> Result<NamedNode, UnknownEntity> {
        self.named(name).or_else(|unknown| {
            let item = name.strip_prefix("wd:").or_else(|| name.strip_prefix(Target::Wikidata.uri_space()));
            item.and_then(|item| self.named(item).ok()).ok_or(unknown)
        })
    }

    /// The same, where an item of Wikidata is not the entity that is named after it.
    fn named(&self, name: &str) -> Result<NamedNode, UnknownEntity> {
        let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let iris = || self.entities.iter().map(|entity| entity.iri.as_str());
        let expanded = expand(name).unwrap_or_else(|| name.to_owned());
        let minted = format!("{}{name}", self.base);
        if let Some(iri) = iris().find(|iri| [&*expanded, name, &minted].contains(iri)) {
            return Ok(NamedNode::new_unchecked(iri));
        }
        if name.strip_prefix('Q').is_some_and(is_number) {
            let end = format!("-{name}");
            let found: Vec<&str> = iris().filter(|iri| iri.ends_with(&end)).collect();
            return match found[..] {
                [iri] => Ok(NamedNode::new_unchecked(iri)),
                [] => Err(self.unknown(name)),
                _ => Err(UnknownEntity {
                    reason: "several entities go by",
                    name: name.to_owned(),
                    near: found.into_iter().map(|iri| short_name(iri, &self.base)).collect(),
                }),
            };
        }
        Err(self.unknown(name))
    }

    /// The entity that `name` stands for, or the item of another data set: `wd:Q794`, or `Q794` where no entity is named
    /// after that.
    pub fn find_or_item(&self, name: &str) -> Result<NamedNode, UnknownEntity> {
        self.named(name).or_else(|unknown| {
            let is_q = name.strip_prefix('Q').is_some_and(|digits| digits.parse::<u64>().is_ok());
            let iri = if is_q { expand(&format!("wd:{name}")) } else { expand(name) };
            let mut iri = iri.unwrap_or_else(|| name.to_owned());
            if iri.starts_with(Target::GeoNames.uri_space()) && !iri.ends_with('/') {
                iri.push('/');
            }
            let iri = NamedNode::new(iri).ok();
            iri.filter(|iri| is_item(iri) && unknown.reason == UNKNOWN).ok_or(unknown)
        })
    }

    /// As [`Self::find_or_item`]; an item of Wikidata that an entity is named after is that entity.
    pub fn find_entity_or_item(&self, name: &str) -> Result<NamedNode, UnknownEntity> {
        let found = self.find_or_item(name)?;
        let item = found.as_str().strip_prefix(Target::Wikidata.uri_space());
        Ok(item.and_then(|item| self.find(item).ok()).unwrap_or(found))
    }

    /// The items of Wikidata that two entities, or an entity and an item, surely are, if these differ.
    pub fn two_items<'a>(one: &'a NamedNode, other: &'a NamedNode) -> Option<[&'a str; 2]> {
        let items = [one, other].map(|node| {
            let id = node.as_str().rsplit(['-', '/']).next()?;
            Target::Wikidata.has(id).then_some(id)
        });
        let [Some(one), Some(other)] = items else { return None };
        (one != other).then_some([one, other])
    }

    /// What the articles say that an entity is; `None` where they do not name it.
    pub fn profile(&self, entity: &NamedNode) -> Option<Profile> {
        let known = self.entities.iter().find(|known| known.iri == entity.as_str() && known.articles > 0)?;
        let class = |name: &String| NamedNode::new_unchecked(format!("{}{name}", td::NAMESPACE));
        Some(Profile { label: Some(known.label.clone()), classes: known.classes.iter().map(class).collect() })
    }

    fn unknown(&self, name: &str) -> UnknownEntity {
        let asked = triples(name.trim_start_matches(self.base.as_str()).trim_start_matches("entity/"));
        let likeness = |EntityCount { iri, label, .. }: &EntityCount| {
            let own = iri.rsplit('/').next().unwrap_or(iri);
            dice(&asked, &triples(own)).max(dice(&asked, &triples(label)))
        };
        let mut near: Vec<(f64, &str)> =
            self.entities.iter().map(|entity| (likeness(entity), entity.iri.as_str())).collect();
        near.retain(|(likeness, _)| *likeness >= NEAR);
        near.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        let near = near.into_iter().take(SUGGESTIONS).map(|(_, iri)| short_name(iri, &self.base)).collect();
        UnknownEntity { reason: UNKNOWN, name: name.to_owned(), near }
    }
}

/// An IRI as it may be given to [`EntityNames::find`] in a graph of this base.
pub fn short_name(iri: &str, base: &Base) -> String {
    let minted = iri.strip_prefix(base.as_str()).map(str::to_owned);
    minted.or_else(|| shorten(iri)).unwrap_or_else(|| iri.to_owned())
}

const UNKNOWN: &str = "no entity goes by";

/// The groups of three letters of a name, whatever their case.
fn triples(name: &str) -> BTreeSet<[char; 3]> {
    let letters: Vec<char> = format!(" {name} ").to_lowercase().replace(['_', '-'], " ").chars().collect();
    letters.windows(3).filter_map(|three| three.first_chunk().copied()).collect()
}

/// Share of what two sets have in common, 0 to 1 (Dice 1945).
fn dice(one: &BTreeSet<[char; 3]>, other: &BTreeSet<[char; 3]>) -> f64 {
    let common = one.intersection(other).count();
    if common == 0 { 0.0 } else { 2.0 * common as f64 / (one.len() + other.len()) as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> EntityNames {
        let entity = |path: &str, label: &str| EntityCount {
            iri: format!("{}entity/{path}", Base::DEFAULT),
            label: label.to_owned(),
            ..EntityCount::default()
        };
        let entities = vec![
            entity("Iran-Q794", "Iran"),
            entity("Jane_Doe-Person", "Jane Doe"),
            entity("Oslo-Q585", "Oslo"),
            entity("Kristiania-Q585", "Kristiania"),
        ];
        EntityNames { base: Base::default(), entities }
    }

    #[test]
    fn an_entity_is_found_by_its_iri_its_short_name_and_its_item() {
        let names = names();
        let iran = format!("{}entity/Iran-Q794", Base::DEFAULT);
        for name in [&*iran, "entity/Iran-Q794", "Q794", "wd:Q794", "http://www.wikidata.org/entity/Q794"] {
            assert_eq!(names.find(name).unwrap().as_str(), iran);
        }
        assert_eq!(short_name(&iran, &names.base), "entity/Iran-Q794");
        assert_eq!(names.find_or_item("wd:Q20").unwrap().as_str(), "http://www.wikidata.org/entity/Q20");
        assert_eq!(names.find_or_item("gn:130758").unwrap().as_str(), "https://sws.geonames.org/130758/");
        assert!(["gn:abc", "wd:794", "dbr:"].iter().all(|name| names.find_or_item(name).is_err()));
        assert_eq!(names.find_or_item("Q20").unwrap().as_str(), "http://www.wikidata.org/entity/Q20");
    }

    #[test]
    fn two_items_of_wikidata_are_not_one() {
        let node = |iri: &str| NamedNode::new_unchecked(format!("http://x/entity/{iri}"));
        let items = |one, other| EntityNames::two_items(&node(one), &node(other)).is_some();
        assert!(items("Oslo-Q585", "Iran-Q794") && items("Oslo-Q585", "Q794"));
        assert!(!items("Oslo-Q585", "Q585") && !items("Oslo-Q585", "Oslo-City"));
    }

    #[test]
    fn an_unknown_name_is_told_with_near_ones() {
        let error = |name: &str| names().find(name).unwrap_err().to_string();
        assert_eq!(
            error("jane do"),
            "no entity goes by `jane do`; is it one of these? entity/Jane_Doe-Person"
        );
        assert!(error("Q585").contains("several entities go by `Q585`"), "{}", error("Q585"));
        assert!(error("Q1").ends_with("`tidings stats --entities` lists them"), "{}", error("Q1"));
        assert!(names().find_or_item("Q585").is_err() && names().find_or_item("http://x/y").is_err());
    }
}
