//! Spans that hold several names: `Iran-Azerbaijan`, `Baku and Tehran`, `Russia's Gazprom`.

use std::ops::Range;

use super::NameType;
use super::boundary::Cutter;
use crate::text::WordList;

/// Adjectives of parts of the world, which the names of no country give.
static REGIONAL: WordList = WordList::new(
    "african american arab asian atlantic balkan baltic caribbean caucasian eastern european gulf \
    islamic jewish latin mediterranean nordic northern pacific scandinavian southern west western",
);

/// What follows a name without being one of its own.
static SUFFIXES: WordList = WordList::new("co dc ii iii inc iv jr llc ltd md phd plc sa sr");

/// Kinds of people, whose parties and unions have them in their names: `Women's`.
static KINDS: WordList = WordList::new(
    "boys children consumers doctors farmers father girls king ladies lawyers men miners mother nurses officers parents peasants \
     people peoples pilots players prince princess queen sailors soldiers students teachers veterans women workers writers",
);

/// The names in a range, which is given back whole when it is one.
pub(super) fn split(cutter: &Cutter<'_>, range: Range<usize>, name_type: NameType) -> Vec<Range<usize>> {
    if range.len() < 3 || cutter.known.is_known(cutter.words.text_of(&range)) {
        return vec![range];
    }
    if is_place_before_person(cutter, &range, name_type) {
        return vec![range.start..range.start + 1, range.start + 1..range.end];
    }
    let place = range.clone().skip(1).take(range.len().saturating_sub(2)).find_map(|at| {
        let (left, right) = (range.start..at, at + 1..range.end);
        let splits = if cutter.words.is_possessive(at) {
            owns(cutter, &left, &right, name_type)
        } else if cutter.words.is_dash(at) {
            is_pair(cutter, &left, &right)
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

/// Whether a hyphen joins two countries, peoples or regions.
fn is_pair(cutter: &Cutter<'_>, left: &Range<usize>, right: &Range<usize>) -> bool {
    if cutter.words.is_spaced(left.end) {
        return false;
    }
    // The further parts of `Mushkoh-Drass-Kargil` are looked at in their turn.
    let next = right.clone().skip(1).find(|&at| cutter.words.is_dash(at)).unwrap_or(right.end);
    is_party(cutter, left) && is_party(cutter, &(right.start..next))
}

fn is_party(cutter: &Cutter<'_>, range: &Range<usize>) -> bool {
    let words = cutter.words;
    if !words.is_capital(range.start) {
        return false;
    }
    if range.len() == 1 && REGIONAL.contains(words.lower(range.start).as_str()) {
        return true;
    }
    let known = cutter.known.meaning(words.text_of(range));
    known.is_some_and(|m| {
        matches!(m.name_type, NameType::Norp | NameType::Gpe) && m.share > 0.5 && m.popularity >= 5.0
    })
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
        assert_eq!(found("in [GPE Guinea-Bissau] and [GPE Nagorno-Karabakh]").len(), 2);
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
