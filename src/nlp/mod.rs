//! The language pipeline: text to tokens, tags, a dependency tree, lemmas and named spans.
//!
//! A native runtime for `spaCy` v3 pipelines of convolutional networks. Knows neither articles nor RDF.

pub mod attribute_ruler;
mod bytes;
mod characters;
mod classifier;
mod doc;
mod hash_index;
pub mod lemmatizer;
pub mod lexeme;
pub mod matcher;
pub mod model;
mod ner;
mod nn;
mod parser;
mod pipeline;
mod python_re;
mod strings;
mod tok2vec;
pub mod tokenizer;

pub use doc::{Doc, DocBuilder, EntitySpan, Label, Labels, NewToken, Pos, Token};
pub use pipeline::{Pipeline, Text, Worker};
pub use strings::{hash64, string_id, symbol_name};
