//! Form, part of speech and features to the lemma.

mod tables;

pub use tables::{Mode, PosTables, Tables, WordMap, WordSet};
