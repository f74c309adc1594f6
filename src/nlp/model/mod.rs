//! What a pipeline is made of, as data: weights, labels, rules and tables.
//!
//! One representation for all sources: a folder or wheel that `spaCy` wrote, and our own compact file.
//! The runtime (`nlp::pipeline`) reads only this.

mod weights;

pub use weights::{
    Classifier, Embedding, HashTable, Linear, Lower, MaxoutLayer, MultiHashEmbed, Tok2Vec, TokenAttr,
    TransitionModel,
};
