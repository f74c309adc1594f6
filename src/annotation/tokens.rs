//! The `tokens` of the JSON form, from a parsed document and back.

use serde::{Deserialize, Serialize};
use smol_str::{SmolStr, ToSmolStr, format_smolstr};

use super::json::{FieldError, Range};
use crate::nlp::{Doc, DocBuilder, NewToken, Pos, Token};
use crate::text::{CodePoints, Span, TokenId, TokenSpan};

#[derive(Serialize, Deserialize)]
pub(super) struct TokenRecord {
    #[serde(flatten)]
    range: Range,
    #[serde(default)]
    text: SmolStr,
    #[serde(default)]
    lemma: SmolStr,
    #[serde(default)]
    pos: SmolStr,
    #[serde(default)]
    tag: SmolStr,
    #[serde(default)]
    dep: SmolStr,
    head: u32,
    #[serde(default)]
    ner: SmolStr,
}

/// The tokens of a document as they are written.
pub(super) fn records_of(doc: &Doc, points: &CodePoints<'_>) -> Vec<TokenRecord> {
    let mut ner = vec![SmolStr::new_static("O"); doc.len()];
    for entity in doc.entities() {
        let label = doc.label(entity.label);
        for (n, id) in entity.tokens.ids().enumerate() {
            ner[id.index()] = format_smolstr!("{}-{label}", if n == 0 { 'B' } else { 'I' });
        }
    }
    let record = |(token, ner): (Token<'_>, SmolStr)| {
        let (start, end) = points.of_span(token.span());
        TokenRecord {
            range: Range { start, end },
            text: token.text().into(),
            lemma: token.lemma().into(),
            pos: token.pos().to_smolstr(),
            tag: token.tag().into(),
            dep: token.dep().into(),
            head: token.head_id().0,
            ner,
        }
    };
    doc.tokens().zip(ner).map(record).collect()
}

/// The document that tokens describe; without sentences, all of them are one.
pub(super) fn doc_of(
    tokens: &[TokenRecord],
    sentences: &[Span],
    text: &str,
    points: &CodePoints<'_>,
) -> Result<Doc, FieldError> {
    let mut builder = DocBuilder::default();
    let mut spans = Vec::with_capacity(tokens.len());
    for (i, token) in tokens.iter().enumerate() {
        let span = token.range.to_span(points, &format!("tokens[{i}]"))?;
        spans.push(span);
        let pos: Pos = token.pos.parse().map_err(|()| {
            (
                format!("tokens[{i}].pos"),
                format!("`{}` is no part of speech of Universal Dependencies", token.pos),
            )
        })?;
        builder.token(NewToken {
            span,
            norm: &span.of(text).to_lowercase(),
            lemma: &token.lemma,
            pos,
            tag: &token.tag,
            morph: "",
            dep: &token.dep,
            head: TokenId(token.head),
        });
    }
    for sentence in sentences_of(sentences, &spans) {
        builder.sentence(sentence);
    }
    for (entity, label) in entities_of(tokens) {
        builder.entity(entity, label);
    }
    builder.build(text).map_err(|problem| ("tokens".to_owned(), format!("can't be used: {problem}")))
}

/// The tokens of each sentence; a token belongs to the last sentence that starts at or before it.
fn sentences_of(sentences: &[Span], tokens: &[Span]) -> Vec<TokenSpan> {
    let mut starts: Vec<usize> =
        sentences.iter().skip(1).map(|s| tokens.partition_point(|t| t.start < s.start)).collect();
    starts.insert(0, 0);
    starts.push(tokens.len());
    starts.dedup();
    starts.windows(2).filter(|w| w[0] < w[1]).map(|w| TokenSpan::new(w[0], w[1])).collect()
}

/// The named spans that IOB2 tags describe.
fn entities_of(tokens: &[TokenRecord]) -> Vec<(TokenSpan, &str)> {
    let mut entities: Vec<(TokenSpan, &str)> = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        let (prefix, label) = token.ner.split_once('-').unwrap_or(("O", ""));
        match entities.last_mut() {
            Some((span, last)) if prefix == "I" && span.end.index() == i && *last == label => {
                span.end = TokenId::from(i + 1);
            }
            _ if prefix == "B" || prefix == "I" => entities.push((TokenSpan::new(i, i + 1), label)),
            _ => {}
        }
    }
    entities
}
