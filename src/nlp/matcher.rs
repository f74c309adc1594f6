//! Token patterns: what they are made of.

use serde::{Deserialize, Serialize};

/// What a pattern looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[allow(missing_docs, reason = "the names are those of spaCy's matcher")]
pub enum Attr {
    Orth,
    Lower,
    Norm,
    Shape,
    Prefix,
    Suffix,
    Tag,
    Pos,
    Morph,
    Lemma,
    Dep,
    EntType,
    IsSpace,
    IsAlpha,
    IsAscii,
    IsDigit,
    IsLower,
    IsUpper,
    IsTitle,
    IsPunct,
    Spacy,
    SentStart,
}

/// A condition on one attribute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Check {
    /// Equal to this.
    Is(String),
    /// True or false.
    Flag(bool),
    /// One of these.
    In(Vec<String>),
    /// None of these.
    NotIn(Vec<String>),
    /// The regular expression (Python's syntax) matches somewhere.
    Regex(String),
    /// All features of the token are among these.
    IsSubset(Vec<String>),
    /// The token has all of these features.
    IsSuperset(Vec<String>),
    /// The token has at least one of these features.
    Intersects(Vec<String>),
}

/// One element of a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenPattern {
    /// All must hold; none: any token.
    pub checks: Vec<(Attr, Check)>,
    /// Whether the token must not fulfil them.
    pub negated: bool,
    /// Fewest repetitions.
    pub min: u32,
    /// Most repetitions, if there is a limit.
    pub max: Option<u32>,
}

/// A sequence of tokens.
pub type Pattern = Vec<TokenPattern>;

impl TokenPattern {
    /// Reads the operator of an element: `1`, `!`, `?`, `*`, `+`, `{n}`, `{n,m}`, `{n,}`, `{,m}`.
    pub(crate) fn repeat(operator: &str) -> Option<(bool, u32, Option<u32>)> {
        Some(match operator {
            "1" => (false, 1, Some(1)),
            "!" => (true, 1, Some(1)),
            "?" => (false, 0, Some(1)),
            "*" => (false, 0, None),
            "+" => (false, 1, None),
            _ => {
                let inner = operator.strip_prefix('{')?.strip_suffix('}')?;
                let (low, high) = inner.split_once(',').unwrap_or((inner, inner));
                let min = if low.is_empty() { 0 } else { low.parse().ok()? };
                let max = if high.is_empty() { None } else { Some(high.parse().ok()?) };
                if max.is_some_and(|max| max < min) || inner == "," || inner.is_empty() {
                    return None;
                }
                (false, min, max)
            }
        })
    }
}
