//! The stages in a row: an [`Article`] is parsed, its names are found and linked, and the graph is written.
//!
//! [`Reader::read`] is the place to start reading. [`Reader::read_all`] does the same for many articles, on several
//! threads, with the results in the order of the input, so that the output does not depend on the number of threads.

mod parallel;

pub use parallel::in_order;

use std::num::NonZeroUsize;

use crate::annotation::{self, Annotation};
use crate::graph::{self, ArticleGraph, Axioms, Context, article_iri};
use crate::lexicon::{self, Lexicon};
use crate::link::{self, Judgement, Linker};
use crate::nlp::{Doc, Pipeline, Text, Worker};
use crate::ontology::Ontology;
use crate::predicate::Predicates;
use crate::source::Article;
use crate::statement::Explained;
use crate::{attribution, coref, extract, statement, time};

/// Bytes of text after which a batch is full: some 2,000 words, enough to keep the networks busy and few enough to share
/// the work evenly.
const BATCH_BYTES: usize = 12_000;

/// Reads articles: a language pipeline, a knowledge base, and how things are named.
pub struct Reader {
    pipeline: Pipeline,
    context: Context,
    /// A user's; the built-in one without it.
    lexicon: Option<Lexicon>,
}

/// What was found in an article.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Mentions and entities, all of which have an IRI.
    pub annotation: Annotation,
    /// The parsed text.
    pub doc: Doc,
}

impl Reader {
    /// A reader with this pipeline; its digest is noted in the context.
    pub fn new(pipeline: Pipeline, context: Context) -> Self {
        let pipeline_digest = Some(pipeline.digest().to_owned());
        Self { pipeline, context: Context { pipeline_digest, ..context }, lexicon: None }
    }

    /// The same with the frames, cues and axioms of a vocabulary, whose digest is noted in the context.
    ///
    /// # Errors
    /// When a frame says what can't be.
    pub fn with_ontology(mut self, ontology: &Ontology) -> Result<Self, lexicon::Error> {
        self.lexicon = Some(Lexicon::of(ontology)?);
        self.context.ontology_digest = Some(ontology.digest());
        self.context.axioms = Some(Axioms::of(ontology).into());
        Ok(self)
    }

    fn lexicon(&self) -> &Lexicon {
        match &self.lexicon {
            Some(own) => own,
            None => Lexicon::builtin(),
        }
    }

    /// What all graphs of this reader have in common.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// Reads one article.
    pub fn read(&self, article: Article) -> Reading {
        let doc = self.parse(&article);
        self.understand(article, doc)
    }

    fn parse(&self, article: &Article) -> Doc {
        let text = Text { text: &article.text, breaks: &article.breaks() };
        self.pipeline.worker().parse_texts(&[text]).pop().expect("one text gives one document")
    }

    /// How the names of an article are judged: which entities they may mean, and why.
    pub fn judge(&self, article: &Article) -> Vec<Judgement> {
        let doc = self.parse(article);
        self.linker().judge(&doc, &extract::names(&doc, &self.context.kb))
    }

    /// What the predicates of an article are taken to say: frames, roles, and why they are as certain as they are.
    pub fn explain(&self, reading: &Reading) -> Vec<Explained> {
        statement::explain(&reading.doc, &Predicates::of(&reading.doc), self.lexicon())
    }

    fn linker(&self) -> Linker<'_> {
        Linker::new(&self.context.kb, self.pipeline.vectors())
    }

    /// What a parsed article says.
    fn understand(&self, article: Article, doc: Doc) -> Reading {
        let names = extract::names(&doc, &self.context.kb);
        let annotation = self.linker().link(article, &doc, &names);
        let mut annotation = coref::resolve(annotation, &doc, &self.context.kb);
        time::add(&mut annotation, &doc);
        let predicates = Predicates::of(&doc);
        attribution::add(&mut annotation, &doc, &predicates, self.lexicon());
        statement::add(&mut annotation, &doc, &predicates, self.lexicon());
        if self.context.open_statements {
            statement::add_open(&mut annotation, &doc, &predicates, self.lexicon());
        }
        link::add_offices(&mut annotation, &doc, &self.context.kb);
        graph::name_entities(&mut annotation, &self.context);
        Reading { annotation, doc }
    }

    /// The graph of an article that was read.
    pub fn graph(&self, reading: &Reading) -> ArticleGraph {
        ArticleGraph::of(&reading.annotation, &self.context)
    }

    /// The annotation JSON of an article that was read, in one line unless `pretty`. Its `id` is the article's IRI.
    pub fn json(&self, reading: &Reading, tokens: bool, pretty: bool) -> String {
        let mut annotation = reading.annotation.clone();
        annotation.article.id = Some(article_iri(&annotation.article, &self.context.base).into_string());
        annotation::to_json(&annotation, tokens.then_some(&reading.doc), pretty)
    }

    /// Reads articles on several threads.
    ///
    /// `finish` is called for each article on the thread that read it, for what can be done side by side, such as writing
    /// its graph as text. `sink` gets the results on the calling thread, in the order of the input; an article that could
    /// not be had is an `Err` in its place. Not more than a few batches for each thread are in memory at a time.
    ///
    /// # Errors
    /// When the sink fails; no further articles are read then.
    pub fn read_all<E: Send, T: Send, S>(
        &self,
        articles: impl Iterator<Item = Result<Article, E>> + Send,
        threads: NonZeroUsize,
        finish: impl Fn(Reading) -> T + Sync,
        mut sink: impl FnMut(Result<T, E>) -> Result<(), S>,
    ) -> Result<(), S> {
        let work = |worker: &mut Worker<'_>, batch| self.read_batch(worker, batch, &finish);
        let sink = |results: Vec<Result<T, E>>| results.into_iter().try_for_each(&mut sink);
        in_order(Batches { articles }, threads, || self.pipeline.worker(), work, sink)
    }

    fn read_batch<E, T>(
        &self,
        worker: &mut Worker<'_>,
        batch: Vec<Result<Article, E>>,
        finish: &impl Fn(Reading) -> T,
    ) -> Vec<Result<T, E>> {
        let breaks: Vec<Vec<usize>> = batch.iter().flatten().map(Article::breaks).collect();
        let texts = batch.iter().flatten().zip(&breaks);
        let texts: Vec<Text<'_>> =
            texts.map(|(article, breaks)| Text { text: &article.text, breaks }).collect();
        let mut docs = worker.parse_texts(&texts).into_iter();
        let mut finished = Vec::with_capacity(batch.len());
        for article in batch {
            finished.push(article.map(|article| {
                let doc = docs.next().expect("each article of the batch was parsed");
                finish(self.understand(article, doc))
            }));
        }
        finished
    }
}

/// Articles in batches of about [`BATCH_BYTES`].
struct Batches<I> {
    articles: I,
}

impl<E, I: Iterator<Item = Result<Article, E>>> Iterator for Batches<I> {
    type Item = Vec<Result<Article, E>>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut batch = Vec::new();
        let mut bytes = 0;
        while bytes < BATCH_BYTES
            && let Some(article) = self.articles.next()
        {
            // An article that could not be had counts too, so that a million of them are not held in one batch.
            bytes += article.as_ref().map_or(0, |article| article.text.len()) + 100;
            batch.push(article);
        }
        (!batch.is_empty()).then_some(batch)
    }
}
