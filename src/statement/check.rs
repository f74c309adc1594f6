use super::matching::matches;
use crate::lexicon::{Lexicon, Role};
use crate::nlp::Worker;
use crate::predicate::Predicates;
use crate::text::Span;

/// An example sentence of the lexicon that does not give what it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The frame.
    pub frame: String,
    /// Its sentence, with the marks.
    pub example: String,
    /// What is not as the marks say.
    pub problem: String,
}

/// A sentence with its roles marked: `[agent:Rebels] attacked [patient:a base].`
struct Example {
    text: String,
    roles: Vec<(String, Span)>,
}

/// Reads every example sentence of a lexicon, and gives those that don't evoke their frame with the roles that are marked,
/// and the number of all.
pub fn check(lexicon: &Lexicon, worker: &mut Worker<'_>) -> (Vec<Failure>, usize) {
    let mut failures = Vec::new();
    let mut count = 0;
    for frame in lexicon.frames() {
        for example in &frame.examples {
            count += 1;
            let problem = match Example::parse(example) {
                Ok(parsed) => problem(lexicon, worker, &frame.name, &parsed),
                Err(problem) => Some(problem),
            };
            if let Some(problem) = problem {
                failures.push(Failure { frame: frame.name.clone(), example: example.clone(), problem });
            }
        }
    }
    (failures, count)
}

fn problem(lexicon: &Lexicon, worker: &mut Worker<'_>, frame: &str, example: &Example) -> Option<String> {
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
        let missing = example.roles.iter().filter(|(role, _)| role != "place");
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

impl Example {
    fn parse(marked: &str) -> Result<Self, String> {
        let (mut text, mut roles) = (String::new(), Vec::new());
        for (n, part) in marked.split(['[', ']']).enumerate() {
            if n % 2 == 0 {
                text.push_str(part);
                continue;
            }
            let (role, phrase) = part.split_once(':').ok_or_else(|| format!("`[{part}]` names no role"))?;
            if role != "place" && !Role::ALL.iter().any(|r| r.name() == role) {
                return Err(format!("`{role}` is no role"));
            }
            roles.push((role.to_owned(), Span::new(text.len(), text.len() + phrase.len())));
            text.push_str(phrase);
        }
        Ok(Self { text, roles })
    }
}
