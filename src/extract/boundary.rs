//! Where the names within the recogniser's spans begin and end.

use std::collections::HashSet;
use std::ops::Range;

use super::known::Known;
use super::words::Words;
use super::{NameType, pairs, titles};
use crate::nlp::Pos;
use crate::text::WordList;

/// A name on its way: a range of words, and what it is taken for so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) range: Range<usize>,
    pub(super) name_type: NameType,
}

/// What cutting looks at beside the span itself.
pub(super) struct Cutter<'a> {
    pub(super) words: &'a Words<'a>,
    pub(super) known: &'a Known<'a>,
    /// The texts of all the recogniser's spans.
    pub(super) elsewhere: HashSet<&'a str>,
    /// The last words of those of several words.
    pub(super) last_words: HashSet<&'a str>,
}

/// Words that stand before names and are no part of them.
static DETERMINERS: WordList = WordList::new(
    "a all an another any both each every her his its my no one our some such that the their these this \
    those your",
);

/// Small words of people's names: `van`, `bin`.
static PARTICLES: WordList = WordList::new(
    "abu ad al an ar as ash at az ben bin bint d da dal das de del della den der di do dos du e el ibn \
    la le los mac op san santa st te ten ter und van von wa y ye zu",
);

/// Academic degrees and the like behind names.
static DEGREES: WordList =
    WordList::new("bsc cbe cpa dds dphil esq jd llb llm mbe md mba msc obe phd psyd rn");

/// What joins the words of the names of organisations, works and events.
static LINKS: WordList = WordList::new("& 's and as at by for from in of on or the to with ’s");

/// Second parts of compounds that are no names: `US-led`.
static COMPOUNDS: WordList = WordList::new(
    "administered affiliated aligned allied area backed based born bound brokered class controlled \
    dominated era esque friendly funded held inspired led like linked listed made majority mediated \
    occupied only owned produced registered related run speaking sponsored style supplied supported \
    themed trained type wide",
);

/// What stands before a name with a hyphen and is no part of it: `ex-NATO`.
static PREFIXES: WordList = WordList::new("anti ex non pre pro post");

/// Plurals that names joined by `and` share.
const SHARED: [&str; 4] = ["counties", "provinces", "rivers", "universities"];

/// Whether a word is a small one that people's names have: `bin`.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(word)
}

impl Cutter<'_> {
    /// The names within one of the recogniser's spans, in the order of the text.
    pub(super) fn cut(&self, range: Range<usize>, name_type: NameType) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for piece in self.at_marks(range, name_type) {
            let parts = pairs::split(self, piece.clone(), name_type);
            for part in parts {
                let own =
                    self.known.meaning(self.words.text_of(&part)).filter(|m| part != piece && m.share > 0.5);
                self.trim(part, own.map_or(name_type, |m| m.name_type), &mut drafts);
            }
        }
        drafts
    }

    pub(super) fn is_elsewhere(&self, range: &Range<usize>) -> bool {
        self.elsewhere.contains(self.words.text_of(range))
    }

    /// Cuts at line ends, brackets, quotation marks that are not closed within, and dashes between spaces.
    fn at_marks(&self, range: Range<usize>, name_type: NameType) -> Vec<Range<usize>> {
        let words = self.words;
        let mut pieces = Vec::new();
        let mut start = range.start;
        for at in range.clone() {
            let new_line = at > start && words.starts_line(at);
            let bracket = match words.text(at) {
                "(" | "[" => !(at + 1..range.end).any(|i| matches!(words.text(i), ")" | "]")),
                ")" | "]" => !(start..at).any(|i| matches!(words.text(i), "(" | "[")),
                "“" | "”" | "\"" | "«" | "»" => name_type != NameType::Person || at + 1 == range.end,
                "’" | "'" | "‘" => {
                    !words.is_possessive(at) && words.is_spaced(at) != words.is_spaced(at + 1)
                }
                ";" | ":" | "|" | "•" | "*" | "_" | "-LRB-" | "-RRB-" | "-LSB-" | "-RSB-" => true,
                _ => words.is_dash(at) && words.is_spaced(at) && words.is_spaced(at + 1),
            };
            if bracket || words.is_space(at) {
                pieces.push(start..at);
                start = at + 1;
            } else if new_line {
                pieces.push(start..at);
                start = at;
            }
        }
        pieces.push(start..range.end);
        // Of spans over several lines the further ones are mostly headings of lists.
        let keep = |(number, piece): &(usize, Range<usize>)| {
            !piece.is_empty()
                && (*number == 0
                    || piece.len() > 1
                    || self.is_elsewhere(piece)
                    || !words.starts_line(piece.start)
                    || self.known.is_known(words.text_of(piece)))
        };
        pieces.into_iter().enumerate().filter(keep).map(|(_, piece)| piece).collect()
    }

    /// Takes off what is no part of the name at both ends, and adds what is left of it.
    fn trim(&self, mut range: Range<usize>, mut name_type: NameType, drafts: &mut Vec<Draft>) {
        self.trim_ends(&mut range, name_type);
        if range.is_empty() {
            return;
        }
        if let Some(people) = self.leading_people(&range, name_type) {
            drafts.push(Draft { range: people.clone(), name_type: NameType::Norp });
            range.start = people.end;
        }
        if name_type == NameType::Norp && range.len() > 1 && !self.known.is_known(self.words.text_of(&range))
        {
            // `Married Pakistani`
            let last = range.end - 1..range.end;
            let is_people = |m: super::known::Meaning| m.name_type == NameType::Norp && m.share > 0.5;
            if self.known.meaning(self.words.text_of(&last)).is_some_and(is_people)
                && !self.words.is_dash(last.start - 1)
            {
                range = last;
            }
        }
        let Some(start) = self.without_titles(&range, &mut name_type) else { return };
        range.start = start;
        self.trim_ends(&mut range, name_type);
        if !range.is_empty() && self.is_name(&range, name_type) {
            drafts.push(Draft { range, name_type });
        }
    }

    fn trim_ends(&self, range: &mut Range<usize>, name_type: NameType) {
        while range.start < range.end && self.is_outside_at_start(range, name_type) {
            range.start += 1;
        }
        while range.start < range.end && self.is_outside_at_end(range, name_type) {
            range.end -= 1;
        }
        // `Champions Tour this season`
        let is_small = |at: usize| self.words.text(at).starts_with(char::is_lowercase);
        let determiner =
            |at: &usize| DETERMINERS.contains(&self.words.lower(*at)) && (*at..range.end).all(is_small);
        if let Some(at) = (range.start + 1..range.end).find(determiner) {
            range.end = at;
        }
        // `Kent and Essex counties`: what the names share is part of none.
        let is_joined = range.start > 0 && matches!(self.words.text(range.start - 1), "and" | "&");
        if is_joined && range.len() > 1 && SHARED.contains(&self.words.lower(range.end - 1).as_str()) {
            range.end -= 1;
        }
        // `US-led`, `Kalvari-class`
        if range.len() > 2
            && self.words.is_dash(range.end - 2)
            && COMPOUNDS.contains(self.words.text(range.end - 1))
        {
            range.end -= 2;
        }
    }

    fn is_outside_at_start(&self, range: &Range<usize>, name_type: NameType) -> bool {
        let words = self.words;
        let at = range.start;
        let text = words.text(at);
        let lower = words.lower(at);
        if matches!(words.pos(at), Pos::Space) || !text.chars().any(char::is_alphanumeric) {
            return !matches!(text, "(" | "[");
        }
        if words.is_possessive(at) {
            return true;
        }
        if range.len() == 1 || name_type == NameType::WorkOfArt {
            return false;
        }
        if self.is_prefix(range) {
            return true;
        }
        // `Al-Arabiya` begins with what is an article elsewhere.
        let joined = words.is_dash(at + 1) && !words.is_spaced(at + 1);
        if DETERMINERS.contains(lower.as_str()) && !joined {
            return !(words.is_capital(at)
                && matches!(lower.as_str(), "one" | "all" | "any" | "no" | "such")
                && at > 0
                && !words.starts_sentence(at));
        }
        text.starts_with(char::is_lowercase)
            && !PARTICLES.contains(lower.as_str())
            && (range.clone().skip(1).any(|i| words.is_capital(i)))
            && matches!(
                words.pos(at),
                Pos::Adj
                    | Pos::Adp
                    | Pos::Adv
                    | Pos::Cconj
                    | Pos::Det
                    | Pos::Noun
                    | Pos::Pron
                    | Pos::Verb
                    | Pos::X
            )
    }

    /// Whether a name begins with `Ex-`, `Non-` or the like before what is known as a name without it.
    fn is_prefix(&self, range: &Range<usize>) -> bool {
        let (words, rest) = (self.words, range.start + 2..range.end);
        !rest.is_empty()
            && words.is_dash(range.start + 1)
            && PREFIXES.contains(&words.lower(range.start))
            && words.is_capital(rest.start)
            && self.known.is_known(words.text_of(&rest))
            && !self.known.is_known(words.text_of(range))
    }

    fn is_outside_at_end(&self, range: &Range<usize>, name_type: NameType) -> bool {
        let words = self.words;
        let at = range.end - 1;
        let text = words.text(at);
        if words.is_possessive(at) || matches!(words.pos(at), Pos::Space) {
            return true;
        }
        if !text.chars().any(char::is_alphanumeric) {
            return !matches!(text, ")" | "]" | "!" | "+" | "?")
                || matches!(text, ")" | "]") && !self.opens(range);
        }
        if range.len() == 1 {
            return false;
        }
        let lower = words.lower(at);
        if LINKS.contains(lower.as_str()) && text.starts_with(char::is_lowercase) {
            return true;
        }
        let simple = matches!(name_type, NameType::Person | NameType::Norp | NameType::Gpe);
        let after_dash = words.is_dash(at - 1);
        simple
            && !after_dash
            && (text.starts_with(char::is_lowercase) && !PARTICLES.contains(lower.as_str())
                || text.chars().all(|c| c.is_ascii_digit()))
    }

    fn opens(&self, range: &Range<usize>) -> bool {
        range.clone().any(|i| matches!(self.words.text(i), "(" | "["))
    }

    /// The adjective of a country before a title or a name of a person: `Iranian` of `Iranian Foreign Minister Abbas Araghchi`.
    fn leading_people(&self, range: &Range<usize>, name_type: NameType) -> Option<Range<usize>> {
        let of_people = |end: &usize| {
            let meaning = self.known.meaning(self.words.text_of(&(range.start..*end)));
            meaning.is_some_and(|m| matches!(m.name_type, NameType::Norp | NameType::Gpe) && m.share > 0.5)
        };
        let longest = (range.start + 3).min(range.end.saturating_sub(1));
        let end = (range.start + 1..=longest).rev().find(of_people)?;
        let rest = end..range.end;
        let title_ends = titles::end_of_titles(self.words, &rest);
        let is_demonym =
            self.known.meaning(self.words.text_of(&(range.start..end)))?.name_type == NameType::Norp;
        let splits = match name_type {
            NameType::Person => title_ends > end || (is_demonym && rest.len() > 1),
            NameType::Organization | NameType::WorkOfArt | NameType::Gpe | NameType::Norp => {
                title_ends > end && title_ends < rest.end && self.is_like_person(&(title_ends..rest.end))
            }
            _ => false,
        };
        let whole = self.known.is_known(self.words.text_of(range));
        (splits && !whole && !self.words.is_dash(end)).then_some(range.start..end)
    }

    /// Where the name starts after its titles; `None` when it is nothing but titles.
    fn without_titles(&self, range: &Range<usize>, name_type: &mut NameType) -> Option<usize> {
        let words = self.words;
        let run = self.start_of_titles(range.start)..range.end;
        let end = titles::end_of_titles(words, &run);
        if end <= range.start {
            return Some(range.start);
        }
        let whole = self.known.meaning(words.text_of(range)).filter(|m| m.other < 0.5);
        if *name_type == NameType::Person {
            if whole.is_some_and(|m| m.name_type == NameType::Person || m.is_label) && range.len() > 1 {
                return Some(range.start);
            }
            return (end < range.end).then_some(end);
        }
        if end >= range.end {
            // `Secretary of State`; a single word may be the short form of a body: `Justice`.
            let named = matches!(name_type, NameType::Gpe | NameType::Location | NameType::Product);
            let alone = run.start == range.start && range.len() == 1;
            return (named || alone).then_some(range.start);
        }
        if whole.is_some() || *name_type == NameType::WorkOfArt && !words.is_capital(end) {
            return Some(range.start);
        }
        let rest = end..range.end;
        if words.text(end) == "of" && range.len() <= 6 && run.start == range.start {
            // `Archduke of Austria`, `Foreign Ministers of Iran`
            let of = end + 1 + usize::from(words.text(end + 1) == "the");
            return (of < range.end).then(|| {
                if let Some(meaning) = self.known.meaning(words.text_of(&(of..range.end))) {
                    *name_type = meaning.name_type;
                }
                of
            });
        }
        if self.is_like_person(&rest) {
            *name_type = NameType::Person;
            return Some(end);
        }
        Some(range.start)
    }

    /// Where titles begin that run up to a word: the recogniser's span may start within them.
    fn start_of_titles(&self, at: usize) -> usize {
        let words = self.words;
        let least = at.saturating_sub(6);
        let mut start = at;
        for before in (least..at).rev() {
            let lower = words.lower(before);
            if words.starts_line(before + 1)
                || !(titles::is_part(&lower) || matches!(lower.as_str(), "of" | "for"))
            {
                break;
            }
            if titles::is_title(&lower) {
                start = before;
            }
        }
        start
    }

    /// Whether words look like the name of a person: two to four capitalised ones, none of which is a noun for
    /// something else, or one that is elsewhere.
    fn is_like_person(&self, range: &Range<usize>) -> bool {
        let words = self.words;
        let form = |i: usize| words.is_capital(i) || PARTICLES.contains(words.text(i)) || words.is_dash(i);
        let last = words.lower(range.end - 1);
        let is_last_word = range.len() == 1 && self.last_words.contains(words.text(range.start));
        (range.len() > 1 && range.len() <= 5 || self.is_elsewhere(range) || is_last_word)
            && range.clone().all(form)
            && !super::head_nouns::is_head(&last)
            && self
                .known
                .meaning(words.text_of(range))
                .is_none_or(|m| m.name_type == NameType::Person || is_last_word)
    }

    /// Whether a range that is left can be a name at all.
    pub(super) fn is_name(&self, range: &Range<usize>, name_type: NameType) -> bool {
        let words = self.words;
        let text = words.text_of(range);
        if range.len() == 1 && pairs::is_combining(words, range.start) {
            return false;
        }
        if self.words.text(range.end).starts_with('$') || DEGREES.contains(&words.lower(range.start)) {
            return false;
        }
        let has_capital = |c: char| c.is_alphabetic() && !c.is_lowercase();
        let numeric = matches!(name_type, NameType::Event | NameType::Product | NameType::WorkOfArt);
        if !text.chars().any(has_capital) {
            return numeric && text.chars().any(char::is_numeric) && text.chars().any(char::is_alphabetic);
        }
        let lower = words.lower(range.start);
        let title = range.len() == 1
            && titles::is_title(&lower)
            && name_type != NameType::WorkOfArt
            && !self.known.is_known(text);
        !title
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::marked::found;

    #[test]
    fn titles_and_offices_are_no_part_of_a_name() {
        assert_eq!(found("[PERSON Prime Minister Keir Starmer] met"), ["PERSON Keir Starmer"]);
        assert_eq!(found("the [ORG Minister of Defence Israel Katz] said"), ["PERSON Israel Katz"]);
        assert_eq!(found("and [PERSON Lt. Gen. Herzi Halevi] said"), ["PERSON Herzi Halevi"]);
        assert_eq!(found("the [ORG Secretary of State] said"), [""; 0]);
        assert_eq!(found("[PERSON Pope Francis] said"), ["PERSON Pope Francis"]);
    }

    #[test]
    fn names_without_the_noun_that_they_share() {
        assert_eq!(found("[GPE Kent] and [GPE Essex Counties] in"), ["GPE Kent", "GPE Essex"]);
        assert_eq!(found("in [GPE Nassau County] and"), ["GPE Nassau County"]);
    }

    #[test]
    fn a_country_before_an_office_is_a_name_of_its_own() {
        assert_eq!(
            found("[PERSON Iranian Foreign Minister Abbas Araghchi] said"),
            ["NORP Iranian", "PERSON Abbas Araghchi"]
        );
        assert_eq!(found("[PERSON Gambian Bakary Gassama] said"), ["NORP Gambian", "PERSON Bakary Gassama"]);
    }

    #[test]
    fn names_end_with_the_line_the_bracket_and_the_dash() {
        assert_eq!(found("with [PERSON Bryan Acosta\n\nMidfielders\n]"), ["PERSON Bryan Acosta"]);
        assert_eq!(
            found("the [ORG World Health Organization (WHO]) said"),
            ["ORG World Health Organization", "ORG WHO"]
        );
        assert_eq!(found("[PERSON Durban - Cyril Ramaphosa] said").last().unwrap(), "PERSON Cyril Ramaphosa");
    }

    #[test]
    fn prefixes_are_taken_off_what_is_known_without_them() {
        assert_eq!(
            found("[ORG Ex-NATO] officers met [NORP Non-Norwegian] firms"),
            ["ORG NATO", "NORP Norwegian"]
        );
        assert_eq!(found("the [ORG Anti-Piracy Unit] said"), ["ORG Anti-Piracy Unit"]);
    }

    #[test]
    fn articles_possessives_and_compounds_are_taken_off() {
        assert_eq!(found("[GPE the United States’s] envoy"), ["GPE United States"]);
        assert_eq!(
            found("a [NORP U.S.-led] coalition of [NORP anti-Iranian] groups"),
            ["GPE U.S.", "NORP Iranian"]
        );
    }
}
