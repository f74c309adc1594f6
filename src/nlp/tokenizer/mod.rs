//! Text to tokens, by rules: exceptions, and regular expressions for prefixes, suffixes, infixes and URLs.

mod rules;

pub use rules::{Exception, Rules};
