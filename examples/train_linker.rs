//! Trains the model by which names are linked, and says how well calibrated it is.
//!
//!     cargo run --release --example train_linker -- GOLD.jsonl... > src/link/weights.rs
//!
//! `--kb FILE` before the others trains for another knowledge base than the built-in one. `--beside FILE` among them adds
//! texts that are no news: they have half the weight.
//!
//! Each line of GOLD has `text`, and marks in `entities` (or in the `subject` and `object` of `relations`): `start` and
//! `end` in code points, `uri` with a Wikidata item (`Q794`), or `wikipedia` with the title of an article, or neither for
//! what the marker knew no item of. Every group of names with a mark is a case: the right answer is the candidate that is
//! marked, or none. The model is trained on four fifths of the articles at a time and measured on the other fifth;
//! the table that is written is trained on all. Same input, same output.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this is its output")]

mod adam;

use std::collections::HashMap;
use std::path::Path;
use std::{env, fs};

use adam::climb;
use serde_json::Value;
use tidings::extract::{self, Names};
use tidings::kb::{Kb, KbId};
use tidings::link::{FEATURES, Feature, Judged, Judgement, Linker, Model, Values};
use tidings::nlp::{Doc, Pipeline};
use tidings::text::{CodePoints, Span};

const FOLDS: usize = 5;
/// Rounds of training: what an article speaks of is seen by the model of the round before.
const ROUNDS: usize = 2;
/// Strength of the Gaussian prior that keeps weights small.
const PENALTY: f64 = 0.5;
/// Weights that are expected beforehand, of what hardly any text at hand tells.
const EXPECTED: [(Feature, f64); 2] = [(Feature::ForcesAbroad, -3.0), (Feature::CalledOtherwise, -2.0)];
/// Weight of a case of texts that are no news.
const BESIDE: f64 = 0.5;

/// An article with what the names in it mean.
struct Article {
    doc: Doc,
    names: Names,
    /// Of each group, what it is marked as, if it is marked.
    gold: Vec<Option<Mark>>,
    /// How much it counts.
    weight: f64,
}

/// What a name is marked as.
#[derive(Clone, PartialEq)]
enum Mark {
    /// A Wikidata item.
    Item(u32),
    /// What the English Wikipedia has under a title.
    Title(String),
    /// Something of which no item was known.
    Unknown,
}

impl Mark {
    fn new(mark: &Value) -> Self {
        let item = mark["uri"].as_str().and_then(|uri| uri.strip_prefix('Q')?.parse().ok());
        let title = mark["wikipedia"].as_str().map(|title| title.replace('_', " "));
        item.map(Self::Item).or(title.map(Self::Title)).unwrap_or(Self::Unknown)
    }

    fn is(&self, kb: &Kb, entity: KbId) -> bool {
        let entity = kb.entity(entity);
        match self {
            Self::Item(item) => entity.is_some_and(|entity| entity.qid == Some(*item)),
            Self::Title(title) => entity.is_some_and(|entity| entity.title == Some(title.as_str())),
            Self::Unknown => false,
        }
    }
}

/// The candidates of a group, and which of them is right, if any.
struct Case {
    candidates: Vec<Values>,
    right: Option<usize>,
    weight: f64,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pipeline = Pipeline::embedded();
    let mut paths: Vec<String> = env::args().skip(1).collect();
    let kb = if paths.first().is_some_and(|first| first == "--kb") && paths.len() > 1 {
        paths.remove(0);
        Kb::open(Path::new(&paths.remove(0)))?
    } else {
        Kb::builtin().clone()
    };
    let linker = Linker::new(&kb, pipeline.vectors());
    let mut articles = Vec::new();
    let mut weight = 1.0;
    for path in paths {
        if path == "--beside" {
            weight = BESIDE;
            continue;
        }
        for line in fs::read_to_string(path)?.lines().filter(|line| !line.is_empty()) {
            articles.extend(article(&pipeline, linker.kb(), &serde_json::from_str(line)?, weight));
        }
        weight = 1.0;
    }
    let all: Vec<&Article> = articles.iter().collect();
    let mut held_out = Vec::new();
    for fold in 0..FOLDS {
        let part = |held: bool| all.iter().enumerate().filter(move |(i, _)| (i % FOLDS == fold) == held);
        let train: Vec<&Article> = part(false).map(|(_, &article)| article).collect();
        let model = train_on(&linker, &train);
        let held: Vec<&Article> = part(true).map(|(_, &article)| article).collect();
        held_out
            .extend(cases(&linker.with_model(model), &held).iter().filter_map(|case| answer(&model, case)));
    }
    report(&held_out);
    let model = train_on(&linker, &all);
    write(&model, all.len(), cases(&linker.with_model(model), &all).len());
    Ok(())
}

fn article(pipeline: &Pipeline, kb: &Kb, line: &Value, weight: f64) -> Option<Article> {
    let text = line["text"].as_str()?;
    let points = CodePoints::new(text);
    let relations = line["relations"].as_array().into_iter().flatten();
    let ends = relations.flat_map(|relation| [&relation["subject"], &relation["object"]]);
    let mut marks: HashMap<Span, Mark> = HashMap::new();
    for mark in line["entities"].as_array().into_iter().flatten().chain(ends) {
        let at = |field: &str| mark[field].as_u64().map(|n| n as usize);
        if let Some(span) = at("start").zip(at("end")).and_then(|(start, end)| points.to_span(start, end)) {
            let mark = Mark::new(mark);
            if mark != Mark::Unknown || !marks.contains_key(&span) {
                marks.insert(span, mark);
            }
        }
    }
    let doc = pipeline.parse(text);
    let names = extract::names(&doc, kb);
    let known = |members: &Vec<usize>| {
        let mark_of = |i: &usize| marks.get(&names.names[*i].span);
        let linked = members.iter().filter_map(mark_of).find(|mark| **mark != Mark::Unknown);
        // That no item is given for `Ada` does not say that none is for the `Ada Lovelace` that it is short for.
        let longest = members.iter().max_by_key(|&&i| names.names[i].span.len());
        linked.or(longest.and_then(mark_of)).cloned()
    };
    let gold: Vec<_> = names.groups.iter().map(known).collect();
    Some(Article { doc, names, gold, weight })
}

/// The model that makes the right answers likeliest.
fn train_on(linker: &Linker<'_>, articles: &[&Article]) -> Model {
    let mut model = Model([0.0; FEATURES.len()]);
    model.0[0] = -1.0;
    model.0[1] = 5.0;
    for _ in 0..ROUNDS {
        model = fit(&cases(&linker.with_model(model), articles));
    }
    model
}

fn cases(linker: &Linker<'_>, articles: &[&Article]) -> Vec<Case> {
    let mut cases = Vec::new();
    for article in articles {
        let judgements: Vec<Judgement> = linker.judge(&article.doc, &article.names);
        for (judgement, gold) in judgements.iter().zip(&article.gold) {
            let Some(gold) = gold.as_ref().filter(|_| !judgement.candidates.is_empty()) else { continue };
            let right = judgement.candidates.iter().position(|c| gold.is(linker.kb(), c.entity));
            let has_no_item = |c: &Judged| linker.kb().entity(c.entity).is_some_and(|e| e.qid.is_none());
            if right.is_none() && *gold != Mark::Unknown && judgement.candidates.iter().any(has_no_item) {
                continue; // The right one may be among those of which no item is known.
            }
            let candidates = judgement.candidates.iter().map(|c| c.values).collect();
            cases.push(Case { candidates, right, weight: article.weight });
        }
    }
    cases
}

/// Maximum likelihood with a Gaussian prior.
fn fit(cases: &[Case]) -> Model {
    Model(climb([0.0; FEATURES.len()], |&weights| gradient(&Model(weights), cases)))
}

/// The slope of the logarithm of the likelihood.
fn gradient(model: &Model, cases: &[Case]) -> [f64; FEATURES.len()] {
    let mut gradient = model.0.map(|weight| -PENALTY * weight);
    for (feature, weight) in EXPECTED {
        gradient[feature as usize] += PENALTY * weight;
    }
    for case in cases {
        for (i, (values, p)) in case.candidates.iter().zip(model.probabilities(&case.candidates)).enumerate()
        {
            let missing = case.weight * (f64::from(u8::from(case.right == Some(i))) - p);
            gradient.iter_mut().zip(values.0).for_each(|(g, value)| *g += missing * value);
        }
    }
    gradient
}

/// The probability of the likeliest candidate, whether it is right, and whether any is.
fn answer(model: &Model, case: &Case) -> Option<(f64, bool, bool)> {
    let scores = model.probabilities(&case.candidates);
    let best = (0..scores.len()).reduce(|best, i| if scores[i] > scores[best] { i } else { best })?;
    Some((scores[best], case.right == Some(best), case.right.is_some()))
}

/// Reliability on articles that the model had not seen: of the answers of each range of probability, how many are right.
fn report(answers: &[(f64, bool, bool)]) {
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let mut error = 0.0;
    eprintln!("{} cases; probability, number, right", answers.len());
    for bin in 0..10 {
        let low = f64::from(bin) / 10.0;
        let is_within =
            |p: f64| (p * 10.0 >= f64::from(bin) || bin == 0) && (p * 10.0 < f64::from(bin + 1) || bin == 9);
        let within: Vec<_> = answers.iter().filter(|(p, ..)| is_within(*p)).collect();
        let mean = within.iter().map(|(p, ..)| p).sum::<f64>() / within.len().max(1) as f64;
        let right = share(within.iter().filter(|(_, right, _)| *right).count(), within.len());
        error += (mean - right).abs() * share(within.len(), answers.len());
        eprintln!("{low:.1}-{:.1}: mean {mean:.3} of {:5}, right {right:.3}", low + 0.1, within.len());
    }
    eprintln!("expected calibration error {error:.4}");
    let linkable = answers.iter().filter(|(.., linkable)| *linkable).count();
    for least in [0.2, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7] {
        let linked: Vec<_> = answers.iter().filter(|(p, ..)| *p >= least).collect();
        let right = linked.iter().filter(|(_, right, _)| *right).count();
        let (precision, recall) = (share(right, linked.len()), share(right, linkable));
        eprintln!("at least {least}: precision {precision:.3}, recall {recall:.3}");
    }
}

/// Writes the table of weights as code.
fn write(model: &Model, articles: usize, cases: usize) {
    println!("use super::features::FEATURES;\n");
    println!("/// The weights of the features, in the order of [`FEATURES`].");
    println!("///");
    println!(
        "/// Written by `examples/train_linker.rs`, from {cases} groups of names in {articles} articles and passages."
    );
    println!("#[allow(clippy::approx_constant, reason = \"what was learned is near a constant by chance\")]");
    println!("pub(super) const WEIGHTS: [f64; FEATURES.len()] = [");
    for ((_, name), weight) in FEATURES.iter().zip(model.0) {
        println!("    {weight:.3}, // {name}");
    }
    println!("];");
}
