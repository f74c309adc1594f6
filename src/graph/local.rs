use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::entities::sure_entity;
use super::{Context, article_iri};
use crate::annotation::{Annotation, Class, Kind, MentionKind};
use crate::kb::{Kb, KbId};
use crate::text::{WordList, in_capitals};

/// Where a name that no knowledge base has means one and the same thing.
///
/// Only the entity, its article and the knowledge base decide this, and nothing else that is in a graph. So an unknown Zebulon
/// Okonjo of one article is that of another, but Katz is not, a John Smith of Australia is none of Canada, and a baker is no judge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Everywhere: a name that hardly two bear.
    World,
    /// In articles that say the same of what somebody does, which is named here by its field.
    Occupation(&'static str),
    /// In articles on the same country, whose ISO code or name this is, with the field of what somebody does: others have the
    /// name too.
    Country(String),
    /// In the article only, whose digest this is: a surname, an acronym.
    Article(String),
}

/// Words for what people do, by field: two of the same field may be said of one person, two of different ones rather of
/// two. Words with other senses in titles, such as `general`, are left out.
static FIELDS: [(&str, WordList); 13] = [
    (
        "arts",
        WordList::new(
            "actor actress artist author comedian composer dancer designer filmmaker musician novelist \
        painter photographer playwright poet rapper sculptor singer songwriter",
        ),
    ),
    ("business", WordList::new("banker broker businessman businesswoman ceo entrepreneur investor trader")),
    ("clergy", WordList::new("archbishop bishop cardinal cleric imam monk nun pastor priest rabbi vicar")),
    ("law", WordList::new("attorney barrister judge jurist lawyer magistrate prosecutor solicitor")),
    (
        "media",
        WordList::new("blogger broadcaster columnist correspondent editor journalist presenter reporter"),
    ),
    (
        "medicine",
        WordList::new("dentist doctor epidemiologist nurse paramedic physician psychiatrist surgeon"),
    ),
    ("military", WordList::new("admiral brigadier colonel lieutenant sergeant soldier")),
    ("police", WordList::new("constable detective sheriff superintendent")),
    (
        "politics",
        WordList::new(
            "ambassador congressman congresswoman councillor diplomat lawmaker legislator mayor mp \
        politician senator",
        ),
    ),
    (
        "science",
        WordList::new(
            "academic anthropologist archaeologist astronomer biologist chemist economist engineer geologist \
        historian mathematician physicist professor psychologist researcher scientist sociologist",
        ),
    ),
    (
        "sport",
        WordList::new(
            "athlete boxer coach cricketer cyclist footballer golfer goalkeeper gymnast jockey midfielder \
        referee sailor skier sprinter striker swimmer winger wrestler",
        ),
    ),
    (
        "trade",
        WordList::new(
            "baker barber builder butcher carpenter chef electrician farmer fisherman gardener mechanic \
        miner plumber shepherd shopkeeper waiter waitress",
        ),
    ),
    ("teaching", WordList::new("headmaster headmistress headteacher teacher tutor")),
];

/// People of a surname from which on a full name may be that of several.
const COMMON: usize = 5;
/// Letters of an acronym that others have too.
const SHORT_ACRONYM: usize = 5;
/// Least share of an article's countries that its main country has.
const MAIN: f64 = 0.5;

/// The scopes of local entities of one article.
pub(super) struct Scopes<'a> {
    annotation: &'a Annotation,
    kb: &'a Kb,
    digest: String,
    country: Option<String>,
}

impl<'a> Scopes<'a> {
    pub(super) fn new(annotation: &'a Annotation, context: &'a Context) -> Self {
        let iri = article_iri(&annotation.article, &context.base).into_string();
        let digest = iri.rsplit(['-', '/']).next().unwrap_or_default().to_owned();
        let country = main_country(annotation, &context.kb).map(|id| code(&context.kb, id));
        Self { annotation, kb: &context.kb, digest, country }
    }

    /// The scope of an entity, by its number, that has no sure link.
    pub(super) fn of(&self, number: usize) -> Scope {
        let entity = &self.annotation.entities[number];
        let here = Scope::Article(self.digest.clone());
        let kind = Class::from_name(&entity.class).map_or(Kind::Other, Class::kind);
        let letters = entity.label.chars().filter(|c| c.is_alphabetic()).count();
        let is_short = (kind == Kind::Person && !entity.label.contains(' '))
            || (in_capitals(&entity.label) && letters <= SHORT_ACRONYM);
        if is_short {
            return here;
        }
        let field = if kind == Kind::Person { field(self.annotation, number) } else { None };
        if self.is_shared(&entity.label, kind) {
            let within =
                |country: &String| field.map_or(country.clone(), |field| format!("{country}-{field}"));
            return self.country.as_ref().map_or(here, |country| Scope::Country(within(country)));
        }
        field.map_or(Scope::World, Scope::Occupation)
    }

    /// Whether others are known that have the name, or may well have it.
    fn is_shared(&self, label: &str, kind: Kind) -> bool {
        let surname = label.rsplit(' ').next().unwrap_or(label);
        let is_common = || kind == Kind::Person && self.kb.lookup_partial(surname).len() >= COMMON;
        !self.kb.lookup(label).is_empty() || !self.kb.lookup_partial(label).is_empty() || is_common()
    }
}

/// The field of what an article first says that somebody does: `Judge Ann Doe`, `Ann Doe, a judge`.
fn field(annotation: &Annotation, number: usize) -> Option<&'static str> {
    let own =
        || annotation.mentions.iter().filter(|m| m.entity.is_some_and(|entity| entity.index() == number));
    let descriptions = own().filter(|mention| mention.kind == MentionKind::Nominal);
    let mut fields = descriptions.filter_map(|mention| {
        let words = mention.span.of(&annotation.article.text).split(|c: char| !c.is_alphanumeric());
        let mut fields = words.filter_map(field_of);
        let ends_in_name = own().any(|m| m.kind == MentionKind::Name && m.span.end == mention.span.end);
        if ends_in_name { fields.next_back() } else { fields.next() }
    });
    fields.next()
}

fn field_of(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    FIELDS.iter().find(|(_, words)| words.contains(&word)).map(|(field, _)| *field)
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
    use crate::annotation::{Link, Mention};
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
    fn people_who_do_different_things_are_not_the_same() {
        let iri = |id: &str, described: &str| {
            let text = format!("{described} Zebulon Okonjoway");
            let article = Article { id: Some(id.to_owned()), text, ..Article::default() };
            let mut annotation = Annotation { article, ..Annotation::default() };
            let (label, class) = ("Zebulon Okonjoway".to_owned(), "td:Person".to_owned());
            let entity = annotation.add_entity(label, class, Vec::new());
            let whole = annotation.article.text.len();
            annotation.add_name(Span::new(described.len() + 1, whole), "PERSON", entity, None);
            annotation.mentions.push(Mention {
                id: "m2".into(),
                span: Span::new(0, whole),
                kind: MentionKind::Nominal,
                name_type: None,
                entity: Some(entity),
                place: None,
            });
            name_entities(&mut annotation, &Context::default());
            annotation.entities[0].iri.clone().unwrap()
        };
        assert!(iri("a", "Judge").ends_with("/Zebulon_Okonjoway-Person-law"));
        assert_eq!(iri("a", "Judge"), iri("b", "The Peruvian lawyer"));
        assert_ne!(iri("a", "Judge"), iri("b", "The swimmer"));
        assert!(iri("a", "The judge's gardener").ends_with("-trade"));
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
