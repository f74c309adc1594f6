use std::collections::BTreeSet;

use crate::annotation::Class;
use crate::predicate::{Function, Kind};

/// Words that share a meaning and the grammar that goes with it.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Its local name: `attack`.
    pub name: String,
    /// What it evokes.
    pub meaning: Meaning,
    /// Base forms of its verbs: `attack`, `fire on`.
    pub verbs: BTreeSet<String>,
    /// Base forms of its nouns.
    pub nouns: BTreeSet<String>,
    /// Adjectives that say the same: `allied` of `is allied with`.
    pub adjectives: BTreeSet<String>,
    /// Nouns, among `nouns`, for who does it: `attacker`.
    pub agent_nouns: BTreeSet<String>,
    /// Verbs that its nouns go with: `launch` an attack.
    pub support: BTreeSet<String>,
    /// If not empty, what the object of its verbs must be: `sanction` of `lift`.
    pub objects: BTreeSet<String>,
    /// If not empty, which auxiliary the clause of its verbs must have: `must` of `said that they must leave`.
    pub modals: BTreeSet<String>,
    /// Roles without which it is not evoked.
    pub needs: BTreeSet<Role>,
    /// What at least one of those who take part must be.
    pub class: Option<Class>,
    /// Its sentences, with their roles marked: `[agent:Rebels] attacked [patient:a base].`
    pub examples: Vec<String>,
    pub(super) verb_slots: Vec<Slot>,
    pub(super) noun_slots: Vec<Slot>,
}

/// What a frame evokes.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    /// An event of this class: `td:Attack`.
    Event {
        /// The class.
        class: String,
        /// Its PLOVER class, its own or that of a class above it.
        plover: Option<String>,
    },
    /// That a property holds between its head and its tail.
    Relation {
        /// The property: `td:headOfState`.
        property: String,
        /// The Wikidata property that it is aligned to in the same direction: `P35`.
        wikidata: Option<String>,
        /// What its head must be.
        domain: Option<String>,
        /// What its tail must be; none where the tail is a date or text.
        range: Option<String>,
    },
}

/// How an entity takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Who does it.
    Agent,
    /// With whom it is done.
    CoAgent,
    /// Who or what it is done to.
    Patient,
    /// To whom something is given or said.
    Recipient,
    /// What is given or said.
    Theme,
    /// What it is done with.
    Instrument,
    /// Where it starts.
    Origin,
    /// Where it goes.
    Destination,
    /// What a property starts from.
    Head,
    /// What a property leads to.
    Tail,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 10] = [
        Self::Agent,
        Self::CoAgent,
        Self::Patient,
        Self::Recipient,
        Self::Theme,
        Self::Instrument,
        Self::Origin,
        Self::Destination,
        Self::Head,
        Self::Tail,
    ];

    /// Its local name in the lexicon and, but for head and tail, in the ontology: `coAgent`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::CoAgent => "coAgent",
            Self::Patient => "patient",
            Self::Recipient => "recipient",
            Self::Theme => "theme",
            Self::Instrument => "instrument",
            Self::Origin => "origin",
            Self::Destination => "destination",
            Self::Head => "head",
            Self::Tail => "tail",
        }
    }
}

/// A role and the grammatical functions that may fill it, the likeliest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// The role.
    pub role: Role,
    /// The functions.
    pub functions: Vec<Function>,
    /// Whether the members of a joined phrase may take the two sides: `Iran and Iraq met`.
    pub mutual: bool,
    /// What fills it must be of this class.
    pub class: Option<Class>,
}

impl Frame {
    /// Its IRI.
    pub fn iri(&self) -> String {
        super::iri(&self.name)
    }

    /// Whether it also tells of things that have no name and are nobody: `sales rose`. Such a frame stands back behind others.
    pub fn is_general(&self) -> bool {
        self.class == Some(Class::Entity)
    }

    /// Its roles with the functions that fill them at a verb or noun.
    pub fn slots(&self, kind: Kind) -> &[Slot] {
        match kind {
            Kind::Verb => &self.verb_slots,
            Kind::Noun => &self.noun_slots,
        }
    }
}

/// The functions at a noun that follow from those at a verb: the subject becomes `by`, a possessive or a modifier, the object `of`.
///
/// What stands before the noun of a general frame may be the one who does it or what it is done to: `Ford cuts`, `job cuts`.
pub(super) fn at_noun(slots: &[Slot], is_general: bool) -> Vec<Slot> {
    let has_object = slots.iter().any(|slot| slot.functions.contains(&Function::Object));
    let mut taken = Vec::new();
    let mut derived: Vec<Slot> = slots.to_vec();
    for slot in &mut derived {
        let mut functions = Vec::new();
        for function in &slot.functions {
            functions.push(function.clone());
            let of = || Function::Preposition("of".into());
            match function {
                Function::Subject => {
                    functions.extend([
                        Function::Preposition("by".into()),
                        Function::Possessive,
                        Function::Modifier,
                    ]);
                    if !has_object {
                        functions.push(of());
                    }
                }
                Function::Object => functions.extend([of(), Function::Modifier, Function::Possessive]),
                _ => {}
            }
        }
        // A function fills the first role that claims it, except that mutual roles share theirs.
        let shared = |function: &Function| slot.mutual || (is_general && *function == Function::Modifier);
        functions.retain(|function| shared(function) || !taken.contains(function));
        taken.extend(functions.iter().cloned());
        functions.dedup();
        slot.functions = functions;
    }
    derived
}
