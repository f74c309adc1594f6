//! What an article says: relations and events, from predicates and the lexicon.

mod build;
mod cast;
mod certainty;
mod check;
mod confidence;
mod event;
mod filler;
mod matching;
mod mentions;
mod pair;
mod parent;
mod participants;
mod plover;
mod relation;
mod same_event;
mod time;
pub mod training;
mod within;

pub use build::add;
pub use check::{Failure, check};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::nlp::Pipeline;

    #[test]
    fn every_example_of_the_lexicon_gives_what_it_should() {
        let (failures, count) = check(Lexicon::builtin(), &mut Pipeline::embedded().worker());
        let lines: Vec<String> =
            failures.iter().map(|f| format!("{}: {} {}", f.frame, f.example, f.problem)).collect();
        assert!(lines.is_empty(), "{} of {count} fail:\n{}", lines.len(), lines.join("\n"));
    }
}
