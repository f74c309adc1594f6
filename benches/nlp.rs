//! Tokens a second of the language pipeline over the example articles, stage by stage.
//!
//!     cargo bench --bench nlp
//!
//! `TIDINGS_MODEL` is the path of another pipeline than the embedded one.
//!
//! A stage is what runs when the pipeline has only the components it needs: `tok2vec` has the tokenizer too,
//! `parser` these and the parser. `whole` has all components.

use std::{env, fs, hint::black_box, path::Path};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tidings::nlp::{Doc, Pipeline, model::Model};

/// Each stage with the components it needs.
const STAGES: [(&str, Option<&[&str]>); 5] = [
    ("tokenize", Some(&[])),
    ("tok2vec", Some(&["tok2vec", "tagger"])),
    ("parser", Some(&["tok2vec", "parser"])),
    ("ner", Some(&["ner"])),
    ("whole", None),
];

/// The text of the plain articles.
fn articles() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/articles");
    let files = fs::read_dir(folder).expect("the example articles are there");
    let mut paths: Vec<_> = files.map(|file| file.expect("the folder can be read").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).expect("the article can be read")).collect()
}

/// The pipeline of `TIDINGS_MODEL`, else the embedded one.
fn model() -> Model {
    match env::var_os("TIDINGS_MODEL") {
        Some(path) => Model::open(Path::new(&path)).expect("the pipeline can be loaded"),
        None => Model::embedded(),
    }
}

fn stages(criterion: &mut Criterion) {
    let articles = articles();
    let texts: Vec<&str> = articles.iter().map(String::as_str).collect();
    let whole = model();
    let mut group = criterion.benchmark_group("nlp");
    for (stage, components) in STAGES {
        let mut model = whole.clone();
        if let Some(components) = components {
            model.components.retain(|(name, _)| components.contains(&name.as_str()));
        }
        let pipeline = Pipeline::new(model).expect("the pipeline can be run");
        let mut worker = pipeline.worker();
        let tokens = worker.parse_batch(&texts).iter().map(Doc::len).sum::<usize>();
        group.throughput(Throughput::Elements(tokens as u64));
        group.bench_function(stage, |bencher| bencher.iter(|| worker.parse_batch(black_box(&texts))));
    }
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
