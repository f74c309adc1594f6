//! Reads articles stage by stage and prints how long each takes, on one thread.
//!
//!     cargo run --release --example stages -- PATH...
//!
//! All articles pass a stage before the next begins; of three rounds the fastest counts. What is stored is thrown away.

#![expect(clippy::print_stdout, reason = "a program that prints")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use tidings::annotation::Annotation;
use tidings::export::{Format, Writer};
use tidings::graph::{self, ArticleGraph, Context};
use tidings::lexicon::Lexicon;
use tidings::link::Linker;
use tidings::nlp::{Doc, Pipeline};
use tidings::predicate::Predicates;
use tidings::source::{Article, Articles, Input, Settings};
use tidings::store::{EncodedArticle, FolderWriter, Waiting, made_by};
use tidings::{attribution, coref, extract, statement, time};

/// Texts that are parsed at once.
const BATCH: usize = 8;

fn main() -> Result<()> {
    let paths: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    ensure!(!paths.is_empty(), "give files or folders with articles");
    let pipeline = Pipeline::embedded();
    let context = Context::default();
    let mut best: Vec<(&str, Duration)> = Vec::new();
    for _ in 0..3 {
        for (i, (stage, time)) in round(&paths, &pipeline, &context)?.into_iter().enumerate() {
            match best.get_mut(i) {
                Some((_, least)) => *least = (*least).min(time),
                None => best.push((stage, time)),
            }
        }
    }
    let all: Duration = best.iter().map(|(_, time)| *time).sum();
    for (stage, time) in best {
        let (time, all) = (time.as_secs_f64(), all.as_secs_f64());
        println!("{stage:<11} {:8.1} ms  {:5.1} %", time * 1e3, time / all * 100.0);
    }
    println!("{:<11} {:8.1} ms", "all", all.as_secs_f64() * 1e3);
    Ok(())
}

/// The times of the stages, in their order.
fn round(paths: &[PathBuf], pipeline: &Pipeline, context: &Context) -> Result<Vec<(&'static str, Duration)>> {
    let mut times = Vec::new();
    let mut started = Instant::now();
    let mut done = |stage| {
        times.push((stage, started.elapsed()));
        started = Instant::now();
    };
    let inputs = paths.iter().map(|path| Input::new(path)).collect();
    let articles: Vec<Article> = Articles::new(inputs, Settings::default()).collect::<Result<_, _>>()?;
    done("source");
    let mut worker = pipeline.worker();
    let mut docs: Vec<Doc> = Vec::new();
    for batch in articles.chunks(BATCH) {
        let texts: Vec<&str> = batch.iter().map(|article| article.text.as_str()).collect();
        docs.extend(worker.parse_batch(&texts));
    }
    done("nlp");
    let names: Vec<_> = docs.iter().map(|doc| extract::names(doc, &context.kb)).collect();
    done("extract");
    let linker = Linker::new(&context.kb, pipeline.vectors());
    let read = articles.into_iter().zip(&docs).zip(&names);
    let annotations: Vec<Annotation> =
        read.map(|((article, doc), names)| linker.link(article, doc, names)).collect();
    done("link");
    let mut resolved: Vec<Annotation> = annotations
        .into_iter()
        .zip(&docs)
        .map(|(annotation, doc)| coref::resolve(annotation, doc, &context.kb))
        .collect();
    done("coref");
    for (annotation, doc) in resolved.iter_mut().zip(&docs) {
        time::add(annotation, doc);
    }
    done("time");
    let predicates: Vec<Predicates> = docs.iter().map(Predicates::of).collect();
    done("predicate");
    for ((annotation, doc), predicates) in resolved.iter_mut().zip(&docs).zip(&predicates) {
        attribution::add(annotation, doc, predicates, Lexicon::builtin());
    }
    done("attribution");
    for ((annotation, doc), predicates) in resolved.iter_mut().zip(&docs).zip(&predicates) {
        statement::add(annotation, doc, predicates, Lexicon::builtin());
    }
    done("statement");
    for annotation in &mut resolved {
        graph::name_entities(annotation, context);
    }
    let graphs: Vec<ArticleGraph> =
        resolved.iter().map(|annotation| ArticleGraph::of(annotation, context)).collect();
    done("graph");
    let mut writer = Writer::new(Vec::new(), Format::NTriples, &context.base);
    for graph in &graphs {
        writer.write(&graph.quads)?;
    }
    writer.finish()?;
    done("export");
    store(&graphs, context)?;
    done("store");
    Ok(times)
}

fn store(graphs: &[ArticleGraph], context: &Context) -> Result<()> {
    let folder = tempfile::tempdir().context("can't make a folder")?;
    let mut writer = FolderWriter::open(Path::new(folder.path()), Waiting::Wait, |_| ())?;
    let made_by = made_by(context);
    for graph in graphs {
        writer.put(EncodedArticle::new(graph, &made_by))?;
    }
    writer.finish()?;
    Ok(())
}
