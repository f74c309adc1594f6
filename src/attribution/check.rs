use super::add;
use crate::annotation::{Annotation, Attribution};
use crate::lexicon::{Cue, Lexicon};
use crate::nlp::Worker;
use crate::predicate::Predicates;
use crate::text::{Marked, Span};

/// What is not as it should be in an example of a cue, whose `source` and `content` are marked.
pub(crate) fn problem(
    cue: &Cue,
    example: &Marked,
    lexicon: &Lexicon,
    worker: &mut Worker<'_>,
) -> Option<String> {
    if let Some((name, _)) =
        example.marks.iter().find(|(name, _)| !matches!(name.as_str(), "source" | "content"))
    {
        return Some(format!("`{name}` is no part of an attribution; these are `source` and `content`"));
    }
    let doc = worker.parse(&example.text);
    let mut annotation = Annotation::default();
    annotation.article.text.clone_from(&example.text);
    add(&mut annotation, &doc, &Predicates::of(&doc), lexicon);
    let stands = |a: &Attribution, (name, span): &(String, Span)| match name.as_str() {
        "source" => a.source.is_some_and(|source| source.span.overlaps(*span)),
        // Without the stop or quotation mark that may end it.
        _ => a.covers(Span { start: span.start + 1, end: span.end - 1 }),
    };
    let is_right =
        |a: &Attribution| a.stance == cue.stance && example.marks.iter().all(|mark| stands(a, mark));
    if annotation.attributions.iter().any(is_right) {
        return None;
    }
    let told = |a: &Attribution| {
        let source = a.source.map_or("nobody", |source| source.span.of(&example.text));
        format!("{} of {source}: {}", a.stance, a.content.of(&example.text))
    };
    let found: Vec<String> = annotation.attributions.iter().map(told).collect();
    Some(format!("does not give its source and content as marked; found {found:?}"))
}
