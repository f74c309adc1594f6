#![doc = include_str!("../README.md")]

pub mod annotation;
pub mod attribution;
pub mod coref;
pub mod export;
pub mod extract;
pub mod graph;
mod index;
pub mod kb;
pub mod lexicon;
pub mod link;
pub mod nlp;
pub mod ontology;
pub mod pipeline;
pub mod predicate;
#[cfg(feature = "serve")]
pub mod serve;
pub mod source;
pub mod statement;
pub mod store;
pub mod text;
pub mod time;
