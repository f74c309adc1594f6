use super::matching::matches;
use super::{certainty, links};
use crate::attribution;
use crate::lexicon::{Lexicon, Role};
use crate::nlp::Worker;
use crate::predicate::Predicates;
use crate::text::{Marked, Span};

/// An example sentence of the lexicon that does not give what it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The frame, cue or signature.
    pub entry: String,
    /// Its sentence, with the marks.
    pub example: String,
    /// What is not as the marks say.
    pub problem: String,
}

/// Reads every example sentence of a lexicon, and gives those that don't give what their marks say, and the number of all: those
/// of frames have their roles marked, those of cues source and content, those of signatures a value.
pub fn check(lexicon: &Lexicon, worker: &mut Worker<'_>) -> (Vec<Failure>, usize) {
    let mut failures = Vec::new();
    let mut count = 0;
    let mut read = |entry: &str, examples: &[String], problem: &mut dyn FnMut(&Marked) -> Option<String>| {
        for example in examples {
            count += 1;
            let problem = Marked::parse(example, ':').map_or_else(Some, |parsed| problem(&parsed));
            let failure = |problem| Failure { entry: entry.to_owned(), example: example.clone(), problem };
            failures.extend(problem.map(failure));
        }
    };
    for frame in lexicon.frames() {
        read(&frame.name, &frame.examples, &mut |example| problem(lexicon, worker, &frame.name, example));
    }
    for cue in lexicon.cues().all() {
        read(&cue.name, &cue.examples, &mut |example| attribution::problem(cue, example, lexicon, worker));
    }
    for signature in lexicon.signatures().all() {
        read(&signature.name, &signature.examples, &mut |example| {
            certainty::problem(example, lexicon, worker)
        });
    }
    for cue in lexicon.link_cues().all() {
        read(&cue.name, &cue.examples, &mut |example| links::problem(cue, example, lexicon, worker));
    }
    (failures, count)
}

fn problem(lexicon: &Lexicon, worker: &mut Worker<'_>, frame: &str, example: &Marked) -> Option<String> {
    let is_role = |name: &str| name == "place" || Role::ALL.iter().any(|role| role.name() == name);
    if let Some((name, _)) = example.marks.iter().find(|(name, _)| !is_role(name)) {
        return Some(format!("`{name}` is no role"));
    }
    let doc = worker.parse(&example.text);
    let predicates = Predicates::of(&doc);
    let all = matches(&doc, &predicates, lexicon);
    let mut evoked: Vec<&str> = all.iter().map(|m| m.frame.name.as_str()).collect();
    evoked.dedup();
    if !evoked.contains(&frame) {
        return Some(format!("does not evoke it, but {evoked:?}"));
    }
    let mut wrong = Vec::new();
    for found in all.iter().filter(|m| m.frame.name == frame) {
        let fills = |role: &str, span: Span| {
            found.fills.iter().any(|(r, head)| r.name() == role && span.contains(doc.token(*head).span()))
        };
        let missing = example.marks.iter().filter(|(role, _)| role != "place");
        let missing: Vec<&str> =
            missing.filter(|(role, span)| !fills(role, *span)).map(|(role, _)| role.as_str()).collect();
        if missing.is_empty() {
            return None;
        }
        let found: Vec<String> = (found.fills.iter())
            .map(|(role, head)| format!("{}:{}", role.name(), doc.token(*head).text()))
            .collect();
        wrong.push(format!("{} not filled as marked; found {}", missing.join(", "), found.join(" ")));
    }
    Some(wrong.join("; "))
}
