//! Sets tags, parts of speech, features and lemmas where token patterns match.

use serde::{Deserialize, Serialize};

use super::matcher::{Attr, Pattern};

/// The rules, in order: of those that match the same token the later wins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// All rules.
    pub rules: Vec<Rule>,
}

/// What is set where one of the patterns matches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Any of these.
    pub patterns: Vec<Pattern>,
    /// Attribute and new value.
    pub set: Vec<(Attr, String)>,
    /// Which token of the match; negative counts from its end.
    pub index: i32,
}
