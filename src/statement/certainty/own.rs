use super::{Judge, Presented};
use crate::annotation::{Certainty, Mood, Polarity};
use crate::lexicon::{Part, Signature};
use crate::nlp::Token;

/// Words after `not` that take it away from the verb: `not only`.
const SPARED: &[&str] = &["only", "just", "merely", "necessarily", "solely", "simply", "least"];

/// Pronouns that deny the clause they stand in.
const NOBODY: &[&str] = &["nobody", "none", "nothing", "neither", "no"];

impl Judge<'_> {
    /// How the clause or phrase that a word heads presents it.
    pub(super) fn own(&self, token: Token<'_>) -> Presented {
        let denied = is_denied(token);
        let polarity = if denied { Polarity::Negated } else { Polarity::Affirmed };
        let mut presented = Presented { polarity, ..Presented::default() };
        for child in token.children() {
            if let Some(signature) = self.modifier(child) {
                let (certainty, value) = if denied { signature.denied } else { signature.affirmed };
                presented.certainty = presented.certainty.max(certainty);
                presented.polarity = presented.polarity.max(value);
                presented.mood = presented.mood.max(signature.mood);
            }
            if self.is_condition(child) {
                presented.certainty = presented.certainty.max(Certainty::Probable);
                presented.mood = Mood::Conditional;
            }
        }
        if is_heading(token) {
            presented.mood = presented.mood.max(Mood::Future);
        }
        presented
    }

    /// The signature of a word that qualifies the one it belongs to: `may`, `reportedly`, `if`, `alleged`.
    fn modifier(&self, child: Token<'_>) -> Option<&Signature> {
        let find = |part, word: &str| self.signatures.of(part, word, "attributive");
        match child.dep() {
            "aux" | "auxpass" => find(Part::Auxiliary, child.norm()),
            "advmod" | "npadvmod" => find(Part::Adverb, child.norm()),
            "mark" => find(Part::Conjunction, child.norm()),
            "amod" | "nmod" | "compound" => {
                let adjective = find(Part::Adjective, child.norm());
                adjective.filter(|s| s.contents.iter().any(|c| c == "attributive"))
            }
            _ => None,
        }
    }

    /// Whether it is a clause that says under which condition: `if it fails`.
    fn is_condition(&self, child: Token<'_>) -> bool {
        let supposes = |c: Token<'_>| {
            let signature = self.signatures.of(Part::Conjunction, c.norm(), "clause");
            c.dep() == "mark" && signature.is_some_and(|s| s.mood == Mood::Conditional)
        };
        child.dep() == "advcl" && child.children().any(supposes)
    }
}

/// Whether a word is denied by `not`, `no` or a pronoun such as `nobody`.
fn is_denied(token: Token<'_>) -> bool {
    let doc = token.doc();
    let spared = |neg: Token<'_>| {
        let next = neg.id().index() + 1;
        next < doc.len() && SPARED.contains(&doc.token(next.into()).norm())
    };
    token.children().any(|child| match child.dep() {
        "neg" => !spared(child),
        "nsubj" | "nsubjpass" | "dobj" | "attr" => {
            NOBODY.contains(&child.norm()) || child.children().any(|c| c.dep() == "det" && c.norm() == "no")
        }
        _ => false,
    })
}

/// Whether it heads a headline such as `Merkel to visit Kyiv`.
fn is_heading(token: Token<'_>) -> bool {
    token.is_root() && token.tag() == "VB" && token.children().any(|c| c.dep() == "aux" && c.norm() == "to")
}
