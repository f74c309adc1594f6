//! Learns the model by which relations are found (`src/statement/pair/weights.bin`), and says how well calibrated it is.
//!
//!     cargo run --release --example train_relations -- KNOWLEDGENET.jsonl NEWS.jsonl WEIGHTS
//!     cargo run --release --example train_relations -- --folds OUTPUT.jsonl KNOWLEDGENET.jsonl NEWS.jsonl
//!
//! Each line of KNOWLEDGENET has `text`, `split` (its fold), `meta.passages` with the properties that were looked for in each, and
//! `relations` with the places of `subject` and `object` in code points. What was not looked for in a passage is taken for
//! unlikely, not for false. NEWS has texts of which nothing is known (`text`): the pairs in them that a first model is not
//! sure of are taken for false, since in news few pairs are related, unlike in passages that were chosen
//! for their relations. With `--folds` no weights are written, but the annotations of each fold by a model that
//! was trained on the others. Same input, same output.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this is its output")]

use std::collections::HashMap;
use std::error::Error;
use std::{env, fs};

use serde_json::Value;
use tidings::annotation::{Annotation, to_json};
use tidings::kb::Kb;
use tidings::lexicon::Lexicon;
use tidings::link::Linker;
use tidings::nlp::{Doc, Pipeline};
use tidings::source::Article;
use tidings::statement::training::{Group, Model, PROPERTIES, Scores, add, groups};
use tidings::text::{CodePoints, Span};
use tidings::{coref, extract, time};

const N: usize = PROPERTIES.len();

/// The names of the properties in `KnowledgeNet`, in the order of the model.
const NAMES: [&str; N] = [
    "EMPLOYEE_OR_MEMBER_OF",
    "PLACE_OF_RESIDENCE",
    "SPOUSE",
    "PLACE_OF_BIRTH",
    "EDUCATED_AT",
    "HEADQUARTERS",
    "CHILD_OF",
    "DATE_OF_BIRTH",
    "FOUNDED_BY",
    "CEO",
    "NATIONALITY",
    "POLITICAL_AFFILIATION",
    "DATE_OF_DEATH",
    "SUBSIDIARY_OF",
    "DATE_FOUNDED",
];

/// Weight of what was not looked for in a passage.
const NOT_LOOKED_FOR: f32 = 0.02;
/// Weight of what was not looked for between two that are related in another way, which seldom are in this way too.
const OTHERWISE_RELATED: f32 = 0.5;
/// Least probability by the first model of a pair in news that is left out of training instead of taken for false.
const DOUBT: f32 = 0.7;
/// Features that are kept in the end.
const MOST_FEATURES: usize = 40_000;
const ROUNDS: usize = 6;
const RATE: f32 = 0.05;

/// Whether a property holds of a group, and how much that counts.
#[derive(Clone, Copy, Default)]
struct Label {
    holds: bool,
    weight: f32,
}

/// A text with its candidates.
struct Text {
    annotation: Annotation,
    doc: Doc,
    /// The part for cross-validation; empty for news.
    fold: String,
    groups: Vec<Group>,
    labels: Vec<[Label; N]>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths: Vec<String> = env::args().skip(1).collect();
    let cross_validates = paths.len() > 1 && paths[0] == "--folds";
    if cross_validates {
        let output = paths.remove(1);
        paths.remove(0);
        paths.push(output);
    }
    let [gold, news, output] = &paths[..] else { return Err("expected three files; see the source".into()) };
    let pipeline = Pipeline::embedded();
    let mut texts = read(gold, &pipeline)?;
    let of_gold = texts.len();
    texts.extend(read(news, &pipeline)?);
    eprintln!("{} groups", texts.iter().map(|t| t.groups.len()).sum::<usize>());
    if !cross_validates {
        let model = train(&texts.iter().collect::<Vec<_>>());
        fs::write(output, model.to_bytes())?;
        return Ok(());
    }
    let mut folds: Vec<&str> =
        texts.iter().map(|t| t.fold.as_str()).filter(|fold| !fold.is_empty()).collect();
    folds.sort_unstable();
    folds.dedup();
    let mut lines = vec![String::new(); of_gold];
    let mut bins = [(0.0, 0.0, 0u32); 10];
    for fold in folds {
        let model = train(&texts.iter().filter(|t| t.fold != fold).collect::<Vec<_>>());
        for (line, text) in lines.iter_mut().zip(&texts).filter(|(_, t)| t.fold == fold) {
            weigh(&mut bins, text, &model);
            let mut annotation = text.annotation.clone();
            add(&mut annotation, &text.doc, Lexicon::builtin(), &model);
            *line = to_json(&annotation, None, false);
        }
    }
    fs::write(output, lines.join("\n") + "\n")?;
    report(&bins);
    Ok(())
}

/// Reads texts and finds their candidates.
fn read(path: &str, pipeline: &Pipeline) -> Result<Vec<Text>, Box<dyn Error>> {
    let mut texts = Vec::new();
    let mut worker = pipeline.worker();
    for line in fs::read_to_string(path)?.lines() {
        let line: Value = serde_json::from_str(line)?;
        let doc = worker.parse(line["text"].as_str().unwrap_or_default());
        let names = extract::names(&doc, Kb::builtin());
        let article = Article { text: doc.text().to_owned(), ..Article::default() };
        let annotation = Linker::new(Kb::builtin(), pipeline.vectors()).link(article, &doc, &names);
        let mut annotation = coref::resolve(annotation, &doc, Kb::builtin());
        time::add(&mut annotation, &doc);
        let groups = groups(&annotation, &doc, Lexicon::builtin());
        let labels = labels(&line, doc.text(), &groups);
        let fold =
            if line["meta"]["passages"].is_array() { line["split"].as_str().unwrap_or("none") } else { "" };
        texts.push(Text { fold: fold.to_owned(), annotation, doc, groups, labels });
    }
    Ok(texts)
}

/// What is known of each group of a text.
fn labels(line: &Value, text: &str, groups: &[Group]) -> Vec<[Label; N]> {
    let points = CodePoints::new(text);
    let place = |v: &Value, field: &str| v[field].as_u64().and_then(|n| usize::try_from(n).ok());
    let span = |v: &Value| points.to_span(place(v, "start")?, place(v, "end")?);
    let number = |v: &Value| NAMES.iter().position(|n| Some(*n) == v.as_str());
    let of = |field: &Value| field.as_array().cloned().unwrap_or_default();
    let relation = |r: &Value| Some((number(&r["property"])?, span(&r["subject"])?, span(&r["object"])?));
    let gold: Vec<(usize, Span, Span)> = of(&line["relations"]).iter().filter_map(relation).collect();
    let passage =
        |p: &Value| Some((span(p)?, of(&p["properties"]).iter().filter_map(number).collect::<Vec<_>>()));
    let passages: Vec<_> = of(&line["meta"]["passages"]).iter().filter_map(passage).collect();
    let label = |group: &Group| {
        let is = |subject: Span, object: Span| {
            group.pairs.iter().any(|pair| pair.subject.overlaps(subject) && pair.object.overlaps(object))
        };
        let holds: [bool; N] = std::array::from_fn(|p| {
            let both = PROPERTIES[p].symmetric;
            gold.iter().any(|&(q, s, o)| p == q && (is(s, o) || both && is(o, s)))
        });
        let looked_for =
            passages.iter().filter(|(p, _)| group.pairs.iter().any(|pair| p.contains(pair.subject)));
        let looked_for: Vec<usize> =
            looked_for.flat_map(|(_, properties)| properties.iter().copied()).collect();
        let related = holds.contains(&true);
        std::array::from_fn(|p| {
            let weight = match (holds[p] || looked_for.contains(&p), related) {
                (true, _) => 1.0,
                (false, true) => OTHERWISE_RELATED,
                (false, false) => NOT_LOOKED_FOR,
            };
            Label { holds: holds[p], weight }
        })
    };
    groups.iter().map(label).collect()
}

/// A group as the trainer sees it: the features of each pair by their places among the weights.
struct Example<'a> {
    group: &'a Group,
    pairs: Vec<Vec<u32>>,
    labels: [Label; N],
}

/// Trains on what is marked, and then again with the news whose pairs the first model is not sure of as examples of what is
/// not related; last with the features that matter most.
fn train(texts: &[&Text]) -> Model {
    let candidates = |news: bool| {
        let texts = texts.iter().filter(move |t| t.fold.is_empty() == news);
        texts.flat_map(|t| t.groups.iter().zip(t.labels.iter().copied()))
    };
    let mut examples: Vec<(&Group, [Label; N])> = candidates(false).collect();
    let (kept, weights) = learn(&examples, &frequent(&examples));
    let first = Model::new(&kept.into_iter().zip(weights).collect::<Vec<_>>());
    examples.extend(candidates(true).map(|(group, _)| {
        let weight = |p: f32| f32::from(u8::from(p < DOUBT));
        (group, first.probabilities(group).map(|p| Label { holds: false, weight: weight(p) }))
    }));
    let (kept, weights) = learn(&examples, &frequent(&examples));
    let size = |row: &Scores| row.iter().fold(0f32, |most, w| most.max(w.abs()));
    let mut ranked: Vec<(f32, u32)> = weights.iter().map(size).zip(kept).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut chosen: Vec<u32> = ranked.iter().take(MOST_FEATURES).map(|&(_, f)| f).collect();
    chosen.sort_unstable();
    let (kept, weights) = learn(&examples, &chosen);
    Model::new(&kept.into_iter().zip(weights).collect::<Vec<_>>())
}

/// The features of more than one group, in ascending order.
fn frequent(examples: &[(&Group, [Label; N])]) -> Vec<u32> {
    let mut all: Vec<u32> = Vec::new();
    for (group, _) in examples {
        let mut of_group: Vec<u32> =
            group.pairs.iter().flat_map(|pair| pair.features.iter().copied()).collect();
        of_group.sort_unstable();
        of_group.dedup();
        all.extend(of_group);
    }
    all.sort_unstable();
    all.chunk_by(|a, b| a == b).filter(|same| same.len() > 1).map(|same| same[0]).collect()
}

/// The weights of these features, by `AdaGrad` (Duchi et al. 2011) on the logistic loss of one group at a time.
fn learn(examples: &[(&Group, [Label; N])], features: &[u32]) -> (Vec<u32>, Vec<Scores>) {
    let places: HashMap<u32, u32> = features.iter().zip(0..).map(|(&f, i)| (f, i)).collect();
    let examples = examples.iter().map(|&(group, labels)| {
        let looked_at = group.pairs.iter().filter(|pair| !pair.features.is_empty());
        let pairs = looked_at.map(|p| p.features.iter().filter_map(|f| places.get(f).copied()).collect());
        Example { group, pairs: pairs.collect(), labels }
    });
    let examples: Vec<Example<'_>> = examples.collect();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut weights = vec![[0f32; N]; features.len()];
    let mut squares = vec![[1e-3f32; N]; features.len()];
    let mut random = 88_172_645_463_325_252u64;
    for _ in 0..ROUNDS {
        for i in (1..order.len()).rev() {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            order.swap(i, (random % (i as u64 + 1)) as usize);
        }
        for &i in &order {
            step(&examples[i], &mut weights, &mut squares);
        }
    }
    (features.to_vec(), weights)
}

/// One step downhill for an example.
fn step(example: &Example<'_>, weights: &mut [Scores], squares: &mut [Scores]) {
    let mut scores = vec![[0f32; N]; example.pairs.len()];
    for (sums, pair) in scores.iter_mut().zip(&example.pairs) {
        for &feature in pair {
            for (sum, weight) in sums.iter_mut().zip(&weights[feature as usize]) {
                *sum += weight;
            }
        }
    }
    for p in (0..N).filter(|&p| example.group.possible[p]) {
        let top = scores.iter().map(|s| s[p]).fold(f32::MIN, f32::max);
        let sum: f32 = scores.iter().map(|s| (s[p] - top).exp()).sum();
        let probability = 1.0 / (1.0 + (-top - sum.ln()).exp());
        let Label { holds, weight } = example.labels[p];
        let slope = weight * (probability - f32::from(u8::from(holds)));
        if slope.abs() < 1e-3 {
            continue;
        }
        for (pair, scores) in example.pairs.iter().zip(&scores) {
            let gradient = slope * (scores[p] - top).exp() / sum;
            for &feature in pair {
                let (weight, square) = (&mut weights[feature as usize][p], &mut squares[feature as usize][p]);
                *square += gradient * gradient;
                *weight -= RATE * gradient / square.sqrt();
            }
        }
    }
}

/// Counts how often what has a probability holds, where it is known.
fn weigh(bins: &mut [(f32, f32, u32); 10], text: &Text, model: &Model) {
    for (group, labels) in text.groups.iter().zip(&text.labels) {
        for (probability, label) in model.probabilities(group).into_iter().zip(labels) {
            if label.weight > OTHERWISE_RELATED {
                let last = bins.len() - 1;
                let bin = &mut bins[(1..=last).take_while(|&i| probability * 10.0 >= i as f32).count()];
                bin.0 += probability;
                bin.1 += f32::from(u8::from(label.holds));
                bin.2 += 1;
            }
        }
    }
}

/// Prints how often what the model gives a probability holds, and the expected calibration error.
fn report(bins: &[(f32, f32, u32); 10]) {
    let (mut error, mut all) = (0.0, 0.0);
    for &(probability, holds, count) in bins {
        let n = count.max(1) as f32;
        println!("said {:.3} is {:.3} of {count}", probability / n, holds / n);
        if probability / n >= 0.3 {
            error += (probability - holds).abs();
            all += count as f32;
        }
    }
    println!("mean difference where said at least 0.3: {:.3}", error / f32::max(all, 1.0));
}
