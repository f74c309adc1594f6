use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use smol_str::{SmolStr, format_smolstr};

use super::attribution::{AttributionRecord, attributions};
use super::records::{EventRecord, Ids, LinkRecord, OpenRecord, RelationRecord, Writer};
use super::time::TimeRecord;
use super::tokens::{TokenRecord, doc_of, records_of};
use super::{Annotation, Entity, EntityId, Link, Mention, MentionKind};
use crate::nlp::Doc;
use crate::source::{Article, explain_json};
use crate::text::{CodePoints, Span};

/// The value of the field `schema` in what is written.
pub const SCHEMA: &str = "tidings-annotation/1";

/// An annotation that can't be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Not JSON, or a field is missing or of the wrong type.
    #[error("line {line} is not an annotation: {problem}")]
    Json {
        /// Counted from 1.
        line: usize,
        /// What is wrong, with the name of the field, and at which column.
        problem: String,
    },
    /// A field holds what it can't hold.
    #[error("line {line}: `{field}` {problem}")]
    Field {
        /// Counted from 1.
        line: usize,
        /// Path of the field: `mentions[3].end`.
        field: String,
        /// What is wrong with it.
        problem: String,
    },
}

/// Writes an annotation as one JSON object, without a line end.
///
/// The fields stand in the order of the schema; `tokens` is there only if a document is given.
///
/// # Panics
/// When a span of the annotation does not lie in its text.
pub fn to_json(annotation: &Annotation, tokens: Option<&Doc>, pretty: bool) -> String {
    let article = &annotation.article;
    let points = CodePoints::new(&article.text);
    let range = |span: Span| {
        let (start, end) = points.of_span(span);
        Range { start, end }
    };
    let mention = |mention: &Mention| MentionRecord {
        id: mention.id.clone(),
        range: range(mention.span),
        kind: mention.kind,
        name_type: mention.name_type.clone(),
        entity: mention.entity.map(|id| annotation.entities[id.index()].id.clone()),
        place: mention.place.map(|id| annotation.entities[id.index()].id.clone()),
    };
    let writer = Writer { annotation, range: &range };
    let record = Record {
        schema: SCHEMA.into(),
        article: ArticleRecord::from(article),
        sentences: annotation.sentences.iter().map(|&s| range(s)).collect(),
        tokens: tokens.map(|doc| records_of(doc, &points)),
        mentions: annotation.mentions.iter().map(mention).collect(),
        entities: annotation.entities.iter().map(|e| EntityRecord::of(e, &annotation.entities)).collect(),
        times: annotation.times.iter().map(|time| TimeRecord::of(time, range(time.span))).collect(),
        relations: annotation.relations.iter().map(|relation| writer.relation(relation)).collect(),
        events: annotation.events.iter().map(|event| writer.event(event)).collect(),
        links: annotation.links.iter().map(|link| writer.link(link)).collect(),
        open: annotation.open.iter().map(|open| writer.open(open)).collect(),
        attributions: (annotation.attributions.iter())
            .map(|attribution| AttributionRecord::of(attribution, &annotation.entities, range))
            .collect(),
    };
    let json = if pretty { serde_json::to_string_pretty(&record) } else { serde_json::to_string(&record) };
    json.expect("records hold strings, numbers and lists only")
}

/// Reads annotations from JSON Lines, with the parsed document of those that have `tokens`. Empty lines are skipped.
pub fn read_json(lines: &str) -> impl Iterator<Item = Result<(Annotation, Option<Doc>), Error>> {
    let lines = lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(n, line)| from_json(line, n + 1))
}

/// Reads one annotation; `line` is the number of its line, counted from 1, for messages.
///
/// # Errors
/// Names the line and the field that is missing, of the wrong type or out of range.
pub fn from_json(json: &str, line: usize) -> Result<(Annotation, Option<Doc>), Error> {
    let record: Record =
        serde_json::from_str(json).map_err(|error| Error::Json { line, problem: explain_json(&error) })?;
    record.into_annotation().map_err(|(field, problem)| Error::Field { line, field, problem })
}

/// Path and problem of a field.
pub(super) type FieldError = (String, String);

#[derive(Serialize, Deserialize)]
struct Record {
    schema: String,
    article: ArticleRecord,
    #[serde(default)]
    sentences: Vec<Range>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tokens: Option<Vec<TokenRecord>>,
    mentions: Vec<MentionRecord>,
    entities: Vec<EntityRecord>,
    #[serde(default)]
    times: Vec<TimeRecord>,
    #[serde(default)]
    relations: Vec<RelationRecord>,
    #[serde(default)]
    events: Vec<EventRecord>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    links: Vec<LinkRecord>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    open: Vec<OpenRecord>,
    #[serde(default)]
    attributions: Vec<AttributionRecord>,
}

/// A half-open range of code points.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) struct Range {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Range {
    /// As bytes; `path` names the object that has the fields `start` and `end`.
    pub(super) fn to_span(self, points: &CodePoints<'_>, path: &str) -> Result<Span, FieldError> {
        points.to_span(self.start, self.end).ok_or_else(|| {
            let (field, problem) = if self.end > points.len() {
                ("end", format!("{} is beyond the {} code points of the text", self.end, points.len()))
            } else {
                ("start", format!("{} lies after `end` {}", self.start, self.end))
            };
            (format!("{path}.{field}"), problem)
        })
    }
}

#[derive(Serialize, Deserialize)]
struct ArticleRecord {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    published: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    publisher: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    #[serde(default)]
    language: Option<String>,
    text: String,
}

impl From<&Article> for ArticleRecord {
    fn from(article: &Article) -> Self {
        let Article { text, id, url, title, published, publisher, author, language, dateline: _, origin: _ } =
            article.clone();
        Self { id, title, published, url, publisher, author, language, text }
    }
}

impl From<ArticleRecord> for Article {
    fn from(record: ArticleRecord) -> Self {
        let ArticleRecord { id, title, published, url, publisher, author, language, text } = record;
        Self { text, id, url, title, published, publisher, author, language, ..Self::default() }
    }
}

#[derive(Serialize, Deserialize)]
struct MentionRecord {
    id: SmolStr,
    #[serde(flatten)]
    range: Range,
    kind: MentionKind,
    #[serde(default, rename = "type")]
    name_type: Option<SmolStr>,
    #[serde(default)]
    entity: Option<SmolStr>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<SmolStr>,
}

#[derive(Serialize, Deserialize)]
struct EntityRecord {
    id: SmolStr,
    #[serde(default)]
    iri: Option<String>,
    label: String,
    class: String,
    #[serde(default)]
    links: Vec<Link>,
    /// Ids of entities.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    members: Vec<SmolStr>,
}

impl EntityRecord {
    fn of(entity: &Entity, entities: &[Entity]) -> Self {
        let Entity { id, iri, label, class, links, members } = entity.clone();
        let members = members.into_iter().map(|member| entities[member.index()].id.clone()).collect();
        Self { id, iri, label, class, links, members }
    }
}

impl Record {
    fn into_annotation(self) -> Result<(Annotation, Option<Doc>), FieldError> {
        if self.schema != SCHEMA {
            return Err(("schema".to_owned(), format!("is `{}`, expected `{SCHEMA}`", self.schema)));
        }
        let article = Article::from(self.article);
        let points = CodePoints::new(&article.text);
        let spans = self.sentences.iter().enumerate();
        let sentences: Vec<Span> =
            spans.map(|(i, s)| s.to_span(&points, &format!("sentences[{i}]"))).collect::<Result<_, _>>()?;
        let ids = index(self.entities.iter().map(|e| &e.id), "entities")?;
        let entities: Vec<Entity> = self
            .entities
            .into_iter()
            .enumerate()
            .map(|(i, e)| checked(e, i, &ids))
            .collect::<Result<_, _>>()?;
        let mention_ids = index(self.mentions.iter().map(|m| &m.id), "mentions")?;
        let mentions = self.mentions.iter().enumerate();
        let mentions = mentions.map(|(i, m)| mention(m, i, &points, &ids)).collect::<Result<_, _>>()?;
        let doc =
            self.tokens.map(|tokens| doc_of(&tokens, &sentences, &article.text, &points)).transpose()?;
        let times = TimeRecord::read_all(self.times, &points, ids.keys())?;
        let read = Ids { points: &points, entities: &ids, mentions: &mention_ids, times: &times };
        let relations = self.relations.into_iter().enumerate();
        let relations = relations.map(|(i, record)| read.relation(record, i)).collect::<Result<_, _>>()?;
        let events = self.events.into_iter().enumerate();
        let events: Vec<_> = events.map(|(i, record)| read.event(record, i)).collect::<Result<_, _>>()?;
        let links = self.links.into_iter().enumerate();
        let links = links.map(|(i, link)| link.read(&points, &events, i)).collect::<Result<_, _>>()?;
        let open = self.open.into_iter().enumerate();
        let open = open.map(|(i, record)| read.open(record, i)).collect::<Result<_, _>>()?;
        let attributions = attributions(self.attributions, &points, &ids)?;
        Ok((
            Annotation {
                article,
                sentences,
                mentions,
                entities,
                times,
                relations,
                events,
                links,
                open,
                attributions,
            },
            doc,
        ))
    }
}

/// The place of each id; ids must be unique.
fn index<'a>(
    ids: impl Iterator<Item = &'a SmolStr>,
    list: &str,
) -> Result<HashMap<SmolStr, EntityId>, FieldError> {
    let mut places = HashMap::new();
    for (i, id) in ids.enumerate() {
        if places.insert(id.clone(), EntityId::from(i)).is_some() {
            return Err((format!("{list}[{i}].id"), format!("`{id}` is there twice")));
        }
    }
    Ok(places)
}

fn mention(
    record: &MentionRecord,
    i: usize,
    points: &CodePoints<'_>,
    entities: &HashMap<SmolStr, EntityId>,
) -> Result<Mention, FieldError> {
    let known =
        |field: &str, id: &Option<SmolStr>| match id {
            Some(id) => entities.get(id).copied().map(Some).ok_or_else(|| {
                (format!("mentions[{i}].{field}"), format!("`{id}` is not the id of an entity"))
            }),
            None => Ok(None),
        };
    let (entity, place) = (known("entity", &record.entity)?, known("place", &record.place)?);
    let span = record.range.to_span(points, &format!("mentions[{i}]"))?;
    if span.is_empty() {
        return Err((format!("mentions[{i}].end"), "equals `start`: the mention is empty".to_owned()));
    }
    let MentionRecord { id, kind, name_type, .. } = record;
    Ok(Mention { id: id.clone(), span, kind: *kind, name_type: name_type.clone(), entity, place })
}

fn checked(record: EntityRecord, i: usize, ids: &HashMap<SmolStr, EntityId>) -> Result<Entity, FieldError> {
    let EntityRecord { id, iri, label, class, links, members } = record;
    if !class.contains(':') {
        let problem = format!("`{class}` is neither `td:Name` nor an absolute IRI");
        return Err((format!("entities[{i}].class"), problem));
    }
    for (j, link) in links.iter().enumerate() {
        if !(0.0..=1.0).contains(&link.score) {
            let problem = format!("{} is not between 0 and 1", link.score);
            return Err((format!("entities[{i}].links[{j}].score"), problem));
        }
    }
    let member = |(j, member)| {
        let problem =
            || (format!("entities[{i}].members[{j}]"), format!("`{member}` is not the id of an entity"));
        ids.get(member).copied().ok_or_else(problem)
    };
    let members = members.iter().enumerate().map(member).collect::<Result<_, _>>()?;
    Ok(Entity { id, iri, label, class, links, members })
}

impl Annotation {
    /// Adds an entity with the next free id.
    pub fn add_entity(&mut self, label: String, class: String, links: Vec<Link>) -> EntityId {
        let id = format_smolstr!("e{}", self.entities.len() + 1);
        self.entities.push(Entity { id, iri: None, label, class, links, members: Vec::new() });
        EntityId::from(self.entities.len() - 1)
    }

    /// Puts the mentions in the order of the text, of those that start together the longer first, and numbers them anew.
    pub fn sort_mentions(&mut self) {
        self.mentions.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
        for (i, mention) in self.mentions.iter_mut().enumerate() {
            mention.id = format_smolstr!("m{}", i + 1);
        }
    }

    /// Adds a mention of an entity by name, with the next free id; `place` is the place that the name names, if the entity is
    /// its government.
    pub fn add_name(&mut self, span: Span, name_type: &str, entity: EntityId, place: Option<EntityId>) {
        let id = self.next_mention();
        let (kind, name_type) = (MentionKind::Name, Some(name_type.into()));
        self.mentions.push(Mention { id, span, kind, name_type, entity: Some(entity), place });
    }

    /// Adds a mention of an entity, of no name type, with the next free id.
    pub fn add_mention(&mut self, span: Span, kind: MentionKind, entity: EntityId) {
        let id = self.next_mention();
        self.mentions.push(Mention { id, span, kind, name_type: None, entity: Some(entity), place: None });
    }

    /// The next free id of a mention.
    fn next_mention(&self) -> SmolStr {
        format_smolstr!("m{}", self.mentions.len() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"schema":"tidings-annotation/1","article":{"id":"a","title":null,"published":"2025-05-20","url":null,"publisher":null,"language":"en","text":"Zürich: Iran met."},"sentences":[{"start":0,"end":17}],"tokens":[{"start":0,"end":6,"text":"Zürich","lemma":"Zürich","pos":"PROPN","tag":"NNP","dep":"ROOT","head":0,"ner":"B-GPE"},{"start":6,"end":7,"text":":","lemma":":","pos":"PUNCT","tag":":","dep":"punct","head":0,"ner":"O"},{"start":8,"end":12,"text":"Iran","lemma":"Iran","pos":"PROPN","tag":"NNP","dep":"nsubj","head":3,"ner":"B-GPE"},{"start":13,"end":16,"text":"met","lemma":"meet","pos":"VERB","tag":"VBD","dep":"acl","head":0,"ner":"O"},{"start":16,"end":17,"text":".","lemma":".","pos":"PUNCT","tag":".","dep":"punct","head":0,"ner":"O"}],"mentions":[{"id":"m1","start":8,"end":12,"kind":"name","type":"GPE","entity":"e1"}],"entities":[{"id":"e1","iri":"https://w3id.org/tidings/id/entity/Iran-Q794","label":"Iran","class":"td:Country","links":[{"iri":"http://www.wikidata.org/entity/Q794","score":0.99}]}],"times":[{"id":"t1","start":0,"end":6,"type":"DATE","value":"2023"}],"relations":[],"events":[],"attributions":[]}"#;

    fn problem(json: &str) -> String {
        from_json(json, 7).unwrap_err().to_string()
    }

    #[test]
    fn what_is_read_is_written_back_in_the_same_words() {
        let (annotation, doc) = from_json(LINE, 1).unwrap();
        assert_eq!(annotation.mentions[0].span.of(&annotation.article.text), "Iran");
        assert_eq!(to_json(&annotation, doc.as_ref(), false), LINE);
        assert!(!to_json(&annotation, None, false).contains("tokens"));
    }

    #[test]
    fn unknown_fields_are_ignored() {
        let more = LINE.replace(r#""kind":"name""#, r#""kind":"name","colour":"red""#);
        assert_eq!(from_json(&more, 1).unwrap().0, from_json(LINE, 1).unwrap().0);
    }

    #[test]
    fn missing_fields_are_named_with_their_line() {
        let message = problem(&LINE.replace(r#""kind":"name","#, ""));
        assert!(
            message.starts_with("line 7 is not an annotation: missing field `kind` at column "),
            "{message}"
        );
        let message = problem(&LINE.replace(r#""start":8,"end":12,"kind""#, r#""start":8,"kind""#));
        assert!(message.contains("missing field `end`"), "{message}");
    }

    #[test]
    fn fields_out_of_range_are_named_with_their_line() {
        let message = problem(&LINE.replace(r#""end":12,"kind""#, r#""end":99,"kind""#));
        assert_eq!(message, "line 7: `mentions[0].end` 99 is beyond the 17 code points of the text");
        let message = problem(&LINE.replace(r#""end":6,"type""#, r#""end":60,"type""#));
        assert_eq!(message, "line 7: `times[0].end` 60 is beyond the 17 code points of the text");
        let message = problem(&LINE.replace(r#""value":"2023""#, r#""value":"""#));
        assert!(message.starts_with("line 7: `times[0].value` is empty"), "{message}");
        let message = problem(&LINE.replace(r#""id":"t1""#, r#""id":"e1""#));
        assert_eq!(message, "line 7: `times[0].id` `e1` is there twice, or the id of an entity");
        let message = problem(&LINE.replace(r#""DATE""#, r#""EPOCH""#));
        assert!(message.contains("unknown variant `EPOCH`"), "{message}");
        let message = problem(&LINE.replace(r#""entity":"e1""#, r#""entity":"e2""#));
        assert_eq!(message, "line 7: `mentions[0].entity` `e2` is not the id of an entity");
        let message = problem(&LINE.replace("0.99", "1.5"));
        assert_eq!(message, "line 7: `entities[0].links[0].score` 1.5 is not between 0 and 1");
        let message = problem(&LINE.replace(r#""head":3"#, r#""head":30"#));
        assert!(message.starts_with("line 7: `tokens` "), "{message}");
        let message = problem(&LINE.replace("annotation/1", "annotation/2"));
        assert!(message.contains("expected `tidings-annotation/1`"), "{message}");
    }
}
