use std::collections::HashMap;

use super::cast::{Cast, Caster, OTHERS, Part, Standing, WHERE};
use super::participants::is_body;
use crate::lexicon::{Meaning, Role};
use crate::predicate::{Function, Kind, Predicate};
use crate::text::{TokenId, WordList};

/// Phrases within phrases that are looked into.
const DEPTH: usize = 4;

/// Most that are found within one argument.
const MOST: usize = 4;

/// Prepositions whose objects have no part in what they stand with.
const ASIDE: &[&str] = &[
    "after",
    "amid",
    "as",
    "because of",
    "before",
    "despite",
    "due to",
    "during",
    "following",
    "instead of",
    "like",
    "per",
    "since",
    "than",
    "through",
    "throughout",
    "under",
    "until",
    "via",
    "without",
    "according to",
    "ahead of",
];

/// Classes beside those of violence whose events need nobody who acts.
const PHYSICAL: &[&str] = &[
    "td:Accident",
    "td:Death",
    "td:Disaster",
    "td:Earthquake",
    "td:Eruption",
    "td:Fire",
    "td:Flood",
    "td:Movement",
    "td:Outbreak",
    "td:Storm",
];

/// Classes of what things bring about too: `the ruling changed the law`.
const CAUSED: &[&str] = &[
    "td:Change",
    "td:Decrease",
    "td:Deterioration",
    "td:Effect",
    "td:Improvement",
    "td:Increase",
    "td:Obstruction",
];

/// Classes of violence that a thing brings about only if it is a weapon: what else strikes somebody (`the storm hit Fiji`) attacks
/// nobody.
const BY_WEAPONS: &[&str] = &["td:Attack", "td:Bombing"];

/// What people attack with.
static WEAPONS: WordList = WordList::new(
    "aircraft airstrike arm arrow artillery attack barrage blast bomb bombardment bomber bombing bullet car carrier convoy cruiser destroyer \
     device drone explosion explosive fighter fire fist fleet flotilla frigate grenade gun gunfire gunship helicopter howitzer jet knife \
     landmine lorry mine missile mortar munition navy plane projectile raid rifle rocket round salvo shell shelling shot shrapnel stone strike \
     submarine tank torpedo truck van vehicle warhead warplane warship weapon",
);

/// Looks for those who take part inside of the phrases and clauses that an event is about.
pub(super) struct Within<'a> {
    pub(super) caster: &'a Caster<'a>,
    /// The arguments that fill the roles of the event at a word.
    pub(super) events: &'a HashMap<TokenId, Vec<Part>>,
}

/// What was found: those who are known, and, where nobody is, things.
#[derive(Default)]
struct Found {
    known: Vec<TokenId>,
    vague: Vec<TokenId>,
}

impl Within<'_> {
    /// Adds who is found within the arguments of an event to its parts.
    pub(super) fn complete(&self, cast: &mut Cast<'_>) {
        self.inside_of_things(cast);
        let slots = cast.matched.frame.slots(cast.matched.predicate.kind);
        let Some(slot) = slots.iter().find(|slot| slot.functions.contains(&Function::Within)) else { return };
        if cast.parts.iter().any(|p| OTHERS.contains(&p.role) && self.caster.is_known(p.head)) {
            return;
        }
        let predicate = cast.matched.predicate;
        let mut found = Found::default();
        let mut starts: Vec<TokenId> =
            cast.parts.iter().filter(|p| p.role == Role::Theme).map(|p| p.head).collect();
        starts.extend(predicate.with(&Function::Clause));
        starts.extend(predicate.with(&Function::Object));
        starts.dedup();
        let agents: Vec<TokenId> = agents(&cast.parts).collect();
        for start in starts {
            self.inside(start, &agents, DEPTH, &mut found);
        }
        let Found { known, vague } = found;
        let is_free = |head: &TokenId| !cast.parts.iter().any(|part| part.head == *head);
        let heads =
            if known.is_empty() { vague.into_iter().filter(is_free).take(1).collect() } else { known };
        cast.parts.extend(heads.into_iter().map(|head| Part { role: slot.role, head, direct: false }));
    }

    /// Where a role is filled by a thing (`warplanes`, `the decision`), whose it is takes part too: `Iraqi warplanes`.
    fn inside_of_things(&self, cast: &mut Cast<'_>) {
        let agents: Vec<TokenId> = agents(&cast.parts).collect();
        for part in cast.parts.clone() {
            let of_agent = part.role == Role::Agent;
            if self.caster.standing(part.head) != Standing::Vague
                || !(of_agent || OTHERS.contains(&part.role))
            {
                continue;
            }
            let mut found = Found::default();
            match self.caster.predicates.noun(part.head) {
                Some(noun) if of_agent => self.owners(noun, &mut found),
                Some(noun) => self.inside_noun(noun, &agents, 2, &mut found),
                None => {}
            }
            cast.parts.extend(found.known.into_iter().map(|head| Part {
                role: part.role,
                head,
                direct: false,
            }));
        }
    }

    /// Leaves out those who can't fill their role: things neither do nor receive anything. What a thing does, it does as a means
    /// where there is violence or an accident; elsewhere no event is meant.
    ///
    /// Gives whether an event is left.
    pub(super) fn keeps_to_actors(&self, cast: &mut Cast<'_>) -> bool {
        let agent_is_said = cast.parts.iter().any(|p| p.role == Role::Agent);
        let acts = |p: &Part| self.caster.is_actor(p.head);
        let physical = is_physical(cast);
        let has_agent = cast.parts.iter().any(|p| p.role == Role::Agent && acts(p));
        // A thing moves only where it is told where to: `the storm moved to Florida`, not `a moving walkway`.
        let moves = cast.class() != "td:Movement" || cast.parts.iter().any(|p| p.role == Role::Destination);
        let by_things =
            physical && (has_agent || moves && self.may_be_by_things(cast)) || may_be_caused(cast);
        for part in &mut cast.parts {
            if part.role == Role::Agent && !acts(part) && by_things {
                part.role = Role::Instrument;
            }
        }
        let animate = |role| matches!(role, Role::Agent | Role::CoAgent | Role::Recipient);
        cast.parts.retain(|p| !animate(p.role) || acts(p));
        (by_things || has_agent || !agent_is_said) && cast.has_its_needs()
    }

    /// Whether what acts is a weapon, or a body that is not known, where nothing else can.
    fn may_be_by_things(&self, cast: &Cast<'_>) -> bool {
        let mut things = agents(&cast.parts).filter(|&head| !self.caster.is_actor(head));
        let is_weapon = |head: TokenId| {
            let token = self.caster.token(head);
            WEAPONS.contains(&token.lemma().to_lowercase()) || is_body(token)
        };
        !BY_WEAPONS.contains(&cast.class()) || things.any(is_weapon)
    }

    /// Where an actor does something to nobody who is named, it is done to the place: `declared a ceasefire in Idlib`.
    pub(super) fn aim_at_place(&self, cast: &mut Cast<'_>) {
        let Some(place) = cast.place.filter(|&place| self.caster.entity(place).is_some()) else { return };
        let slots = cast.matched.frame.slots(cast.matched.predicate.kind);
        let aims =
            |function| matches!(function, &Function::Within | &Function::Preposition(_) | &Function::Object);
        let has_aim = slots.iter().any(|s| OTHERS.contains(&s.role) && s.functions.iter().any(aims));
        let has_agent = cast.parts.iter().any(|p| p.role == Role::Agent);
        let has_other = cast.parts.iter().any(|p| OTHERS.contains(&p.role) && self.caster.is_known(p.head));
        if has_aim && has_agent && !has_other && is_political(cast) {
            cast.parts.push(Part { role: Role::Patient, head: place, direct: false });
        }
    }

    fn owners(&self, noun: &Predicate, found: &mut Found) {
        let of = Function::Preposition("of".into());
        let owners = [Function::Possessive, Function::Modifier, of];
        let owner = owners.iter().flat_map(|function| noun.with(function)).find(|&h| self.may_own(h));
        found.known.extend(owner);
    }

    /// Whether somebody can be the one whose a thing is; a name of a place before it only says where it is.
    fn may_own(&self, head: TokenId) -> bool {
        let is_place = self.caster.is_place(head) && !self.caster.is_country(head);
        self.caster.entity(head).is_some() && self.caster.is_known(head) && !is_place
    }

    fn inside(&self, head: TokenId, agents: &[TokenId], depth: usize, found: &mut Found) {
        if depth == 0 || found.known.len() >= MOST {
            return;
        }
        if let Some(verb) = self.caster.predicates.verb(head) {
            return self.inside_verb(verb, agents, depth, found);
        }
        match self.caster.standing(head) {
            Standing::Known(_) if self.is_other(head, agents) => {
                if !found.known.contains(&head) {
                    found.known.push(head);
                }
                // Of those who are only described, where they are or whose they are tells more.
                if self.caster.entity(head).is_none()
                    && let Some(noun) = self.caster.predicates.noun(head)
                {
                    self.inside_noun(noun, agents, depth - 1, found);
                }
            }
            Standing::Known(_) => {}
            Standing::Vague | Standing::Nothing => {
                if self.caster.standing(head) == Standing::Vague {
                    found.vague.push(head);
                }
                if let Some(noun) = self.caster.predicates.noun(head) {
                    self.inside_noun(noun, agents, depth - 1, found);
                }
            }
        }
    }

    /// Whether somebody is none of those who do it.
    fn is_other(&self, head: TokenId, agents: &[TokenId]) -> bool {
        let entity = self.caster.entity(head);
        !agents
            .iter()
            .any(|&agent| agent == head || (entity.is_some() && self.caster.entity(agent) == entity))
    }

    fn inside_noun(&self, noun: &Predicate, agents: &[TokenId], depth: usize, found: &mut Found) {
        debug_assert_eq!(noun.kind, Kind::Noun);
        for argument in &noun.arguments {
            let named = match &argument.function {
                Function::Modifier => self.caster.entity(argument.head).is_some(),
                Function::Possessive | Function::Clause => true,
                Function::Preposition(preposition) => !ASIDE.contains(&preposition.as_str()),
                _ => false,
            };
            if named {
                self.inside(argument.head, agents, depth, found);
            }
        }
    }

    fn inside_verb(&self, verb: &Predicate, agents: &[TokenId], depth: usize, found: &mut Found) {
        let before = found.known.len();
        if let Some(parts) = self.events.get(&verb.head) {
            for part in parts.iter().filter(|p| p.role != Role::Agent || self.is_other(p.head, agents)) {
                self.inside(part.head, agents, depth - 1, found);
            }
        }
        if found.known.len() > before {
            return;
        }
        let functions = |argument: &&crate::predicate::Argument| match &argument.function {
            Function::Subject => self.is_other(argument.head, agents),
            Function::Preposition(preposition) => !ASIDE.contains(&preposition.as_str()),
            Function::Complement | Function::Object | Function::Indirect | Function::Clause => true,
            _ => false,
        };
        let is_where = |argument: &&crate::predicate::Argument| matches!(&argument.function, Function::Preposition(p) if WHERE.contains(&p.as_str()));
        let arguments: Vec<_> = verb.arguments.iter().filter(functions).collect();
        for argument in arguments.iter().filter(|a| !is_where(a)) {
            self.inside(argument.head, agents, depth - 1, found);
        }
        if found.known.len() == before {
            for argument in arguments.iter().filter(|a| is_where(a)) {
                self.inside(argument.head, agents, depth - 1, found);
            }
        }
    }
}

/// Whether what happens needs nobody who acts.
fn is_physical(cast: &Cast<'_>) -> bool {
    match &cast.matched.frame.meaning {
        Meaning::Event { class, plover } => {
            plover.as_deref() == Some("ASSAULT") || PHYSICAL.contains(&class.as_str())
        }
        Meaning::Relation { .. } => false,
    }
}

/// Whether a thing brings something about that is said.
fn may_be_caused(cast: &Cast<'_>) -> bool {
    let is_said = |p: &Part| p.direct && matches!(p.role, Role::Theme | Role::Patient);
    CAUSED.contains(&cast.class()) && cast.parts.iter().any(is_said)
}

/// Whether somebody is killed, hurt, detained or otherwise forced.
pub(super) fn is_violent(cast: &Cast<'_>) -> bool {
    let coerces =
        matches!(&cast.matched.frame.meaning, Meaning::Event { plover: Some(code), .. } if code == "COERCE");
    coerces || is_physical(cast)
}

/// Whether an event is told even where nobody who takes part is known.
pub(super) fn may_stand_alone(cast: &Cast<'_>) -> bool {
    // Those of no political class may be about things.
    let is_of_things = !is_political(cast) && cast.parts.iter().any(|part| part.role != Role::Agent);
    is_of_things || (is_physical(cast) && (cast.class() != "td:Movement" || !cast.parts.is_empty()))
}

/// Whether an event is of those that PLOVER codes.
fn is_political(cast: &Cast<'_>) -> bool {
    matches!(&cast.matched.frame.meaning, Meaning::Event { plover: Some(_), .. })
}

/// Those who do it.
fn agents(parts: &[Part]) -> impl Iterator<Item = TokenId> {
    parts.iter().filter(|p| p.role == Role::Agent).map(|p| p.head)
}
