//! The language pipeline: text to tokens, tags, a dependency tree, lemmas and named spans.
//!
//! A native runtime for `spaCy` v3 pipelines of convolutional networks. Knows neither articles nor RDF.

mod doc;
pub mod model;

pub use doc::{Doc, DocBuilder, EntitySpan, Label, Labels, NewToken, Pos, Token};
