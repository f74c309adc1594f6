use std::collections::HashMap;

use super::filler::is_a;
use super::matching::Match;
use super::mentions::Mentions;
use super::participants;
use super::within::{self, Within};
use crate::annotation::{Annotation, Class, EntityId, Kind, MentionKind};
use crate::coref::is_business;
use crate::lexicon::{Frame, Meaning, Role};
use crate::nlp::{Doc, Pos, Token};
use crate::predicate::{self, Function, Predicate, Predicates};
use crate::text::TokenId;

/// Prepositions that say where.
pub(super) const WHERE: &[&str] =
    &["in", "at", "near", "outside", "across", "inside", "around", "along", "within"];

/// Roles of those whom an event is about beside its agent.
pub(super) const OTHERS: [Role; 4] = [Role::CoAgent, Role::Patient, Role::Recipient, Role::Destination];

/// Verbs that mean nothing of their own beside a noun that they go with: `gave a speech`.
pub(super) const LIGHT: &[&str] = &[
    "carry out",
    "commit",
    "conduct",
    "deliver",
    "do",
    "give",
    "have",
    "hold",
    "issue",
    "make",
    "pay",
    "perform",
    "reach",
    "stage",
    "strike",
    "take",
];

/// Verbs whose subject happens where they say.
const OCCURRING: &[&str] = &[
    "begin",
    "break out",
    "continue",
    "erupt",
    "flare",
    "flare up",
    "go on",
    "happen",
    "occur",
    "resume",
    "start",
    "take place",
    "unfold",
];

/// Verbs whose object happens where they say.
const HELD: &[&str] =
    &["begin", "conduct", "hold", "host", "organise", "organize", "resume", "stage", "start"];

/// Participles that tell no event before a noun.
const DESCRIBING: &[&str] = &["alleged", "claimed", "reported", "ruling", "supposed", "suspected"];

/// An event with the phrases that fill its roles.
#[derive(Debug)]
pub(super) struct Cast<'a> {
    pub(super) matched: &'a Match<'a>,
    pub(super) parts: Vec<Part>,
    pub(super) place: Option<TokenId>,
    /// The noun whose event a verb tells that only goes with it: `agreement` of `reached an agreement`.
    pub(super) supports: Option<TokenId>,
}

impl<'a> Cast<'a> {
    /// The class of event.
    pub(super) fn class(&self) -> &'a str {
        match &self.matched.frame.meaning {
            Meaning::Event { class, .. } => class,
            Meaning::Relation { property, .. } => property,
        }
    }

    /// Whether the roles are filled without which its frame is not evoked.
    pub(super) fn has_its_needs(&self) -> bool {
        self.matched.frame.needs.iter().all(|role| self.parts.iter().any(|part| part.role == *role))
    }

    /// The heads of all phrases that take part.
    pub(super) fn heads(&self) -> impl Iterator<Item = TokenId> {
        self.parts.iter().map(|part| part.head).chain(self.place)
    }
}

/// A phrase that fills a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) role: Role,
    pub(super) head: TokenId,
    /// Whether it is an argument of the predicate, not one found inside of its arguments.
    pub(super) direct: bool,
}

/// How well a phrase is known to stand for somebody or something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It names or describes somebody or something of this class.
    Known(Class),
    /// It describes something of no class.
    Vague,
    /// It stands for nothing that can take part.
    Nothing,
}

/// How the object of a verb goes with a frame.
enum Object {
    Right,
    Missing,
    Unwanted,
}

/// The best that the frames of things and those of words that mean much make of a predicate; with how well they fit.
#[derive(Default)]
struct Rivals<'a> {
    special: Option<(i32, Cast<'a>)>,
    /// Told only where the other is not.
    general: Option<(i32, Cast<'a>)>,
}

impl<'a> Rivals<'a> {
    fn predicate(&self) -> Option<&'a Predicate> {
        let (_, cast) = self.special.as_ref().or(self.general.as_ref())?;
        Some(cast.matched.predicate)
    }
}

/// The events that matches tell of, the best for each predicate, in the order of the text.
pub(super) fn cast<'a>(
    doc: &Doc,
    annotation: &Annotation,
    predicates: &Predicates,
    matches: &'a [Match<'a>],
) -> Vec<Cast<'a>> {
    let caster = Caster::new(doc, annotation, predicates);
    let mut best: Vec<Rivals<'a>> = Vec::new();
    for matched in matches.iter().filter(|m| matches!(m.frame.meaning, Meaning::Event { .. })) {
        let Some((score, parts)) = caster.parts(matched) else { continue };
        let found = Some((score, Cast { matched, parts, place: None, supports: None }));
        if best.last().is_none_or(|rivals| rivals.predicate() != Some(matched.predicate)) {
            best.push(Rivals::default());
        }
        let rivals = best.last_mut().expect("one was added");
        let rival = if matched.frame.is_general() { &mut rivals.general } else { &mut rivals.special };
        if score > rival.as_ref().map_or(i32::MIN, |(score, _)| *score) {
            *rival = found;
        }
    }
    let specials = best.iter().filter_map(|rivals| rivals.special.as_ref());
    let direct: HashMap<TokenId, Vec<Part>> =
        specials.map(|(_, cast)| (cast.matched.predicate.head, cast.parts.clone())).collect();
    let within = Within { caster: &caster, events: &direct };
    let told = |rivals: Rivals<'a>| {
        let special = rivals.special.map(|(_, cast)| cast);
        let general = rivals.general.map(|(_, cast)| cast);
        // A word that means something else here means nothing general either.
        let may_be_general = match (&special, &general) {
            (Some(special), Some(general)) => special.class() == general.class() || !special.has_its_needs(),
            _ => true,
        };
        let candidates = special.into_iter().chain(general.filter(|_| may_be_general));
        { candidates }.find_map(|mut cast| caster.is_told(&within, &mut cast).then_some(cast))
    };
    let mut casts: Vec<Cast<'a>> = best.into_iter().filter_map(told).collect();
    drop_parts_of_terms(&mut casts, &caster);
    let told: Vec<Supporting<'_>> = casts.iter().flat_map(|cast| supporting(cast, predicates)).collect();
    for cast in &mut casts {
        let head = cast.matched.predicate.head;
        let is_same =
            |s: &&Supporting<'_>| s.verb == head && s.class.is_none_or(|class| class == cast.class());
        cast.supports = told.iter().find(is_same).map(|supporting| supporting.noun);
    }
    casts
}

/// Leaves of a verb and the noun in its term the one whose term says more, where they would tell two events of what is one: `go on
/// strike` tells of no military strike, and in `launch a missile attack` the attack is a bombing.
fn drop_parts_of_terms(casts: &mut Vec<Cast<'_>>, caster: &Caster<'_>) {
    let mut dropped: Vec<TokenId> = Vec::new();
    let mut places: Vec<(TokenId, TokenId)> = Vec::new();
    let is_part = |cast: &&Cast<'_>| {
        let predicate = cast.matched.predicate;
        predicate.kind == predicate::Kind::Noun && !caster.is_definite_noun(predicate)
    };
    for noun in casts.iter().filter(is_part) {
        let (term, head) = (noun.matched.form, noun.matched.predicate.head);
        let last = term.rsplit(' ').next().unwrap_or_default();
        for (verb, _) in caster.predicates.governing(head) {
            let has_noun = |cast: &&Cast<'_>| {
                cast.matched.predicate.head == verb.head
                    && cast.class() != noun.class()
                    && cast.matched.form.split(' ').skip(1).any(|word| word == last)
            };
            if !casts.iter().any(|cast| has_noun(&cast)) {
                continue;
            }
            if term.contains(' ') {
                dropped.push(verb.head);
            } else {
                dropped.push(head);
                places.extend(noun.place.map(|place| (verb.head, place)));
            }
        }
    }
    for (verb, place) in places {
        let of_verb = casts.iter_mut().filter(|cast| cast.matched.predicate.head == verb);
        of_verb.for_each(|cast| cast.place = cast.place.or(Some(place)));
    }
    casts.retain(|cast| !dropped.contains(&cast.matched.predicate.head));
}

/// Whether a name is that of people coming together, where something else happens: `at the Munich Security Conference`.
fn is_named_gathering(cast: &Cast<'_>, head: Token<'_>) -> bool {
    matches!(cast.class(), "td:Gathering" | "td:Meeting")
        && head.dep() == "pobj"
        && matches!(head.head().norm(), "at" | "during" | "before" | "after")
        && head.children().any(|c| matches!(c.dep(), "det" | "poss"))
}

/// Whether a frame tells nothing of its own: `the beginning` and `the impact` are those of something else.
fn is_of_another(frame: &Frame) -> bool {
    matches!(&frame.meaning, Meaning::Event { class, .. }
        if matches!(class.as_str(), "td:Beginning" | "td:Effect" | "td:Ending"))
}

/// Whether nobody but the one that the noun itself names takes part: `the gunmen`.
fn is_only_agent_noun(cast: &Cast<'_>) -> bool {
    let matched = cast.matched;
    matched.frame.agent_nouns.contains(matched.form)
        && cast.parts.iter().all(|part| part.head == matched.predicate.head)
}

/// A verb that tells no other event than the noun that goes with it: `reach` of `reach an agreement`.
struct Supporting<'a> {
    verb: TokenId,
    noun: TokenId,
    /// The class that the event of the verb must have too; none where the verb means nothing of its own.
    class: Option<&'a str>,
}

fn supporting<'a>(cast: &Cast<'a>, predicates: &Predicates) -> Vec<Supporting<'a>> {
    let noun = cast.matched.predicate;
    if noun.kind != predicate::Kind::Noun {
        return Vec::new();
    }
    let (class, support) = (cast.class(), &cast.matched.frame.support);
    let supporting = |(verb, function): (&Predicate, &Function)| {
        let mut forms = verb.forms.iter();
        let goes = matches!(function, Function::Object | Function::Subject)
            && forms.any(|form| support.contains(form) || form.ends_with(cast.matched.form));
        let is_light = verb.forms.iter().any(|form| LIGHT.contains(&form.as_str()) && support.contains(form));
        let class = (!(is_light && *function == Function::Object)).then_some(class);
        goes.then_some(Supporting { verb: verb.head, noun: noun.head, class })
    };
    predicates.governing(noun.head).filter_map(supporting).collect()
}

/// Decides who fills a role, by what phrases stand for.
pub(super) struct Caster<'a> {
    doc: &'a Doc,
    annotation: &'a Annotation,
    pub(super) predicates: &'a Predicates,
    mentions: Mentions<'a>,
}

impl<'a> Caster<'a> {
    pub(super) fn new(doc: &'a Doc, annotation: &'a Annotation, predicates: &'a Predicates) -> Self {
        Self { doc, annotation, predicates, mentions: Mentions::new(doc, annotation) }
    }

    /// The mentions that a phrase's head heads, by their indexes, with what they refer to.
    pub(super) fn mentions(&self, head: TokenId) -> impl Iterator<Item = (usize, EntityId)> {
        self.mentions.at(head).map(|(mention, _, entity)| (mention, entity))
    }

    pub(super) fn token(&self, head: TokenId) -> Token<'a> {
        self.doc.token(head)
    }

    /// What a phrase refers to.
    pub(super) fn entity(&self, head: TokenId) -> Option<EntityId> {
        self.mentions.at(head).next().map(|(_, _, entity)| entity)
    }

    pub(super) fn standing(&self, head: TokenId) -> Standing {
        let class = match self.entity(head) {
            Some(entity) => Class::from_name(&self.annotation.entities[entity.index()].class),
            None => match participants::class(self.token(head)) {
                Some(class) => Some(class),
                None => return Standing::Nothing,
            },
        };
        match class {
            Some(Class::Entity) => Standing::Vague,
            // A class of somebody's own.
            None => Standing::Known(Class::Entity),
            Some(class) => Standing::Known(class),
        }
    }

    pub(super) fn is_known(&self, head: TokenId) -> bool {
        matches!(self.standing(head), Standing::Known(_))
    }

    /// Whether a phrase stands for somebody who can act.
    pub(super) fn is_actor(&self, head: TokenId) -> bool {
        match self.standing(head) {
            Standing::Known(class) => matches!(
                class.kind(),
                Kind::Person
                    | Kind::People
                    | Kind::Organization
                    | Kind::Polity
                    | Kind::Place
                    | Kind::Facility
                    | Kind::Other
            ),
            // A name that is not known.
            Standing::Vague => self.token(head).pos() == Pos::Propn,
            Standing::Nothing => false,
        }
    }

    /// Completes an event, and decides whether it is told.
    fn is_told(&self, within: &Within<'_>, cast: &mut Cast<'_>) -> bool {
        within.complete(cast);
        self.drop_self(cast);
        let keeps = within.keeps_to_actors(cast);
        cast.place = self.place(cast);
        within.aim_at_place(cast);
        let somebody = cast.place.is_some()
            || within::may_stand_alone(cast)
            || cast.parts.iter().any(|part| self.is_known(part.head))
            || self.is_done(cast);
        keeps
            && (somebody || self.is_definite_noun(cast.matched.predicate))
            && !is_only_agent_noun(cast)
            && !self.is_in_general(cast)
            && !self.only_describes(cast)
    }

    /// Whether a participle before a noun only says what it is: `the ruling party`, `the suspected killer`.
    fn only_describes(&self, cast: &Cast<'_>) -> bool {
        let head = self.token(cast.matched.predicate.head);
        head.dep() == "amod" && DESCRIBING.contains(&head.norm())
    }

    /// Leaves out the object of a verb that stands for its subject without saying so: that who `they` are was misjudged in
    /// `they arrested them` (principle B of Chomsky 1981, Lectures on Government and Binding).
    fn drop_self(&self, cast: &mut Cast<'_>) {
        let agents: Vec<EntityId> =
            cast.parts.iter().filter(|p| p.role == Role::Agent).filter_map(|p| self.entity(p.head)).collect();
        let is_reflexive = |head| self.token(head).norm().contains("sel");
        cast.parts.retain(|part| {
            let is_again = self.entity(part.head).is_some_and(|entity| agents.contains(&entity));
            !(part.direct && OTHERS.contains(&part.role) && is_again) || is_reflexive(part.head)
        });
    }

    /// Whether something is done of which it goes without saying by whom: `the inquiry was ordered`.
    fn is_done(&self, cast: &Cast<'_>) -> bool {
        let head = self.token(cast.matched.predicate.head);
        cast.matched.predicate.kind == predicate::Kind::Verb
            && cast.parts.iter().any(|part| part.direct && part.role == Role::Theme)
            && head.children().any(|c| c.dep() == "nsubjpass")
    }

    /// Whether a noun stands for one event that the reader knows of: `the announcement`.
    fn is_definite_noun(&self, predicate: &Predicate) -> bool {
        let head = self.token(predicate.head);
        let is_the = |c: Token<'_>| match c.dep() {
            "det" => matches!(c.norm(), "the" | "this" | "these" | "those"),
            dep => dep == "poss",
        };
        predicate.kind == predicate::Kind::Noun && head.children().any(is_the) && !participants::is_body(head)
    }

    /// The arguments that fill the roles of a match, and how well it fits; none where it does not.
    fn parts(&self, matched: &Match<'_>) -> Option<(i32, Vec<Part>)> {
        let frame = matched.frame;
        // The more a frame says of its words, the likelier it is meant.
        let words: i32 = matched.form.split(' ').map(|_| 1).sum();
        let mut score =
            4 * i32::from(!frame.objects.is_empty() || !frame.modals.is_empty()) + 4 * (words - 1);
        match self.object(matched) {
            Object::Unwanted => return None,
            Object::Missing => score -= 2,
            Object::Right => {}
        }
        let mut parts = Vec::new();
        for slot in frame.slots(matched.predicate.kind) {
            let heads = matched.fills.iter().filter(|(role, _)| *role == slot.role).map(|&(_, head)| head);
            let takes_part = |&h: &TokenId| {
                self.standing(h) != Standing::Nothing && !self.is_part_of_name(h, matched.predicate.head)
            };
            let heads: Vec<TokenId> = heads.map(|head| self.named(head)).filter(takes_part).collect();
            let fits = |&head: &TokenId| slot.class.is_none_or(|wanted| self.is(head, wanted));
            let fitting: Vec<TokenId> = heads.iter().copied().filter(fits).collect();
            if let Some(wanted) = slot.class {
                let is_thing = || wanted == Class::Person && self.has_it(matched, slot.role);
                if fitting.is_empty() && (!heads.is_empty() || is_thing()) {
                    return None;
                }
                score += 3 * i32::from(!heads.is_empty());
            }
            score += i32::from(fitting.iter().any(|&head| self.is_known(head)));
            parts.extend(fitting.into_iter().map(|head| Part { role: slot.role, head, direct: true }));
        }
        if self.is_business_of_firms(frame, &parts) {
            return None;
        }
        if frame.is_general() && !self.is_general_sense(matched, &parts) {
            return None;
        }
        self.tell_things_given(matched, &mut parts);
        let is_for_somebody = frame.needs.contains(&Role::Recipient);
        if is_for_somebody && !parts.iter().any(|p| p.role == Role::Recipient && self.is_actor(p.head)) {
            return None;
        }
        score += i32::from(is_for_somebody);
        score += 2 * i32::from(self.is_contest(frame, &parts));
        let has = |wanted| parts.iter().any(|part| self.is(part.head, wanted));
        let may_lack =
            frame.is_general() && !is_of_another(frame) && self.is_definite_noun(matched.predicate);
        if frame.class.is_some_and(|wanted| !has(wanted) && !may_lack) {
            return None;
        }
        Some((score, parts))
    }

    /// The name that tells who an office is held by, where the office itself refers to nobody: `Smith` of `Kenya's minister, Ann
    /// Smith,`.
    fn named(&self, head: TokenId) -> TokenId {
        let is_person = |id| self.standing(id) == Standing::Known(Class::Person);
        if self.entity(head).is_some() || !is_person(head) {
            return head;
        }
        let is_name =
            |c: &Token<'_>| c.dep() == "appos" && self.entity(c.id()).is_some() && is_person(c.id());
        self.token(head).children().find(is_name).map_or(head, Token::id)
    }

    /// Whether firms would help: what they provide, they sell.
    fn is_business_of_firms(&self, frame: &Frame, parts: &[Part]) -> bool {
        let mut agents = parts.iter().filter(|part| part.role == Role::Agent).peekable();
        let is_aid = matches!(&frame.meaning, Meaning::Event { class, .. } if class == "td:Aid");
        is_aid && agents.peek().is_some() && agents.all(|part| self.is(part.head, Class::Company))
    }

    /// Of what may stand in the same place, only people and bodies are given something: `paid the club`, `paid a fine`.
    fn tell_things_given(&self, matched: &Match<'_>, parts: &mut [Part]) {
        let takes_object = |role| {
            let mut slots =
                matched.frame.slots(matched.predicate.kind).iter().filter(move |s| s.role == role);
            slots.any(|slot| slot.functions.contains(&Function::Object))
        };
        let has_theme = parts.iter().any(|part| part.role == Role::Theme);
        if has_theme || !takes_object(Role::Recipient) || !takes_object(Role::Theme) {
            return;
        }
        let can_get = |head| self.is_actor(head) && !self.is(head, Class::Facility);
        for part in parts.iter_mut().filter(|p| p.role == Role::Recipient && !can_get(p.head)) {
            part.role = Role::Theme;
        }
    }

    /// Whether two who have names meet in what may be a contest: `Agassi beat Sampras`, not `guards beat a prisoner`.
    fn is_contest(&self, frame: &Frame, parts: &[Part]) -> bool {
        let is_named = |head| {
            let mut mentions = self.mentions(head).map(|(mention, _)| &self.annotation.mentions[mention]);
            mentions.any(|mention| mention.kind == MentionKind::Name)
        };
        let named = |role| parts.iter().any(|part| part.role == role && part.direct && is_named(part.head));
        matches!(&frame.meaning, Meaning::Event { class, .. } if class == "td:Victory")
            && named(Role::Agent)
            && named(Role::Patient)
    }

    /// Whether `it`, which is nobody, stands where somebody would fill a role.
    fn has_it(&self, matched: &Match<'_>, role: Role) -> bool {
        matched.fills.iter().any(|&(filled, head)| filled == role && self.token(head).norm() == "it")
    }

    /// Whether a word is used as a general frame means it: not as an adjective or part of a name, with an object or clause where it
    /// takes one, and without what is said of the object where it takes none; and whether what rises and falls can be counted, as
    /// people and places can't.
    fn is_general_sense(&self, matched: &Match<'_>, parts: &[Part]) -> bool {
        let predicate = matched.predicate;
        let head = self.token(predicate.head);
        let slots = matched.frame.slots(predicate.kind);
        let takes = |function: Function| slots.iter().any(|slot| slot.functions.contains(&function));
        let has = |function: Function| predicate.with(&function).next().is_some();
        let has_particle = head.children().any(|c| c.dep() == "prt");
        let is_whole = predicate.kind == predicate::Kind::Noun
            || matched.form.contains(' ')
            || !has_particle
                && (!has(Function::Complement) || takes(Function::Complement))
                && match (has(Function::Object), has(Function::Clause)) {
                    (_, true) if !takes(Function::Clause) => false,
                    (true, _) | (_, true) => true,
                    _ => !takes(Function::Object) || parts.iter().any(|part| part.role != Role::Agent),
                };
        let counted = |part: &Part| {
            part.role == Role::Theme && (self.is(part.head, Class::Person) || self.is_place(part.head))
        };
        let changes_in_number = matches!(&matched.frame.meaning,
            Meaning::Event { class, .. } if matches!(class.as_str(), "td:Increase" | "td:Decrease"));
        is_whole
            && head.dep() != "amod"
            && head.pos() != Pos::Propn
            && !(changes_in_number && parts.iter().any(counted))
    }

    /// Whether a verb has an object where the frame has a role for it.
    fn object(&self, matched: &Match<'_>) -> Object {
        let predicate = matched.predicate;
        let slots = matched.frame.slots(predicate.kind);
        let wants = !matched.frame.objects.is_empty()
            || slots.iter().any(|slot| slot.functions.contains(&Function::Object));
        // What is in the place of the object of `rose five percent` only says by how much.
        let is_object = |head| wants || !participants::is_amount(self.token(head));
        let has = predicate.with(&Function::Object).any(is_object);
        match (wants, has) {
            _ if predicate.kind == predicate::Kind::Noun || matched.form.contains(' ') => Object::Right,
            (false, true) => Object::Unwanted,
            (true, false) => Object::Missing,
            _ => Object::Right,
        }
    }

    /// Whether a phrase may stand for one of a class.
    fn is(&self, head: TokenId, wanted: Class) -> bool {
        match self.standing(head) {
            // People are people, one or many.
            Standing::Known(class) if wanted == Class::Person => {
                matches!(class, Class::Person | Class::Group | Class::EthnicOrReligiousGroup)
            }
            Standing::Known(class) if is_a(class, wanted) => true,
            Standing::Known(Class::Group | Class::Organization) if wanted == Class::Company => {
                is_business(&self.token(head).lemma().to_lowercase())
            }
            // What a brand is a name of, the recogniser seldom knows.
            Standing::Known(_) if wanted == Class::Product => participants::is_brand(self.token(head).text()),
            Standing::Vague => {
                let token = self.token(head);
                // A name that is nobody's, a firm's new product often has.
                let is_unknown_name = wanted == Class::Product && token.pos() == Pos::Propn;
                wanted == Class::Entity
                    || is_unknown_name
                    || participants::thing(token).is_some_and(|class| is_a(class, wanted))
            }
            Standing::Known(_) | Standing::Nothing => false,
        }
    }

    /// Whether a word belongs to the name that an anchor is the head of: `World` of `World War`.
    fn is_part_of_name(&self, head: TokenId, anchor: TokenId) -> bool {
        let (word, anchor) = (self.token(head), self.token(anchor));
        anchor.pos() == Pos::Propn && word.head_id() == anchor.id() && word.dep() == "compound"
    }

    /// Whether a noun that nobody takes part in tells no event of its own: it only says what kind of thing another is (`fire
    /// brigade`), names something, or is meant in general (`terrorism`, `accidents happen`).
    fn is_in_general(&self, cast: &Cast<'_>) -> bool {
        let head = self.token(cast.matched.predicate.head);
        let is_name = head.pos() == Pos::Propn && !is_named_gathering(cast, head);
        let is_modifier = matches!(head.dep(), "compound" | "nmod") || is_name;
        let is_determined = head.children().any(|c| matches!(c.dep(), "det" | "poss" | "nummod" | "amod"));
        let is_bare = head.pos() == Pos::Noun && !is_determined && head.sentence_index() > 0;
        cast.parts.is_empty() && cast.place.is_none() && (is_modifier || is_bare)
    }

    pub(super) fn is_country(&self, head: TokenId) -> bool {
        matches!(self.standing(head), Standing::Known(class) if is_a(class, Class::Country))
    }

    pub(super) fn is_place(&self, head: TokenId) -> bool {
        matches!(self.standing(head), Standing::Known(class) if is_a(class, Class::Place))
    }

    /// Where the predicate says that it happens.
    fn place(&self, cast: &Cast<'_>) -> Option<TokenId> {
        let predicate = cast.matched.predicate;
        let is_free =
            |head: &TokenId| self.is_place(*head) && !cast.parts.iter().any(|part| part.head == *head);
        let said =
            where_said(predicate).filter(is_free).min_by_key(|&head| (self.entity(head).is_none(), head));
        said.or_else(|| {
            // `the Paris attacks`
            let before =
                predicate.with(&Function::Modifier).filter(|_| predicate.kind == predicate::Kind::Noun);
            before.filter(is_free).find(|&head| self.token(head).tag() == "NNP")
        })
        .or_else(|| self.place_of_victims(cast))
        .or_else(|| self.place_behind_name(cast))
        .or_else(|| self.place_of_occurrence(cast))
        .filter(is_free)
    }

    /// Where it happens, as the parser hangs it on the name of one who takes part: `met with Smith in Oslo`.
    fn place_behind_name(&self, cast: &Cast<'_>) -> Option<TokenId> {
        let is_person = |p: &&Part| {
            let is_behind = p.head > cast.matched.predicate.head;
            is_behind && p.direct && self.token(p.head).pos() == Pos::Propn && self.is(p.head, Class::Person)
        };
        // `Smith of the university in Oslo`
        let is_alone = |noun: &&Predicate| {
            let of = |a: &&predicate::Argument| matches!(a.function, Function::Preposition(_));
            noun.arguments.iter().filter(of).count() == 1
        };
        let people = cast.parts.iter().filter(is_person).filter_map(|p| self.predicates.noun(p.head));
        people.filter(is_alone).flat_map(where_said).find(|&head| self.is_place(head))
    }

    /// Where a verb says that what a noun stands for happens: `protests broke out in Oslo`, `talks were held in Oslo`.
    fn place_of_occurrence(&self, cast: &Cast<'_>) -> Option<TokenId> {
        let is_happening = !cast.matched.frame.agent_nouns.contains(cast.matched.form);
        let noun =
            Some(cast.matched.predicate).filter(|p| p.kind == predicate::Kind::Noun && is_happening)?;
        let says = |(verb, function): &(&Predicate, &Function)| match function {
            Function::Subject => verb.forms.iter().any(|form| OCCURRING.contains(&form.as_str())),
            Function::Object => verb.forms.iter().any(|form| HELD.contains(&form.as_str())),
            _ => false,
        };
        let mut verbs = self.predicates.governing(noun.head).filter(says);
        verbs.find_map(|(verb, _)| where_said(verb).find(|&head| self.is_place(head)))
    }

    /// Where those are to whom something is done by force: `killed 12 people in Kabul`.
    fn place_of_victims(&self, cast: &Cast<'_>) -> Option<TokenId> {
        let victims = cast
            .parts
            .iter()
            .filter(|p| p.direct && p.role == Role::Patient && self.is(p.head, Class::Person));
        let nouns = victims.filter_map(|p| self.predicates.noun(p.head)).filter(|_| within::is_violent(cast));
        nouns.flat_map(where_said).find(|&head| self.is_place(head))
    }
}

/// The phrases that may say where a predicate or what it stands for is.
fn where_said(predicate: &Predicate) -> impl Iterator<Item = TokenId> {
    let says_where = |f: &Function| matches!(f, Function::Preposition(p) if WHERE.contains(&p.as_str()));
    predicate.arguments.iter().filter(move |a| says_where(&a.function)).map(|a| a.head)
}
