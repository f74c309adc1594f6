//! Learns the weights by which names get their types or are dropped (`src/extract/cues.tsv`) from texts whose names are marked.
//!
//!     cargo run --release --example train_names -- MARKED.jsonl... > src/extract/cues.tsv
//!     cargo run --release --example train_names -- --folds 5 MARKED.jsonl...
//!
//! `--beside FILE`, before the others and as often as wanted, adds texts marked by other guidelines: they have half the weight,
//! are never held out, and the names of peoples in them are left out, because guidelines differ most there.
//!
//! Each line has `text` and all its names in `entities`: `start` and `end` in code points, and `type`. The model is a
//! multinomial logistic regression over person, organisation, place, other and none. With `--folds` the weights are not
//! written, but how well they do on the articles that they were not learned from: F1 of exact spans and coarse types.
//! Same input, same output.

#![expect(clippy::print_stdout, reason = "this is its output")]

mod adam;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::error::Error;
use std::fs;

use adam::climb;
use serde_json::Value;
use tidings::extract::NameType;
use tidings::extract::training::{Candidate, Coarse, Cue, Weights, candidates, names};
use tidings::kb::Kb;
use tidings::nlp::{Doc, Pipeline};
use tidings::text::{CodePoints, Span};

/// Strength of the Gaussian prior that keeps weights small.
const PENALTY: f64 = 2.0;
/// Cues of fewer names are left out.
const LEAST_NAMES: usize = 10;
/// Cues without a weight of this size are not written.
const LEAST_WEIGHT: f64 = 0.08;
/// Weight of a name of texts that are marked by other guidelines.
const BESIDE: f64 = 0.5;
/// The types and none.
const CHOICES: usize = Coarse::ALL.len() + 1;

/// A text with the names that are marked.
struct Text {
    doc: Doc,
    gold: HashMap<Span, Coarse>,
    examples: Vec<Example>,
}

/// What may be a name, and what it is: a number below [`CHOICES`].
struct Example {
    cues: Vec<Cue>,
    right: usize,
    weight: f64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let pipeline = Pipeline::embedded();
    let (mut folds, mut beside, mut texts) = (None, Vec::new(), Vec::new());
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--folds" => folds = Some(arguments.next().ok_or("--folds needs a number")?.parse()?),
            "--beside" => read(&arguments.next().ok_or("--beside needs a file")?, &pipeline, &mut beside)?,
            path => read(path, &pipeline, &mut texts)?,
        }
    }
    for example in beside.iter_mut().flat_map(|text| &mut text.examples) {
        example.weight = BESIDE;
    }
    for text in &mut beside {
        text.examples.retain(|e| !e.cues.iter().any(|c| matches!(c, ("recogniser" | "kb", "NORP", _))));
    }
    let train_on = |kept: &dyn Fn(usize) -> bool| {
        let kept = texts.iter().enumerate().filter(|(i, _)| kept(*i)).map(|(_, text)| text);
        train(&kept.chain(&beside).flat_map(|text| &text.examples).collect::<Vec<_>>())
    };
    let Some(folds) = folds else {
        write(&train_on(&|_| true));
        return Ok(());
    };
    let (mut recogniser, mut weighted) = (Score::default(), Score::default());
    for fold in 0..folds {
        let weights = Weights::new(train_on(&|i| i % folds != fold));
        for text in texts.iter().skip(fold).step_by(folds) {
            let found = candidates(&text.doc, Kb::builtin());
            recogniser.add(text, found.iter().filter_map(|c| Some((c.span, c.recogniser?))));
            let names = names(&text.doc, Kb::builtin(), &weights);
            weighted.add(text, names.iter().map(|name| (name.span, name.name_type)));
        }
    }
    println!("recogniser alone: {}\nwith weights: {}", recogniser.report(), weighted.report());
    Ok(())
}

fn read(path: &str, pipeline: &Pipeline, texts: &mut Vec<Text>) -> Result<(), Box<dyn Error>> {
    for line in fs::read_to_string(path)?.lines().filter(|line| !line.is_empty()) {
        texts.extend(text(pipeline, &serde_json::from_str(line)?));
    }
    Ok(())
}

fn text(pipeline: &Pipeline, line: &Value) -> Option<Text> {
    let text = line["text"].as_str()?;
    let points = CodePoints::new(text);
    let mark = |mark: &Value| {
        let at = |field: &str| mark[field].as_u64().map(|n| n as usize);
        Some((trimmed(points.to_span(at("start")?, at("end")?)?, text), coarse(mark["type"].as_str()?)?))
    };
    let gold: HashMap<Span, Coarse> = line["entities"].as_array()?.iter().filter_map(mark).collect();
    let doc = pipeline.parse(text);
    let examples = candidates(&doc, Kb::builtin()).into_iter().filter_map(|c| example(c, &gold)).collect();
    Some(Text { doc, gold, examples })
}

/// A span without a leading article and a possessive ending: guidelines differ in these.
fn trimmed(span: Span, text: &str) -> Span {
    let mut name = span.of(text);
    if let Some((first, rest)) = name.split_once(char::is_whitespace)
        && matches!(first.to_lowercase().as_str(), "the" | "a" | "an")
    {
        name = rest.trim_start();
    }
    let start = span.end as usize - name.len();
    let name = name.strip_suffix("'s").or(name.strip_suffix("’s")).unwrap_or(name);
    Span::new(start, start + name.len())
}

/// The coarse type of a mark; `None` for what is no name, such as dates and amounts.
fn coarse(label: &str) -> Option<Coarse> {
    Some(match label.to_lowercase().as_str() {
        "person" => Coarse::Person,
        "organization" | "organisation" => Coarse::Organization,
        "location" | "facility" | "place" | "country" => Coarse::Place,
        "misc" | "nationality" => Coarse::Other,
        _ => Coarse::of(NameType::from_label(&label.to_uppercase())?),
    })
}

/// `None` where another span of the same words is marked: that it is no name must not be learned from there.
fn example(candidate: Candidate, gold: &HashMap<Span, Coarse>) -> Option<Example> {
    let right = match gold.get(&candidate.span) {
        Some(&coarse) => coarse as usize,
        None if gold.keys().any(|mark| mark.overlaps(candidate.span)) => return None,
        None => Coarse::ALL.len(),
    };
    Some(Example { cues: candidate.cues, right, weight: 1.0 })
}

/// The weights of the cues by maximum likelihood with a Gaussian prior, around nought for each cue.
fn train(examples: &[&Example]) -> Vec<(Cue, [f32; CHOICES])> {
    let mut counts: BTreeMap<Cue, usize> = BTreeMap::new();
    for example in examples {
        for cue in example.cues.iter().collect::<HashSet<_>>() {
            *counts.entry(*cue).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count >= LEAST_NAMES);
    let numbers: HashMap<Cue, usize> =
        counts.keys().enumerate().map(|(i, cue)| (*cue, i * CHOICES)).collect();
    let observed: Vec<Vec<usize>> = examples
        .iter()
        .map(|example| example.cues.iter().filter_map(|cue| numbers.get(cue).copied()).collect())
        .collect();
    let weights = climb(vec![0.0; counts.len() * CHOICES], |weights| gradient(weights, examples, &observed));
    let centred = |weights: &[f64]| {
        let mean = weights.iter().sum::<f64>() / CHOICES as f64;
        std::array::from_fn(|i| (weights[i] - mean) as f32)
    };
    counts.into_keys().zip(weights.chunks(CHOICES).map(centred)).collect()
}

/// The slope of the logarithm of the likelihood; `observed` has where the weights of each example's cues begin.
fn gradient(weights: &[f64], examples: &[&Example], observed: &[Vec<usize>]) -> Vec<f64> {
    let mut gradient: Vec<f64> = weights.iter().map(|weight| -PENALTY * weight).collect();
    for (example, cues) in examples.iter().zip(observed) {
        let scores: [f64; CHOICES] = std::array::from_fn(|i| cues.iter().map(|cue| weights[cue + i]).sum());
        let highest = scores.iter().copied().fold(f64::MIN, f64::max);
        let odds = scores.map(|score| (score - highest).exp());
        let all: f64 = odds.iter().sum();
        for (i, odds) in odds.into_iter().enumerate() {
            let missing = example.weight * (f64::from(u8::from(example.right == i)) - odds / all);
            for cue in cues {
                gradient[cue + i] += missing;
            }
        }
    }
    gradient
}

fn write(weights: &[(Cue, [f32; CHOICES])]) {
    for ((kind, value, other), weights) in weights {
        if weights.iter().any(|weight| f64::from(weight.abs()) >= LEAST_WEIGHT) {
            let weights = weights.map(|weight| format!("{weight:.2}")).join("\t");
            println!("{kind}\t{value}\t{other}\t{weights}");
        }
    }
}

/// How many names were found rightly, how many were found, and how many are marked.
#[derive(Default)]
struct Score {
    right: usize,
    found: usize,
    marked: usize,
}

impl Score {
    fn add(&mut self, text: &Text, found: impl Iterator<Item = (Span, NameType)>) {
        self.marked += text.gold.len();
        for (span, name_type) in found {
            self.found += 1;
            self.right += usize::from(text.gold.get(&span) == Some(&Coarse::of(name_type)));
        }
    }

    fn report(&self) -> String {
        let share = |whole: usize| self.right as f64 / whole.max(1) as f64;
        let f1 = 2.0 * self.right as f64 / (self.found + self.marked).max(1) as f64;
        format!("precision {:.3}, recall {:.3}, F1 {f1:.3}", share(self.found), share(self.marked))
    }
}
