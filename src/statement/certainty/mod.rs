//! How certain, whether affirmed, and in which mood a statement is presented.
//!
//! What governs a word is judged first, from the top of the sentence down, and then the clause or phrase that the word itself
//! heads, as in De Facto (Saurí & Pustejovsky 2012); the values are those of `FactBank`. What words imply is in the lexicon
//! ([`crate::lexicon::Signature`]); here stands how English puts them together. Whose words they are is no matter of this
//! module: what somebody says is as certain as they say it.

mod context;
mod own;

use crate::annotation::{Certainty, Mood, Polarity};
use crate::lexicon::{Signature, Signatures};
use crate::nlp::Token;

/// Words that are looked at above a word.
const DEPTH: usize = 12;

/// How a statement is presented.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Presented {
    pub(super) certainty: Certainty,
    pub(super) polarity: Polarity,
    pub(super) mood: Mood,
}

impl Presented {
    /// Of what is said to be neither so nor not so.
    const INTENDED: Self =
        Self { certainty: Certainty::Possible, polarity: Polarity::Affirmed, mood: Mood::Intended };

    fn is_denied(self) -> bool {
        self.polarity == Polarity::Negated
    }

    /// Something so presented within something that is presented in another way.
    fn within(self, outer: Self) -> Self {
        let differ = self.polarity != outer.polarity;
        Self {
            certainty: self.certainty.max(outer.certainty),
            polarity: if differ { Polarity::Negated } else { Polarity::Affirmed },
            mood: self.mood.max(outer.mood),
        }
    }

    /// What a word with this signature governs, where the word is presented so.
    fn governing(self, signature: &Signature) -> Self {
        if signature.is_factive() {
            return Self::default();
        }
        let (certainty, polarity) = if self.is_denied() { signature.denied } else { signature.affirmed };
        Self { certainty: certainty.max(self.certainty), polarity, mood: signature.mood.max(self.mood) }
    }
}

/// How what a word tells is presented.
pub(super) fn of(head: Token<'_>, signatures: &Signatures) -> Presented {
    Judge { signatures }.presented(head, DEPTH)
}

struct Judge<'a> {
    signatures: &'a Signatures,
}

impl Judge<'_> {
    fn presented(&self, token: Token<'_>, depth: usize) -> Presented {
        let Some(depth) = depth.checked_sub(1) else { return Presented::default() };
        self.own(token).within(self.context(token, depth))
    }
}
