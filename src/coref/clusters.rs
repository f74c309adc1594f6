use std::collections::HashMap;

use smol_str::SmolStr;

use super::forms::Forms;
use super::lexicon::{self, Noun};
use super::phrase::Phrase;
use crate::annotation::{Annotation, Class, Entity, EntityId, Kind, MentionKind, SURE};
use crate::kb::{Gender, Kb, KbId};
use crate::nlp::{Doc, Pos, Token};
use crate::text::{TokenId, TokenSpan};

/// Phrases that refer to the same thing.
#[derive(Clone, Debug, Default)]
pub(super) struct Cluster {
    /// Indexes of the phrases, in the order of the text.
    pub(super) members: Vec<usize>,
    pub(super) entity: Option<EntityId>,
    /// What it surely is in the knowledge base.
    known: Option<KbId>,
    /// What can stand for it, as far as its members tell.
    pub(super) forms: Forms,
    /// The class of its entity.
    pub(super) class: Option<Class>,
    /// Nouns that it is described by, as lemmas: `president`, `company`.
    pub(super) roles: Vec<SmolStr>,
    /// Phrases of the things that it consists of, where it is several.
    pub(super) parts: Vec<usize>,
}

/// The phrases of a document, and which of them refer to the same thing.
pub(super) struct Clusters<'a> {
    pub(super) doc: &'a Doc,
    kb: &'a Kb,
    pub(super) phrases: Vec<Phrase>,
    all: Vec<Cluster>,
    /// The cluster of each phrase.
    of: Vec<usize>,
    by_head: HashMap<TokenId, usize>,
}

impl<'a> Clusters<'a> {
    /// Each entity's phrases together, and every other phrase alone.
    pub(super) fn new(annotation: &Annotation, doc: &'a Doc, kb: &'a Kb, phrases: Vec<Phrase>) -> Self {
        let mut clusters: Vec<Cluster> = Vec::with_capacity(phrases.len());
        let mut of_entity: HashMap<EntityId, usize> = HashMap::new();
        let mut of = Vec::with_capacity(phrases.len());
        let mut by_head = HashMap::new();
        let mut of_name: HashMap<SmolStr, usize> = HashMap::new();
        for (i, phrase) in phrases.iter().enumerate() {
            let place = match phrase.entity {
                Some(entity) => *of_entity.entry(entity).or_insert(clusters.len()),
                None if phrase.kind == MentionKind::Name => {
                    *of_name.entry(phrase.lemma.clone()).or_insert(clusters.len())
                }
                None => clusters.len(),
            };
            if place == clusters.len() {
                let entity = phrase.entity.map(|e| &annotation.entities[e.index()]);
                let class = entity.and_then(|entity| Class::from_name(&entity.class));
                let known = entity.and_then(|entity| known(kb, entity));
                clusters.push(Cluster { entity: phrase.entity, known, class, ..Cluster::default() });
            }
            clusters[place].members.push(i);
            of.push(place);
            // The name itself comes after the longer phrase that describes it.
            let single = phrase.joined.is_empty();
            if phrase.kind == MentionKind::Name || (single && !by_head.contains_key(&phrase.head)) {
                by_head.insert(phrase.head, i);
            }
        }
        let mut new = Self { doc, kb, phrases, all: clusters, of, by_head };
        for i in 0..new.phrases.len() {
            let parts: Vec<usize> =
                new.phrases[i].joined.iter().filter_map(|&head| new.headed_by(head)).collect();
            new.all[new.of[i]].parts = parts;
        }
        for place in 0..new.all.len() {
            new.describe(place, annotation);
        }
        new
    }

    fn describe(&mut self, place: usize, annotation: &Annotation) {
        let cluster = &self.all[place];
        let mut forms = Forms::NONE;
        let mut roles: Vec<SmolStr> = Vec::new();
        let mut gender = None;
        for &i in &cluster.members {
            let phrase = &self.phrases[i];
            forms = forms | phrase.forms;
            match phrase.kind {
                MentionKind::Nominal if phrase.entity.is_none() => roles.push(phrase.lemma.clone()),
                MentionKind::Nominal => {
                    for title in self.doc.tokens_of(phrase.tokens).filter(|t| t.id() < phrase.head) {
                        gender = gender.or_else(|| lexicon::gender_of_title(title.text()));
                        let lemma = title.lemma().to_lowercase();
                        match lexicon::noun(&lemma) {
                            Some(Noun::Woman) => gender = Some(Forms::SHE),
                            Some(Noun::Man) => gender = Some(Forms::HE),
                            Some(Noun::Person | Noun::Group | Noun::Place) => {}
                            _ => continue,
                        }
                        if title.head_id() == phrase.head && !matches!(title.dep(), "poss") {
                            roles.push(lemma.into());
                        }
                    }
                }
                MentionKind::Name => {
                    let before = phrase.tokens.start.0.checked_sub(1).map(|i| self.doc.token(TokenId(i)));
                    gender = gender.or_else(|| lexicon::gender_of_title(before?.text()));
                }
                MentionKind::Pronoun => {}
            }
        }
        roles.sort();
        roles.dedup();
        if let Some(entity) =
            cluster.entity.filter(|_| cluster.class.is_some_and(|c| c.kind() == Kind::Person))
        {
            let names = cluster.members.iter().filter(|&&i| self.phrases[i].kind == MentionKind::Name);
            let names = names.map(|&i| self.doc.text_of(self.phrases[i].tokens));
            let names = std::iter::once(annotation.entities[entity.index()].label.as_str()).chain(names);
            let given = |name: &str| {
                let mut words = name.split_whitespace();
                lexicon::gender_of_given_name(words.next()?).filter(|_| words.next().is_some())
            };
            let mut longest: Vec<&str> = names.collect();
            longest.sort_by_key(|name| std::cmp::Reverse(name.len()));
            gender = gender
                .or_else(|| known_gender(self.kb, cluster.known?))
                .or_else(|| longest.iter().find_map(|name| given(name)));
            forms = forms.narrowed(gender.unwrap_or(Forms::PERSON));
        }
        let cluster = &mut self.all[place];
        cluster.forms = forms;
        cluster.roles = roles;
    }

    /// The cluster of a phrase.
    pub(super) fn of(&self, phrase: usize) -> &Cluster {
        &self.all[self.of[phrase]]
    }

    /// The number of the cluster of a phrase.
    pub(super) fn number_of(&self, phrase: usize) -> usize {
        self.of[phrase]
    }

    /// Whether two phrases are known to refer to the same.
    pub(super) fn together(&self, a: usize, b: usize) -> bool {
        self.of[a] == self.of[b]
    }

    /// The phrase with this head: of a name that is described, the name.
    pub(super) fn headed_by(&self, head: TokenId) -> Option<usize> {
        self.by_head.get(&head).copied()
    }

    /// The token that heads a phrase.
    pub(super) fn head(&self, phrase: usize) -> Token<'a> {
        self.doc.token(self.phrases[phrase].head)
    }

    /// All clusters that have members, in the order of their first phrase.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Cluster> {
        let mut order: Vec<&Cluster> = self.all.iter().filter(|c| !c.members.is_empty()).collect();
        order.sort_by_key(|c| c.members[0]);
        order.into_iter()
    }

    /// Notes a noun that what a phrase refers to is described by.
    pub(super) fn add_role(&mut self, phrase: usize, lemma: &str) {
        let cluster = &mut self.all[self.of[phrase]];
        if !cluster.roles.iter().any(|role| role == lemma) {
            cluster.roles.push(lemma.into());
        }
    }

    /// Says of what a phrase consists.
    pub(super) fn set_parts(&mut self, phrase: usize, parts: Vec<usize>) {
        self.all[self.of[phrase]].parts = parts;
    }

    /// Joins the clusters of two phrases, unless they are two entities; whether they are together now.
    pub(super) fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.of[a].min(self.of[b]), self.of[a].max(self.of[b]));
        if a == b {
            return true;
        }
        if self.all[a].entity.is_some() && self.all[b].entity.is_some() {
            return false;
        }
        let joined = std::mem::take(&mut self.all[b]);
        for &member in &joined.members {
            self.of[member] = a;
        }
        let cluster = &mut self.all[a];
        cluster.forms = match (cluster.forms, joined.forms) {
            (forms, Forms::NONE) | (Forms::NONE, forms) => forms,
            (forms, other) => forms.narrowed(other),
        };
        cluster.members.extend(joined.members);
        cluster.members.sort_unstable();
        cluster.entity = cluster.entity.or(joined.entity);
        cluster.known = cluster.known.or(joined.known);
        cluster.class = cluster.class.or(joined.class);
        if cluster.parts.is_empty() {
            cluster.parts = joined.parts;
        }
        for role in joined.roles {
            if !cluster.roles.contains(&role) {
                cluster.roles.push(role);
            }
        }
        true
    }

    /// Whether a phrase has the name of a country in it, by this lemma, that what another refers to comes from: it is named with that, or
    /// the knowledge base says so.
    pub(super) fn shares_country(&self, phrase: usize, lemma: &str, with: usize) -> bool {
        let within = |outer: TokenSpan, j: &usize| {
            let inner = &self.phrases[*j];
            inner.kind == MentionKind::Name && outer.contains(inner.head)
        };
        let mut countries = (0..self.phrases.len())
            .filter(|j| within(self.phrases[phrase].tokens, j) && self.phrases[*j].lemma == lemma)
            .filter(|&j| self.of(j).class == Some(Class::Country));
        let other = self.of(with);
        let home = other.known.and_then(|id| self.kb.entity(id)?.country);
        let is_named = |country: usize| {
            let members = other.members.iter().map(|&member| self.phrases[member].tokens);
            let names = |tokens| (0..self.phrases.len()).filter(move |j| within(tokens, j));
            members.flat_map(names).any(|j| self.together(j, country))
        };
        countries.any(|j| (home.is_some() && self.of(j).known == home) || is_named(j))
    }

    /// The words of a phrase that tell it from others of its kind: no determiners, no punctuation, not the head.
    pub(super) fn modifiers(&self, phrase: usize) -> Vec<SmolStr> {
        let Phrase { tokens, head, .. } = self.phrases[phrase];
        let tokens = self.doc.tokens_of(tokens).filter(|t| t.id() != head);
        let tokens =
            tokens.filter(|t| matches!(t.pos(), Pos::Noun | Pos::Propn | Pos::Adj | Pos::Num | Pos::Verb));
        tokens.map(|t| t.lemma().to_lowercase().into()).collect()
    }
}

/// What an entity surely is in the knowledge base.
fn known(kb: &Kb, entity: &Entity) -> Option<KbId> {
    let link = entity.links.first().filter(|link| link.score >= SURE)?;
    kb.by_iri(&link.iri)
}

/// The gender that the knowledge base has of a person.
fn known_gender(kb: &Kb, person: KbId) -> Option<Forms> {
    match kb.entity(person)?.gender? {
        Gender::Male => Some(Forms::HE),
        Gender::Female => Some(Forms::SHE),
        Gender::Other => None,
    }
}
