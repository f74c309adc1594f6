use oxigraph::model::NamedNode;

use super::quads::{Quads, count};
use super::view::View;
use super::vocab::{oa, td};
use crate::text::Span;

/// Characters of context in the quote of a few words, on each side.
const CONTEXT: usize = 32;

/// States where a few words stand: their quote with some context, and their position in code points. One node does for
/// both, since both select the same passage.
pub(super) fn add_words(quads: &mut Quads, view: &View<'_>, span: Span) -> NamedNode {
    let [before, after] = view.around(span, CONTEXT);
    add_selector(quads, view, span, before, after)
}

/// States a sentence or more as a passage of its own. It needs no context: its quote is long enough to be found.
pub(super) fn add_passage(quads: &mut Quads, view: &View<'_>, span: Span) -> NamedNode {
    let passage = view.at('p', span);
    quads.add_type(&passage, td::PASSAGE);
    quads.add(&passage, oa::HAS_SOURCE, view.iri.clone());
    let selector = add_selector(quads, view, span, None, None);
    quads.add(&passage, oa::HAS_SELECTOR, selector);
    passage
}

fn add_selector(
    quads: &mut Quads,
    view: &View<'_>,
    span: Span,
    before: Option<&str>,
    after: Option<&str>,
) -> NamedNode {
    let selector = view.at('q', span);
    let (start, end) = view.range(span);
    quads.add_type(&selector, oa::TEXT_QUOTE_SELECTOR);
    quads.add_type(&selector, oa::TEXT_POSITION_SELECTOR);
    quads.add_text(&selector, oa::PREFIX, before);
    quads.add_text(&selector, oa::EXACT, Some(view.quote(span)));
    quads.add_text(&selector, oa::SUFFIX, after);
    quads.add(&selector, oa::START, count(start));
    quads.add(&selector, oa::END, count(end));
    selector
}

/// The sentence in which a passage begins, or the passage where none is known.
pub(super) fn sentence(view: &View<'_>, span: Span) -> Span {
    let sentences = &view.annotation.sentences;
    let after = sentences.partition_point(|sentence| sentence.start <= span.start);
    let found = after.checked_sub(1).map(|i| sentences[i]);
    found.filter(|sentence| sentence.contains(span)).unwrap_or(span)
}
