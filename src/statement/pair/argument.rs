use std::collections::{HashMap, HashSet};

use crate::annotation::{Annotation, Class, EntityId, Kind, MentionKind, Time, TimeKind};
use crate::nlp::{Doc, Pos, Token};
use crate::text::{TokenId, TokenSpan};

/// A place in the text that may be the subject or object of a property.
#[derive(Clone, Debug)]
pub(super) struct Argument {
    pub(super) tokens: TokenSpan,
    pub(super) head: TokenId,
    pub(super) thing: Thing,
    pub(super) form: Form,
    pub(super) sort: Sort,
}

/// What an argument refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    /// An entity of the article.
    Entity(EntityId),
    /// A time, by its index.
    Time(usize),
    /// Someone or something that only pronouns refer to.
    Unnamed(Speaker, u32),
}

/// The pronouns of which it is not known what they refer to, by who can be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are the pronouns")]
pub enum Speaker {
    I,
    We,
    He,
    She,
    It,
    They,
    Who,
    Which,
}

/// How an argument refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Form {
    Name,
    Nominal,
    Pronoun,
    Possessive,
    Relative,
    Time,
}

/// The kinds of things that properties tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Sort {
    Person,
    People,
    Organization,
    Place,
    Facility,
    Other,
    /// What `it`, `we`, `they` and `which` may stand for.
    Body,
    Time,
}

impl Sort {
    fn of(class: &str) -> Self {
        let Some(class) = Class::from_name(class) else { return Self::Other };
        match class.kind() {
            Kind::Person => Self::Person,
            Kind::People => Self::People,
            Kind::Organization => Self::Organization,
            Kind::Polity | Kind::Place => Self::Place,
            Kind::Facility => Self::Facility,
            _ => Self::Other,
        }
    }
}

/// The arguments of each sentence, in the order of the text.
pub(super) fn arguments(doc: &Doc, annotation: &Annotation) -> Vec<Vec<Argument>> {
    let mut found = Vec::new();
    let mut taken: HashMap<TokenId, Thing> = HashMap::new();
    for argument in mentions(doc, annotation) {
        taken.insert(argument.head, argument.thing);
        found.push(argument);
    }
    let dates = annotation.times.iter().enumerate().filter(|(_, time)| is_date(time));
    for (index, time) in dates {
        let tokens = doc.tokens_in(time.span);
        if let Some(head) = doc.head_of(tokens) {
            let thing = Thing::Time(index);
            found.push(Argument { tokens, head: head.id(), thing, form: Form::Time, sort: Sort::Time });
        }
    }
    for token in doc.tokens().filter(|token| !taken.contains_key(&token.id())) {
        let relative = relative(token, &taken).map(|thing| (thing, Form::Relative));
        let Some((thing, form)) = relative.or_else(|| unnamed(token)) else { continue };
        let sort = match thing {
            Thing::Entity(entity) => Sort::of(&annotation.entities[entity.index()].class),
            Thing::Unnamed(Speaker::It | Speaker::We | Speaker::They | Speaker::Which, _) => Sort::Body,
            Thing::Unnamed(..) => Sort::Person,
            Thing::Time(_) => Sort::Time,
        };
        let tokens = TokenSpan::new(token.id().index(), token.id().index() + 1);
        found.push(Argument { tokens, head: token.id(), thing, form, sort });
    }
    found.sort_by_key(|argument| (argument.tokens.start, argument.tokens.end));
    let mut sentences = vec![Vec::new(); doc.sentences().len()];
    for argument in found {
        sentences[doc.token(argument.head).sentence_index()].push(argument);
    }
    sentences
}

/// The mentions of entities that are not only described: of several with the same head the name, or else the longest.
fn mentions<'a>(doc: &'a Doc, annotation: &'a Annotation) -> impl Iterator<Item = Argument> {
    let taken_up: HashSet<EntityId> = annotation
        .mentions
        .iter()
        .filter(|mention| mention.kind != MentionKind::Nominal)
        .filter_map(|mention| mention.entity)
        .collect();
    let mut best: HashMap<(TokenId, EntityId), Argument> = HashMap::new();
    for mention in &annotation.mentions {
        let Some(entity) = mention.entity.filter(|entity| taken_up.contains(entity)) else { continue };
        let tokens = doc.tokens_in(mention.span);
        let Some(head) = doc.head_of(tokens) else { continue };
        let form = match mention.kind {
            MentionKind::Name => Form::Name,
            MentionKind::Nominal => Form::Nominal,
            MentionKind::Pronoun if head.tag() == "PRP$" => Form::Possessive,
            MentionKind::Pronoun if matches!(head.tag(), "WP" | "WDT" | "WP$") => Form::Relative,
            MentionKind::Pronoun => Form::Pronoun,
        };
        let sort = Sort::of(&annotation.entities[entity.index()].class);
        let argument = Argument { tokens, head: head.id(), thing: Thing::Entity(entity), form, sort };
        let place = best.entry((head.id(), entity)).or_insert_with(|| argument.clone());
        if form < place.form || (form == place.form && tokens.len() > place.tokens.len()) {
            *place = argument;
        }
    }
    let mut all: Vec<Argument> = best.into_values().collect();
    all.sort_by_key(|argument| (argument.tokens.start, argument.tokens.end, argument.thing));
    all.into_iter()
}

/// Whether a time says when something was, not how long or how often.
fn is_date(time: &Time) -> bool {
    time.kind == TimeKind::Date && time.value.starts_with(|c: char| c.is_ascii_digit())
}

/// What a relative pronoun or adverb refers to: the noun before its clause, or what that noun is said of.
fn relative(token: Token<'_>, things: &HashMap<TokenId, Thing>) -> Option<Thing> {
    if !matches!(token.tag(), "WP" | "WDT" | "WP$" | "WRB")
        || !matches!(token.norm(), "who" | "whom" | "which" | "that" | "whose" | "where")
    {
        return None;
    }
    let clause = token.ancestors().take(5).find(|t| t.dep() == "relcl")?;
    let noun = clause.head();
    let one = things.get(&noun.id()).copied();
    one.or_else(|| things.get(&said_of(noun)?.id()).copied())
}

/// What an apposition or predicate noun is said of.
fn said_of(noun: Token<'_>) -> Option<Token<'_>> {
    match noun.dep() {
        "appos" => Some(noun.head()),
        "attr" => noun.head().children().find(|c| c.dep() == "nsubj"),
        _ => None,
    }
}

/// A pronoun that nothing is known to be meant by.
fn unnamed(token: Token<'_>) -> Option<(Thing, Form)> {
    let sentence = u32::try_from(token.sentence_index()).unwrap_or(u32::MAX);
    if token.pos() != Pos::Pron && token.tag() != "PRP$" {
        return None;
    }
    let form = if token.tag() == "PRP$" { Form::Possessive } else { Form::Pronoun };
    let (speaker, group) = match token.norm() {
        "i" | "me" | "my" | "myself" => (Speaker::I, 0),
        "we" | "us" | "our" | "ourselves" => (Speaker::We, 0),
        "he" | "him" | "his" | "himself" => (Speaker::He, sentence),
        "she" | "her" | "herself" => (Speaker::She, sentence),
        "it" | "its" | "itself" => (Speaker::It, sentence),
        "they" | "them" | "their" | "themselves" => (Speaker::They, sentence),
        "who" | "whom" => (Speaker::Who, token.id().0),
        "which" => (Speaker::Which, token.id().0),
        _ => return None,
    };
    Some((Thing::Unnamed(speaker, group), form))
}
