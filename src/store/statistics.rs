//! What a graph folder holds, in numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};

use super::{Entry, Error, Folder, StoredArticle};
use crate::graph::vocab::{owl, rdf, skos, td};

/// Numbers about a graph folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Articles, each a named graph.
    pub articles: usize,
    /// Statements, counted once for each article that makes them.
    pub quads: u64,
    /// Mentions of entities in the articles' texts.
    pub mentions: usize,
    /// Distinct entities.
    pub entities: usize,
    /// Distinct entities of each class of the ontology, by its local name; one of several classes counts in each.
    pub classes: BTreeMap<String, usize>,
    /// Distinct pairs of an entity and a link, by the host that the link leads to.
    pub links: BTreeMap<String, usize>,
}

/// What is counted, while articles are read.
#[derive(Default)]
struct Tally {
    quads: u64,
    mentions: usize,
    entities: BTreeSet<String>,
    classes: BTreeMap<String, BTreeSet<String>>,
    links: BTreeMap<String, BTreeSet<(String, String)>>,
}

impl Statistics {
    /// Counts, with `threads` threads.
    ///
    /// # Panics
    /// Never: counting does not panic.
    pub fn count(folder: &Folder, threads: NonZeroUsize) -> Result<Self, Error> {
        let kinds = entity_classes();
        let tallies = scan(folder, threads, |tally: &mut Tally, article| tally.add(article, &kinds))?;
        let tally = tallies.into_iter().fold(Tally::default(), Tally::merge);
        Ok(Self {
            articles: folder.manifest().len(),
            quads: tally.quads,
            mentions: tally.mentions,
            entities: tally.entities.len(),
            classes: tally.classes.into_iter().map(|(class, entities)| (class, entities.len())).collect(),
            links: tally.links.into_iter().map(|(host, links)| (host, links.len())).collect(),
        })
    }
}

/// Reads all articles in `threads` threads; each adds those that it reads to a tally of its own.
pub(super) fn scan<T: Default + Send>(
    folder: &Folder,
    threads: NonZeroUsize,
    add: impl Fn(&mut T, &StoredArticle) + Sync,
) -> Result<Vec<T>, Error> {
    let entries: Vec<&Entry> = folder.manifest().entries().collect();
    let next = AtomicUsize::new(0);
    let count = || {
        let mut tally = T::default();
        while let Some(entry) = entries.get(next.fetch_add(1, Ordering::Relaxed)) {
            if let Some(article) = folder.read(entry)? {
                add(&mut tally, &article);
            }
        }
        Ok(tally)
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.get()).map(|_| scope.spawn(count)).collect();
        workers.into_iter().map(|worker| worker.join().expect("counting does not panic")).collect()
    })
}

impl Tally {
    fn add(&mut self, article: &StoredArticle, kinds: &BTreeSet<NamedNode>) {
        self.quads += article.quads.len() as u64;
        for quad in &article.quads {
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
            let Term::NamedNode(object) = &quad.object else { continue };
            let subject = || subject.as_str().to_owned();
            if quad.predicate == rdf::TYPE {
                if *object == td::MENTION {
                    self.mentions += 1;
                } else if kinds.contains(object) {
                    let class = object.as_str().trim_start_matches(td::NAMESPACE).to_owned();
                    self.classes.entry(class).or_default().insert(subject());
                    self.entities.insert(subject());
                }
            } else if quad.predicate == owl::SAME_AS || quad.predicate == skos::CLOSE_MATCH {
                let link = (subject(), object.as_str().to_owned());
                self.links.entry(host(object.as_str()).to_owned()).or_default().insert(link);
            }
        }
    }

    fn merge(mut self, other: Self) -> Self {
        self.quads += other.quads;
        self.mentions += other.mentions;
        self.entities.extend(other.entities);
        for (class, entities) in other.classes {
            self.classes.entry(class).or_default().extend(entities);
        }
        for (host, links) in other.links {
            self.links.entry(host).or_default().extend(links);
        }
        self
    }
}

/// The host of an IRI, without `www.`.
fn host(iri: &str) -> &str {
    let rest = iri.split_once("://").map_or(iri, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

/// The classes of the ontology that entities are of: `td:Entity` and what is below it.
pub(super) fn entity_classes() -> BTreeSet<NamedNode> {
    let parents: Vec<(NamedNode, NamedNode)> = RdfParser::from_format(RdfFormat::Turtle)
        .for_slice(crate::ontology::CORE)
        .map(|quad| quad.expect("the embedded ontology is Turtle"))
        .filter(|quad| quad.predicate == oxigraph::model::vocab::rdfs::SUB_CLASS_OF)
        .filter_map(|quad| match (quad.subject, quad.object) {
            (NamedOrBlankNode::NamedNode(class), Term::NamedNode(parent)) => Some((class, parent)),
            _ => None,
        })
        .collect();
    let mut classes = BTreeSet::from([td::ENTITY.into_owned()]);
    loop {
        let more =
            parents.iter().filter(|(class, parent)| classes.contains(parent) && !classes.contains(class));
        let more: Vec<NamedNode> = more.map(|(class, _)| class.clone()).collect();
        if more.is_empty() {
            return classes;
        }
        classes.extend(more);
    }
}

/// A name that no class of entities has.
#[derive(Debug, thiserror::Error)]
#[error("`{name}` is no class of entities; those are {known}")]
pub struct UnknownClass {
    name: String,
    known: String,
}

/// The class of entities that is called so: `td:City`, `City`, or by its IRI.
pub fn entity_class(name: &str) -> Result<NamedNode, UnknownClass> {
    let iri = format!("{}{}", td::NAMESPACE, name.strip_prefix("td:").unwrap_or(name));
    let classes = entity_classes();
    let found = classes.iter().find(|class| [name, &iri].contains(&class.as_str()));
    found.cloned().ok_or_else(|| {
        let known = classes.iter().map(|class| class.as_str().replace(td::NAMESPACE, "td:"));
        UnknownClass { name: name.to_owned(), known: known.collect::<Vec<_>>().join(", ") }
    })
}

#[cfg(test)]
mod tests {
    use oxigraph::model::{NamedNodeRef, Quad};
    use tempfile::TempDir;

    use super::super::article_file::tests::article;
    use super::super::{EncodedArticle, FolderWriter, Waiting};
    use super::*;

    fn node(iri: &str) -> NamedNode {
        NamedNode::new(iri).unwrap()
    }

    #[test]
    fn counts_each_entity_and_link_once_and_every_mention() {
        let folder = TempDir::new().unwrap();
        let mut writer = FolderWriter::open(folder.path(), Waiting::Refuse, |_| {}).unwrap();
        let iran = node("http://example.org/Iran");
        for name in ["a", "b"] {
            let mut graph = article(name, "d1", 0);
            let mention = node(&format!("{}#m1", graph.iri.as_str()));
            let mut state = |subject: &NamedNode, predicate: NamedNodeRef<'_>, object: NamedNodeRef<'_>| {
                let quad = Quad::new(subject.clone(), predicate, object, graph.iri.clone());
                graph.quads.push(quad);
            };
            state(&mention, rdf::TYPE, td::MENTION);
            state(&iran, rdf::TYPE, td::COUNTRY);
            state(&iran, rdf::TYPE, td::ENTITY);
            state(&iran, owl::SAME_AS, node("http://www.wikidata.org/entity/Q794").as_ref());
            writer.put(EncodedArticle::new(&graph, "v1")).unwrap();
        }
        writer.finish().unwrap();
        let folder = Folder::open(folder.path()).unwrap();
        let found = Statistics::count(&folder, NonZeroUsize::new(2).unwrap()).unwrap();
        assert_eq!((found.articles, found.quads, found.mentions, found.entities), (2, 8, 2, 1));
        assert_eq!(found.classes, [("Country".to_owned(), 1), ("Entity".to_owned(), 1)].into());
        assert_eq!(found.links, [("wikidata.org".to_owned(), 1)].into());
    }
}
