//! How an article presents what it says: how certain, whether affirmed, and in whose words.

use oxigraph::model::{Literal, NamedNode, NamedNodeRef};

use super::attributions::Chain;
use super::quads::{Quads, decimal};
use super::vocab::td;
use crate::annotation::{Certainty, Mood, Polarity};

/// Least confidence of a statement that is asserted: it is more likely right than wrong.
pub const ASSERTED: f64 = 0.5;

/// How a relation or an event is presented.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Modality {
    pub(super) said: Chain,
    pub(super) polarity: Polarity,
    pub(super) certainty: Certainty,
    pub(super) mood: Mood,
}

impl Modality {
    /// Whether the article itself says that it is so.
    pub(super) fn is_asserted(&self, confidence: f64) -> bool {
        let Self { certainty, polarity, mood, said } = self;
        *certainty == Certainty::Certain
            && *polarity == Polarity::Affirmed
            && *mood == Mood::Actual
            && said.is_empty()
            && written(confidence).value().parse().is_ok_and(|confidence: f64| confidence >= ASSERTED)
    }

    pub(super) fn add(&self, quads: &mut Quads, of: &NamedNode, confidence: f64) {
        quads.add(of, td::CONFIDENCE, written(confidence));
        self.add_presented(quads, of);
    }

    /// States it of what the program has no confidence for.
    pub(super) fn add_presented(&self, quads: &mut Quads, of: &NamedNode) {
        quads.add(of, td::HAS_CERTAINTY, certainty(self.certainty).into_owned());
        quads.add(of, td::HAS_POLARITY, polarity(self.polarity).into_owned());
        if let Some(mood) = mood(self.mood) {
            quads.add(of, td::HAS_MOOD, mood.into_owned());
        }
    }
}

/// A confidence as the graph has it: what is decided by it can be decided by the graph alone.
fn written(confidence: f64) -> Literal {
    decimal(confidence, 2)
}

fn certainty(certainty: Certainty) -> NamedNodeRef<'static> {
    match certainty {
        Certainty::Certain => td::CERTAIN,
        Certainty::Probable => td::PROBABLE,
        Certainty::Possible => td::POSSIBLE,
    }
}

fn polarity(polarity: Polarity) -> NamedNodeRef<'static> {
    match polarity {
        Polarity::Affirmed => td::AFFIRMED,
        Polarity::Negated => td::NEGATED,
    }
}

/// Nothing for what is or was.
fn mood(mood: Mood) -> Option<NamedNodeRef<'static>> {
    match mood {
        Mood::Actual => None,
        Mood::Future => Some(td::FUTURE),
        Mood::Intended => Some(td::INTENDED),
        Mood::Conditional => Some(td::CONDITIONAL),
    }
}
