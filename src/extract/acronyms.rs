//! Acronyms and what they stand for.

use super::variants::Group;
use super::{Name, NameType};
use crate::text::Span;

/// Words that acronyms leave out, folded.
const SMALL_WORDS: &[&str] = &["a", "an", "and", "for", "in", "of", "on", "the", "to"];

/// The name beside the brackets that hold an acronym, or that follow it: `Islamic Revolutionary Guard Corps (IRGC)`, `IRGC (Islamic
/// Revolutionary Guard Corps)`.
pub(super) fn bracketed(groups: &[Group], i: usize, names: &[Name], text: &str) -> Option<usize> {
    let short = &groups[i];
    if !is_acronym(&short.written) {
        return None;
    }
    let beside = |first: usize, second: usize| {
        let (first, second) = (names.get(first)?.span, names.get(second)?.span);
        let between = (first.end <= second.start).then_some(Span { start: first.end, end: second.start })?;
        let opened = between.of(text).trim_start_matches(['\'', '’', 's']).trim();
        matches!(opened, "(" | "[" | "(\"" | "(“").then_some(())
    };
    short.members.iter().find_map(|&member| {
        let before = member.checked_sub(1).filter(|&before| beside(before, member).is_some());
        let behind = Some(member + 1).filter(|&behind| beside(member, behind).is_some());
        let other = before.or(behind)?;
        let full = groups.iter().position(|g| g.members.contains(&other))?;
        let group = &groups[full];
        let fits = group.name_type != NameType::Person && group.key.contains(|c| short.key.starts_with(c));
        (full != i && fits && has_letters(&group.key, &short.key)).then_some(full)
    })
}

/// Whether a name has the letters of an acronym in their order, or at least begins like it.
fn has_letters(full: &str, short: &str) -> bool {
    let mut letters = full.chars();
    let in_order = short.chars().filter(|c| c.is_alphabetic()).all(|c| letters.any(|letter| letter == c));
    in_order || full.chars().next() == short.chars().next()
}

/// The one name of several words whose initials make up an acronym.
pub(super) fn initials_of(groups: &[Group], i: usize) -> Option<usize> {
    let short = &groups[i];
    let long_enough = short.name_type != NameType::Person || short.key.chars().count() > 2;
    if !is_acronym(&short.written) || !long_enough {
        return None;
    }
    let mut full = groups
        .iter()
        .enumerate()
        .filter(|(j, g)| *j != i && g.name_type != NameType::Person && initials(&g.key) == short.key);
    let (found, _) = full.next()?;
    full.next().is_none().then_some(found)
}

/// `us` of `united states`; empty for a single word.
fn initials(key: &str) -> String {
    let words = key.split(' ').filter(|w| !SMALL_WORDS.contains(w));
    let initials: String = words.filter_map(|w| w.chars().next()).collect();
    if initials.chars().count() < 2 { String::new() } else { initials }
}

fn is_acronym(written: &str) -> bool {
    let letters = written.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = written.chars().filter(|c| c.is_uppercase()).count();
    // `MoRA`, `BoG`
    (2..=7).contains(&letters)
        && !written.contains(' ')
        && capitals * 2 > letters
        && written.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms_have_the_letters_of_their_expansion() {
        assert!(has_letters("bundesnachrichtendienst", "bnd"));
        assert!(has_letters("ministry of religious affairs", "mora"));
        assert!(!has_letters("national assembly", "who"));
        assert!(is_acronym("MoRA") && is_acronym("U.S.") && !is_acronym("Iran") && !is_acronym("A"));
        assert_eq!(initials("united states of america"), "usa");
    }
}
