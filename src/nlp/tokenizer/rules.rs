use serde::{Deserialize, Serialize};

/// The rules of a tokenizer. Regular expressions are in the syntax of Python's `re`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rules {
    /// Matches what is split off in front.
    pub prefix: Option<String>,
    /// Matches what is split off at the end.
    pub suffix: Option<String>,
    /// Matches separators inside.
    pub infix: Option<String>,
    /// Matches what is never split.
    pub token_match: Option<String>,
    /// Matches what is not split once prefixes and suffixes are off.
    pub url_match: Option<String>,
    /// Fixed tokens of certain strings.
    pub exceptions: Vec<Exception>,
    /// Whether exceptions are looked for over several chunks only when they hold affixes or spaces.
    pub faster_heuristics: bool,
}

/// How a certain string is always tokenized.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// The string.
    pub text: String,
    /// Form and, where it is set, norm of each token; the forms make up the string.
    pub tokens: Vec<(String, Option<String>)>,
}
