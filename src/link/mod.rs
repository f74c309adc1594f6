//! Which thing a name means: the knowledge base, and the choice among its candidates.
//!
//! Takes the names that [`crate::extract`] has gathered, and gives an [`Annotation`]: each group of names is an entity with
//! its class and its links. This version knows exact names only: the most popular candidate of a compatible class, where those of
//! the countries that the article speaks of are favoured. Groups that turn out to mean the same (`Iran`, `Iranian`) become one entity.

mod choose;

pub use choose::Choice;

use std::collections::HashMap;

use crate::annotation::{Annotation, Class, EntityId, Kind, Link};
use crate::extract::{NameType, Names, majority};
use crate::kb::{self, Entity, Kb};
use crate::nlp::Doc;
use crate::source::Article;
use crate::text::in_capitals;
use choose::Countries;

/// Decides what each group of names means: places first, since the countries that an article speaks of tell namesakes
/// apart (`the Labour Party`).
pub fn link(article: Article, doc: &Doc, names: &Names, kb: &Kb) -> Annotation {
    let groups: Vec<Group<'_>> =
        names.groups.iter().map(|members| Group::new(members, names, doc.text())).collect();
    let mut choices = vec![None; groups.len()];
    let mut countries = Countries::default();
    for places in [true, false] {
        for (group, choice) in groups.iter().zip(&mut choices).filter(|(group, _)| group.is_place() == places)
        {
            *choice = choose::choose(kb, &group.forms, group.name_type, &countries);
        }
        for (group, choice) in groups.iter().zip(&choices).filter(|(group, _)| places && group.is_place()) {
            if let Some(choice) = choice.filter(|choice| choice.score >= SURE_PLACE) {
                countries.note(kb, choice.entity, group.members.len());
            }
        }
    }
    let sentences = doc.sentences().iter().map(|&s| doc.span_of(s)).collect();
    assemble(Annotation { article, sentences, ..Annotation::default() }, names, &groups, &choices, kb)
}

/// Least score of a place whose country counts.
const SURE_PLACE: f64 = 0.6;

/// Names that mean the same.
struct Group<'a> {
    /// Indexes of the names.
    members: &'a [usize],
    /// What most of them were taken for.
    name_type: NameType,
    /// The distinct forms, the longest first; of equally long ones the first in the text.
    forms: Vec<&'a str>,
}

impl<'a> Group<'a> {
    fn new(members: &'a [usize], names: &Names, text: &'a str) -> Self {
        let types: Vec<NameType> = members.iter().map(|&i| names.names[i].name_type).collect();
        let mut forms: Vec<&str> = Vec::new();
        for &i in members {
            let form = names.names[i].span.of(text);
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
        forms.sort_by_key(|form| std::cmp::Reverse(form.chars().count()));
        Self { members, name_type: majority(&types).expect("groups have members"), forms }
    }

    fn is_place(&self) -> bool {
        matches!(self.name_type, NameType::Gpe | NameType::Location | NameType::Norp)
    }

    /// What to call something of which only the name is known. Datelines write places in capitals.
    fn label(&self) -> String {
        let form = self.forms[0];
        let shouted = self.is_place() && form.chars().count() > 4 && in_capitals(form);
        if shouted { capitalized(form) } else { form.split_whitespace().collect::<Vec<_>>().join(" ") }
    }
}

/// `The Hague` for `THE HAGUE`.
fn capitalized(name: &str) -> String {
    let mut at_start = true;
    let lower = |c: char| {
        let letters: String = if at_start { c.to_uppercase().collect() } else { c.to_lowercase().collect() };
        at_start = !c.is_alphabetic();
        letters
    };
    name.chars().map(lower).collect()
}

/// Makes entities and mentions of the groups and what they mean; groups that mean the same become one entity.
fn assemble(
    mut annotation: Annotation,
    names: &Names,
    groups: &[Group<'_>],
    choices: &[Option<Choice>],
    kb: &Kb,
) -> Annotation {
    let mut known = HashMap::new();
    // Of each name: its entity, and the type that goes with its class.
    let mut meanings = vec![None; names.names.len()];
    for (group, choice) in groups.iter().zip(choices) {
        let found = choice.and_then(|choice| Some((choice, kb.entity(choice.entity)?)));
        let class = found.map_or(group.name_type.class(), |(_, entity)| entity.class);
        let id = match found {
            Some((choice, entity)) => linked(&mut annotation, &mut known, choice, &entity),
            None => annotation.add_entity(group.label(), class.name().to_owned(), Vec::new()),
        };
        for &i in group.members {
            meanings[i] = Some((id, repaired(names.names[i].name_type, group.name_type, class)));
        }
    }
    for (name, meaning) in names.names.iter().zip(meanings) {
        if let Some((entity, name_type)) = meaning {
            annotation.add_name(name.span, name_type.label(), entity);
        }
    }
    annotation
}

/// The entity that was chosen, added if it is new; the surest of several names counts.
fn linked(
    annotation: &mut Annotation,
    known: &mut HashMap<kb::KbId, EntityId>,
    choice: Choice,
    entity: &Entity<'_>,
) -> EntityId {
    let links = links(entity, choice.score);
    if let Some(&id) = known.get(&choice.entity) {
        let known = &mut annotation.entities[id.index()].links;
        if links.first().map(|l| l.score) > known.first().map(|l| l.score) {
            *known = links;
        }
        return id;
    }
    let id = annotation.add_entity(entity.label.to_owned(), entity.class.name().to_owned(), links);
    known.insert(choice.entity, id);
    id
}

/// Where an entity of the knowledge base is found elsewhere.
fn links(entity: &Entity<'_>, score: f64) -> Vec<Link> {
    let score = (score * 100.0).round() / 100.0;
    [entity.wikidata_iri(), entity.dbpedia_iri(), entity.geonames_iri()]
        .into_iter()
        .flatten()
        .map(|iri| Link { iri, score })
        .collect()
}

/// The type of a mention: what the recogniser said of it if that goes with the class, else what it said most often, else
/// what names of the class are.
fn repaired(own: NameType, of_group: NameType, class: Class) -> NameType {
    let goes = |name_type| match (name_type, class.kind()) {
        (NameType::Norp, Kind::Organization) => class == Class::PoliticalParty,
        // A demonym is a name of its country, but not a place name; and places of all kinds are easily confused.
        (NameType::Norp, Kind::Polity)
        | (
            NameType::Gpe | NameType::Location | NameType::Facility,
            Kind::Polity | Kind::Place | Kind::Facility,
        ) => true,
        (name_type, kind) => NameType::of_kind(kind).is_none_or(|expected| expected == name_type),
    };
    if goes(of_group) {
        return if goes(own) { own } else { of_group };
    }
    NameType::of_kind(class.kind()).unwrap_or(of_group)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Name;
    use crate::nlp::DocBuilder;
    use crate::text::Span;

    /// What the built-in knowledge base makes of a text with names marked as `[TYPE name]`, where `=` before a name joins
    /// it with the one before: of each entity its label, class, and the item it is linked to.
    fn entities(marked: &str) -> Vec<(String, String, Option<String>)> {
        let (mut text, mut names) = (String::new(), Names::default());
        for (n, part) in marked.split(['[', ']']).enumerate() {
            if n % 2 == 0 {
                text.push_str(part);
                continue;
            }
            let (label, name) = part.split_once(' ').unwrap();
            let start = text.len();
            text.push_str(name);
            let name_type = NameType::from_label(label.trim_start_matches('=')).unwrap();
            let number = names.names.len();
            names.names.push(Name { span: Span::new(start, text.len()), name_type });
            match names.groups.last_mut() {
                Some(group) if label.starts_with('=') => group.push(number),
                _ => names.groups.push(vec![number]),
            }
        }
        let doc = DocBuilder::default().build(&text).unwrap();
        let annotation = link(Article { text, ..Article::default() }, &doc, &names, Kb::builtin());
        let item = |links: &[Link]| Some(links.first()?.iri.rsplit('/').next()?.to_owned());
        annotation.entities.iter().map(|e| (e.label.clone(), e.class.clone(), item(&e.links))).collect()
    }

    fn items(marked: &str) -> Vec<String> {
        entities(marked).into_iter().map(|(label, _, item)| item.unwrap_or(label)).collect()
    }

    #[test]
    fn a_country_and_its_demonym_are_one_entity() {
        let iran = ("Iran".to_owned(), "td:Country".to_owned(), Some("Q794".to_owned()));
        assert_eq!(entities("[GPE Iran] and [NORP Iranian] forces"), [iran]);
    }

    #[test]
    fn the_countries_of_an_article_tell_namesakes_apart() {
        assert_eq!(items("[GPE London] and [NORP British] voters; the [ORG Liberal Party]")[2], "Q622441");
        assert_eq!(items("[GPE Sydney] and [NORP Australian] voters; the [ORG Liberal Party]")[2], "Q241149");
    }

    #[test]
    fn an_acronym_is_not_looked_up_when_its_full_form_is_unknown() {
        assert_eq!(
            items("the [ORG Securities Markets Programme] ([=ORG SMP])"),
            ["Securities Markets Programme"]
        );
        assert_eq!(items("the [ORG European Union] ([=ORG EU])"), ["Q458"]);
    }

    #[test]
    fn a_word_is_no_acronym() {
        assert_eq!(items("[GPE US] and [PERSON Us]"), ["Q30", "Us"]);
    }

    #[test]
    fn places_that_a_dateline_shouts_are_called_by_their_names() {
        assert_eq!(entities("[GPE LEIDSCHENDAM], Netherlands")[0].0, "Leidschendam");
    }
}
