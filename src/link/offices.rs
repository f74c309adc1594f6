use std::collections::HashMap;

use smol_str::SmolStr;

use super::annotate::links;
use crate::annotation::{Annotation, Class, EntityId, Mention, MentionKind};
use crate::kb::{Kb, KbId};
use crate::nlp::{Doc, Pos, Token};
use crate::text::{Span, TokenId, TokenSpan};

/// Most words of an office before a name.
const MOST: usize = 7;

/// Adds the offices that stand before the names of people, as mentions of their own: `British Prime Minister` of `British Prime
/// Minister David Cameron`. An office without its country is that of the country that the person belongs to.
///
/// To be done when all else is found: what they say of people is no matter of these mentions.
pub fn add_offices(annotation: &mut Annotation, doc: &Doc, kb: &Kb) {
    let people = annotation.mentions.iter().filter(|m| {
        let person = m.entity.map(|id| annotation.entities[id.index()].class.as_str());
        m.kind == MentionKind::Name && person == Some(Class::Person.name())
    });
    let found: Vec<(Span, KbId)> = people.filter_map(|person| office(annotation, doc, kb, person)).collect();
    let mut mentions: Vec<Mention> = Vec::new();
    let mut known: HashMap<KbId, EntityId> = HashMap::new();
    for (span, id) in found {
        let Some(office) = kb.entity(id) else { continue };
        if annotation.mentions.iter().any(|m| m.kind == MentionKind::Name && m.span == span) {
            continue;
        }
        let entity = *known.entry(id).or_insert_with(|| {
            annotation.add_entity(
                office.label.to_owned(),
                office.class.name().to_owned(),
                links(&office, 1.0),
            )
        });
        mentions.push(Mention {
            id: SmolStr::default(),
            span,
            kind: MentionKind::Name,
            name_type: None,
            entity: Some(entity),
            place: None,
        });
    }
    annotation.insert_mentions(mentions);
}

/// The longest run of words right before a name that the knowledge base knows as an office.
fn office(annotation: &Annotation, doc: &Doc, kb: &Kb, person: &Mention) -> Option<(Span, KbId)> {
    let end = doc.tokens_in(person.span).start;
    let words: Vec<Token<'_>> = before(doc, end);
    let spans = || {
        let starts = words.iter().rev().filter(|word| word.text().starts_with(char::is_uppercase));
        starts.map(|word| doc.span_of(TokenSpan { start: word.id(), end }))
    };
    let is_office = |id: KbId| kb.entity(id).is_some_and(|entity| entity.class == Class::Position);
    let named = |name: &str| {
        let found = kb.lookup(name);
        let [only] = found.as_slice() else { return None };
        is_office(only.entity).then_some(only.entity)
    };
    let text = doc.text();
    if let Some(found) = spans().find_map(|span| Some((span, named(span.of(text))?))) {
        return Some(found);
    }
    let country = country_of(annotation, kb, person)?;
    spans().find_map(|span| Some((span, named(&format!("{} of {country}", span.of(text)))?)))
}

/// The words before a name that may be an office, the nearest first.
fn before(doc: &Doc, end: TokenId) -> Vec<Token<'_>> {
    let mut words = Vec::new();
    let sentence =
        doc.sentences().iter().find(|sentence| sentence.contains(end)).map_or(0, |s| s.start.index());
    for index in (sentence..end.index()).rev().take(MOST) {
        let word = doc.token(index.into());
        let small = matches!(word.norm(), "of" | "for" | "the" | "and");
        let capital = word.text().starts_with(char::is_uppercase)
            && matches!(word.pos(), Pos::Propn | Pos::Adj | Pos::Noun);
        if !(capital || (small && !words.is_empty())) {
            break;
        }
        words.push(word);
    }
    words
}

/// The name of the country that a person of the knowledge base belongs to.
fn country_of<'a>(annotation: &Annotation, kb: &'a Kb, person: &Mention) -> Option<&'a str> {
    let links = &annotation.entities[person.entity?.index()].links;
    let item = links.iter().find_map(|link| link.iri.strip_prefix("http://www.wikidata.org/entity/Q"))?;
    let id = kb.by_qid(item.parse().ok()?)?;
    let country = kb.entity(id)?.country?;
    Some(kb.entity(country)?.label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract;
    use crate::link::Linker;
    use crate::nlp::Pipeline;
    use crate::source::Article;

    /// The offices of a text with the items that they are linked to.
    fn offices(text: &str) -> Vec<(String, String)> {
        let (pipeline, kb) = (Pipeline::embedded(), Kb::builtin());
        let doc = pipeline.parse(text);
        let article = Article { text: text.to_owned(), ..Article::default() };
        let names = extract::names(&doc, kb);
        let mut annotation = Linker::new(kb, pipeline.vectors()).link(article, &doc, &names);
        let before = annotation.mentions.len();
        add_offices(&mut annotation, &doc, kb);
        let is_office =
            |m: &&Mention| annotation.entities[m.entity.unwrap().index()].class == Class::Position.name();
        let found: Vec<&Mention> = annotation.mentions.iter().filter(is_office).collect();
        assert_eq!(annotation.mentions.len(), before + found.len());
        let item = |m: &Mention| {
            let link = &annotation.entities[m.entity.unwrap().index()].links[0].iri;
            link.rsplit('/').next().unwrap().to_owned()
        };
        found.iter().map(|m| (m.span.of(text).to_owned(), item(m))).collect()
    }

    #[test]
    fn offices_before_names_are_those_of_the_country_that_is_said_or_known() {
        for (text, words, item) in [
            ("British Prime Minister Tony Blair spoke.", "British Prime Minister", "Q14211"),
            ("In Cairo, President Barack Obama spoke.", "President", "Q11696"),
        ] {
            assert_eq!(offices(text), [(words.to_owned(), item.to_owned())], "{text}");
        }
        assert!(offices("Guitarist Brian May and Mr. Blair spoke of the President.").is_empty());
    }
}
