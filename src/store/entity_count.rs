//! The entities of a graph folder: one each, however many articles name it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};
use serde::Serialize;

use super::statistics::{entity_classes, scan};
use super::{Error, Folder, StoredArticle};
use crate::graph::vocab::{owl, rdf, rdfs, schema, skos, td};

/// What the articles of a folder say of an entity, taken together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EntityCount {
    /// Its IRI, the same in every article.
    pub iri: String,
    /// The label that most articles give it.
    pub label: String,
    /// Its classes in the ontology, by their local names.
    pub classes: BTreeSet<String>,
    /// Articles that mention it.
    pub articles: usize,
    /// Mentions in all articles.
    pub mentions: usize,
    /// The same thing elsewhere, surely (`owl:sameAs`) or perhaps (`skos:closeMatch`).
    pub links: BTreeSet<String>,
    /// Other names that the articles use.
    pub aliases: BTreeSet<String>,
}

/// What is known of one entity, while articles are read.
#[derive(Default)]
struct Known {
    count: EntityCount,
    /// The number of articles that give it each label.
    labels: BTreeMap<String, usize>,
}

/// By IRI.
type Tally = BTreeMap<String, Known>;

impl EntityCount {
    /// All entities of `folder`, the most mentioned ones first: by articles, then mentions, then IRI.
    pub fn all(folder: &Folder, threads: NonZeroUsize) -> Result<Vec<Self>, Error> {
        let kinds = entity_classes();
        let tallies = scan(folder, threads, |tally: &mut Tally, article| add(tally, article, &kinds))?;
        let mut entities: Vec<Self> =
            tallies.into_iter().fold(Tally::new(), merge).into_iter().map(finish).collect();
        entities.sort_by(|a, b| {
            (Reverse((a.articles, a.mentions)), &a.iri).cmp(&(Reverse((b.articles, b.mentions)), &b.iri))
        });
        Ok(entities)
    }
}

/// Adds what an article says.
fn add(tally: &mut Tally, article: &StoredArticle, kinds: &BTreeSet<NamedNode>) {
    let mut found = Tally::new();
    for quad in &article.quads {
        let (NamedOrBlankNode::NamedNode(subject), Term::NamedNode(class)) = (&quad.subject, &quad.object)
        else {
            continue;
        };
        if quad.predicate == rdf::TYPE && kinds.contains(class) {
            let class = class.as_str().trim_start_matches(td::NAMESPACE).to_owned();
            found.entry(subject.as_str().to_owned()).or_default().count.classes.insert(class);
        }
    }
    for quad in &article.quads {
        match &quad.object {
            Term::NamedNode(object) if quad.predicate == schema::MENTIONS => {
                found.entry(object.as_str().to_owned()).or_default().count.articles = 1;
                continue;
            }
            // A mention that stands for a government names a place all the same.
            Term::NamedNode(object)
                if quad.predicate == td::REFERS_TO || quad.predicate == td::NAMED_PLACE =>
            {
                found.entry(object.as_str().to_owned()).or_default().count.mentions += 1;
                continue;
            }
            _ => {}
        }
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
        let Some(known) = found.get_mut(subject.as_str()) else { continue };
        match &quad.object {
            Term::Literal(label) if quad.predicate == rdfs::LABEL => {
                known.labels.insert(label.value().to_owned(), 1);
            }
            Term::Literal(name) if quad.predicate == skos::ALT_LABEL => {
                known.count.aliases.insert(name.value().to_owned());
            }
            Term::NamedNode(link)
                if quad.predicate == owl::SAME_AS || quad.predicate == skos::CLOSE_MATCH =>
            {
                known.count.links.insert(link.as_str().to_owned());
            }
            _ => {}
        }
    }
    let so_far = std::mem::take(tally);
    *tally = merge(so_far, found);
}

fn merge(mut all: Tally, more: Tally) -> Tally {
    for (iri, Known { count, labels }) in more {
        let known = all.entry(iri).or_default();
        known.count.articles += count.articles;
        known.count.mentions += count.mentions;
        known.count.classes.extend(count.classes);
        known.count.links.extend(count.links);
        known.count.aliases.extend(count.aliases);
        for (label, articles) in labels {
            *known.labels.entry(label).or_default() += articles;
        }
    }
    all
}

/// Chooses the label; the others are aliases.
fn finish((iri, Known { mut count, labels }): (String, Known)) -> EntityCount {
    let best = labels.iter().max_by_key(|&(label, articles)| (articles, Reverse(label)));
    count.label = best.map(|(label, _)| label.clone()).unwrap_or_default();
    count.aliases.extend(labels.into_keys());
    count.aliases.remove(&count.label);
    EntityCount { iri, ..count }
}
