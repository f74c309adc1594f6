//! Checks what a graph folder holds, without the program that made it: that files are what the manifest says and the manifest names them all, that quotes
//! stand at their offsets, that articles are those that were read, that every fact has a statement that warrants it, and that
//! the graph has the shape that `ontology/shapes.ttl` asks for.

mod quotes;
mod shapes;
mod strays;
mod warrants;

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use oxigraph::model::{NamedNodeRef, Quad, Term};

use self::quotes::Characters;
use self::shapes::Shapes;
use self::strays::Strays;
use super::statement::by_subject;
use super::{Corrections, Entry, Folder};
use crate::graph::vocab::{schema, td};
use crate::graph::{Axioms, content_digest};
use crate::ontology::Ontology;
use crate::source::Article;

/// What was checked, and what is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Articles that were checked.
    pub articles: usize,
    /// Articles whose text was at hand, in the graph or as a file.
    pub with_text: usize,
    /// Statements and events.
    pub statements: usize,
    /// Quotes with their positions.
    pub quotes: usize,
    /// What is wrong, by article.
    pub findings: Vec<Finding>,
}

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// IRI of the article; empty of a file that is no article of the folder.
    pub article: String,
    /// The node or triple that it is about, as N-Triples writes it, or the file.
    pub about: String,
    /// What is wrong with it: a phrase that follows `about`.
    pub problem: String,
}

/// What a graph is checked against.
struct Rules<'a> {
    axioms: &'a Axioms,
    shapes: &'a Shapes,
}

impl Verification {
    /// Checks all articles of a folder as they are stored, corrections left out, with `threads` threads. `texts` has
    /// articles as their sources have them, by IRI. Quotes of an article of which neither that nor the graph has the text
    /// are compared with each other only. Facts follow, and classes are below others, as `ontology` has it, or the built-in one.
    ///
    /// # Panics
    /// Never: checking does not panic.
    pub fn of(
        folder: &Folder,
        texts: &HashMap<String, Article>,
        ontology: Option<&Ontology>,
        threads: NonZeroUsize,
    ) -> Self {
        let own = ontology.map(|ontology| (Axioms::of(ontology), Shapes::of(ontology)));
        let rules = match &own {
            Some((axioms, shapes)) => Rules { axioms, shapes },
            None => Rules { axioms: Axioms::builtin(), shapes: Shapes::builtin() },
        };
        let folder = folder.clone().with_corrections(Corrections::default());
        let strays = Strays::of(&folder);
        let entries: Vec<&Entry> = folder.manifest().entries().collect();
        let next = AtomicUsize::new(0);
        let work = || {
            let mut found = Self::default();
            while let Some(entry) = entries.get(next.fetch_add(1, Ordering::Relaxed)) {
                found.check(&folder, entry, texts.get(&*entry.article), &rules);
            }
            found
        };
        let mut all = Self::default();
        thread::scope(|scope| {
            let workers: Vec<_> = (0..threads.get()).map(|_| scope.spawn(work)).collect();
            for worker in workers {
                all.merge(worker.join().expect("checking does not panic"));
            }
        });
        match strays.and_then(|before| Ok(Strays::of(&folder)?.findings(&before))) {
            Ok(findings) => all.findings.extend(findings),
            Err(error) => all.findings.push(Finding {
                article: String::new(),
                about: format!("`{}`", folder.path().display()),
                problem: format!("can't be listed: {error}"),
            }),
        }
        all.findings.sort();
        all
    }

    fn merge(&mut self, other: Self) {
        self.articles += other.articles;
        self.with_text += other.with_text;
        self.statements += other.statements;
        self.quotes += other.quotes;
        self.findings.extend(other.findings);
    }

    fn check(&mut self, folder: &Folder, entry: &Entry, source: Option<&Article>, rules: &Rules<'_>) {
        self.articles += 1;
        let name = || format!("<{}>", entry.article);
        let quads = match folder.read(entry) {
            Ok(Some(article)) => article.quads,
            // A writer removed it meanwhile.
            Ok(None) => return,
            Err(error) => return self.find(entry, [(name(), error.to_string())]),
        };
        let kept = kept(&quads, &entry.article);
        let mut characters = match source.or(kept.as_ref()) {
            Some(article) => Characters::of(&article.text),
            None => Characters::unknown(text_length(&quads, &entry.article)),
        };
        self.with_text += usize::from(source.is_some() || kept.is_some());
        let digest = value(&quads, &entry.article, td::CONTENT_DIGEST);
        if digest.is_none_or(|digest| entry.content != *digest) {
            self.find(entry, [(name(), "has another digest than the manifest says".to_owned())]);
        }
        if source.is_some_and(|article| entry.content != *content_digest(article)) {
            self.find(entry, [(name(), "differs from the article that was read".to_owned())]);
        }
        if kept.is_some_and(|article| !is_of_digest(article, entry)) {
            self.find(entry, [(name(), "has a text or metadata that its digest is not of".to_owned())]);
        }
        let (count, wrong) = quotes::check(&quads, &mut characters);
        self.quotes += count;
        self.find(entry, wrong);
        let described = by_subject(&quads);
        let (count, wrong) = warrants::check(&quads, &described, rules.axioms);
        self.statements += count;
        self.find(entry, wrong);
        self.find(entry, rules.shapes.check(&described));
    }

    fn find(&mut self, entry: &Entry, wrong: impl IntoIterator<Item = (String, String)>) {
        let finding = |(about, problem)| Finding { article: entry.article.to_string(), about, problem };
        self.findings.extend(wrong.into_iter().map(finding));
    }
}

/// What is said of a node in a literal, or by an IRI.
fn value<'q>(quads: &'q [Quad], node: &str, property: NamedNodeRef<'_>) -> Option<&'q str> {
    let of_node = |quad: &&Quad| {
        quad.predicate == property
            && matches!(&quad.subject, oxigraph::model::NamedOrBlankNode::NamedNode(n) if n.as_str() == node)
    };
    quads.iter().find(of_node).and_then(|quad| match &quad.object {
        Term::Literal(literal) => Some(literal.value()),
        Term::NamedNode(node) => Some(node.as_str()),
        _ => None,
    })
}

fn text_length(quads: &[Quad], article: &str) -> usize {
    // Far more than any article has would only take up memory.
    const MOST: usize = 1 << 26;
    let length = value(quads, article, td::TEXT_LENGTH).and_then(|length| length.parse().ok());
    length.filter(|length| *length <= MOST).unwrap_or(0)
}

/// The article as far as its graph keeps it; nothing without its text.
fn kept(quads: &[Quad], article: &str) -> Option<Article> {
    let text = |property| value(quads, article, property).map(str::to_owned);
    Some(Article {
        text: text(schema::ARTICLE_BODY)?,
        id: text(schema::IDENTIFIER),
        url: text(schema::URL),
        title: text(schema::HEADLINE),
        published: text(schema::DATE_PUBLISHED),
        publisher: text(schema::PUBLISHER),
        author: text(schema::AUTHOR),
        language: text(schema::IN_LANGUAGE),
        ..Article::default()
    })
}

fn is_of_digest(mut article: Article, entry: &Entry) -> bool {
    if entry.content == *content_digest(&article) {
        return true;
    }
    // An id that is the article's IRI is not stated apart.
    article.id = Some(entry.article.to_string());
    entry.content == *content_digest(&article)
}

#[cfg(test)]
mod tests;
