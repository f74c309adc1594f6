use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::json::{FieldError, Range};
use super::{Annotation, Entity, EntityId};
use crate::text::{CodePoints, Span};

/// That somebody other than the article says, thinks or wants something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// Its name in the JSON form, unique among attributions (`a1`).
    pub id: SmolStr,
    /// Who says it; none where the text does not tell (`it is claimed that`).
    pub source: Option<Source>,
    /// The words that say so: `said`, `according to`.
    pub cue: Span,
    /// What is said, from its first word to its last.
    pub content: Span,
    /// Where other words interrupt the content: its pieces, in order. Empty where it is one.
    pub pieces: Vec<Span>,
    /// What the source does in saying it, one of the stances of the ontology: `td:Denies`.
    pub stance: SmolStr,
    /// The id of the attribution in whose content it stands: of `X said that Y denied Z` that of `X said`.
    pub parent: Option<SmolStr>,
}

/// Who says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Who it is; none for a pronoun of which that is not known.
    pub entity: Option<EntityId>,
    /// The words that name or describe them.
    pub span: Span,
}

impl Attribution {
    /// Whether a place lies in what is said.
    pub fn covers(&self, span: Span) -> bool {
        if self.pieces.is_empty() {
            return self.content.contains(span);
        }
        self.pieces.iter().any(|piece| piece.contains(span))
    }
}

impl Annotation {
    /// The innermost of the attributions in whose content a place lies.
    pub fn attribution_at(&self, span: Span) -> Option<&Attribution> {
        let covering = self.attributions.iter().filter(|attribution| attribution.covers(span));
        covering.min_by_key(|attribution| attribution.content.len())
    }
}

/// An attribution in the JSON form.
#[derive(Serialize, Deserialize)]
pub(super) struct AttributionRecord {
    id: SmolStr,
    #[serde(default)]
    source: Option<SourceRecord>,
    cue: Range,
    content: Range,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pieces: Vec<Range>,
    #[serde(default = "says")]
    stance: SmolStr,
    #[serde(default)]
    parent: Option<SmolStr>,
}

#[derive(Serialize, Deserialize)]
struct SourceRecord {
    #[serde(default)]
    entity: Option<SmolStr>,
    #[serde(flatten)]
    range: Range,
}

fn says() -> SmolStr {
    "td:Says".into()
}

impl AttributionRecord {
    pub(super) fn of(attribution: &Attribution, entities: &[Entity], range: impl Fn(Span) -> Range) -> Self {
        let Attribution { id, source, cue, content, pieces, stance, parent } = attribution;
        let source = source.map(|source| SourceRecord {
            entity: source.entity.map(|entity| entities[entity.index()].id.clone()),
            range: range(source.span),
        });
        Self {
            id: id.clone(),
            source,
            cue: range(*cue),
            content: range(*content),
            pieces: pieces.iter().map(|&piece| range(piece)).collect(),
            stance: stance.clone(),
            parent: parent.clone(),
        }
    }
}

/// Reads attributions back; `entities` has the place of each id.
pub(super) fn attributions(
    records: Vec<AttributionRecord>,
    points: &CodePoints<'_>,
    entities: &HashMap<SmolStr, EntityId>,
) -> Result<Vec<Attribution>, FieldError> {
    let mut read: Vec<Attribution> = Vec::with_capacity(records.len());
    let ids: Vec<SmolStr> = records.iter().map(|record| record.id.clone()).collect();
    for (i, record) in records.into_iter().enumerate() {
        let path = |field: &str| format!("attributions[{i}].{field}");
        let source =
            record.source.map(|source| source.read(points, entities, &path("source"))).transpose()?;
        let pieces = record.pieces.iter().enumerate();
        let pieces = pieces.map(|(j, piece)| piece.to_span(points, &path(&format!("pieces[{j}]"))));
        if let Some(parent) = record.parent.as_ref().filter(|parent| !ids.contains(parent)) {
            return Err((path("parent"), format!("`{parent}` is not the id of an attribution")));
        }
        read.push(Attribution {
            source,
            cue: record.cue.to_span(points, &path("cue"))?,
            content: record.content.to_span(points, &path("content"))?,
            pieces: pieces.collect::<Result<_, _>>()?,
            id: record.id,
            stance: record.stance,
            parent: record.parent,
        });
    }
    Ok(read)
}

impl SourceRecord {
    fn read(
        &self,
        points: &CodePoints<'_>,
        entities: &HashMap<SmolStr, EntityId>,
        path: &str,
    ) -> Result<Source, FieldError> {
        let known = |id: &SmolStr| {
            let found = entities.get(id).copied();
            found.ok_or_else(|| (format!("{path}.entity"), format!("`{id}` is not the id of an entity")))
        };
        Ok(Source {
            entity: self.entity.as_ref().map(known).transpose()?,
            span: self.range.to_span(points, path)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{from_json, to_json};
    use super::*;

    const LINE: &str = r#"{"schema":"tidings-annotation/1","article":{"id":null,"title":null,"published":null,"url":null,"publisher":null,"language":null,"text":"Été: Iran said it won."},"sentences":[],"mentions":[],"entities":[{"id":"e1","iri":null,"label":"Iran","class":"td:Country","links":[]}],"times":[],"relations":[],"events":[],"attributions":[{"id":"a1","source":{"entity":"e1","start":5,"end":9},"cue":{"start":10,"end":14},"content":{"start":15,"end":21},"stance":"td:Says","parent":null}]}"#;

    #[test]
    fn attributions_are_read_and_written_back() {
        let (annotation, _) = from_json(LINE, 1).unwrap();
        let attribution = &annotation.attributions[0];
        assert_eq!(attribution.content.of(&annotation.article.text), "it won");
        assert_eq!(attribution.source.unwrap().entity, Some(EntityId(0)));
        assert_eq!(to_json(&annotation, None, false), LINE);
    }

    #[test]
    fn what_is_wrong_with_an_attribution_is_named() {
        let problem = |json: String| from_json(&json, 2).unwrap_err().to_string();
        let message = problem(LINE.replace(r#""entity":"e1""#, r#""entity":"e7""#));
        assert_eq!(message, "line 2: `attributions[0].source.entity` `e7` is not the id of an entity");
        let message = problem(LINE.replace(r#""end":21"#, r#""end":99"#));
        assert_eq!(
            message,
            "line 2: `attributions[0].content.end` 99 is beyond the 22 code points of the text"
        );
        let message = problem(LINE.replace(r#""parent":null"#, r#""parent":"a4""#));
        assert_eq!(message, "line 2: `attributions[0].parent` `a4` is not the id of an attribution");
    }

    #[test]
    fn what_interrupts_a_content_is_no_part_of_it() {
        let (mut annotation, _) = from_json(LINE, 1).unwrap();
        let attribution = &mut annotation.attributions[0];
        assert!(attribution.covers(Span::new(19, 21)));
        attribution.pieces = vec![Span::new(17, 19), Span::new(22, 23)];
        assert!(attribution.covers(Span::new(17, 19)) && !attribution.covers(Span::new(20, 22)));
    }
}
