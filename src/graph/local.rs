use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::entities::sure_entity;
use super::{Context, article_iri};
use crate::annotation::{Annotation, Class, Entity, Kind, MentionKind};
use crate::kb::{Kb, KbId};
use crate::text::in_capitals;

/// Where a name that no knowledge base has means one and the same thing.
///
/// Only the entity, its article and the knowledge base decide this, and nothing else that is in a graph. So an unknown Zebulon
/// Okonjo of one article is that of another, but Katz is not, and a John Smith of Australia is none of Canada.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Everywhere: a name that hardly two bear.
    World,
    /// In articles on the same country, whose ISO code or name this is: others have the name too.
    Country(String),
    /// In the article only, whose digest this is: a surname, an acronym.
    Article(String),
}

/// People of a surname from which on a full name may be that of several.
const COMMON: usize = 5;
/// Letters of an acronym that others have too.
const SHORT_ACRONYM: usize = 5;
/// Least share of an article's countries that its main country has.
const MAIN: f64 = 0.5;

/// The scopes of local entities of one article.
pub(super) struct Scopes<'a> {
    kb: &'a Kb,
    digest: String,
    country: Option<String>,
}

impl<'a> Scopes<'a> {
    pub(super) fn new(annotation: &Annotation, context: &'a Context) -> Self {
        let iri = article_iri(&annotation.article, &context.base).into_string();
        let digest = iri.rsplit(['-', '/']).next().unwrap_or_default().to_owned();
        let country = main_country(annotation, &context.kb).map(|id| code(&context.kb, id));
        Self { kb: &context.kb, digest, country }
    }

    /// The scope of an entity that has no sure link.
    pub(super) fn of(&self, entity: &Entity) -> Scope {
        let here = Scope::Article(self.digest.clone());
        let kind = Class::from_name(&entity.class).map_or(Kind::Other, Class::kind);
        let letters = entity.label.chars().filter(|c| c.is_alphabetic()).count();
        let is_short = (kind == Kind::Person && !entity.label.contains(' '))
            || (in_capitals(&entity.label) && letters <= SHORT_ACRONYM);
        if is_short {
            return here;
        }
        if self.is_shared(&entity.label, kind) {
            return self.country.clone().map_or(here, Scope::Country);
        }
        Scope::World
    }

    /// Whether others are known that have the name, or may well have it.
    fn is_shared(&self, label: &str, kind: Kind) -> bool {
        let surname = label.rsplit(' ').next().unwrap_or(label);
        let is_common = || kind == Kind::Person && self.kb.lookup_partial(surname).len() >= COMMON;
        !self.kb.lookup(label).is_empty() || !self.kb.lookup_partial(label).is_empty() || is_common()
    }
}

/// The country that most of what an article mentions belongs to, if there is one.
fn main_country(annotation: &Annotation, kb: &Kb) -> Option<KbId> {
    let mut counts: BTreeMap<KbId, usize> = BTreeMap::new();
    for mention in annotation.mentions.iter().filter(|mention| mention.kind == MentionKind::Name) {
        let entity = mention.entity.map(|id| &annotation.entities[id.index()]);
        let known = entity.and_then(|entity| kb.entity(sure_entity(entity, kb)?));
        if let Some(country) = known.and_then(|known| known.country) {
            *counts.entry(country).or_default() += 1;
        }
    }
    let total: usize = counts.values().sum();
    let most = counts.into_iter().reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    (most.1 as f64 >= MAIN * total as f64).then_some(most.0)
}

/// `AU`, or the name of a country of which no code is known.
fn code(kb: &Kb, country: KbId) -> String {
    let entity = kb.entity(country);
    entity.map_or_else(String::new, |entity| entity.iso.unwrap_or(entity.label).to_owned())
}

/// A name in the form in which two spellings of it are the same: without diacritics.
pub(super) fn normalized(label: &str) -> String {
    label.nfkd().filter(|&c| !is_combining_mark(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Base, name_entities};
    use super::*;
    use crate::annotation::Link;
    use crate::source::Article;
    use crate::text::Span;

    /// The IRIs of entities that an article of this id names; `Q..` gives the item of a known one.
    fn iris(id: &str, entities: &[(&str, &str, Option<u32>)]) -> Vec<String> {
        let text = "x".repeat(entities.len());
        let article = Article { id: Some(id.to_owned()), text, ..Article::default() };
        let mut annotation = Annotation { article, ..Annotation::default() };
        for (at, (label, class, item)) in entities.iter().enumerate() {
            let iri = |item| format!("http://www.wikidata.org/entity/Q{item}");
            let links = item.map(|item| Link { iri: iri(item), score: 0.95 }).into_iter().collect();
            let entity = annotation.add_entity((*label).to_owned(), (*class).to_owned(), links);
            annotation.add_name(Span::new(at, at + 1), "PERSON", entity, None);
        }
        name_entities(&mut annotation, &Context::default());
        annotation.entities.iter().map(|e| e.iri.clone().unwrap().replace(Base::DEFAULT, "entity:")).collect()
    }

    #[test]
    fn a_rare_full_name_is_the_same_in_every_article() {
        let unknown = ("Zebulon Okonjoway", "td:Person", None);
        assert_eq!(iris("a", &[unknown]), ["entity:entity/Zebulon_Okonjoway-Person"]);
        assert_eq!(iris("a", &[unknown]), iris("b", &[("Zébulon Okonjoway", "td:Person", None)]));
    }

    #[test]
    fn a_surname_is_nobody_else_in_another_article() {
        let unknown = ("Okonjoway", "td:Person", None);
        assert_ne!(iris("a", &[unknown]), iris("b", &[unknown]));
        assert_eq!(iris("a", &[unknown]), iris("a", &[unknown]));
    }

    #[test]
    fn a_common_name_is_the_same_within_a_country() {
        let (unknown, australia, canada) = (
            ("John Smith", "td:Person", None),
            ("Australia", "td:Country", Some(408)),
            ("Canada", "td:Country", Some(16)),
        );
        let smith = |id: &str, country| iris(id, &[unknown, country]).swap_remove(0);
        assert_eq!(smith("a", australia), smith("b", australia));
        assert_ne!(smith("a", australia), smith("c", canada));
        assert_ne!(iris("a", &[unknown]), iris("b", &[unknown]));
    }
}
