//! News in, linked and cited knowledge out.
//!
//! Data flows one way: [`source`] reads articles, [`nlp`] parses them.

pub mod nlp;
pub mod source;
pub mod text;
