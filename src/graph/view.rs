use oxigraph::model::NamedNode;

use super::Context;
use super::entities::{iri_of, stated};
use crate::annotation::{Annotation, EntityId, Time};
use crate::text::{CodePoints, Span};

/// What the graph of one article is made from.
pub(super) struct View<'a> {
    /// The article, and the name of its graph.
    pub(super) iri: &'a NamedNode,
    pub(super) annotation: &'a Annotation,
    pub(super) context: &'a Context,
    points: CodePoints<'a>,
    /// Whether each entity is in the graph.
    stated: Vec<bool>,
}

impl<'a> View<'a> {
    pub(super) fn new(iri: &'a NamedNode, annotation: &'a Annotation, context: &'a Context) -> Self {
        let points = CodePoints::new(&annotation.article.text);
        Self { iri, annotation, context, points, stated: stated(annotation) }
    }

    /// The IRI of an entity that is in the graph.
    pub(super) fn entity(&self, id: EntityId) -> Option<NamedNode> {
        let entity = self.annotation.entities.get(id.index())?;
        self.stated[id.index()].then(|| iri_of(entity, &self.context.base))
    }

    /// A thing of the article's own.
    pub(super) fn fragment(&self, name: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}#{name}", self.iri.as_str()))
    }

    /// A thing of the article's own, named after a passage: `#m10-14`.
    pub(super) fn at(&self, kind: char, span: Span) -> NamedNode {
        let (start, end) = self.range(span);
        self.fragment(&format!("{kind}{start}-{end}"))
    }

    /// The code points of a passage, half-open.
    pub(super) fn range(&self, span: Span) -> (usize, usize) {
        self.points.of_span(span)
    }

    /// The passage with up to `width` code points before it, and that behind it; nothing where there is none.
    pub(super) fn around(&self, span: Span, width: usize) -> [Option<&'a str>; 2] {
        let (start, end) = self.range(span);
        let before = self.points.to_span(start.saturating_sub(width), start);
        let after = self.points.to_span(end, (end + width).min(self.points.len()));
        [before, after].map(|s| s.filter(|s| !s.is_empty()).map(|s| self.quote(s)))
    }

    /// The time with an id.
    pub(super) fn time(&self, id: &str) -> Option<&'a Time> {
        self.annotation.times.iter().find(|time| time.id == id)
    }

    pub(super) fn quote(&self, span: Span) -> &'a str {
        span.of(&self.annotation.article.text)
    }

    /// Length of the text in code points.
    pub(super) fn len(&self) -> usize {
        self.points.len()
    }
}
