//! Which names of an article mean the same: by the rules after which newspapers vary names.

use std::collections::{BTreeMap, HashMap};

use super::acronyms;
use super::known::Known;
use super::{Name, NameType};
use crate::text::fold;

/// Legal forms that newspapers leave out, folded.
const LEGAL_FORMS: &[&str] = &[
    "ag",
    "co",
    "company",
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

/// Additions behind the names of people, folded.
const PERSON_SUFFIXES: &[&str] = &["jr", "sr"];

/// What a name has in common with its variants.
pub(super) struct Group {
    /// Folded, without legal form.
    pub(super) key: String,
    /// As it is written the first time.
    pub(super) written: String,
    pub(super) name_type: NameType,
    pub(super) members: Vec<usize>,
    /// The group that this one is a variant of.
    variant_of: Option<usize>,
}

impl Group {
    fn is_person(&self) -> bool {
        self.name_type == NameType::Person
    }

    fn words(&self) -> Vec<&str> {
        self.key.split(' ').collect()
    }
}

/// Joins names of the same form, then full names with each other, then each short form with the one full form that it can
/// stand for.
pub(super) fn groups(names: &[Name], text: &str, known: &Known<'_>) -> Vec<Vec<usize>> {
    let mut groups = by_form(names, text);
    for rule in [full_name_of, surname_of, given_name_of, body_of] {
        for i in 0..groups.len() {
            if groups[i].variant_of.is_none() {
                groups[i].variant_of = rule(&groups, i, known);
            }
        }
    }
    for i in 0..groups.len() {
        if groups[i].variant_of.is_none() {
            let full =
                acronyms::bracketed(&groups, i, names, text).or_else(|| acronyms::initials_of(&groups, i));
            // Two acronyms could name each other.
            groups[i].variant_of = full.filter(|&full| root(&groups, full) != i);
        }
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
        Some((stem, form)) if LEGAL_FORMS.contains(&form) || PERSON_SUFFIXES.contains(&form) => {
            stem.to_owned()
        }
        _ => folded,
    }
}

/// The most frequent type; of equally frequent ones that which comes first.
pub(crate) fn majority(types: &[NameType]) -> Option<NameType> {
    let count = |name_type| types.iter().filter(|&&t| t == name_type).count();
    types.iter().copied().reduce(|best, next| if count(next) > count(best) { next } else { best })
}

/// The one group, up to variants, that fits; none when several could be meant.
fn only(groups: &[Group], i: usize, fits: impl Fn(&Group) -> bool) -> Option<usize> {
    let mut roots = (0..groups.len()).filter(|&j| j != i && fits(&groups[j])).map(|j| root(groups, j));
    let found = roots.next()?;
    (found != i && roots.all(|root| root == found)).then_some(found)
}

/// A fuller or other spelling of a name of several words: `Joe Biden` of `Joseph R. Biden` by its initial, `Mahmoud
/// Abbas` with a middle name, `Mohamed` for `Mohammed`.
fn full_name_of(groups: &[Group], i: usize, known: &Known<'_>) -> Option<usize> {
    let own = &groups[i];
    let words = own.words();
    if words.len() < 2 {
        return None;
    }
    only(groups, i, |other| {
        let others = other.words();
        let fuller =
            (others.len(), other.key.len(), other.members[0]) > (words.len(), own.key.len(), own.members[0]);
        if others.len() < 2 || !fuller || own.is_person() != other.is_person() {
            return false;
        }
        let both_known = known.is_known(&own.written) && known.is_known(&other.written);
        own.is_person() && same_person(&words, &others) || !both_known && is_misspelt(own, other)
    })
}

/// Whether surnames and first names agree, where a first name may be an initial and middle names may be left out.
fn same_person(short: &[&str], long: &[&str]) -> bool {
    let is_initial = |word: &str| word.chars().count() == 1;
    let (first, full_first) = (short[0], long[0]);
    let same_first = first == full_first
        || (is_initial(first) || is_initial(full_first)) && first.chars().next() == full_first.chars().next();
    let same_last = short.last() == long.last();
    same_first && same_last && (long.len() > short.len() || short.len() == 2)
}

/// Whether two long names differ by one letter, or by two when their last words are the same.
fn is_misspelt(one: &Group, other: &Group) -> bool {
    let (a, b) = (one.key.as_str(), other.key.as_str());
    if one.name_type != other.name_type
        || a.len().min(b.len()) < 10
        || a.contains(|c: char| c.is_ascii_digit())
    {
        return false;
    }
    let (last_a, last_b) = (a.rsplit(' ').next(), b.rsplit(' ').next());
    // Numbers in Roman letters and plurals differ by their last letter.
    let most = if last_a == last_b { 2 } else { 1 };
    let same_end = a.chars().next_back() == b.chars().next_back();
    a.chars().next() == b.chars().next() && same_end && one.is_person() && edits(a, b) <= most
}

/// Letters to insert, delete or replace (Levenshtein distance).
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, c) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, &d) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(c != d);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

/// The full name of which a name is the end, `Aliyev` of `Ilham Aliyev`, `bin Salman` of `Mohammed bin Salman`, or the first of
/// two surnames: `Petro` of `Gustavo Petro Urrego`.
fn surname_of(groups: &[Group], i: usize, _: &Known<'_>) -> Option<usize> {
    let short = &groups[i];
    if short.name_type == NameType::Norp {
        return None;
    }
    let ends = |long: &Group| {
        long.is_person()
            && long.key.strip_suffix(short.key.as_str()).is_some_and(|start| start.ends_with(' '))
    };
    let is_middle = |long: &Group| {
        let words = long.words();
        long.is_person()
            && short.is_person()
            && words.len() > 2
            && words[1..words.len() - 1].contains(&short.key.as_str())
    };
    let found = if groups.iter().any(ends) { only(groups, i, ends)? } else { only(groups, i, is_middle)? };
    // A surname taken for a place or an organisation by mistake: only where it never comes before the full name.
    let first = |g: &Group| g.members[0];
    (short.is_person() || first(short) > first(&groups[found])).then_some(found)
}

/// The only person with a first name: `Kamala` of `Kamala Harris`, `Xi` of `Xi Jinping`.
fn given_name_of(groups: &[Group], i: usize, _: &Known<'_>) -> Option<usize> {
    let short = &groups[i];
    if !short.is_person() || short.key.contains(' ') {
        return None;
    }
    let starts = |long: &Group| long.is_person() && long.words().len() > 1 && long.words()[0] == short.key;
    only(groups, i, starts)
}

/// The body of a country that is named without it: `Ministry of Culture` of `Iraqi Ministry of Culture`.
fn body_of(groups: &[Group], i: usize, known: &Known<'_>) -> Option<usize> {
    let short = &groups[i];
    if short.name_type != NameType::Organization || !short.key.contains(' ') {
        return None;
    }
    only(groups, i, |long| {
        let country = long.key.strip_suffix(short.key.as_str()).map(str::trim_end).filter(|c| !c.is_empty());
        let is_country = |country: &str| {
            let meaning = known.meaning(country);
            meaning.is_some_and(|m| matches!(m.name_type, NameType::Norp | NameType::Gpe))
        };
        long.name_type == NameType::Organization && country.is_some_and(is_country)
    })
}

/// The group that a chain of variants ends in.
fn root(groups: &[Group], mut i: usize) -> usize {
    while let Some(next) = groups[i].variant_of {
        i = next;
    }
    i
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::marked::unmarked;
    use crate::kb::Kb;

    /// Groups of the names marked `[TYPE name]` in a text.
    fn joined(marked: &str) -> Vec<Vec<String>> {
        let (text, spans) = unmarked(marked);
        let names: Vec<Name> = spans.into_iter().map(|(span, name_type)| Name { span, name_type }).collect();
        let written = |i: usize| names[i].span.of(&text).to_owned();
        groups(&names, &text, &Known::new(Kb::builtin()))
            .into_iter()
            .map(|g| g.into_iter().map(written).collect())
            .collect()
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

    #[test]
    fn people_are_joined_by_initials_middle_names_and_first_names() {
        assert_eq!(joined("[PERSON J. Biden] and [PERSON Joe Biden], [PERSON Biden]").len(), 1);
        assert_eq!(joined("[PERSON Gustavo Petro Urrego] said; [PERSON Petro] met").len(), 1);
        assert_eq!(
            joined("[PERSON Xi Jinping] and [PERSON Kim Jong-un]; [PERSON Kim] told [PERSON Xi]").len(),
            2
        );
        assert_eq!(joined("[PERSON Mohammed bin Salman] and [PERSON Mohamed bin Salman]").len(), 1);
        assert_eq!(joined("[PERSON Anna Kowalska] and [PERSON Anna Nowak]: [PERSON Anna] said").len(), 3);
        assert_eq!(joined("[PERSON Bill Clinton], [PERSON William Clinton], [PERSON Clinton]").len(), 3);
    }

    #[test]
    fn a_body_is_joined_with_its_name_with_the_country() {
        assert_eq!(joined("the [ORG Iraqi Ministry of Culture] and the [ORG Ministry of Culture]").len(), 1);
        let two = "the [ORG Russian Defense Ministry], the [ORG Ukrainian Defense Ministry], the [ORG Defense Ministry]";
        assert_eq!(joined(two).len(), 3);
    }
}
