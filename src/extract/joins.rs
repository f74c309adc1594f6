//! Names that the recogniser cut short or in two: `South Wales` of `New South Wales`, `Addis` and `Ababa`.

use std::ops::Range;

use super::boundary::{Draft, is_particle};
use super::known::Known;
use super::words::Words;
use super::{NameType, head_nouns, titles};

/// Words to the left and to the right that the longest name may have more than the recogniser's.
const REACH: usize = 4;

/// Joins and lengthens names: to the longest one that the knowledge base has, and people to their full names.
pub(super) fn join(words: &Words<'_>, known: &Known<'_>, drafts: &[Draft]) -> Vec<Draft> {
    let mut joined: Vec<Draft> = Vec::with_capacity(drafts.len());
    for (number, draft) in drafts.iter().enumerate() {
        if joined.last().is_some_and(|last| last.range.end >= draft.range.end) {
            continue;
        }
        let least = joined.last().map_or(0, |last| last.range.end);
        let Some(longer) = longest(words, known, draft, least, &drafts[number + 1..]) else {
            joined.push(draft.clone());
            continue;
        };
        joined.push(longer);
    }
    people(words, known, &joined)
}

/// The longest name of the knowledge base around a draft that cuts no other draft.
fn longest(
    words: &Words<'_>,
    known: &Known<'_>,
    draft: &Draft,
    least: usize,
    later: &[Draft],
) -> Option<Draft> {
    let start = stretch(words, draft.range.start, least, true);
    let end = stretch(words, draft.range.end, words.len(), false);
    let mut best: Option<Draft> = None;
    for from in start..=draft.range.start {
        for to in (draft.range.end..=end).rev() {
            let range = from..to;
            let longer = range.len() > best.as_ref().map_or(draft.range.len(), |b| b.range.len());
            let cuts = later.iter().take_while(|d| d.range.start < to).any(|d| d.range.end > to);
            let article = matches!(words.text(from), "The" | "A" | "An");
            if !longer || cuts || article || !words.is_capital(from) || !is_word(words, to - 1) {
                continue;
            }
            let Some(meaning) = known.meaning(words.text_of(&range)) else { continue };
            let titled = meaning.name_type == NameType::Person && titles::end_of_titles(words, &range) > from;
            // `Berlin, Germany` are two names, `Washington, D.C.` is one.
            let listed = range.clone().any(|at| words.text(at) == ",") && !meaning.is_label;
            if meaning.other < 0.5 && meaning.share >= 0.5 && !titled && !listed {
                best = Some(Draft { range, name_type: meaning.name_type });
            }
        }
    }
    best
}

fn is_word(words: &Words<'_>, at: usize) -> bool {
    words.text(at).starts_with(|c: char| c.is_uppercase() || c.is_numeric())
}

/// How far a name could reach to one side: over capitalised words and small words between them, within the line.
fn stretch(words: &Words<'_>, from: usize, limit: usize, left: bool) -> usize {
    let mut reached = from;
    for step in 1..=REACH {
        let at = if left { from.checked_sub(step) } else { Some(from + step - 1) };
        let Some(at) = at.filter(|&at| if left { at >= limit } else { at < limit }) else { break };
        if words.starts_line(if left { at + 1 } else { at }) {
            break;
        }
        if is_word(words, at) {
            reached = if left { at } else { at + 1 };
        } else if !(matches!(words.text(at), "of" | "the" | "and" | "&" | "for" | "'s" | "’s" | ",")
            || words.is_dash(at) && !words.is_spaced(at))
        {
            break;
        }
    }
    reached
}

/// Joins the parts of people's names that stand side by side, with each other and with proper nouns that were left out, and nouns that tell what a name
/// names: `Gilboa` `Prison`.
fn people(words: &Words<'_>, known: &Known<'_>, drafts: &[Draft]) -> Vec<Draft> {
    let mut joined: Vec<Draft> = Vec::with_capacity(drafts.len());
    for number in 0..drafts.len() {
        let mut draft = drafts[number].clone();
        let next = drafts.get(number + 1).map_or(words.len(), |d| d.range.start);
        if draft.name_type == NameType::Person {
            let least = joined.last().map_or(0, |last| last.range.end);
            extend_person(words, &mut draft.range, least, next);
        } else if draft.name_type != NameType::Norp && is_head_behind(words, draft.range.end, next) {
            draft.range.end += 1;
            draft.name_type =
                head_nouns::name_type(&words.lower(draft.range.end - 1)).unwrap_or(draft.name_type);
        }
        match joined.last_mut() {
            Some(last) if are_one_person(words, known, last, &draft) => {
                *last = Draft { range: last.range.start..draft.range.end, name_type: NameType::Person };
            }
            Some(last) if is_headed_by(words, known, last, &draft) => {
                *last = Draft { range: last.range.start..draft.range.end, name_type: draft.name_type };
            }
            _ => joined.push(draft),
        }
    }
    joined
}

/// Whether the second of two neighbours is the noun that says what the first names: `Cairo` `Opera House`.
fn is_headed_by(words: &Words<'_>, known: &Known<'_>, first: &Draft, second: &Draft) -> bool {
    first.range.end == second.range.start
        && !words.starts_line(second.range.start)
        && first.name_type != NameType::Norp
        && second.name_type != NameType::Person
        && head_nouns::is_head(&words.lower(second.range.end - 1))
        && !known.is_known(words.text_of(&second.range))
}

fn is_head_behind(words: &Words<'_>, at: usize, limit: usize) -> bool {
    at < limit
        && !words.starts_line(at)
        && words.is_capital(at)
        && head_nouns::is_head(&words.lower(at))
        && !(at + 1 < limit && words.is_capital(at + 1) && !words.starts_line(at + 1))
}

/// Takes in proper nouns right before and behind.
fn extend_person(words: &Words<'_>, range: &mut Range<usize>, least: usize, limit: usize) {
    let is_part = |at: usize| {
        let lower = words.lower(at);
        words.token(at).tag() == "NNP"
            && words.is_capital(at)
            && (words.text(at).chars().any(char::is_lowercase) || is_initials(words.text(at)))
            && !titles::is_part(&lower)
            && !head_nouns::is_head(&lower)
    };
    while range.start > least
        && range.len() < 5
        && !words.starts_line(range.start)
        && is_part(range.start - 1)
        && !words.starts_sentence(range.start - 1)
    {
        range.start -= 1;
    }
    while range.end < limit && range.len() < 5 && !words.starts_line(range.end) && is_part(range.end) {
        range.end += 1;
    }
}

/// Whether two neighbours are the parts of one name of a person.
fn are_one_person(words: &Words<'_>, known: &Known<'_>, first: &Draft, second: &Draft) -> bool {
    let adjacent = first.range.end == second.range.start && !words.starts_line(second.range.start);
    let is_person = |draft: &Draft| draft.name_type == NameType::Person;
    // `JK` `Rowling`
    let start = first.range.start;
    let initials =
        first.range.len() == 1 && is_initials(words.text(start)) && !titles::is_title(&words.lower(start));
    let both = (is_person(first) || initials) && is_person(second);
    let short = first.range.len() + second.range.len() <= 5;
    let particle = is_particle(words.text(second.range.start));
    adjacent
        && both
        && short
        && (particle || !known.is_known(words.text_of(&first.range)) || first.range.len() == 1)
}

/// `J`, `J.K.`, `JK`
fn is_initials(text: &str) -> bool {
    let letters = text.chars().filter(|&c| c != '.');
    text.chars().all(|c| c.is_uppercase() || c == '.')
        && (letters.clone().count() == 1
            || letters.count() == 2 && text.contains('.')
            || text.len() == 2 && !COUNTRIES.contains(&text))
}

/// Two capitals that are no initials.
const COUNTRIES: [&str; 6] = ["EU", "UK", "UN", "US", "MP", "AP"];

#[cfg(test)]
mod tests {
    use crate::extract::marked::found;

    #[test]
    fn the_longest_known_name_is_taken() {
        assert_eq!(found("in New [GPE South Wales] and"), ["GPE New South Wales"]);
        assert_eq!(found("in [GPE Addis] [GPE Ababa] and"), ["GPE Addis Ababa"]);
        assert_eq!(found("from [GPE Berlin], [GPE Germany] and").len(), 2);
    }

    #[test]
    fn the_parts_of_a_persons_name_are_joined() {
        assert_eq!(found("met with Divine [PERSON Hannah Thomas] and"), ["PERSON Divine Hannah Thomas"]);
        assert_eq!(found("and [PERSON Farid] [PERSON Khalil Siddiqi] said"), ["PERSON Farid Khalil Siddiqi"]);
    }
}
