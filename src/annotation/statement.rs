use smol_str::SmolStr;

use super::{EntityId, When};
use crate::text::Span;

/// That a property holds between two entities, as one pair of mentions expresses it.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// Its name in the JSON form, unique among relations (`r1`).
    pub id: SmolStr,
    /// What those that say the same share (`s1`).
    pub statement: SmolStr,
    /// What the property starts from.
    pub subject: EntityId,
    /// The property: `td:headOfState`.
    pub property: String,
    /// The Wikidata property that it is aligned to in the same direction.
    pub wikidata: Option<String>,
    /// What the property leads to.
    pub object: Object,
    /// Index of the subject's mention.
    pub subject_mention: Option<usize>,
    /// Index of the object's mention; none for a time.
    pub object_mention: Option<usize>,
    /// The sentence that says it.
    pub evidence: Span,
    /// How sure the program is, from 0 to 1.
    pub confidence: f64,
    /// How certain the article presents it.
    pub certainty: Certainty,
    /// Whether it is so or is not so.
    pub polarity: Polarity,
    /// Whether it is said of what is, or of what is to come or supposed.
    pub mood: Mood,
    /// The id of the attribution in whose content it stands.
    pub attribution: Option<SmolStr>,
    /// When it holds.
    pub time: Option<When>,
}

/// What a property leads to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Object {
    /// An entity.
    Entity(EntityId),
    /// A time, by its id.
    Time(SmolStr),
}

/// Something that happens, as one anchor tells it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Event {
    /// Its name in the JSON form, unique among events (`v1`).
    pub id: SmolStr,
    /// What those that are the same event share (`s1`).
    pub statement: SmolStr,
    /// A class of the ontology: `td:Attack`.
    pub class: String,
    /// The PLOVER class that it is aligned to.
    pub plover: Option<String>,
    /// The word that tells it.
    pub anchor: Span,
    /// Who takes part.
    pub roles: Vec<Participant>,
    /// Where it happens.
    pub place: Option<EntityId>,
    /// How many it is done to, or where nobody is, how many do it.
    pub number: Option<Number>,
    /// How sure the program is, from 0 to 1.
    pub confidence: f64,
    /// How certain the article presents it.
    pub certainty: Certainty,
    /// Whether it happens or does not.
    pub polarity: Polarity,
    /// Whether it is said of what is, or of what is to come or supposed.
    pub mood: Mood,
    /// The id of the attribution in whose content it stands.
    pub attribution: Option<SmolStr>,
    /// When it happens.
    pub time: Option<When>,
}

/// That the article ties one event to another: by cause, in time, as a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventLink {
    /// Index of the event that the property is said of.
    pub subject: usize,
    /// The property: `td:causedBy`.
    pub property: SmolStr,
    /// Index of the event that it leads to.
    pub object: usize,
    /// The words that say so.
    pub cue: Span,
}

/// An entity that takes part in an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// The role: `td:agent`.
    pub role: String,
    /// The entity.
    pub entity: EntityId,
    /// Index of its mention.
    pub mention: Option<usize>,
}

/// How many, as the article says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Number {
    /// The number that it names.
    pub value: u64,
    /// Whether it is this many.
    #[serde(default, skip_serializing_if = "Bound::is_exact")]
    pub bound: Bound,
}

/// How a number bounds how many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Bound {
    /// As many: `12 people`.
    #[default]
    Exact,
    /// As many or more: `at least 12 people`.
    AtLeast,
    /// As many or fewer: `up to 12 people`.
    AtMost,
    /// More or fewer, but near it: `about 12 people`.
    About,
}

impl Bound {
    /// Whether it is [`Bound::Exact`].
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
    fn is_exact(&self) -> bool {
        *self == Self::Exact
    }
}

/// That somebody does something to another, in words that no class or property of the ontology stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenStatement {
    /// Its name in the JSON form, unique among open statements (`o1`).
    pub id: SmolStr,
    /// The base form of the verb, with its particle: `shake off`.
    pub lemma: String,
    /// The verb.
    pub anchor: Span,
    /// Who acts, and on whom or what.
    pub arguments: Vec<Argument>,
    /// The sentence that says it.
    pub evidence: Span,
    /// How certain the article presents it.
    pub certainty: Certainty,
    /// Whether it is so or is not so.
    pub polarity: Polarity,
    /// Whether it is said of what is, or of what is to come or supposed.
    pub mood: Mood,
    /// The id of the attribution in whose content it stands.
    pub attribution: Option<SmolStr>,
}

/// An entity that is an argument of a verb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Its grammatical function with voice undone: `subject`, `object`, `indirect`, or the preposition before it.
    pub function: SmolStr,
    /// The entity.
    pub entity: EntityId,
    /// Index of its mention.
    pub mention: Option<usize>,
}

/// How certain a statement is presented.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// As a fact.
    #[default]
    Certain,
    /// As likely.
    Probable,
    /// As something that may be so.
    Possible,
}

/// Whether a statement says that something is so.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// It is so.
    #[default]
    Affirmed,
    /// It is not so.
    Negated,
}

/// Whether a statement is about what is or was.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Mood {
    /// It is or was, or is not.
    #[default]
    Actual,
    /// It is to come: `will meet`.
    Future,
    /// Somebody means it to be: `plans to meet`, `in order to meet`, `demanded a meeting`.
    Intended,
    /// It is supposed or asked: `if they meet`, `would meet`, `did they meet?`.
    Conditional,
}

impl Mood {
    /// Whether it is [`Mood::Actual`].
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
    pub(super) fn is_actual(&self) -> bool {
        *self == Self::Actual
    }
}

/// Whether the article itself says that something is so: certain, affirmed, no plan and nobody else's words.
fn is_asserted(certainty: Certainty, polarity: Polarity, mood: Mood, attribution: Option<&SmolStr>) -> bool {
    certainty == Certainty::Certain
        && polarity == Polarity::Affirmed
        && mood == Mood::Actual
        && attribution.is_none()
}

impl Relation {
    /// Whether the article itself says that it is so: certain, affirmed, no plan and nobody else's words.
    pub fn is_asserted(&self) -> bool {
        is_asserted(self.certainty, self.polarity, self.mood, self.attribution.as_ref())
    }
}

impl Event {
    /// Whether the article itself says that it happens: certain, affirmed, no plan and nobody else's words.
    pub fn is_asserted(&self) -> bool {
        is_asserted(self.certainty, self.polarity, self.mood, self.attribution.as_ref())
    }
}
