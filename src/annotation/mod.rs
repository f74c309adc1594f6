//! What was found in an article: mentions, the entities they refer to, and (in later stages) what is said of them.
//!
//! This is the one type between reading and the graph. Spans are bytes of the article's text; the public JSON form,
//! `tidings-annotation/1`, counts Unicode code points ([`read_json`], [`to_json`]). Nothing here knows RDF: IRIs
//! are strings.

mod attribution;
mod changes;
mod class;
mod insert;
mod json;
mod records;
mod statement;
mod time;
mod tokens;

pub use attribution::{Attribution, Source};
pub use changes::{Change, ChangeKind, Presented, changes};
pub use class::{Class, Kind};
pub use json::{Error, SCHEMA, from_json, read_json, to_json};
pub use statement::{
    Argument, Bound, Certainty, Event, EventLink, Mood, Number, Object, OpenStatement, Participant, Polarity,
    Relation,
};
pub use time::{Time, TimeKind, When};

use smol_str::SmolStr;

use crate::source::Article;
use crate::text::Span;

/// What was found in one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotation {
    /// The article; all spans are bytes of its text.
    pub article: Article,
    /// The sentences, in order, without overlap.
    pub sentences: Vec<Span>,
    /// The places that refer to an entity, in the order of the text.
    pub mentions: Vec<Mention>,
    /// The entities, in the order of their first mention.
    pub entities: Vec<Entity>,
    /// The time expressions, in the order of the text.
    pub times: Vec<Time>,
    /// What holds between entities, in the order of the text.
    pub relations: Vec<Relation>,
    /// What happens, in the order of the text.
    pub events: Vec<Event>,
    /// What ties one event to another, in the order of the events.
    pub links: Vec<EventLink>,
    /// What is done by words that the ontology has no term for, in the order of the text; only where asked for.
    pub open: Vec<OpenStatement>,
    /// Who says what, in the order of the cues.
    pub attributions: Vec<Attribution>,
}

/// The index of an entity in [`Annotation::entities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

impl EntityId {
    /// As an index into a slice.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl From<usize> for EntityId {
    fn from(index: usize) -> Self {
        Self(u32::try_from(index).expect("articles have fewer than 2^32 entities"))
    }
}

/// A place in the text that refers to an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its name in the JSON form, unique among mentions (`m1`).
    pub id: SmolStr,
    /// Its place in the text.
    pub span: Span,
    /// How it refers.
    pub kind: MentionKind,
    /// The recogniser's label (`GPE`); only names have one.
    pub name_type: Option<SmolStr>,
    /// What it refers to, when that is known.
    pub entity: Option<EntityId>,
    /// The place whose name this is, where it stands for the government that `entity` is: `Baku sought closer ties`.
    pub place: Option<EntityId>,
}

/// How a mention refers to its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionKind {
    /// By name: `Iran`.
    Name,
    /// By description: `the Iranian regime`.
    Nominal,
    /// By pronoun: `it`.
    Pronoun,
}

/// Least score of a link that is taken for certain.
pub const SURE: f64 = 0.7;

/// Something that the article refers to.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Its name in the JSON form, unique among entities (`e1`).
    pub id: SmolStr,
    /// Its IRI; none until the graph has named it.
    pub iri: Option<String>,
    /// The name that it is best known by.
    pub label: String,
    /// A class of the ontology as `td:Country`, or any absolute IRI.
    pub class: String,
    /// The same thing elsewhere, surest first.
    pub links: Vec<Link>,
    /// Of several that are referred to together (`the two countries`): which they are.
    pub members: Vec<EntityId>,
}

/// That an entity is the same as one elsewhere.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Link {
    /// The other's IRI, such as `http://www.wikidata.org/entity/Q794`.
    pub iri: String,
    /// Probability that the two are the same, from 0 to 1.
    pub score: f64,
}
