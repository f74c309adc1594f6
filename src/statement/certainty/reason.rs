use smol_str::SmolStr;

use crate::text::TokenId;

/// A word that makes a statement less than a plain fact, or a certain one in spite of what stands around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The word.
    pub word: TokenId,
    /// What it does.
    pub why: Why,
}

/// What a word does to the statement that it governs or belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It denies it: `not`, `no`, `nobody`.
    Negation,
    /// It has this signature in the lexicon, by its local name: `failSignature`.
    Signature(SmolStr),
    /// It says on which condition: `if`.
    Condition,
    /// It asks: the question mark.
    Question,
    /// An infinitive that nothing says the outcome of: `to contain`.
    Infinitive,
    /// An infinitive in a headline: `Merkel to visit Kyiv`.
    Heading,
    /// What was not said is open: `did not say that`.
    NotSaid,
}

impl Why {
    /// What it does, in words.
    pub fn describe(&self) -> &'static str {
        match self {
            Self::Negation => "denies it",
            Self::Signature(_) => "implies it by a signature",
            Self::Condition => "says on which condition",
            Self::Question => "asks",
            Self::Infinitive => "infinitive: meant, with no word on the outcome",
            Self::Heading => "infinitive in a headline: to come",
            Self::NotSaid => "not said, so it is open",
        }
    }
}
