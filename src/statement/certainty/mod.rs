//! How certain, whether affirmed, and in which mood a statement is presented.
//!
//! What governs a word is judged first, from the top of the sentence down, and then the clause or phrase that the word itself
//! heads, as in De Facto (Saurí & Pustejovsky 2012); the values are those of `FactBank`. What words imply is in the lexicon
//! ([`crate::lexicon::Signature`]); here stands how English puts them together. Whose words they are is no matter of this
//! module: what somebody says is as certain as they say it.

mod check;
mod context;
mod own;
mod reason;

use crate::annotation::{Certainty, Mood, Polarity};
use crate::lexicon::{Signature, Signatures};
use crate::nlp::Token;

pub(super) use check::problem;
pub use reason::{Reason, Why};

/// Words that are looked at above a word.
const DEPTH: usize = 12;

/// How a statement is presented.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Presented {
    pub(super) certainty: Certainty,
    pub(super) polarity: Polarity,
    pub(super) mood: Mood,
    /// What makes it so, from the top of the sentence down; none of what is just said.
    pub(super) reasons: Vec<Reason>,
}

impl Presented {
    /// Of what is said to be neither so nor not so: an infinitive.
    fn intended(infinitive: Token<'_>) -> Self {
        Self { certainty: Certainty::Possible, mood: Mood::Intended, ..Self::default() }
            .because(infinitive, Why::Infinitive)
    }

    fn because(mut self, word: Token<'_>, why: Why) -> Self {
        self.reasons.push(Reason { word: word.id(), why });
        self
    }

    fn is_denied(&self) -> bool {
        self.polarity == Polarity::Negated
    }

    /// Something so presented within something that is presented in another way.
    fn within(self, outer: Self) -> Self {
        let differ = self.polarity != outer.polarity;
        let mut reasons = outer.reasons;
        reasons.extend(self.reasons);
        Self {
            certainty: self.certainty.max(outer.certainty),
            polarity: if differ { Polarity::Negated } else { Polarity::Affirmed },
            mood: self.mood.max(outer.mood),
            reasons,
        }
    }

    /// What a word with this signature governs, where the word is presented so.
    fn governing(self, word: Token<'_>, signature: &Signature) -> Self {
        let why = Why::Signature(signature.name.clone());
        if signature.is_factive() {
            return Self::default().because(word, why);
        }
        let (certainty, polarity) = if self.is_denied() { signature.denied } else { signature.affirmed };
        let (certainty, mood) = (certainty.max(self.certainty), signature.mood.max(self.mood));
        Self { certainty, polarity, mood, ..self }.because(word, why)
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
        let presented = self.own(token).within(self.context(token, depth));
        // `No` denies its noun and the verb of which that is an argument: `there was no agreement`.
        match token.children().find(|c| c.dep() == "det" && c.norm() == "no") {
            Some(no) => Presented { polarity: Polarity::Negated, ..presented }.because(no, Why::Negation),
            None => presented,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Lexicon, value};
    use crate::nlp::{Pipeline, Worker};
    use crate::text::Marked;

    /// How the marked word of a sentence such as `Iran failed to [CT-:attack] Iraq.` is presented, and how it should be.
    fn judged(worker: &mut Worker<'_>, marked: &str) -> (Presented, (Certainty, Polarity)) {
        let Marked { text, marks } = Marked::parse(marked, ':').unwrap();
        let (wanted, span) = &marks[0];
        let doc = worker.parse(&text);
        let head = doc.head_of(doc.tokens_in(*span)).unwrap();
        (of(head, Lexicon::builtin().signatures()), value(wanted).unwrap())
    }

    #[test]
    fn plans_conditions_and_what_is_to_come_have_their_moods() {
        let pipeline = Pipeline::embedded();
        let mut worker = pipeline.worker();
        for (marked, mood) in [
            ("Poland [CT+:bought] tanks.", Mood::Actual),
            ("Poland will [CT+:buy] tanks.", Mood::Future),
            ("Poland is going to [CT+:buy] tanks.", Mood::Future),
            ("Poland plans to [PR+:buy] tanks.", Mood::Intended),
            ("Poland borrowed money to [PS+:buy] tanks.", Mood::Intended),
            ("Turkish police on Monday launched operations to [PS+:detain] 110 soldiers.", Mood::Intended),
            ("If Poland [PS+:buys] tanks, Russia will protest.", Mood::Conditional),
            ("Did Poland [PS+:buy] tanks?", Mood::Conditional),
            ("Had Poland [PS+:bought] tanks, Russia would have protested.", Mood::Conditional),
            ("Should Poland [PS+:buy] tanks, Russia would protest.", Mood::Conditional),
            ("Valentina Tereshkova was the first woman to [CT+:travel] into space.", Mood::Actual),
            ("Merkel to [CT+:visit] Kyiv", Mood::Future),
        ] {
            let (found, wanted) = judged(&mut worker, marked);
            assert_eq!(((found.certainty, found.polarity), found.mood), (wanted, mood), "{marked}");
        }
    }

    #[test]
    fn negation_reaches_as_far_as_its_clause() {
        let pipeline = Pipeline::embedded();
        let mut worker = pipeline.worker();
        for marked in [
            "Iran did not [CT-:attack] Iraq.",
            "No country [CT-:attacked] Iraq.",
            "Iran never [CT-:attacked] Iraq.",
            "Iran no longer [CT-:attacks] Iraq.",
            "Neither Iran nor Kuwait [CT-:attacked] Iraq.",
            "Hardly any country [CT-:attacked] Iraq.",
            "Few countries [CT-:attacked] Iraq.",
            "A few countries [CT+:attacked] Iraq.",
            "Iran did not leave, but it [CT+:attacked] Iraq.",
            "Iran not only [CT+:attacked] Iraq but occupied Basra.",
            "Iran left because Iraq did not [CT-:attack] Kuwait.",
            "Iran did not say that Iraq [PS+:attacked] Kuwait.",
            "There was no [CT-:agreement] between Iran and Iraq.",
        ] {
            let (found, wanted) = judged(&mut worker, marked);
            assert_eq!((found.certainty, found.polarity), wanted, "{marked}");
        }
    }
}
