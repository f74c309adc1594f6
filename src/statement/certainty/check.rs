use super::of;
use crate::lexicon::{Lexicon, value};
use crate::nlp::Worker;
use crate::text::Marked;

/// What is not as it should be in an example of a signature, in which the value of one word is marked.
pub(crate) fn problem(example: &Marked, lexicon: &Lexicon, worker: &mut Worker<'_>) -> Option<String> {
    let doc = worker.parse(&example.text);
    let wrong = |(name, span): &(String, _)| {
        let Some(wanted) = value(name) else { return Some(format!("`{name}` is no value such as `CT+`")) };
        let head = doc.head_of(doc.tokens_in(*span))?;
        let found = of(head, lexicon.signatures());
        let right = (found.certainty, found.polarity) == wanted;
        (!right).then(|| format!("`{}` is {:?} and {:?}", head.text(), found.certainty, found.polarity))
    };
    example.marks.iter().find_map(wrong)
}
