//! What speaks for one type of a name or another: the recogniser, the knowledge base, the document, the form of the
//! name, and the words around it.

use super::boundary::Draft;
use super::evidence::{Coarse, Evidence};
use super::known::{Known, Meaning};
use super::words::Words;
use super::{NameType, head_nouns, titles};
use crate::nlp::Pos;
use crate::text::WordList;

/// A cue: its kind, and up to two values; the second is empty where there is one value.
pub type Cue = (&'static str, &'static str, &'static str);

/// First words of the names of at least four people of the knowledge base, and of fewer other things.
static GIVEN_NAMES: WordList = WordList::new(include_str!("given_names.txt"));

/// Verbs whose subjects are mostly people or bodies.
static SAYING: WordList = WordList::new(
    "accuse add admit agree allege announce argue ask assert believe call claim comment confirm criticize declare \
    demand deny describe explain feel hope insist know like note observe point recall remain remember reply report \
    respond reveal say speak state stress suggest tell think told urge vow want warn welcome wish write",
);

/// Looks at one draft. `of_recogniser` is what the recogniser took it for, if it did.
pub(super) struct Observer<'a> {
    pub(super) words: &'a Words<'a>,
    pub(super) known: &'a Known<'a>,
    pub(super) evidence: &'a Evidence,
}

impl Observer<'_> {
    /// The cues of a draft; `before` and `behind` are the types of the names that a comma, `and` or `or` joins it with.
    pub(super) fn cues(&self, draft: &Draft, of_recogniser: bool, joined: [Option<Coarse>; 2]) -> Vec<Cue> {
        let own = if of_recogniser { draft.name_type.label() } else { "none" };
        let mut cues = vec![("bias", "", ""), ("recogniser", own, "")];
        self.document(draft, of_recogniser.then(|| Coarse::of(draft.name_type)), own, &mut cues);
        self.knowledge(draft, own, &mut cues);
        self.form(draft, own, &mut cues);
        self.surroundings(draft, own, &mut cues);
        for (side, coarse) in ["joined before", "joined behind"].into_iter().zip(joined) {
            if let Some(coarse) = coarse {
                cues.push((side, coarse.label(), ""));
            }
        }
        cues
    }

    fn document(&self, draft: &Draft, own_type: Option<Coarse>, own: &'static str, cues: &mut Vec<Cue>) {
        let key = self.words.text_of(&draft.range).to_lowercase();
        match self.evidence.same(&key).majority(own_type) {
            Some((coarse, share)) => {
                cues.push(("same", coarse.label(), ""));
                cues.push(("same, recogniser", coarse.label(), own));
                if share > 0.75 {
                    cues.push(("same, mostly", coarse.label(), ""));
                }
            }
            None => cues.push(("same", "none", "")),
        }
        if draft.range.len() == 1 {
            if self.evidence.is_small_elsewhere(&key) {
                cues.push(("small elsewhere", own, ""));
            }
            if self.evidence.is_capital_again(&key) {
                cues.push(("capital again", own, ""));
            }
            let surname = self.evidence.is_surname(&key);
            if surname {
                cues.push(("surname", own, ""));
            } else if self.evidence.is_given_name(&key) {
                cues.push(("given name", "", ""));
            }
            if let Some(coarse) = self.evidence.part_of(&key).filter(|_| !surname) {
                cues.push(("part of", coarse.label(), ""));
            }
        } else if self
            .evidence
            .same(&self.words.lower(draft.range.end - 1))
            .majority(None)
            .is_some_and(|(c, _)| c == Coarse::Person)
        {
            cues.push(("ends in person", "", ""));
        }
    }

    fn knowledge(&self, draft: &Draft, own: &'static str, cues: &mut Vec<Cue>) {
        let written = self.words.text_of(&draft.range);
        let Some(Meaning { name_type, share, popularity, is_label, other }) = self.known.meaning(written)
        else {
            cues.push(("kb", "none", if draft.range.len() > 1 { "words" } else { "word" }));
            if draft.range.len() == 1 && self.known.is_surname(written) {
                cues.push(("kb surname", own, ""));
            }
            return;
        };
        if other > 0.5 {
            cues.push(("kb", "position", ""));
            return;
        }
        let label = if name_type == NameType::Norp { "NORP" } else { Coarse::of(name_type).label() };
        let fame = if popularity >= 40.0 {
            "famous"
        } else if popularity >= 15.0 {
            "known"
        } else {
            "obscure"
        };
        cues.push(("kb", label, fame));
        cues.push(("kb, recogniser", label, own));
        cues.push(("kb words", label, if draft.range.len() > 1 { "words" } else { "word" }));
        if share > 0.9 {
            cues.push(("kb sure", label, ""));
        }
        if is_label {
            cues.push(("kb label", label, ""));
        }
    }

    fn form(&self, draft: &Draft, own: &'static str, cues: &mut Vec<Cue>) {
        let words = self.words;
        let (first, last) = (draft.range.start, draft.range.end - 1);
        let text = words.text_of(&draft.range);
        let count = match draft.range.len() {
            1 => "1",
            2 => "2",
            3 | 4 => "3",
            _ => "5",
        };
        cues.push(("words", count, own));
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let upper = text.chars().filter(|c| c.is_uppercase()).count();
        let shape = match (letters, upper) {
            (1, _) => "letter",
            (2 | 3, n) if n == letters => "short capitals",
            (_, n) if n == letters => "capitals",
            (_, 0) => "lower",
            _ if draft.range.len() == 1 && upper > 1 => "mixed",
            _ => "plain",
        };
        cues.push(("shape", shape, if draft.range.len() > 1 { "words" } else { "word" }));
        if text.chars().any(char::is_numeric) {
            cues.push(("number", own, ""));
        }
        let head = head_nouns::name_type(&words.lower(last));
        if let Some(head) = head.filter(|_| last > first) {
            cues.push(("last noun", head.label(), ""));
        }
        if let Some(head) = head_nouns::name_type(&words.lower(first)).filter(|_| last > first) {
            cues.push(("first noun", head.label(), if words.text(first + 1) == "of" { "of" } else { "" }));
        }
        if last == first {
            if let Some(head) = head {
                cues.push(("noun alone", head.label(), ""));
            } else if titles::is_part(&words.lower(first)) {
                cues.push(("noun alone", "title", ""));
            }
        }
        if GIVEN_NAMES.contains(words.text(first)) {
            cues.push(("known given name", count, ""));
        }
        if draft.range.len() > 1 && draft.range.len() < 4 && self.known.is_surname(words.text(last)) {
            cues.push(("known surname", "", ""));
        }
        for link in ["of", "and", "for", "the", "&", "-", "al", "de", "bin"] {
            if draft.range.clone().any(|at| words.text(at).eq_ignore_ascii_case(link)) {
                cues.push(("link", link, ""));
            }
        }
        if let Some(ending) =
            ENDINGS.iter().find(|e| words.text(last).ends_with(**e)).filter(|_| last == first)
        {
            cues.push(("ending", ending, ""));
        }
        let tag = words.token(last).tag();
        if let Some(tag) = TAGS.iter().find(|t| **t == tag) {
            cues.push(("tag", tag, ""));
        }
        if !draft.range.clone().all(|at| words.pos(at) == Pos::Propn) {
            cues.push(("not all proper", own, ""));
        }
    }

    fn surroundings(&self, draft: &Draft, own: &'static str, cues: &mut Vec<Cue>) {
        let words = self.words;
        let (start, end) = (draft.range.start, draft.range.end);
        if words.starts_line(start) {
            cues.push(("at start of", "line", ""));
        } else if words.starts_sentence(start) {
            cues.push(("at start of", "sentence", if draft.range.len() > 1 { "words" } else { "word" }));
        }
        self.before(start, own, cues);
        self.behind(end, own, cues);
        let quoted = start > 0
            && matches!(words.text(start - 1), "\"" | "“" | "‘" | "'" | "«")
            && matches!(words.text(end), "\"" | "”" | "’" | "'" | "»");
        if quoted {
            cues.push(("quoted", own, ""));
        }
        let Some(head) = words.doc().head_of(words.token_span(&draft.range)) else { return };
        if let Some(dep) = DEPS.iter().find(|d| **d == head.dep()) {
            cues.push(("role", dep, ""));
            if *dep == "nsubj" && SAYING.contains(head.head().lemma()) {
                cues.push(("speaks", own, ""));
            }
        }
    }

    fn before(&self, start: usize, own: &'static str, cues: &mut Vec<Cue>) {
        let words = self.words;
        let Some(at) = start.checked_sub(1).filter(|_| !words.starts_line(start)) else { return };
        let lower = words.lower(at);
        if let Some(word) = BEFORE.iter().find(|w| **w == lower) {
            cues.push(("before", word, own));
            cues.push(("before", word, ""));
        }
        if titles::is_title(&lower) {
            cues.push(("title before", own, ""));
            cues.push(("title before", "", ""));
        } else if let Some(noun) = head_nouns::name_type(&lower) {
            cues.push(("noun before", noun.label(), ""));
        }
        if lower == "of"
            && at > 0
            && let Some(noun) = head_nouns::name_type(&words.lower(at - 1))
        {
            cues.push(("noun of", noun.label(), ""));
        }
        if matches!(lower.as_str(), "," | "and" | "or" | "the") && at > 0 {
            let word = words.lower(at - 1);
            if let Some(word) = BEFORE.iter().find(|w| **w == word) {
                cues.push(("further before", word, ""));
            }
        }
    }

    fn behind(&self, end: usize, own: &'static str, cues: &mut Vec<Cue>) {
        let words = self.words;
        if end >= words.len() || words.starts_line(end) {
            cues.push(("behind", "line end", ""));
            return;
        }
        let lower = words.lower(end);
        if let Some(word) = BEHIND.iter().find(|w| **w == lower) {
            cues.push(("behind", word, own));
            cues.push(("behind", word, ""));
        }
        if titles::is_title(&lower) {
            cues.push(("title behind", own, ""));
        } else if let Some(noun) = head_nouns::name_type(&lower) {
            cues.push(("noun behind", noun.label(), ""));
        }
        cues.push(("part of speech behind", words.pos(end).as_str(), own));
        if lower == "'s" || lower == "’s" {
            let owned = words.lower(end + 1);
            if KIN.contains(&owned) {
                cues.push(("kin behind", "", ""));
            } else if let Some(noun) = head_nouns::name_type(&owned) {
                cues.push(("owns noun", noun.label(), ""));
            }
        }
        if lower == ","
            && words.text(end + 1).starts_with(|c: char| c.is_ascii_digit())
            && words.text(end + 2) == ","
        {
            cues.push(("age behind", "", ""));
        }
    }
}

/// What people have and others do not.
static KIN: WordList = WordList::new(
    "wife husband son daughter mother father brother sister family parents children uncle aunt cousin nephew niece \
    grandfather grandmother grandson widow partner lawyer lawyers attorney death life body voice career",
);

const ENDINGS: &[&str] = &[
    "stan", "land", "burg", "ville", "pur", "abad", "grad", "istan", "ians", "ian", "ese", "ish", "ists",
    "ist", "ism", "ans", "ites", "ia", "ov", "ova", "ez", "son", "ski", "vich", "ic", "oğlu", "yan",
    "shvili", "tions", "tion", "ments", "ment", "ing", "ity", "ness", "ship", "ance", "ence", "ial", "ive",
    "ed", "ers", "er", "ly", "s",
];

const TAGS: &[&str] = &[
    "NNP", "NNPS", "NN", "NNS", "JJ", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "CD", "RB", "FW", "IN", "UH",
    "DT", "PRP",
];

const DEPS: &[&str] = &[
    "nsubj",
    "nsubjpass",
    "dobj",
    "pobj",
    "compound",
    "poss",
    "appos",
    "amod",
    "nmod",
    "conj",
    "ROOT",
    "attr",
    "dative",
    "npadvmod",
    "oprd",
    "dep",
    "punct",
    "advmod",
    "advcl",
    "acl",
];

const BEFORE: &[&str] = &[
    "in",
    "at",
    "from",
    "to",
    "of",
    "near",
    "by",
    "with",
    "and",
    "or",
    "for",
    "the",
    "a",
    "an",
    "on",
    "between",
    "against",
    "under",
    "about",
    "as",
    "than",
    "who",
    "(",
    ",",
    ":",
    "“",
    "\"",
    "'",
    "‘",
    "'s",
    "’s",
    "-",
    "–",
    "—",
    "/",
    "called",
    "named",
    "dubbed",
    "late",
    "his",
    "her",
    "that",
    "said",
    "says",
    "told",
    "its",
    "new",
    "across",
    "into",
    "outside",
    "around",
    "inside",
    "throughout",
    "via",
    "visited",
    "wife",
    "husband",
    "son",
    "daughter",
    "brother",
    "sister",
    "when",
    "where",
    "while",
    "but",
    "this",
    "all",
    "many",
];

const BEHIND: &[&str] = &[
    "'s",
    "’s",
    "and",
    ",",
    ".",
    "(",
    ")",
    "-",
    "–",
    "/",
    "\"",
    "”",
    "is",
    "was",
    "has",
    "had",
    "will",
    "would",
    "said",
    "says",
    "who",
    "which",
    "where",
    "in",
    "of",
    "to",
    "at",
    "on",
    "for",
    "told",
    "added",
    "also",
    "people",
    "women",
    "men",
    "language",
    "class",
    "season",
    "game",
    "games",
    "match",
    "president",
    "minister",
    "government",
    "officials",
    "authorities",
    "citizens",
    "family",
    "members",
    "spokesman",
    "users",
    "app",
    "infections",
    "variant",
    "vaccine",
    "cases",
    "pandemic",
];
