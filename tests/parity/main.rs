//! Compares the pipeline with what spaCy made of the same texts (recorded with `record.py`, beside this file).
//!
//! The embedded pipeline runs over the example articles. Any other comparison, over any amount of text:
//!
//! ```sh
//! python tests/parity/record.py PIPELINE out.tsv.gz a.jsonl b.txt
//! PARITY_RECORD=out.tsv.gz PARITY_TEXTS=a.jsonl:b.txt PARITY_MODEL=PIPELINE \
//!     cargo test --release --test parity -- --ignored --nocapture
//! ```

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test tells what differs, and stops at what it cannot read"
)]

use std::{collections::HashMap, env, fs, fs::File, io::Read, path::Path, time::Instant};

use flate2::read::GzDecoder;
use tidings::nlp::{Doc, Pipeline, model::Model};

/// What is compared, in the order of the record.
const COLUMNS: [&str; 10] =
    ["boundaries", "norm", "tag", "pos", "morph", "lemma", "head", "dep", "entity", "sentence"];

/// How many tokens agree.
#[derive(Default)]
struct Report {
    tokens: usize,
    wrong: [usize; COLUMNS.len()],
    /// Tokens with any difference.
    any: usize,
    differences: Vec<String>,
}

impl Report {
    fn agreement(&self, wrong: usize) -> f64 {
        100.0 * (1.0 - wrong as f64 / self.tokens.max(1) as f64)
    }

    fn show(&self) {
        println!("{} tokens", self.tokens);
        for (column, &wrong) in COLUMNS.iter().zip(&self.wrong) {
            println!("{column:<12} {wrong:>6} differ {:>9.4} %", self.agreement(wrong));
        }
        println!("{:<12} {:>6} differ {:>9.4} %", "any", self.any, self.agreement(self.any));
    }
}

/// The texts of `.txt` and `.jsonl` files, under the names that `record.py` gives them.
fn texts<'p>(paths: impl Iterator<Item = &'p Path>) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy();
        let content = fs::read_to_string(path).unwrap();
        if path.extension().is_some_and(|extension| extension == "jsonl") {
            for (number, line) in content.lines().enumerate() {
                let value: serde_json::Value = serde_json::from_str(line).unwrap();
                texts.push((format!("{name}:{number}"), value["text"].as_str().unwrap().to_owned()));
            }
        } else {
            texts.push((name.into_owned(), content));
        }
    }
    texts
}

/// Name of each recorded text, and the rows of its tokens.
fn record(path: &Path) -> Vec<(String, Vec<Vec<String>>)> {
    let mut content = String::new();
    GzDecoder::new(File::open(path).unwrap()).read_to_string(&mut content).unwrap();
    let mut docs: Vec<(String, Vec<Vec<String>>)> = Vec::new();
    for line in content.lines() {
        match (line.strip_prefix("# "), docs.last_mut()) {
            (Some(name), _) => docs.push((name.to_owned(), Vec::new())),
            (None, Some((_, rows))) => rows.push(line.split('\t').map(unescaped).collect()),
            (None, None) => panic!("the record starts with no name"),
        }
    }
    docs
}

fn unescaped(value: &str) -> String {
    let mut out = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        out.push(match (c, if c == '\\' { chars.next() } else { None }) {
            (_, Some('t')) => '\t',
            (_, Some('n')) => '\n',
            (_, Some('r')) => '\r',
            (_, Some(other)) => other,
            (c, None) => c,
        });
    }
    out
}

/// The rows of a document as `record.py` writes them.
fn rows(doc: &Doc) -> Vec<Vec<String>> {
    let mut entities: Vec<String> = vec!["O".into(); doc.len()];
    for entity in doc.entities() {
        for (n, token) in entity.tokens.ids().enumerate() {
            entities[token.index()] =
                format!("{}-{}", if n == 0 { "B" } else { "I" }, doc.label(entity.label));
        }
    }
    doc.tokens()
        .zip(entities)
        .map(|(token, entity)| {
            let head = i64::from(token.head_id().0) - i64::from(token.id().0);
            let starts = token.sentence().start == token.id();
            vec![
                token.span().start.to_string(),
                token.span().end.to_string(),
                token.norm().to_owned(),
                token.tag().to_owned(),
                token.pos().as_str().to_owned(),
                token.morph().to_owned(),
                token.lemma().to_owned(),
                head.to_string(),
                token.dep().to_owned(),
                entity,
                u8::from(starts).to_string(),
            ]
        })
        .collect()
}

fn compare(
    pipeline: &Pipeline,
    texts: &[(String, String)],
    recorded: &[(String, Vec<Vec<String>>)],
) -> Report {
    let texts: HashMap<&str, &str> =
        texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut worker = pipeline.worker();
    let mut report = Report::default();
    for (name, expected) in recorded {
        let Some(text) = texts.get(name.as_str()) else { panic!("text `{name}` is not given") };
        let found = rows(&worker.parse(text));
        let by_span: HashMap<(&str, &str), &Vec<String>> =
            found.iter().map(|row| ((row[0].as_str(), row[1].as_str()), row)).collect();
        for row in expected {
            report.tokens += 1;
            let ours = by_span.get(&(row[0].as_str(), row[1].as_str()));
            let mut differing = Vec::new();
            for (n, column) in COLUMNS.iter().enumerate() {
                let same = ours.is_some_and(|ours| n == 0 || ours[n + 1] == row[n + 1]);
                if !same {
                    report.wrong[n] += 1;
                    let ours = ours.map_or("no such token", |ours| &ours[n + 1]);
                    differing.push(format!("{column} {:?}, here {ours:?}", row[n + 1]));
                }
            }
            if !differing.is_empty() {
                report.any += 1;
                let range = row[0].parse().unwrap()..row[1].parse().unwrap();
                let form = text.get::<std::ops::Range<usize>>(range).unwrap();
                report.differences.push(format!("{name} byte {} {form:?}: {}", row[0], differing.join("; ")));
            }
        }
    }
    report
}

#[test]
fn the_embedded_pipeline_agrees_with_spacy_on_the_example_articles() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<_> =
        fs::read_dir(root.join("examples/articles")).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt" || extension == "jsonl"));
    let texts = texts(paths.iter().map(AsRef::as_ref));
    let recorded = record(&root.join("tests/parity/articles.en_core_web_md.tsv.gz"));
    let pipeline = Pipeline::new(Model::embedded()).unwrap();
    let report = compare(&pipeline, &texts, &recorded);
    report.show();
    for difference in &report.differences {
        println!("{difference}");
    }
    assert!(report.tokens > 3000);
    for (column, &wrong) in COLUMNS.iter().zip(&report.wrong) {
        assert!(report.agreement(wrong) >= 99.9, "{column}: {wrong} of {} tokens differ", report.tokens);
    }
}

#[test]
#[ignore = "needs a record: see above"]
fn a_pipeline_agrees_with_a_record_of_spacy() {
    let given = |name| env::var(name).unwrap_or_else(|_| panic!("`{name}` is not set"));
    let texts_given = given("PARITY_TEXTS");
    let texts = texts(texts_given.split(':').map(Path::new));
    let recorded = record(Path::new(&given("PARITY_RECORD")));
    let pipeline = match given("PARITY_MODEL").as_str() {
        "embedded" => Pipeline::new(Model::embedded()).unwrap(),
        path => Pipeline::open(Path::new(path)).unwrap(),
    };
    let started = Instant::now();
    let report = compare(&pipeline, &texts, &recorded);
    for difference in &report.differences {
        println!("{difference}");
    }
    report.show();
    println!("{:.1} s", started.elapsed().as_secs_f64());
}
