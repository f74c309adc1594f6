//! Makes corrections in the quads of an article.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{Literal, NamedNode, NamedOrBlankNode, Quad, Term};

use super::super::linkset::Target;
use super::super::statistics::entity_classes;
use super::{Correction, Profile, is_item};
use crate::graph::vocab::{geo, geosparql, oa, owl, rdf, rdfs, skos, td};

/// All corrections together, by the entity that they change.
#[derive(Clone, Debug, Default)]
pub(super) struct Overlay {
    /// What an entity becomes one with; nothing for those that stay.
    canonical: BTreeMap<NamedNode, NamedNode>,
    /// Items of other data sets that an entity surely is.
    items: BTreeMap<NamedNode, BTreeSet<NamedNode>>,
    /// Pairs that no link may join; each both ways.
    apart: BTreeSet<(NamedNode, NamedNode)>,
    gone: BTreeSet<NamedNode>,
    classes: BTreeMap<NamedNode, NamedNode>,
    labels: BTreeMap<NamedNode, String>,
    /// All entities that any of these change: articles without them stay as they are.
    touched: BTreeSet<NamedNode>,
    /// What entities are that others become one with.
    profiles: BTreeMap<NamedNode, Profile>,
    /// The classes that entities are of.
    kinds: BTreeSet<NamedNode>,
}

impl Overlay {
    /// The error is a sentence that tells which corrections contradict each other.
    pub(super) fn new<'c>(corrections: impl Iterator<Item = &'c Correction> + Clone) -> Result<Self, String> {
        let same = corrections.clone().filter_map(|correction| match correction {
            Correction::SameAs(one, other) => Some((one, other)),
            _ => None,
        });
        let among: Vec<_> = same.clone().filter(|(_, other)| !is_item(other)).collect();
        let canonical = canonical(&among);
        let mut overlay = Self { canonical, kinds: entity_classes(), ..Self::default() };
        for (entity, item) in same.filter(|(_, other)| is_item(other)) {
            if is_item(entity) {
                return Err(format!("neither {entity} nor {item} is an entity of the graph"));
            }
            overlay.items.entry(overlay.of(entity)).or_default().insert(item.clone());
        }
        for correction in corrections {
            let entity = overlay.of(correction.entity());
            match correction {
                Correction::SameAs(..) => {}
                Correction::DifferentFrom(one, other) => overlay.keep_apart(one, other)?,
                Correction::NotAnEntity(given) => {
                    overlay.gone.insert(given.clone());
                }
                Correction::Class(given, class) => {
                    // What is said of the entity itself counts more than what is said of one that became it.
                    if *given == entity || !overlay.classes.contains_key(&entity) {
                        overlay.classes.insert(entity, class.clone());
                    }
                }
                Correction::Label(given, label) => {
                    if *given == entity || !overlay.labels.contains_key(&entity) {
                        overlay.labels.insert(entity, label.clone());
                    }
                }
            }
        }
        overlay.touched = overlay.changed();
        Ok(overlay)
    }

    pub(super) fn with_profiles(self, profiles: &BTreeMap<NamedNode, Profile>) -> Self {
        Self { profiles: profiles.clone(), ..self }
    }

    /// Whether others become one with it.
    pub(super) fn is_joined(&self, entity: &NamedNode) -> bool {
        self.canonical.values().any(|one| one == entity)
    }

    fn keep_apart(&mut self, one: &NamedNode, other: &NamedNode) -> Result<(), String> {
        let (first, second) = (self.of(one), self.of(other));
        let is_linked =
            |a: &NamedNode, b: &NamedNode| self.items.get(a).is_some_and(|items| items.contains(b));
        if first == second || is_linked(&first, &second) || is_linked(&second, &first) {
            return Err(format!(
                "{one} and {other} are said to be the same and to be different; take one of both back"
            ));
        }
        let items = [item_of(&first), item_of(&second)];
        let [first_item, second_item] = &items;
        let more = [(&first, second_item), (&second, first_item)];
        // Two entities that are named after one item keep their link to it: it is the item that they differ in.
        let more = more.into_iter().filter(|_| first_item != second_item);
        let more: Vec<_> = more.filter_map(|(entity, item)| Some((entity.clone(), item.clone()?))).collect();
        self.apart.extend(more);
        self.apart.extend([(first.clone(), second.clone()), (second, first)]);
        Ok(())
    }

    fn changed(&self) -> BTreeSet<NamedNode> {
        let keys = self.canonical.keys().chain(self.items.keys()).chain(&self.gone);
        let keys = keys.chain(self.classes.keys()).chain(self.labels.keys());
        keys.chain(self.apart.iter().map(|(entity, _)| entity)).cloned().collect()
    }

    /// What an entity is after all are joined that are the same.
    pub(super) fn of(&self, entity: &NamedNode) -> NamedNode {
        self.canonical.get(entity).unwrap_or(entity).clone()
    }

    /// Makes the corrections in the quads of one article; they stay in order.
    pub(super) fn apply(&self, quads: &mut Vec<Quad>) {
        let is_touched = |node: Option<&NamedNode>| node.is_some_and(|node| self.touched.contains(node));
        if self.touched.is_empty() || !quads.iter().any(|q| is_touched(subject(q)) || is_touched(object(q))) {
            return;
        }
        self.leave_out(quads);
        self.join(quads);
        self.relabel(quads);
        self.relink(quads);
        quads.sort_by_cached_key(Quad::to_string);
        quads.dedup();
    }

    /// Takes out what is no entity, its mentions, and where they stand; and the statements about it, with what follows from
    /// them. An event is left without it.
    fn leave_out(&self, quads: &mut Vec<Quad>) {
        let is_gone = |node: &NamedNode| self.gone.contains(node) || self.gone.contains(&self.of(node));
        let mut lost: BTreeSet<NamedNode> = quads
            .iter()
            .flat_map(|q| [subject(q), object(q)])
            .flatten()
            .filter(|n| is_gone(n))
            .cloned()
            .collect();
        if lost.is_empty() {
            return;
        }
        let mentions: Vec<NamedNode> = quads
            .iter()
            .filter(|q| is_about(q) && object(q).is_some_and(|node| lost.contains(node)))
            .filter_map(subject)
            .cloned()
            .collect();
        lost.extend(mentions);
        let parts = parts(quads, |owner| lost.contains(owner));
        lost.extend(parts);
        quads.retain(|q| {
            !subject(q).is_some_and(|node| lost.contains(node))
                && !object(q).is_some_and(|node| lost.contains(node))
        });
    }

    /// Joins entities that are the same. One of them says what its class and label are; the labels of the others are names
    /// of it.
    fn join(&self, quads: &mut Vec<Quad>) {
        let mut speakers: BTreeMap<NamedNode, NamedNode> = BTreeMap::new();
        for entity in quads.iter().filter(|q| q.predicate == rdf::TYPE).filter_map(subject) {
            let one = self.of(entity);
            let speaker = speakers.entry(one.clone()).or_insert_with(|| entity.clone());
            if *entity == one || (*speaker != one && *entity < *speaker) {
                *speaker = entity.clone();
            }
        }
        let becomes_item =
            |node: &NamedNode| self.canonical.get(node).is_some_and(|one| item_of(one).is_some());
        let lost = parts(quads, becomes_item);
        let graph = quads.first().map(|quad| quad.graph_name.clone());
        quads.retain_mut(|quad| {
            let Some(from) = subject(quad).cloned() else { return true };
            let one = self.of(&from);
            let is_silent = speakers.get(&one).is_some_and(|speaker| *speaker != from)
                || (from != one && self.profiles.contains_key(&one));
            let is_kind = quad.predicate == rdf::TYPE && object(quad).is_some_and(|c| self.kinds.contains(c));
            if lost.contains(&from) || (is_silent && is_kind) || (becomes_item(&from) && is_knowledge(quad)) {
                return false;
            }
            if is_silent && quad.predicate == rdfs::LABEL {
                quad.predicate = skos::ALT_LABEL.into_owned();
            }
            quad.subject = one.into();
            if let Term::NamedNode(node) = &mut quad.object {
                *node = self.of(node);
            }
            true
        });
        let joined: BTreeSet<NamedNode> =
            speakers.into_iter().filter(|(one, speaker)| one != speaker).map(|(one, _)| one).collect();
        let Some(graph) = graph else { return };
        for one in joined {
            let mut state = |predicate, object: Term| {
                quads.push(Quad::new(one.clone(), predicate, object, graph.clone()));
            };
            if let Some(item) = item_of(&one) {
                state(owl::SAME_AS, item.into());
            }
            if let Some(Profile { label, classes }) = self.profiles.get(&one) {
                for class in classes {
                    state(rdf::TYPE, class.clone().into());
                }
                if let Some(label) = label {
                    state(rdfs::LABEL, Literal::from(label.as_str()).into());
                }
            }
        }
    }

    /// Gives entities their classes and labels.
    fn relabel(&self, quads: &mut Vec<Quad>) {
        let mut labels: BTreeMap<NamedNode, String> = self.labels.clone();
        for quad in quads.iter_mut() {
            let Some(entity) = subject(quad).cloned() else { continue };
            if quad.predicate == rdf::TYPE
                && object(quad).is_some_and(|class| self.kinds.contains(class))
                && let Some(class) = self.classes.get(&entity)
            {
                quad.object = class.clone().into();
            }
            if quad.predicate == rdfs::LABEL
                && let Term::Literal(given) = &quad.object
            {
                labels.entry(entity).or_insert_with(|| given.value().to_owned());
            }
        }
        let mut more = Vec::new();
        for quad in quads.iter_mut().filter(|quad| quad.predicate == rdfs::LABEL) {
            if let Some(label) = subject(quad).and_then(|entity| self.labels.get(entity)) {
                more.push(Quad { object: Literal::from(label.as_str()).into(), ..quad.clone() });
                quad.predicate = skos::ALT_LABEL.into_owned();
            }
        }
        quads.retain(|quad| {
            let label = subject(quad).and_then(|entity| labels.get(entity));
            let is_label =
                || matches!(&quad.object, Term::Literal(name) if Some(&name.value().to_owned()) == label);
            quad.predicate != skos::ALT_LABEL || !is_label()
        });
        quads.extend(more);
    }

    /// Takes out links that are wrong, and states those that are right.
    fn relink(&self, quads: &mut Vec<Quad>) {
        let entities: BTreeSet<NamedNode> =
            quads.iter().filter(|q| q.predicate == rdf::TYPE).filter_map(subject).cloned().collect();
        quads.retain(|quad| {
            let (Some(entity), Some(other)) = (subject(quad), object(quad)) else { return true };
            let is_apart = || self.apart.contains(&(entity.clone(), other.clone()));
            !is_link(quad) || !(entity == other || is_apart() || self.is_superseded(entity, other))
        });
        let Some(graph) = quads.first().map(|quad| quad.graph_name.clone()) else { return };
        for (entity, items) in self.items.iter().filter(|(entity, _)| entities.contains(entity)) {
            let links =
                items.iter().map(|item| Quad::new(entity.clone(), owl::SAME_AS, item.clone(), graph.clone()));
            quads.extend(links);
        }
    }

    /// Whether the user has said which item of the data set the entity is.
    fn is_superseded(&self, entity: &NamedNode, item: &NamedNode) -> bool {
        let data_set =
            |item: &NamedNode| Target::ALL.iter().position(|t| item.as_str().starts_with(t.uri_space()));
        self.items
            .get(entity)
            .is_some_and(|items| items.iter().any(|known| data_set(known) == data_set(item)))
    }
}

/// The entities that become another one, with that: of all that are the same the one that is named after a Wikidata item,
/// else the one that is not said to be another, else the first by IRI.
fn canonical(same: &[(&NamedNode, &NamedNode)]) -> BTreeMap<NamedNode, NamedNode> {
    let mut groups: Vec<BTreeSet<&NamedNode>> = Vec::new();
    for &(one, other) in same {
        let (joined, rest): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group| group.contains(one) || group.contains(other));
        groups = rest;
        groups.push(joined.into_iter().flatten().chain([one, other]).collect());
    }
    let is_another = |entity: &NamedNode| same.iter().any(|(one, _)| *one == entity);
    let mut canonical = BTreeMap::new();
    for group in groups {
        let best =
            group.iter().min_by_key(|entity| (item_of(entity).is_none(), is_another(entity), **entity));
        let best = (*best.expect("a group holds two")).clone();
        let others = group.into_iter().filter(|entity| **entity != best);
        canonical.extend(others.map(|entity| (entity.clone(), best.clone())));
    }
    canonical
}

/// The Wikidata item that an entity is named after: `Q794` of `…/entity/Iran-Q794`.
pub(super) fn item_of(entity: &NamedNode) -> Option<NamedNode> {
    let (_, number) = entity.as_str().rsplit_once("-Q")?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| NamedNode::new_unchecked(format!("{}Q{number}", Target::Wikidata.uri_space())))
}

/// Whether the subject is there only for the object: a mention of it, a statement about it.
fn is_about(quad: &Quad) -> bool {
    [td::REFERS_TO, rdf::SUBJECT, rdf::OBJECT].contains(&quad.predicate.as_ref())
}

/// Nodes that only describe others: geometries of places, selectors of mentions.
fn parts(quads: &[Quad], is_owner: impl Fn(&NamedNode) -> bool) -> BTreeSet<NamedNode> {
    quads
        .iter()
        .filter(|q| q.predicate == geosparql::HAS_GEOMETRY || q.predicate == oa::HAS_SELECTOR)
        .filter(|q| subject(q).is_some_and(&is_owner))
        .filter_map(|q| object(q).cloned())
        .collect()
}

/// Whether it states what a knowledge base says of an item.
fn is_knowledge(quad: &Quad) -> bool {
    let known = [td::IN_COUNTRY, geo::LAT, geo::LONG, geosparql::HAS_GEOMETRY];
    is_link(quad) || known.contains(&quad.predicate.as_ref())
}

fn is_link(quad: &Quad) -> bool {
    quad.predicate == owl::SAME_AS || quad.predicate == skos::CLOSE_MATCH
}

fn subject(quad: &Quad) -> Option<&NamedNode> {
    match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

fn object(quad: &Quad) -> Option<&NamedNode> {
    match &quad.object {
        Term::NamedNode(node) => Some(node),
        _ => None,
    }
}
