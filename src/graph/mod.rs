//! From what was found in an article to RDF: naming of IRIs, the ontology's terms, provenance.
//!
//! The graph of an article is a function of the article, the annotation and the [`Context`] alone: no clock, no random
//! names, no blank nodes, no order that depends on threads. All quads of an article lie in its own named graph:
//!
//! - the article: headline, date, address, digest, and the entities that it mentions;
//! - each entity: class, label, the names that the article uses, links, coordinates, country;
//! - each statement: what holds, as reified triple, with how the article presents it and the sentences that say it; and
//!   the plain triple, if the article itself asserts it, with what follows from that by the ontology;
//! - each event: its class, who takes part, where, how the article presents it and in which sentences;
//! - each open statement, if there are any: what is done in words that the ontology has no term for;
//! - each attribution: who says something, in which stance, and the words;
//! - each mention: the entity, a quote with its context, and the position in code points;
//! - the reading: program, pipeline and knowledge base that all this comes from.
//!
//! The text itself is not in the graph unless asked for: quotes and the digest of the content tie every statement to
//! the article, and a graph without whole texts may be passed on where the texts may not.

mod article;
mod attributions;
mod axioms;
mod base;
mod entities;
mod events;
mod identity;
mod local;
mod modality;
mod open;
mod passages;
mod quads;
mod reified;
mod statements;
mod times;
mod view;
pub mod vocab;

pub use axioms::Axioms;
pub use base::{Base, InvalidBase};
pub use entities::name_entities;
pub use identity::{article_iri, content_digest};
pub use modality::ASSERTED;
pub use reified::{to_rdf11, to_rdf12};

use std::sync::Arc;

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
    /// Digest of a user's vocabulary, where there is one.
    pub ontology_digest: Option<String>,
    /// What follows from what by a user's vocabulary and the built-in one; the latter alone without it.
    pub axioms: Option<Arc<Axioms>>,
    /// Whether open statements are looked for.
    pub open_statements: bool,
    /// Whether the text of the article is in the graph (`schema:articleBody`).
    pub keep_text: bool,
    /// Whether statements are written in the form of RDF 1.2, with triple terms.
    pub rdf12: bool,
}

impl Default for Context {
    /// The built-in knowledge base and the default base, without the text, in the form of RDF 1.1.
    fn default() -> Self {
        Self {
            base: Base::default(),
            kb: Kb::builtin().clone(),
            pipeline_digest: None,
            ontology_digest: None,
            axioms: None,
            open_statements: false,
            keep_text: false,
            rdf12: false,
        }
    }
}

impl Context {
    pub(crate) fn axioms(&self) -> &Axioms {
        self.axioms.as_deref().unwrap_or(Axioms::builtin())
    }
}

impl ArticleGraph {
    /// Writes what was found in an article as RDF. Entities without an IRI are to be named before
    /// ([`name_entities`]).
    pub fn of(annotation: &Annotation, context: &Context) -> Self {
        let iri = article_iri(&annotation.article, &context.base);
        let mut quads = quads::Quads::new(iri.clone());
        let view = view::View::new(&iri, annotation, context);
        article::add_article(&mut quads, &view);
        entities::add_entities(&mut quads, &view);
        let attributions = attributions::Attributions::new(&view);
        statements::add_statements(&mut quads, &view, &attributions);
        events::add_events(&mut quads, &view, &attributions);
        open::add_open(&mut quads, &view, &attributions);
        attributions.add(&mut quads, &view);
        article::add_mentions(&mut quads, &view);
        article::add_reading(&mut quads, &view);
        let quads = quads.finish();
        let quads = if context.rdf12 { to_rdf12(quads) } else { quads };
        Self { iri, digest: content_digest(&annotation.article), quads }
    }
}

#[cfg(test)]
mod tests;
