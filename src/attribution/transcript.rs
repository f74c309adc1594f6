use super::said::{Said, tidy};
use crate::annotation::{Annotation, Class, EntityId, Kind};
use crate::lexicon::{Lexicon, Part};
use crate::nlp::{Doc, Pos, Token};
use crate::text::{TokenId, TokenSpan};

/// Paragraphs back in which a quote that is signed at its end begins.
const FAR: usize = 6;

/// Tokens of the longest signature: `– Judge Jane Doe, "Decision and Order"`.
const SIGNATURE: usize = 20;

/// Adds what stands without quotation marks under the name of its speaker: the turns of an interview (`Doe: We left.`, `JD We
/// left.`), and paragraphs that are signed (`– Jane Doe`).
pub(super) fn add<'a>(said: &mut Vec<Said<'a>>, doc: &Doc, annotation: &Annotation, lexicon: &'a Lexicon) {
    let Some(cue) = lexicon.cues().of(Part::Verb, "say").next() else { return };
    let paragraphs = paragraphs(doc);
    let mut add = |label: TokenSpan, source: TokenId, entity: Option<EntityId>, content: TokenSpan| {
        let pieces = tidy(doc, vec![content]);
        if !pieces.is_empty() && !said.iter().any(|s| s.head == source) {
            let said_so =
                Said { cue: label, head: source, source: Some(source), entity, pieces, stance: &cue.stance };
            said.push(said_so);
        }
    };
    for (i, &paragraph) in paragraphs.iter().enumerate() {
        if let Some((label, source, entity)) = label(doc, annotation, paragraph) {
            add(label, source, entity, TokenSpan { start: label.end, end: paragraph.end });
        }
        if let Some(source) = signature(doc, annotation, paragraph)
            && let Some(content) = signed(doc, &paragraphs[..i])
        {
            add(paragraph, source, None, content);
        }
    }
}

/// The stretches of a document between line breaks.
fn paragraphs(doc: &Doc) -> Vec<TokenSpan> {
    let mut found = Vec::new();
    let mut start = 0;
    for token in doc.tokens().filter(|t| t.pos() == Pos::Space && t.text().contains('\n')) {
        found.push(TokenSpan::new(start, token.id().index()));
        start = token.id().index() + 1;
    }
    found.push(TokenSpan::new(start, doc.len()));
    found.retain(|paragraph| !paragraph.is_empty());
    found
}

fn is_person(annotation: &Annotation, entity: EntityId) -> bool {
    let class = Class::from_name(&annotation.entities[entity.index()].class);
    class.is_some_and(|class| class.kind() == Kind::Person)
}

/// The label of a turn of speech, with its speaker: a person's name and a colon, or their initials.
fn label(
    doc: &Doc,
    annotation: &Annotation,
    paragraph: TokenSpan,
) -> Option<(TokenSpan, TokenId, Option<EntityId>)> {
    let mut words = doc.tokens_of(paragraph);
    let first = words.next()?;
    let start = first.span().start;
    let at = annotation.mentions.partition_point(|m| m.span.start < start);
    let here = annotation.mentions[at..].iter().take_while(|m| m.span.start == start);
    for mention in here.filter(|m| m.entity.is_some_and(|e| is_person(annotation, e))) {
        let name = doc.tokens_in(mention.span);
        let colon = name.end.index() < paragraph.end.index() && doc.token(name.end).text() == ":";
        if let Some(head) = doc.head_of(name).filter(|_| colon) {
            let label = TokenSpan { start: name.start, end: TokenId(name.end.0 + 1) };
            return Some((label, head.id(), mention.entity));
        }
    }
    let letters = first.text();
    let are_initials = (2..=3).contains(&letters.len()) && letters.chars().all(char::is_uppercase);
    let begins =
        words.next().is_some_and(|next| next.text().starts_with(char::is_uppercase) || next.text() == ":");
    if !are_initials || !begins {
        return None;
    }
    let mut ids = (0..annotation.entities.len()).map(EntityId::from);
    let fits = |id: &EntityId| {
        let name = &annotation.entities[id.index()].label;
        is_person(annotation, *id) && name.split(' ').filter_map(|w| w.chars().next()).eq(letters.chars())
    };
    let speaker = ids.find(fits);
    speaker.map(|speaker| {
        (TokenSpan::new(first.id().index(), first.id().index() + 1), first.id(), Some(speaker))
    })
}

fn is_dash(token: Token<'_>) -> bool {
    matches!(token.text(), "–" | "—" | "―" | "--")
}

/// The person who signs what stands above: `– Jane Doe`.
fn signature(doc: &Doc, annotation: &Annotation, paragraph: TokenSpan) -> Option<TokenId> {
    let first = doc.tokens_of(paragraph).find(|t| t.pos() != Pos::Space)?;
    let is_sentence = doc.tokens_of(paragraph).any(|t| matches!(t.tag(), "VBD" | "VBZ" | "VBP" | "MD"));
    if !is_dash(first) || paragraph.len() > SIGNATURE || is_sentence {
        return None;
    }
    let span = doc.span_of(paragraph);
    let at = annotation.mentions.partition_point(|m| m.span.start < span.start);
    let within = annotation.mentions[at..].iter().take_while(|m| m.span.end <= span.end);
    let person = within.filter(|m| m.entity.is_some_and(|e| is_person(annotation, e))).last()?;
    Some(doc.head_of(doc.tokens_in(person.span))?.id())
}

/// What is signed: the paragraphs since the one that announces them with a colon, or else the last.
fn signed(doc: &Doc, above: &[TokenSpan]) -> Option<TokenSpan> {
    let last = *above.last()?;
    let ends_with_colon = |paragraph: &&TokenSpan| {
        doc.tokens_of(**paragraph).rev().find(|t| t.pos() != Pos::Space).is_some_and(|t| t.text() == ":")
    };
    let near = &above[above.len().saturating_sub(FAR)..];
    let announced = near.iter().rev().find(ends_with_colon).map(|paragraph| paragraph.end);
    Some(TokenSpan { start: announced.unwrap_or(last.start), end: last.end })
}
