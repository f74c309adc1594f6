//! The links from a graph to another data set, described in VoID.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};

use super::statistics::scan;
use super::{Error, Folder, StoredArticle};
use crate::graph::vocab::{owl, skos};

const VOID: &str = "http://rdfs.org/ns/void#";

/// A data set that entities are linked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// <http://www.wikidata.org/entity/>
    Wikidata,
    /// <http://dbpedia.org/resource/>
    DBpedia,
    /// <https://sws.geonames.org/>
    GeoNames,
}

impl Target {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Wikidata, Self::DBpedia, Self::GeoNames];

    /// What the IRIs of its entities start with.
    pub fn uri_space(self) -> &'static str {
        match self {
            Self::Wikidata => "http://www.wikidata.org/entity/",
            Self::DBpedia => "http://dbpedia.org/resource/",
            Self::GeoNames => "https://sws.geonames.org/",
        }
    }

    /// Whether this may stand behind that: `Q794`, `130758/`, `Iran`.
    pub fn has(self, id: &str) -> bool {
        let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        match self {
            Self::Wikidata => id.strip_prefix('Q').is_some_and(is_number),
            Self::DBpedia => !id.is_empty(),
            Self::GeoNames => is_number(id.strip_suffix('/').unwrap_or(id)),
        }
    }

    /// Its name in the IRIs of a linkset.
    fn name(self) -> &'static str {
        match self {
            Self::Wikidata => "wikidata",
            Self::DBpedia => "dbpedia",
            Self::GeoNames => "geonames",
        }
    }
}

/// The distinct links of a graph folder to a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linkset {
    target: Target,
    /// Subject and object of each link, in order; surely the same (`owl:sameAs`).
    pub same: BTreeSet<(String, String)>,
    /// Perhaps the same (`skos:closeMatch`).
    pub close: BTreeSet<(String, String)>,
}

#[derive(Default)]
struct Links {
    same: BTreeSet<(String, String)>,
    close: BTreeSet<(String, String)>,
}

impl Linkset {
    /// Reads the links of all articles, with `threads` threads.
    pub fn of(folder: &Folder, target: Target, threads: NonZeroUsize) -> Result<Self, Error> {
        let found = scan(folder, threads, |links: &mut Links, article| links.add(article, target))?;
        let (mut same, mut close) = (BTreeSet::new(), BTreeSet::new());
        for links in found {
            same.extend(links.same);
            close.extend(links.close);
        }
        Ok(Self { target, same, close })
    }

    /// The links, and before them a `void:Linkset` for each of their predicates, named under `base`.
    pub fn quads(&self, base: &crate::graph::Base) -> Vec<Quad> {
        let dataset = base.mint("dataset");
        let target = base.mint(&format!("dataset/{}", self.target.name()));
        let mut quads = Vec::new();
        let mut state = |subject: &NamedNode, predicate: NamedNode, object: Term| {
            quads.push(Quad::new(subject.clone(), predicate, object, GraphName::DefaultGraph));
        };
        let void = |name: &str| NamedNode::new_unchecked(format!("{VOID}{name}"));
        let number = |count: usize| Literal::new_typed_literal(count.to_string(), xsd::INTEGER).into();
        for (name, predicate, links) in
            [("sameAs", owl::SAME_AS, &self.same), ("closeMatch", skos::CLOSE_MATCH, &self.close)]
        {
            if links.is_empty() {
                continue;
            }
            let linkset = base.mint(&format!("linkset/{}-{name}", self.target.name()));
            let subjects: BTreeSet<&String> = links.iter().map(|(subject, _)| subject).collect();
            let objects: BTreeSet<&String> = links.iter().map(|(_, object)| object).collect();
            state(&linkset, rdf::TYPE.into_owned(), void("Linkset").into());
            state(&linkset, void("linkPredicate"), predicate.into_owned().into());
            state(&linkset, void("subjectsTarget"), dataset.clone().into());
            state(&linkset, void("objectsTarget"), target.clone().into());
            state(&linkset, void("triples"), number(links.len()));
            state(&linkset, void("distinctSubjects"), number(subjects.len()));
            state(&linkset, void("distinctObjects"), number(objects.len()));
        }
        for (node, space) in [(&dataset, base.as_str()), (&target, self.target.uri_space())] {
            state(node, rdf::TYPE.into_owned(), void("Dataset").into());
            state(node, void("uriSpace"), Literal::from(space).into());
        }
        for (predicate, links) in [(owl::SAME_AS, &self.same), (skos::CLOSE_MATCH, &self.close)] {
            for (subject, object) in links {
                let subject = NamedNode::new_unchecked(subject);
                state(&subject, predicate.into_owned(), NamedNode::new_unchecked(object).into());
            }
        }
        quads
    }
}

impl Links {
    fn add(&mut self, article: &StoredArticle, target: Target) {
        for quad in &article.quads {
            let (NamedOrBlankNode::NamedNode(subject), Term::NamedNode(object)) =
                (&quad.subject, &quad.object)
            else {
                continue;
            };
            if object.as_str().starts_with(target.uri_space()) {
                let link = (subject.as_str().to_owned(), object.as_str().to_owned());
                if quad.predicate == owl::SAME_AS {
                    self.same.insert(link);
                } else if quad.predicate == skos::CLOSE_MATCH {
                    self.close.insert(link);
                }
            }
        }
    }
}
