//! What the choices of pronouns look like, for learning the weights from texts in which they are marked.

use super::clusters::Clusters;
use super::{features, nominal, phrase, precise, pronoun, quote};
use crate::annotation::Annotation;
use crate::kb::Kb;
use crate::nlp::Doc;
use crate::text::Span;

/// A pronoun and what it may refer to.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The pronoun.
    pub pronoun: Span,
    /// What it may refer to.
    pub options: Vec<Choosable>,
}

/// Something that a pronoun may refer to.
#[derive(Clone, Debug)]
pub struct Choosable {
    /// The phrase, and all that are known to refer to the same; empty for nothing.
    pub mentions: Vec<Span>,
    /// Numbers of the features that hold, as indexes into [`feature_names`].
    pub features: Vec<u16>,
    /// Whether the present weights choose it.
    pub score: f64,
}

/// The names of the features by their numbers.
pub fn feature_names() -> Vec<String> {
    features::names()
}

/// The choices of all pronouns of an article whose names are linked.
pub fn choices(annotation: &Annotation, doc: &Doc, kb: &Kb) -> Vec<Choice> {
    let phrases = phrase::phrases(annotation, doc);
    let mut clusters = Clusters::new(annotation, doc, kb, phrases);
    precise::join(&mut clusters);
    nominal::join(&mut clusters);
    let mut choices = Vec::new();
    let quotes = quote::quotes(doc);
    quote::join(&mut clusters, &quotes);
    pronoun::join(&mut clusters, &quotes, |clusters, i, candidates| {
        let span = |j: usize| clusters.doc.span_of(clusters.phrases[j].tokens);
        let options = candidates.iter().map(|candidate| {
            let others = candidate.phrase.map(|j| clusters.of(j).members.iter().map(|&m| span(m)));
            let first = candidate.phrase.map(span);
            Choosable {
                mentions: first.into_iter().chain(others.into_iter().flatten()).collect(),
                features: candidate.features.clone(),
                score: features::score(&candidate.features),
            }
        });
        choices.push(Choice { pronoun: span(i), options: options.collect() });
    });
    choices
}
