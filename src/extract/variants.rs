use std::collections::{BTreeMap, HashMap};

use super::{Name, NameType};
use crate::text::{Span, fold};

/// Legal forms that newspapers leave out, folded.
const LEGAL_FORMS: &[&str] = &[
    "ag",
    "co",
    "corp",
    "corporation",
    "gmbh",
    "group",
    "holdings",
    "inc",
    "limited",
    "llc",
    "ltd",
    "nv",
    "plc",
    "sa",
    "spa",
];

/// Words that acronyms leave out, folded.
const SMALL_WORDS: &[&str] = &["a", "an", "and", "for", "in", "of", "on", "the", "to"];

/// What a name has in common with its variants.
struct Group {
    /// Folded, without legal form.
    key: String,
    /// As it is written the first time.
    written: String,
    name_type: NameType,
    members: Vec<usize>,
    /// The group that this one is a variant of.
    variant_of: Option<usize>,
}

/// Joins names of the same form, then each short form with the one full form that it can stand for.
pub(super) fn groups(names: &[Name], text: &str) -> Vec<Vec<usize>> {
    let mut groups = by_form(names, text);
    for i in 0..groups.len() {
        let full = surname_of(&groups, i)
            .or_else(|| bracketed(&groups, i, names, text))
            .or_else(|| initials_of(&groups, i));
        groups[i].variant_of = full;
    }
    let mut joined: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in 0..groups.len() {
        joined.entry(root(&groups, i)).or_default().extend(&groups[i].members);
    }
    let mut joined: Vec<Vec<usize>> = joined.into_values().collect();
    for members in &mut joined {
        members.sort_unstable();
    }
    joined.sort();
    joined
}

/// Groups of names that are the same when folded.
fn by_form(names: &[Name], text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (i, name) in names.iter().enumerate() {
        let written = name.span.of(text);
        let key = key(written);
        let place = *places.entry(key.clone()).or_insert_with(|| {
            let written = written.to_owned();
            groups.push(Group {
                key,
                written,
                name_type: name.name_type,
                members: Vec::new(),
                variant_of: None,
            });
            groups.len() - 1
        });
        groups[place].members.push(i);
    }
    for group in &mut groups {
        let types: Vec<NameType> = group.members.iter().map(|&i| names[i].name_type).collect();
        group.name_type = majority(&types).unwrap_or(group.name_type);
    }
    groups
}

fn key(written: &str) -> String {
    let folded = fold(written);
    match folded.rsplit_once(' ') {
        Some((stem, form)) if LEGAL_FORMS.contains(&form) => stem.to_owned(),
        _ => folded,
    }
}

/// The most frequent type; of equally frequent ones that which comes first.
pub(crate) fn majority(types: &[NameType]) -> Option<NameType> {
    let count = |name_type| types.iter().filter(|&&t| t == name_type).count();
    types.iter().copied().reduce(|best, next| if count(next) > count(best) { next } else { best })
}

/// The full name of which a name is the end: `Aliyev` of `Ilham Aliyev`, `bin Salman` of `Mohammed bin Salman`. None when
/// several people could be meant.
fn surname_of(groups: &[Group], i: usize) -> Option<usize> {
    let short = &groups[i];
    let is_person = |g: &Group| g.name_type == NameType::Person;
    let could_be_person = is_person(short) || !matches!(short.name_type, NameType::Norp);
    let mut full = groups.iter().enumerate().filter(|(j, long)| {
        *j != i
            && is_person(long)
            && long.key.strip_suffix(short.key.as_str()).is_some_and(|start| start.ends_with(' '))
    });
    let (found, _) = full.next().filter(|_| could_be_person)?;
    // A surname taken for a place or an organisation by mistake: only where it never comes before the full name.
    let first = |g: &Group| g.members[0];
    if full.next().is_some() || (!is_person(short) && first(short) < first(&groups[found])) {
        return None;
    }
    Some(found)
}

/// The name right before the brackets that hold an acronym: `Islamic Revolutionary Guard Corps (IRGC)`.
fn bracketed(groups: &[Group], i: usize, names: &[Name], text: &str) -> Option<usize> {
    let short = &groups[i];
    if !is_acronym(&short.written) {
        return None;
    }
    short.members.iter().find_map(|&m| {
        let before = m.checked_sub(1)?;
        let between = Span { start: names[before].span.end, end: names[m].span.start };
        let opened = between.of(text).trim_start_matches(['\'', '’', 's']).trim_start() == "(";
        let full = groups.iter().position(|g| g.members.contains(&before))?;
        let fits = starts_like(&groups[full].key, &short.key);
        (opened && full != i && fits).then_some(full)
    })
}

fn starts_like(full: &str, short: &str) -> bool {
    full.chars().next() == short.chars().next()
}

/// The one name of several words whose initials make up an acronym.
fn initials_of(groups: &[Group], i: usize) -> Option<usize> {
    let short = &groups[i];
    if !is_acronym(&short.written) || short.name_type == NameType::Person {
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
    (2..=7).contains(&letters)
        && !written.contains(' ')
        && written.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
}

/// The group that a chain of variants ends in.
fn root(groups: &[Group], mut i: usize) -> usize {
    // Variants are longer from step to step, but two acronyms could name each other.
    for _ in 0..groups.len() {
        match groups[i].variant_of {
            Some(next) => i = next,
            None => break,
        }
    }
    i
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Groups of the names marked `[TYPE name]` in a text.
    fn joined(marked: &str) -> Vec<Vec<String>> {
        let (mut text, mut names) = (String::new(), Vec::new());
        for (n, part) in marked.split(['[', ']']).enumerate() {
            if n % 2 == 0 {
                text.push_str(part);
                continue;
            }
            let (label, name) = part.split_once(' ').unwrap();
            let start = text.len();
            text.push_str(name);
            names.push(Name {
                span: Span::new(start, text.len()),
                name_type: NameType::from_label(label).unwrap(),
            });
        }
        let written = |i: usize| names[i].span.of(&text).to_owned();
        groups(&names, &text).into_iter().map(|g| g.into_iter().map(written).collect()).collect()
    }

    #[test]
    fn surnames_are_joined_with_the_full_name() {
        assert_eq!(
            joined(
                "[PERSON Ilham Aliyev] met [PERSON Katz]. [PERSON Aliyev] told [PERSON Israel Katz] that [ORG Aliyev] would"
            ),
            [vec!["Ilham Aliyev", "Aliyev", "Aliyev"], vec!["Katz", "Israel Katz"]]
        );
    }

    #[test]
    fn a_surname_that_two_people_share_stays_alone() {
        let groups = joined("[PERSON Bill Clinton] and [PERSON Hillary Clinton]: [PERSON Clinton] said");
        assert_eq!(groups.len(), 3);
    }

    #[test]
    fn acronyms_are_joined_with_their_expansion() {
        assert_eq!(
            joined(
                "the [ORG Islamic Revolutionary Guard Corps] ([ORG IRGC]) and the [GPE United States]; the [ORG IRGC], the [GPE U.S.]"
            ),
            [vec!["Islamic Revolutionary Guard Corps", "IRGC", "IRGC"], vec!["United States", "U.S."]]
        );
        assert_eq!(joined("[ORG Bundesnachrichtendienst] ([ORG BND]) met [ORG CIA]").len(), 2);
    }

    #[test]
    fn legal_forms_and_spellings_make_no_difference() {
        assert_eq!(joined("[ORG Apple Inc.] and [ORG Apple], [GPE Türkiye] and [GPE Turkiye]").len(), 2);
    }

    #[test]
    fn places_that_end_alike_stay_apart() {
        assert_eq!(joined("[GPE New York] and [GPE York], [ORG Bank of England] and [GPE England]").len(), 4);
    }
}
