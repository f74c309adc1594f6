use std::ops::Range;

use super::words::Words;
use crate::text::WordList;

/// Forms of address and ranks that come before a person's name and are not part of it.
static HONORIFICS: WordList = WordList::new(
    "adm admiral adv ayatollah brig brigadier capt captain cdr cmdr col colonel commander comrade \
    constable corporal cpl dame dj dr engr fr gen general grand haji he hon honorable honourable imam insp \
    inspector justice lady lieutenant lord lt maj major marshal master miss mme monsignor mr mrs ms mx \
    pastor pol prof professor pte rabbi rev reverend sergeant sgt shri sir smt sri supt ustaz venerable \
    wing",
);

/// Titles that are part of the name by which many are known: dropped unless the knowledge base has the name with them.
static NOBLE: WordList = WordList::new(
    "archbishop archduke baron baroness bishop brother caliph cardinal count crown duchess duke emir \
    emperor empress father king maharaja mother patriarch pope prince princess queen shaikh sheik sheikh sheikha \
    sister sultan tsar",
);

/// Offices, functions and occupations.
static ROLES: WordList = WordList::new(
    "activist actor actress administrator adviser advisor ambassador analyst anthropologist archaeologist artist assemblyman \
    astronaut astronomer attorney auditor biologist broadcaster chemist cleric comedian composer cosmonaut curator \
    filmmaker footballer geologist guitarist musician novelist photographer physicist physician pianist playwright psychologist \
    rapper sculptor sociologist songwriter virologist \
    author billionaire boss businessman businesswoman candidate ceo cfo chair chairman chairperson \
    chairwoman chancellor chief coach columnist commissioner comptroller congressman congresswoman \
    consul convener coordinator correspondent councillor councilman councilor councilwoman counsel \
    counsellor defender delegate deputy detective diplomat director economist editor envoy executive \
    forward founder goalkeeper gov governor head historian journalist judge lawmaker lawyer leader \
    mayor mep midfielder minister mk mla mp nominee oc officer ombudsman politician premier president \
    principal prosecutor rep reporter representative researcher scientist sec secretary sen senator \
    sheriff singer speaker spokesman spokesperson spokeswoman striker student superintendent treasurer \
    undersecretary veteran whip winger writer",
);

/// What may stand before a role: `former`, `deputy`, and the fields of ministers.
static MODIFIERS: WordList = WordList::new(
    "acting additional agriculture army assistant associate attorney cabinet chief climate commerce \
    communications congress crown culture defence defense democratic deputy development economic \
    economy education emergencies emergency energy environment executive external finance financial first foreign general \
    health high home house housing human immigration industry information interim interior \
    international joint junior justice labor labour lead majority managing media minority national navy \
    oil opposition parliament parliamentary party permanent police political presidential press prime \
    public regional republican resident rights security senate senior shadow situations sole special sports staff \
    state supreme team tourism trade transport transportation treasury vice water women",
);

/// What says that somebody holds no office now or not yet; drops off even without a role behind it.
static STANDING: WordList = WordList::new("designate elect ex former incoming incumbent late outgoing then");

/// Fields after `minister of` and `secretary for`.
static FIELDS: WordList = WordList::new(
    "affairs agrarian agriculture and army commerce communications culture defence defense development \
    economic economy education emergencies emergency employment energy environment environmental family \
    finance fisheries foreign forestry health home homeland housing immigration industry information \
    infrastructure interior international justice labor labour land mines mining petroleum police \
    protection public religious science security services social sport sports staff state technology \
    the tourism trade transport transportation treasury war water welfare women works youth",
);

/// Whether a list has a word, or the word of which this is the plural.
fn is_in(list: &WordList, word: &str) -> bool {
    list.contains(word) || word.len() > 4 && word.strip_suffix('s').is_some_and(|word| list.contains(word))
}

/// Whether a word, in lower case and without dots, is an office, function, rank or form of address.
pub(super) fn is_title(word: &str) -> bool {
    is_in(&ROLES, word) || is_in(&HONORIFICS, word) || is_in(&NOBLE, word)
}

/// Whether a word, in lower case and without dots, may be a part of titles.
pub(super) fn is_part(word: &str) -> bool {
    is_title(word) || is_in(&MODIFIERS, word) || is_in(&STANDING, word) || is_in(&FIELDS, word)
}

/// Where the titles end that a range of words begins with; its start when there is none. `Prime Minister`, `Minister of
/// Foreign Affairs`, `former deputy mayor`, `Pol Col`.
pub(super) fn end_of_titles(words: &Words<'_>, range: &Range<usize>) -> usize {
    let mut end = range.start;
    let mut at = range.start;
    while at < range.end {
        let word = words.lower(at);
        if is_title(&word) {
            at = end_of_field(words, at + 1..range.end);
            end = at;
        } else if is_in(&STANDING, &word) {
            at += 1;
            end = at;
        } else if is_in(&MODIFIERS, &word) {
            at += 1;
        } else if words.is_dash(at)
            && at > range.start
            && at + 1 < range.end
            && continues(&words.lower(at + 1))
        {
            at += 2;
            end = at;
        } else if matches!(words.text(at), "&" | "and" | "," | "/" | ".") && at > range.start {
            at += 1;
        } else {
            break;
        }
    }
    end
}

/// `-General` of `Secretary-General`, `-elect`.
fn continues(word: &str) -> bool {
    is_title(word) || is_in(&STANDING, word)
}

/// Where `of Foreign Affairs` ends, if it is there.
fn end_of_field(words: &Words<'_>, range: Range<usize>) -> usize {
    if range.is_empty() || !matches!(words.text(range.start), "of" | "for") {
        return range.start;
    }
    let mut end = range.start;
    for at in range.start + 1..range.end {
        let word = words.lower(at);
        if !is_in(&FIELDS, &word) {
            break;
        }
        if !matches!(word.as_str(), "and" | "the") {
            end = at + 1;
        }
    }
    end
}
