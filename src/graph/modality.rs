//! How an article presents what it says: how certain, whether affirmed, and in whose words.

use oxigraph::model::{Literal, NamedNode, NamedNodeRef};

use super::quads::{Quads, decimal};
use super::vocab::td;
use crate::annotation::{Certainty, Mood, Polarity};

/// Least confidence of a statement that is asserted: it is more likely right than wrong.
pub const ASSERTED: f64 = 0.5;

/// How a relation or an event is presented.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Modality {
    pub(super) certainty: Certainty,
    pub(super) polarity: Polarity,
    pub(super) mood: Mood,
    /// Whose words it is said in: ids of attributions.
    pub(super) attribution: Option<String>,
}

impl Modality {
    /// Whether the article itself says that it is so.
    pub(super) fn is_asserted(&self, confidence: f64) -> bool {
        let Self { certainty, polarity, mood, attribution } = self;
        *certainty == Certainty::Certain
            && *polarity == Polarity::Affirmed
            && *mood == Mood::Actual
            && attribution.is_none()
            && written(confidence).value().parse().is_ok_and(|confidence: f64| confidence >= ASSERTED)
    }

    pub(super) fn add(&self, quads: &mut Quads, of: &NamedNode, confidence: f64) {
        quads.add(of, td::CONFIDENCE, written(confidence));
        quads.add(of, td::HAS_CERTAINTY, certainty(self.certainty).into_owned());
        quads.add(of, td::HAS_POLARITY, polarity(self.polarity).into_owned());
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
