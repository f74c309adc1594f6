//! What may be a name where the recogniser found none: runs of capitalised words.

use std::ops::Range;

use super::boundary::{Cutter, Draft, is_particle};
use super::words::Words;
use super::{pairs, titles};
use crate::nlp::Pos;
use crate::text::WordList;

/// Capitalised words that are no names: days, months, languages of forms, and what only starts sentences.
static COMMON: WordList = WordList::new(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august \
    september october november december mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec \
    i am pm gmt utc est edt bst ad bc ce ok q&a phd mba ba ma bsc msc md faq tv dvd cd pdf sms gps usd eur gbp \
    spring summer autumn winter christmas easter god internet chapter figure table photo image file video read \
    watch listen advertisement share click source updated published related more also editor",
);

/// Runs of capitalised words that no draft covers, in the order of the text.
pub(super) fn candidates(cutter: &Cutter<'_>, drafts: &[Draft]) -> Vec<Range<usize>> {
    let words = cutter.words;
    let mut found = Vec::new();
    let mut at = 0;
    let mut later = drafts.iter().peekable();
    while at < words.len() {
        if later.next_if(|d| d.range.start <= at).is_some_and(|d| {
            at = d.range.end;
            true
        }) {
            continue;
        }
        let limit = later.peek().map_or(words.len(), |d| d.range.start);
        if !starts(words, at) {
            at += 1;
            continue;
        }
        let end = end_of_run(words, at, limit);
        found.extend(name_in(cutter, at..end));
        at = end;
    }
    found
}

fn starts(words: &Words<'_>, at: usize) -> bool {
    let text = words.text(at);
    let inner = text.chars().skip(1).any(char::is_uppercase) && text.starts_with(char::is_lowercase);
    words.is_capital(at) || inner && text.chars().all(char::is_alphabetic)
}

fn end_of_run(words: &Words<'_>, start: usize, limit: usize) -> usize {
    let mut end = start + 1;
    let mut at = end;
    while at < limit && !words.starts_line(at) {
        let joint = words.is_dash(at) && !words.is_spaced(at) && !words.is_spaced(at + 1)
            || is_particle(words.text(at)) && words.is_spaced(at);
        if starts(words, at) {
            end = at + 1;
        } else if !(joint && at + 1 < limit && starts(words, at + 1)) {
            break;
        }
        at += 1;
    }
    end
}

/// The part of a run that may be a name.
fn name_in(cutter: &Cutter<'_>, mut run: Range<usize>) -> Option<Range<usize>> {
    let words = cutter.words;
    run.start = titles::end_of_titles(words, &run);
    while run.start < run.end && (is_common(words, run.start) || words.is_dash(run.start)) {
        run.start += 1;
    }
    if run.start > 0
        && words.is_dash(run.start - 1)
        && !words.is_spaced(run.start)
        && !is_known_alone(cutter, &run)
    {
        return None;
    }
    while run.start < run.end && (is_common(words, run.end - 1) || words.is_dash(run.end - 1)) {
        run.end -= 1;
    }
    if run.is_empty() || words.text_of(&run).chars().count() < 2 {
        return None;
    }
    if is_known_alone(cutter, &run) {
        return Some(run);
    }
    // `Yesterday Erlich`: a name that is known from elsewhere at the end.
    let is_several = || pairs::split_missed(cutter, run.clone())[0] != run;
    (run.start + 1..run.end)
        .map(|start| start..run.end)
        .find(|rest| words.is_capital(rest.start) && cutter.is_elsewhere(rest))
        .or_else(|| (plausible(words, &run) || is_several()).then(|| run.clone()))
}

/// Whether a run is a name also where it stands behind a hyphen.
fn is_known_alone(cutter: &Cutter<'_>, run: &Range<usize>) -> bool {
    cutter.is_elsewhere(run) || cutter.known.is_known(cutter.words.text_of(run))
}

fn is_common(words: &Words<'_>, at: usize) -> bool {
    let lower = words.lower(at);
    COMMON.contains(&lower)
        || matches!(
            words.pos(at),
            Pos::Det | Pos::Pron | Pos::Adp | Pos::Sconj | Pos::Cconj | Pos::Aux | Pos::Part | Pos::Intj
        )
        || matches!(words.pos(at), Pos::Adv | Pos::Verb | Pos::Num) && words.starts_sentence(at)
}

/// Whether an unknown run may be a name: proper nouns, not at the start of a sentence if it is one word.
fn plausible(words: &Words<'_>, run: &Range<usize>) -> bool {
    let proper = run.clone().any(|at| words.pos(at) == Pos::Propn);
    proper || !words.starts_sentence(run.start)
}

#[cfg(test)]
mod tests {
    use crate::extract::marked::found;

    #[test]
    fn names_that_the_recogniser_missed_are_found() {
        let names = found("[PERSON Tariq Sherif] met Tariq Sherif in Morocco with Emmanuel Macron");
        assert_eq!(
            names,
            ["PERSON Tariq Sherif", "PERSON Tariq Sherif", "GPE Morocco", "PERSON Emmanuel Macron"]
        );
    }

    #[test]
    fn capitals_alone_make_no_name() {
        assert_eq!(found("On Monday the President met. Yesterday was cold. Prime Minister said"), [""; 0]);
    }
}
