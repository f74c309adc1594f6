//! From what was read in an article to RDF: naming of IRIs, the ontology's terms, provenance.
//!
//! The graph of an article is a function of the article, the annotation and the base IRI alone: no clock, no random
//! names, no order that depends on threads. All quads of an article lie in its own named graph.

mod base;
mod identity;
pub mod vocab;

pub use base::{Base, InvalidBase};
pub use identity::{article_iri, content_digest};

use oxigraph::model::{NamedNode, Quad};

/// All that is stated about one article, in its named graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleGraph {
    /// The article, and at the same time the name of its graph.
    pub iri: NamedNode,
    /// [`content_digest`] of the article.
    pub digest: String,
    /// The statements, in a fixed order, each once.
    pub quads: Vec<Quad>,
}
