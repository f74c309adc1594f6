use std::collections::HashSet;

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad, Term, Triple};

use super::vocab::{rdf, xsd};

/// Gathers the quads of one graph in the order in which they are stated, each once.
pub(super) struct Quads {
    graph: NamedNode,
    stated: Vec<Quad>,
    seen: HashSet<Triple>,
}

impl Quads {
    pub(super) fn new(graph: NamedNode) -> Self {
        Self { graph, stated: Vec::new(), seen: HashSet::new() }
    }

    pub(super) fn add<'p>(
        &mut self,
        subject: &NamedNode,
        predicate: impl Into<NamedNodeRef<'p>>,
        object: impl Into<Term>,
    ) {
        self.add_triple(Triple::new(subject.clone(), predicate.into().into_owned(), object));
    }

    /// Whether it was not there before.
    pub(super) fn add_triple(&mut self, triple: Triple) -> bool {
        let is_new = self.seen.insert(triple.clone());
        if is_new {
            self.stated.push(triple.in_graph(self.graph.clone()));
        }
        is_new
    }

    pub(super) fn add_type(&mut self, subject: &NamedNode, class: impl Into<NamedNode>) {
        self.add(subject, rdf::TYPE, class.into());
    }

    pub(super) fn add_text<'p>(
        &mut self,
        subject: &NamedNode,
        predicate: impl Into<NamedNodeRef<'p>>,
        text: Option<&str>,
    ) {
        if let Some(text) = text {
            self.add(subject, predicate, Literal::new_simple_literal(text));
        }
    }

    pub(super) fn finish(self) -> Vec<Quad> {
        self.stated
    }
}

/// A whole number.
pub(super) fn count(number: usize) -> Literal {
    Literal::new_typed_literal(number.to_string(), xsd::INTEGER)
}

/// A number with the given number of digits behind the point, without zeros at the end.
pub(super) fn decimal(number: f64, digits: usize) -> Literal {
    let text = format!("{number:.digits$}");
    let text = match text.trim_end_matches('0') {
        whole if whole.ends_with('.') => format!("{whole}0"),
        trimmed => trimmed.to_owned(),
    };
    Literal::new_typed_literal(text, xsd::DECIMAL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_short_and_keep_a_point() {
        let text = |n| decimal(n, 4).value().to_owned();
        assert_eq!([text(40.4447), text(40.5), text(-3.0), text(0.0)], ["40.4447", "40.5", "-3.0", "0.0"]);
    }
}
