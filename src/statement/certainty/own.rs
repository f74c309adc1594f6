use super::{Judge, Presented, Why};
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
        let negation = negation(token);
        let denied = negation.is_some();
        let mut presented = Presented::default();
        if let Some(negation) = negation {
            presented =
                Presented { polarity: Polarity::Negated, ..presented }.because(negation, Why::Negation);
        }
        for child in token.children() {
            if let Some(signature) = self.modifier(child) {
                let (certainty, value) = if denied { signature.denied } else { signature.affirmed };
                presented.certainty = presented.certainty.max(certainty);
                presented.polarity = presented.polarity.max(value);
                presented.mood = presented.mood.max(signature.mood);
                presented = presented.because(child, Why::Signature(signature.name.clone()));
            }
            if let Some(conjunction) = self.condition(child).or_else(|| inverted(child)) {
                presented.certainty = presented.certainty.max(Certainty::Probable);
                presented.mood = Mood::Conditional;
                presented = presented.because(conjunction, Why::Condition);
            }
        }
        if let Some((word, signature)) = inverted(token)
            .and_then(|word| Some((word, self.signatures.of(Part::Conjunction, "if", "attributive")?)))
        {
            presented.certainty = presented.certainty.max(signature.affirmed.0);
            presented.mood = presented.mood.max(signature.mood);
            presented = presented.because(word, Why::Condition);
        }
        if is_heading(token) {
            presented.mood = presented.mood.max(Mood::Future);
            presented = presented.because(token, Why::Heading);
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

    /// The conjunction of a clause that says under which condition: `if it fails`.
    fn condition<'d>(&self, child: Token<'d>) -> Option<Token<'d>> {
        let supposes = |c: &Token<'_>| {
            let signature = self.signatures.of(Part::Conjunction, c.norm(), "clause");
            c.dep() == "mark" && signature.is_some_and(|s| s.mood == Mood::Conditional)
        };
        child.children().find(supposes).filter(|_| child.dep() == "advcl")
    }
}

/// Adverbs that deny nearly as `no` does: `hardly any country`.
const HARDLY: &[&str] = &["barely", "hardly", "scarcely"];

/// Auxiliaries that stand before their subject in a condition: `had it failed`.
const INVERTED: &[&str] = &["had", "should", "were"];

/// The word before the subject that makes a clause a condition: `had it failed`, `should it fail`.
fn inverted(clause: Token<'_>) -> Option<Token<'_>> {
    let subject = clause.children().find(|c| matches!(c.dep(), "nsubj" | "nsubjpass"))?;
    let first = clause.children().find(|c| matches!(c.dep(), "aux" | "auxpass" | "mark")).unwrap_or(clause);
    let is_condition =
        clause.dep() == "advcl" && first.id() < subject.id() && INVERTED.contains(&first.norm());
    is_condition.then_some(first)
}

/// The word that denies another: `not`, `no`, `no longer`, or a pronoun such as `nobody`.
fn negation(token: Token<'_>) -> Option<Token<'_>> {
    let doc = token.doc();
    let spared = |neg: Token<'_>| {
        let next = neg.id().index() + 1;
        next < doc.len() && SPARED.contains(&doc.token(next.into()).norm())
    };
    token.children().find_map(|child| match child.dep() {
        "neg" => Some(child).filter(|&neg| !spared(neg)),
        "preconj" if child.norm() == "neither" => Some(child),
        "advmod" if child.norm() == "longer" => child.children().find(|c| c.norm() == "no"),
        "nsubj" | "nsubjpass" | "dobj" | "attr" if NOBODY.contains(&child.norm()) => Some(child),
        "nsubj" | "nsubjpass" | "dobj" | "attr" => denied(child),
        _ => None,
    })
}

/// The word by which a phrase stands for nobody or nearly nobody: `no country`, `neither Iran nor Iraq`, `hardly any country`, `few
/// countries`, not `a few countries`.
fn denied(noun: Token<'_>) -> Option<Token<'_>> {
    let is_hardly = |c: &Token<'_>| HARDLY.contains(&c.norm());
    noun.children().find_map(|child| match (child.dep(), child.norm()) {
        ("det", "no") | ("preconj" | "cc", "neither") => Some(child),
        ("amod", "few") if noun.children().all(|c| c.dep() != "det") => Some(child),
        ("det", _) => child.children().find(is_hardly),
        ("advmod", _) => Some(child).filter(is_hardly),
        _ => None,
    })
}

/// Whether it heads a headline such as `Merkel to visit Kyiv`.
fn is_heading(token: Token<'_>) -> bool {
    token.is_root() && token.tag() == "VB" && token.children().any(|c| c.dep() == "aux" && c.norm() == "to")
}
