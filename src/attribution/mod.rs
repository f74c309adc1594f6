//! Who says what: the words of an article that are not its own.
//!
//! Takes an [`Annotation`] with its mentions and entities, the parsed [`Doc`] and the [`Lexicon`]'s cues, and adds
//! [`Attribution`]s: a source, a cue and a content each (after `PolNeAR`, Newell et al. 2018, and the Penn Attribution Relations
//! Corpus, Pareti 2016).
//!
//! 1. Verbs, nouns, adjectives and prepositions that the lexicon knows as cues, with the phrases that grammar says are their
//!    source and content.
//! 2. Direct speech: quotes with their speakers, joined to the cue that brings them.
//! 3. Speech without quotation marks: the turns of an interview, paragraphs that somebody signs.
//! 4. Sources that are no entity yet (`Israeli analysts`, `a poll`) become one of the article's own.
//!
//! An attribution whose cue stands in the content of another is nested in it.

mod check;
mod content;
mod cue;
mod said;
mod source;
mod speech;
mod transcript;

use smol_str::{SmolStr, format_smolstr};

use crate::annotation::{Annotation, Attribution};
use crate::lexicon::Lexicon;
use crate::nlp::{Doc, Pos};
use crate::predicate::Predicates;
use crate::text::{Span, TokenSpan};
use said::Said;

pub(crate) use check::problem;

/// Stances of those who say something, rather than think or want it.
const VERBAL: &[&str] = &[
    "td:Says",
    "td:Reports",
    "td:Claims",
    "td:Accuses",
    "td:Denies",
    "td:Confirms",
    "td:Warns",
    "td:Promises",
    "td:Demands",
];

/// Finds who says what in an article, and adds it to the annotation.
pub fn add(annotation: &mut Annotation, doc: &Doc, predicates: &Predicates, lexicon: &Lexicon) {
    let mut said = cue::said(doc, predicates, lexicon);
    speech::add(&mut said, doc, lexicon);
    transcript::add(&mut said, doc, annotation, lexicon);
    said.retain(|said| !said.is_own_hedge(doc) && !said.is_slight(doc) && !is_nobodys(said, doc));
    said.retain(|said| {
        said.is_evidence(doc) || said.source.is_none_or(|id| source::has_will(annotation, doc.token(id)))
    });
    leave_out_nested_attitudes(&mut said, doc);
    said.sort_by_key(|said| (said.cue.start, said.cue.end));
    let mut attributions: Vec<Attribution> = Vec::with_capacity(said.len());
    for said in &said {
        let number = attributions.len() + 1;
        attributions.push(attribution(annotation, doc, said, number));
    }
    annotation.sort_mentions();
    nest(&mut attributions);
    annotation.attributions = attributions;
}

/// Whether it is an attitude without anybody who has it, to a thing rather than to what is so: `the defense of human life`.
fn is_nobodys(said: &Said<'_>, doc: &Doc) -> bool {
    let is_noun = doc.token(said.head).pos() == Pos::Noun;
    is_noun && said.source.is_none() && !VERBAL.contains(&said.stance.as_str()) && !said.has_clause(doc)
}

/// Leaves out what somebody is said to want or to think by somebody else: those are the other's words, and enough is known of
/// them by that. What somebody is said to have said stays, and so does what the content as a whole stands for: `approved
/// Poland's plan to leave`.
fn leave_out_nested_attitudes(said: &mut Vec<Said<'_>>, doc: &Doc) {
    let within = |inner: &Said<'_>, outer: &Said<'_>| {
        let is_whole = |&piece: &TokenSpan| doc.head_of(piece).is_some_and(|head| head.id() == inner.head);
        let is_noun = doc.token(inner.head).pos() == Pos::Noun;
        outer.covers(inner.head) && !(is_noun && outer.pieces.iter().any(is_whole))
    };
    let attitude = |inner: &Said<'_>| !VERBAL.contains(&inner.stance.as_str());
    let nested: Vec<bool> =
        said.iter().map(|inner| attitude(inner) && said.iter().any(|outer| within(inner, outer))).collect();
    let mut nested = nested.into_iter();
    said.retain(|_| !nested.next().expect("one for each"));
}

fn attribution(annotation: &mut Annotation, doc: &Doc, said: &Said<'_>, number: usize) -> Attribution {
    let mut pieces: Vec<Span> = said.pieces.iter().map(|&piece| doc.span_of(piece)).collect();
    let content = pieces.iter().copied().reduce(Span::cover).expect("a content has a piece");
    if pieces.len() == 1 {
        pieces.clear();
    }
    Attribution {
        id: format_smolstr!("a{number}"),
        source: said.source.map(|head| source::of(annotation, doc.token(head), said.entity)),
        cue: doc.span_of(said.cue),
        content,
        pieces,
        stance: stance(said, doc),
        parent: None,
    }
}

/// What a source does by its cue: who does not deny something leaves it open.
fn stance(said: &Said<'_>, doc: &Doc) -> SmolStr {
    let is_denied = doc.token(said.head).children().any(|c| c.dep() == "neg");
    if is_denied && said.stance == "td:Denies" { "td:Doubts".into() } else { said.stance.clone() }
}

/// Names the parent of each attribution that stands in another's content: the innermost.
fn nest(attributions: &mut [Attribution]) {
    for i in 0..attributions.len() {
        let cue = attributions[i].cue;
        let size = attributions[i].content.len();
        let around = (0..attributions.len())
            .filter(|&j| j != i && attributions[j].covers(cue) && attributions[j].content.len() > size);
        let parent = around.min_by_key(|&j| attributions[j].content.len());
        attributions[i].parent = parent.map(|j| attributions[j].id.clone());
    }
}

#[cfg(test)]
mod tests;
