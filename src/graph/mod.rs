//! From what was found in an article to RDF: naming of IRIs, the ontology's terms, provenance.
//!
//! The graph of an article is a function of the article, the annotation and the [`Context`] alone: no clock, no random
//! names, no blank nodes, no order that depends on threads. All quads of an article lie in its own named graph:
//!
//! - the article: headline, date, address, digest, and the entities that it mentions;
//! - each entity: class, label, the names that the article uses, links, coordinates, country;
//! - each mention: the entity, a quote with its context, and the position in code points;
//! - the reading: program, pipeline and knowledge base that all this comes from.
//!
//! The text itself is not in the graph unless asked for: quotes and the digest of the content tie every statement to
//! the article, and a graph without whole texts may be passed on where the texts may not.

mod article;
mod base;
mod entities;
mod identity;
mod local;
mod quads;
pub mod vocab;

pub use base::{Base, InvalidBase};
pub use entities::name_entities;
pub use identity::{article_iri, content_digest};

use oxigraph::model::{NamedNode, Quad};

use crate::annotation::Annotation;
use crate::kb::Kb;

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

/// What the graphs of all articles of a run have in common.
#[derive(Clone)]
pub struct Context {
    /// What minted IRIs start with.
    pub base: Base,
    /// The knowledge base: coordinates and countries are taken from it.
    pub kb: Kb,
    /// Digest of the language pipeline; none if the annotation comes from elsewhere.
    pub pipeline_digest: Option<String>,
    /// Whether the text of the article is in the graph (`schema:articleBody`).
    pub keep_text: bool,
}

impl ArticleGraph {
    /// Writes what was found in an article as RDF. Entities without an IRI are to be named before
    /// ([`name_entities`]).
    pub fn of(annotation: &Annotation, context: &Context) -> Self {
        let iri = article_iri(&annotation.article, &context.base);
        let mut quads = quads::Quads::new(iri.clone());
        article::add_article(&mut quads, &iri, annotation, context);
        entities::add_entities(&mut quads, annotation, context);
        article::add_mentions(&mut quads, &iri, annotation, context);
        article::add_reading(&mut quads, &iri, context);
        Self { iri, digest: content_digest(&annotation.article), quads: quads.finish() }
    }
}
