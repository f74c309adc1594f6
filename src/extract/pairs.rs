//! Spans that hold several names: `Iran-Azerbaijan`, `Baku and Tehran`, `Russia's Gazprom`.

use std::ops::Range;

use super::NameType;
use super::boundary::{Cutter, Draft};
use super::known::Meaning;
use super::words::Words;
use crate::nlp::Pos;
use crate::text::WordList;

/// Adjectives of parts of the world, which the names of no country give.
static REGIONAL: WordList = WordList::new(
    "african american arab asian atlantic balkan baltic caribbean caucasian eastern european gulf \
    islamic jewish latin mediterranean nordic northern pacific scandinavian southern west western",
);

/// What stands for a country before the adjective of another: `Sino-Russian`.
static COMBINING: WordList = WordList::new(
    "anglo austro belgo dano egypto euro finno franco germano graeco greco hispano ibero indo irano israelo italo luso \
    nippo polono russo serbo sino sovieto syro turco turko",
);

/// Popularity of people whose surnames tell who they are beside another's.
const WELL_KNOWN: f64 = 15.0;
/// The same, beside the name of a country.
const FAMOUS: f64 = 40.0;

/// What follows a name without being one of its own.
static SUFFIXES: WordList = WordList::new("co dc ii iii inc iv jr llc ltd md phd plc sa sr");

/// Kinds of people, whose parties and unions have them in their names: `Women's`.
static KINDS: WordList = WordList::new(
    "boys children consumers doctors farmers father girls king ladies lawyers men miners mother nurses officers parents peasants \
     people peoples pilots players prince princess queen sailors soldiers students teachers veterans women workers writers",
);

/// The names in a range, which is given back whole when it is one.
pub(super) fn split(cutter: &Cutter<'_>, range: Range<usize>, name_type: NameType) -> Vec<Range<usize>> {
    if range.len() < 3 {
        return vec![range];
    }
    if let Some(people) = combined(cutter, &range) {
        return vec![people];
    }
    if cutter.known.is_known(cutter.words.text_of(&range)) {
        return vec![range];
    }
    if is_place_before_person(cutter, &range, name_type) {
        return vec![range.start..range.start + 1, range.start + 1..range.end];
    }
    let place = range.clone().skip(1).take(range.len().saturating_sub(2)).find_map(|at| {
        let (left, mut right) = (range.start..at, at + 1..range.end);
        let splits = if cutter.words.is_possessive(at) {
            owns(cutter, &left, &right, name_type)
        } else if cutter.words.is_dash(at) {
            right = without_what_they_have(cutter, right);
            is_pair(cutter, &left, &right) || are_people(cutter, &left, &right, name_type)
        } else if matches!(cutter.words.text(at), "and" | "&" | "," | "or") {
            are_several(cutter, &left, &right, name_type)
        } else {
            false
        };
        splits.then_some((left, right))
    });
    let Some((left, right)) = place else { return vec![range] };
    let mut parts = vec![left];
    parts.extend(split(cutter, right, name_type));
    parts
}

/// Whether a place and a person stand side by side: `the mayor of Berlin Kai Wegner`.
fn is_place_before_person(cutter: &Cutter<'_>, range: &Range<usize>, name_type: NameType) -> bool {
    let first = range.start..range.start + 1;
    let is_behind = range.start > 0 && matches!(cutter.words.text(range.start - 1), "of" | "in" | "from");
    let is_place = || {
        let meaning = cutter.known.meaning(cutter.words.text_of(&first));
        meaning.is_some_and(|m| m.name_type == NameType::Gpe) && cutter.is_elsewhere(&first)
    };
    name_type == NameType::Person && is_behind && is_place()
}

/// The names in a run of capitalised words that the recogniser missed: several where it is a modifier, as in `the
/// Dover-Calais route`.
pub(super) fn split_missed(cutter: &Cutter<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    if is_before_small_word(cutter.words, range.end) {
        split(cutter, range, NameType::Other)
    } else {
        vec![range]
    }
}

fn is_before_small_word(words: &Words<'_>, end: usize) -> bool {
    words.text(end).starts_with(char::is_lowercase) && !words.starts_line(end)
}

/// Of each draft, the type that it has for sure since a hyphen joins it with another of its kind.
pub(super) fn partners(cutter: &Cutter<'_>, drafts: &[Draft]) -> Vec<Option<NameType>> {
    let mut types: Vec<Option<NameType>> = drafts
        .iter()
        .map(|draft| {
            party(cutter, &draft.range).filter(|_| is_behind_combining(cutter.words, draft.range.start))
        })
        .collect();
    for (number, pair) in drafts.windows(2).enumerate() {
        let (left, right) = (&pair[0].range, &pair[1].range);
        if left.end + 1 != right.start {
            continue;
        }
        if is_pair(cutter, left, right) {
            types[number] = party(cutter, left);
            types[number + 1] = party(cutter, right);
        } else if are_people(cutter, left, right, NameType::Other) {
            types[number] = party(cutter, left).or(Some(NameType::Person));
            types[number + 1] = party(cutter, right).or(Some(NameType::Person));
        }
    }
    types
}

fn is_behind_combining(words: &Words<'_>, at: usize) -> bool {
    at.checked_sub(2).is_some_and(|before| is_combining(words, before))
}

/// Whether a word is the short form of a country that a hyphen joins with the adjective of another.
pub(super) fn is_combining(words: &Words<'_>, at: usize) -> bool {
    words.is_dash(at + 1)
        && !words.is_spaced(at + 1)
        && words.is_capital(at + 2)
        && COMBINING.contains(&words.lower(at))
}

/// The adjective behind such a short form, where the two are no name of one people: not in `Indo-European`.
fn combined(cutter: &Cutter<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    let words = cutter.words;
    let is_people = |range: &Range<usize>| {
        let meaning = cutter.known.meaning(words.text_of(range));
        meaning.is_some_and(|m| matches!(m.name_type, NameType::Norp | NameType::Gpe) && m.share > 0.5)
    };
    let start = range.start + usize::from(words.lower(range.start) == "the");
    let end = without_what_they_have(cutter, start..range.end).end;
    let found = end == start + 3 && is_combining(words, start) && !is_people(&(start..end));
    let is_plural = words.token(end - 1).tag().ends_with('S');
    (found && !is_plural && cutter.known.is_of_country(words.text(end - 1))).then_some(start + 2..end)
}

/// The second name of a pair without the words in small letters behind it: `Iraq war`.
fn without_what_they_have(cutter: &Cutter<'_>, right: Range<usize>) -> Range<usize> {
    let is_small = |at: usize| cutter.words.text(at).starts_with(char::is_lowercase);
    let end = right.clone().find(|&at| is_small(at)).unwrap_or(right.end);
    let is_tail = end > right.start && (end..right.end).all(is_small);
    right.start..if is_tail { end } else { right.end }
}

/// Whether a hyphen joins the surname of somebody well-known with that of another or with a country, before what they have
/// with each other: `the Reagan-Gorbachev summit`. What the recogniser takes for a person is one surname.
fn are_people(cutter: &Cutter<'_>, left: &Range<usize>, right: &Range<usize>, name_type: NameType) -> bool {
    let words = cutter.words;
    let is_before_noun = is_before_small_word(words, right.end) && words.pos(right.end) == Pos::Noun;
    let is_called = |range: &Range<usize>, least: f64| {
        let fame = cutter.known.fame_of_surname(words.text_of(range));
        range.len() == 1 && words.is_capital(range.start) && fame.is_some_and(|fame| fame >= least)
    };
    let is_one_country = is_party(cutter, left) != is_party(cutter, right);
    let least = if is_one_country { FAMOUS } else { WELL_KNOWN };
    let goes = |range: &Range<usize>| is_called(range, least) || is_one_country && is_party(cutter, range);
    is_hyphen(words, left.end) && is_before_noun && name_type != NameType::Person && goes(left) && goes(right)
}

/// Whether a hyphen joins two countries, peoples or regions.
fn is_pair(cutter: &Cutter<'_>, left: &Range<usize>, right: &Range<usize>) -> bool {
    if !is_hyphen(cutter.words, left.end) {
        return false;
    }
    // The further parts of `Mushkoh-Drass-Kargil` are looked at in their turn.
    let next = right.clone().skip(1).find(|&at| cutter.words.is_dash(at)).unwrap_or(right.end);
    is_party(cutter, left) && is_party(cutter, &(right.start..next))
}

/// Whether a word is a dash within a word, and not one between two thoughts.
fn is_hyphen(words: &Words<'_>, at: usize) -> bool {
    words.is_dash(at)
        && !words.is_spaced(at)
        && !words.is_spaced(at + 1)
        && !matches!(words.text(at), "--" | "—")
}

fn is_party(cutter: &Cutter<'_>, range: &Range<usize>) -> bool {
    party(cutter, range).is_some()
}

/// What a country, people or region is named as.
fn party(cutter: &Cutter<'_>, range: &Range<usize>) -> Option<NameType> {
    let words = cutter.words;
    if !words.is_capital(range.start) {
        return None;
    }
    let is_one = |m: &Meaning| {
        matches!(m.name_type, NameType::Norp | NameType::Gpe) && m.share > 0.5 && m.popularity >= 5.0
    };
    let known = cutter.known.meaning(words.text_of(range)).filter(is_one).map(|m| m.name_type);
    let is_regional = || range.len() == 1 && REGIONAL.contains(words.lower(range.start).as_str());
    known.or_else(|| is_regional().then_some(NameType::Norp))
}

/// Whether `and` or a comma joins two names and not the words of one.
fn are_several(cutter: &Cutter<'_>, left: &Range<usize>, right: &Range<usize>, name_type: NameType) -> bool {
    let words = cutter.words;
    let capitals = words.is_capital(left.start) && words.is_capital(right.start);
    let suffix = SUFFIXES.contains(words.lower(right.start).as_str());
    if !capitals || suffix {
        return false;
    }
    match name_type {
        NameType::Person | NameType::Gpe | NameType::Norp => true,
        // A list without `and`, such as `Hulu, Apple TV`; names of ministries and firms have one.
        NameType::Organization | NameType::Product if words.text(left.end) == "," => {
            let unlinked = |at: usize| !matches!(words.text(at), "and" | "&" | "of" | "for");
            left.clone().chain(right.clone()).all(unlinked)
                && !super::head_nouns::is_head(&words.lower(left.start))
        }
        _ => stands_alone(cutter, left) && stands_alone(cutter, right),
    }
}

/// Whether a part of a span is a name of its own, by the document or the knowledge base.
fn stands_alone(cutter: &Cutter<'_>, range: &Range<usize>) -> bool {
    if cutter.is_elsewhere(range) {
        return true;
    }
    let meaning = cutter.known.meaning(cutter.words.text_of(range));
    meaning.is_some_and(|m| match m.name_type {
        NameType::Person | NameType::Organization => range.len() > 1 || m.is_label,
        NameType::Gpe | NameType::Norp => m.popularity >= 10.0,
        _ => false,
    })
}

/// Whether a possessive parts the name of an owner from that of something else: not in `People's Party`.
fn owns(cutter: &Cutter<'_>, left: &Range<usize>, right: &Range<usize>, name_type: NameType) -> bool {
    if matches!(name_type, NameType::WorkOfArt | NameType::Product | NameType::Event | NameType::Law) {
        return false;
    }
    let words = cutter.words;
    let owner = |at: usize| words.is_capital(at) && !KINDS.contains(&words.lower(at));
    let is_known = || right.len() > 1 && stands_alone(cutter, right) && left.clone().all(owner);
    words.is_capital(right.start) && (stands_alone(cutter, left) || is_known())
}

#[cfg(test)]
mod tests {
    use crate::extract::marked::found;

    #[test]
    fn the_party_of_somebody_is_no_part_of_his_name() {
        assert_eq!(
            found("[ORG Merkel's Christian Democratic Union] won."),
            ["PERSON Merkel", "ORG Christian Democratic Union"]
        );
        assert_eq!(found("the [ORG Women's Socialist Party]"), ["ORG Women's Socialist Party"]);
    }

    #[test]
    fn hyphens_between_countries_and_peoples_part_two_names() {
        assert_eq!(found("the [NORP Iran-Azerbaijan] border"), ["GPE Iran", "GPE Azerbaijan"]);
        assert_eq!(found("[NORP Western-Israeli] ties").len(), 2);
        assert_eq!(found("[GPE U.S.-China] trade"), ["GPE U.S.", "GPE China"]);
        assert_eq!(
            found("the US-Norwegian pact and Chile-Peru row"),
            ["GPE US", "NORP Norwegian", "GPE Chile", "GPE Peru"]
        );
        assert_eq!(found("the [EVENT Chile-Peru war ended] in"), ["GPE Chile", "GPE Peru"]);
        assert_eq!(found("in [GPE Guinea-Bissau] and [GPE Nagorno-Karabakh]").len(), 2);
    }

    #[test]
    fn a_short_form_before_an_adjective_is_no_name() {
        assert_eq!(found("the [PERSON Turko-Norwegian] pact"), ["NORP Norwegian"]);
        assert_eq!(found("an [NORP Indo-European] language"), ["NORP Indo-European"]);
        assert!(found("a [MISC Graeco-Roman] temple")[0].ends_with(" Graeco-Roman"));
    }

    #[test]
    fn hyphens_between_well_known_surnames_part_two_people() {
        assert_eq!(found("the [MISC Reagan-Gorbachev] summit"), ["PERSON Reagan", "PERSON Gorbachev"]);
        assert_eq!(found("the [MISC Reagan-Norway] call"), ["PERSON Reagan", "GPE Norway"]);
        assert_eq!(found("by [PERSON Thomas-Greenfield] summit"), ["PERSON Thomas-Greenfield"]);
    }

    #[test]
    fn a_place_before_a_person_is_a_name_of_its_own() {
        let found = found("A fire broke out in [GPE Berlin]. The mayor of [PERSON Berlin Kai Wegner] spoke.");
        assert_eq!(found, ["GPE Berlin", "GPE Berlin", "PERSON Kai Wegner"]);
    }

    #[test]
    fn people_that_are_joined_by_and_are_two() {
        assert_eq!(
            found("[PERSON Angela Merkel and Emmanuel Macron] met"),
            ["PERSON Angela Merkel", "PERSON Emmanuel Macron"]
        );
        assert_eq!(found("in [GPE Bosnia and Herzegovina]").len(), 1);
        assert_eq!(found("the [ORG Ministry of Health and Welfare]").len(), 1);
    }

    #[test]
    fn an_owner_is_a_name_of_its_own() {
        assert_eq!(found("[ORG Russia's Gazprom] said").len(), 2);
        assert_eq!(found("the [ORG People's Party] said"), ["ORG People's Party"]);
    }
}
