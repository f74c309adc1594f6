#![doc = include_str!("../README.md")]

pub mod annotation;
pub mod coref;
pub mod export;
pub mod extract;
pub mod graph;
pub mod kb;
pub mod link;
pub mod nlp;
pub mod pipeline;
#[cfg(feature = "serve")]
pub mod serve;
pub mod source;
pub mod store;
pub mod text;
