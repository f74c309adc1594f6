//! Learns the weights by which pronouns are resolved (`src/coref/weights.tsv`) from texts in which they are marked.
//!
//!     cargo run --release --example train_coref -- MARKED.jsonl... > src/coref/weights.tsv
//!     cargo run --release --example train_coref -- --folds 5 MARKED.jsonl...
//!
//! Each line has `text` and either `gap` (a pronoun and two names, see `tests/accuracy/gap.py`) or `coref`, a list of lists of
//! mentions `{start, end}` in code points that refer to the same. The model is a softmax over what a pronoun may
//! refer to, linear in its features (mention ranking: Denis and Baldridge 2008), where all phrases of the right thing are
//! right (Durrett and Klein 2013). With `--folds` the weights are not written, but how often held-out
//! pronouns are resolved rightly.

#![expect(clippy::print_stdout, reason = "a program that prints")]

use std::error::Error;
use std::fs;

use serde_json::Value;
use tidings::coref::training::{Choice, choices, feature_names};
use tidings::extract;
use tidings::kb::Kb;
use tidings::link::Linker;
use tidings::nlp::Pipeline;
use tidings::source::Article;
use tidings::text::{CodePoints, Span};

/// Weight of half the square of the weights against one choice.
const DAMPING: f64 = 0.003;
const ROUNDS: usize = 300;
const STEP: f64 = 0.5;

/// A pronoun with the features of each option, and which are right.
struct Example {
    options: Vec<Vec<u16>>,
    right: Vec<bool>,
    /// The first mention of what each option refers to, which tells the same things from others.
    things: Vec<Option<Span>>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths: Vec<String> = std::env::args().skip(1).collect();
    let folds = match paths.first().map(String::as_str) {
        Some("--folds") => {
            let folds = paths.get(1).ok_or("--folds needs a number")?.parse()?;
            paths.drain(..2);
            Some(folds)
        }
        _ => None,
    };
    let pipeline = Pipeline::embedded();
    let mut of_files = Vec::new();
    for path in &paths {
        let mut of_file = Vec::new();
        for line in fs::read_to_string(path)?.lines() {
            of_file.push(examples(&serde_json::from_str(line)?, &pipeline));
        }
        of_files.push((path, of_file));
    }
    let texts = || of_files.iter().flat_map(|(_, texts)| texts);
    let Some(folds) = folds else {
        let weights = train(&texts().flatten().collect::<Vec<_>>());
        for (name, weight) in feature_names().iter().zip(&weights) {
            println!("{name}\t{weight:.3}");
        }
        return Ok(());
    };
    let mut right = vec![(0, 0); of_files.len()];
    for fold in 0..folds {
        let kept: Vec<&Example> = texts()
            .enumerate()
            .filter(|(i, _)| i % folds != fold)
            .flat_map(|(_, examples)| examples)
            .collect();
        let weights = train(&kept);
        let mut i = 0;
        for ((_, texts), right) in of_files.iter().zip(&mut right) {
            for examples in texts {
                for example in examples.iter().filter(|_| i % folds == fold) {
                    right.0 += u32::from(example.right[best(&weights, example)]);
                    right.1 += 1;
                }
                i += 1;
            }
        }
    }
    for ((path, _), (right, all)) in of_files.iter().zip(right) {
        println!("{path}: {right} of {all} right ({:.3})", f64::from(right) / f64::from(all.max(1_u32)));
    }
    Ok(())
}

/// The pronouns of a text of which it is known what they refer to.
fn examples(line: &Value, pipeline: &Pipeline) -> Vec<Example> {
    let text = line["text"].as_str().unwrap_or_default().to_owned();
    let doc = pipeline.worker().parse(&text);
    let names = extract::names(&doc, Kb::builtin());
    let annotation = Linker::new(Kb::builtin(), pipeline.vectors()).link(
        Article { text: text.clone(), ..Article::default() },
        &doc,
        &names,
    );
    let points = CodePoints::new(&text);
    let span = |value: &Value| {
        let place = |field: &str| value[field].as_u64().and_then(|n| usize::try_from(n).ok());
        points.to_span(place("start")?, place("end")?)
    };
    let choices = choices(&annotation, &doc, Kb::builtin());
    if line["gap"].is_object() {
        return of_gap(&line["gap"], &choices, &span);
    }
    let clusters = line.get("coref_ontonotes").unwrap_or(&line["coref"]).as_array().into_iter().flatten();
    let clusters: Vec<Vec<Span>> =
        clusters.map(|c| c.as_array().into_iter().flatten().filter_map(span).collect()).collect();
    let end = line["meta"]["annotated_end"].as_u64().and_then(|n| usize::try_from(n).ok());
    let end = end.and_then(|end| points.to_span(0, end)).map_or(u32::MAX, |s| s.end);
    choices.iter().filter(|c| c.pronoun.end <= end).filter_map(|c| of_clusters(c, &clusters, &doc)).collect()
}

/// The marked pronoun: the names that are its own are right, or anything but the others.
fn of_gap(gap: &Value, choices: &[Choice], span: &impl Fn(&Value) -> Option<Span>) -> Vec<Example> {
    let (Some(pronoun), Some(a), Some(b)) = (span(&gap["pronoun"]), span(&gap["a"]), span(&gap["b"])) else {
        return Vec::new();
    };
    let truth =
        [(a, &gap["a_coref"]), (b, &gap["b_coref"])].map(|(name, is)| (name, is == &Value::Bool(true)));
    let is_right = |mentions: &[Span]| {
        let of = |wanted| {
            truth.iter().any(|&(name, is)| is == wanted && mentions.iter().any(|m| m.overlaps(name)))
        };
        if truth.iter().any(|&(_, is)| is) { of(true) && !of(false) } else { !of(false) }
    };
    let choice = choices.iter().find(|c| c.pronoun == pronoun);
    choice.into_iter().filter_map(|choice| example(choice, is_right)).collect()
}

/// What the pronoun's cluster has is right; nothing is, when it has none of the options.
fn of_clusters(choice: &Choice, clusters: &[Vec<Span>], doc: &tidings::nlp::Doc) -> Option<Example> {
    let cluster = clusters.iter().find(|c| c.contains(&choice.pronoun));
    let head = |span: Span| doc.head_of(doc.tokens_in(span)).map(tidings::nlp::Token::id);
    let same = |a: Span, b: Span| a == b || (head(a).is_some() && head(a) == head(b));
    let is_right = |mentions: &[Span]| {
        mentions.first().is_some_and(|&m| cluster.is_some_and(|c| c.iter().any(|&gold| same(gold, m))))
    };
    example(choice, is_right).or_else(|| example(choice, |mentions: &[Span]| mentions.is_empty()))
}

fn example(choice: &Choice, is_right: impl Fn(&[Span]) -> bool) -> Option<Example> {
    let right: Vec<bool> = choice.options.iter().map(|option| is_right(&option.mentions)).collect();
    let options = choice.options.iter().map(|option| option.features.clone()).collect();
    let things =
        choice.options.iter().map(|option| option.mentions.iter().copied().min_by_key(|m| m.start)).collect();
    right.contains(&true).then_some(Example { options, right, things })
}

fn scores(weights: &[f64], example: &Example) -> Vec<f64> {
    example.options.iter().map(|o| o.iter().map(|&f| weights[f as usize]).sum()).collect()
}

/// The option of the most probable thing: the probabilities of all its phrases add up.
fn best(weights: &[f64], example: &Example) -> usize {
    let scores = scores(weights, example);
    let sum = |i: usize| -> f64 {
        let same = (0..scores.len()).filter(|&j| example.things[j] == example.things[i]);
        same.map(|j| scores[j].exp()).sum()
    };
    (1..scores.len()).fold(0, |best, i| if sum(i) > sum(best) { i } else { best })
}

/// Maximises the probability of the right options by `AdaGrad` on the whole gradient.
fn train(examples: &[&Example]) -> Vec<f64> {
    let mut weights = vec![0.0; feature_names().len()];
    let mut squares = vec![1e-6; weights.len()];
    for _ in 0..ROUNDS {
        let mut gradient: Vec<f64> = weights.iter().map(|w| -DAMPING * examples.len() as f64 * w).collect();
        for example in examples {
            let scores = scores(&weights, example);
            let top = scores.iter().copied().fold(f64::MIN, f64::max);
            let odds: Vec<f64> = scores.iter().map(|s| (s - top).exp()).collect();
            let all: f64 = odds.iter().sum();
            let of_right: f64 =
                odds.iter().zip(&example.right).filter(|(_, right)| **right).map(|(o, _)| o).sum();
            for ((option, odds), right) in example.options.iter().zip(&odds).zip(&example.right) {
                let wanted = if *right { odds / of_right } else { 0.0 };
                for &feature in option {
                    gradient[feature as usize] += wanted - odds / all;
                }
            }
        }
        for ((weight, gradient), square) in weights.iter_mut().zip(&gradient).zip(&mut squares) {
            *square += gradient * gradient;
            *weight += STEP * gradient / square.sqrt();
        }
    }
    weights
}
