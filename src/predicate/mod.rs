//! Who does what to whom, in grammar's terms: predicates and their arguments, with syntax undone.
//!
//! Takes a parsed [`Doc`] and gives [`Predicates`]. `Hezbollah was armed by Iran`, `Iran, which armed Hezbollah`, `Iran
//! wants to arm Hezbollah`, `Iranian-armed Hezbollah` and `Iran funded and armed Hezbollah` all have a predicate `arm` whose subject is
//! `Iran` and whose object is `Hezbollah`. Joined arguments are distributed: each conjunct is an argument of its own. What the words mean
//! is left to the lexicon, which matches nothing but this.
//!
//! The dependency labels are those of `ClearNLP`, which English pipelines of spaCy use.

mod arguments;
mod lemma;
mod noun;
mod verb;

pub(crate) use lemma::lemma;
pub(crate) use verb::{is_infinitive, is_purpose};

use smol_str::SmolStr;

use crate::nlp::{Doc, Pos};
use crate::text::TokenId;

/// The predicates of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Predicates {
    /// In the order of their heads.
    pub all: Vec<Predicate>,
}

/// A word that says something of others, with its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predicate {
    /// The word: a verb, or a noun.
    pub head: TokenId,
    /// What kind of word it is.
    pub kind: Kind,
    /// Its base form in lower case, and longer forms that it may be part of, the longest first: `chief of staff`, `staff chief`,
    /// `chief`; `carry out`, `carry`.
    pub forms: Vec<String>,
    /// Its arguments, in the order of the text, at most one a function and token.
    pub arguments: Vec<Argument>,
}

/// What kind of word a predicate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A verb; participles before a noun too (`backed` in `Iranian-backed militias`).
    Verb,
    /// A noun, or a title before a name.
    Noun,
}

/// A phrase that a predicate says something of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Argument {
    /// The head of the phrase.
    pub head: TokenId,
    /// What it is to the predicate.
    pub function: Function,
}

/// The grammatical function of an argument, with voice undone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Function {
    /// Who does it: the subject of an active verb, the by-phrase of a passive one.
    Subject,
    /// What it is done to: the direct object of an active verb, the subject of a passive one.
    Object,
    /// To whom something is given or said: `gave Kyiv missiles`.
    Indirect,
    /// The head of a clause or infinitive that is an object: `demanded that they leave`.
    Clause,
    /// A noun or adjective that is said of the subject or object: `elected her president`.
    Complement,
    /// The possessor of a noun: `Iran's attack`.
    Possessive,
    /// An adjective or noun before a noun: `Iranian attack`, `arms transfer`.
    Modifier,
    /// What a noun itself stands for: `X is an ally of`, `X, an ally of`, `President X`.
    Itself,
    /// Whoever is named in the noun phrase or clause that is the content: `agreed to free *the prisoners*`, `rejected *Iran's*
    /// offer`. No predicate has such an argument; it is looked for in the others.
    Within,
    /// The object of this preposition: `on`, `out of`.
    Preposition(SmolStr),
}

impl Function {
    /// The function of this name in the lexicon: `subject`, `on`.
    pub fn from_name(name: &str) -> Self {
        match name {
            "subject" => Self::Subject,
            "object" => Self::Object,
            "indirect" => Self::Indirect,
            "clause" => Self::Clause,
            "complement" => Self::Complement,
            "possessive" => Self::Possessive,
            "modifier" => Self::Modifier,
            "self" => Self::Itself,
            "within" => Self::Within,
            preposition => Self::Preposition(preposition.into()),
        }
    }

    /// Its name in the lexicon.
    pub fn name(&self) -> &str {
        match self {
            Self::Subject => "subject",
            Self::Object => "object",
            Self::Indirect => "indirect",
            Self::Clause => "clause",
            Self::Complement => "complement",
            Self::Possessive => "possessive",
            Self::Modifier => "modifier",
            Self::Itself => "self",
            Self::Within => "within",
            Self::Preposition(preposition) => preposition,
        }
    }
}

impl Predicate {
    /// The heads of its arguments of one function.
    pub fn with(&self, function: &Function) -> impl Iterator<Item = TokenId> {
        self.arguments.iter().filter(move |a| a.function == *function).map(|a| a.head)
    }
}

impl Predicates {
    /// Finds the predicates of a document.
    pub fn of(doc: &Doc) -> Self {
        let verbs = doc.tokens().filter(|&t| verb::is_predicate(t)).map(verb::predicate);
        let nouns = doc.tokens().filter(|t| matches!(t.pos(), Pos::Noun | Pos::Propn)).map(noun::predicate);
        let adjectives = doc.tokens().filter(|&t| verb::is_behind_noun(t)).map(verb::adjective);
        let mut all: Vec<Predicate> = verbs.chain(nouns).chain(adjectives).collect();
        all.sort_by_key(|p| (p.head, p.kind));
        Self { all }
    }

    /// The noun with this head.
    pub fn noun(&self, head: TokenId) -> Option<&Predicate> {
        self.at(head, Kind::Noun)
    }

    /// The verb with this head.
    pub fn verb(&self, head: TokenId) -> Option<&Predicate> {
        self.at(head, Kind::Verb)
    }

    fn at(&self, head: TokenId, kind: Kind) -> Option<&Predicate> {
        let place = self.all.binary_search_by_key(&(head, kind), |p| (p.head, p.kind)).ok()?;
        Some(&self.all[place])
    }

    /// The verbs of which a token is an argument, with its function: `launch` with `attack` as its object.
    pub fn governing(&self, head: TokenId) -> impl Iterator<Item = (&Predicate, &Function)> {
        self.all.iter().filter(|p| p.kind == Kind::Verb).flat_map(move |p| {
            p.arguments.iter().filter(move |a| a.head == head).map(move |a| (p, &a.function))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nlp::Pipeline;

    /// The arguments of the predicate with this form, as `function:word`.
    fn arguments(text: &str, form: &str) -> Vec<String> {
        let doc = Pipeline::embedded().worker().parse(text);
        let predicates = Predicates::of(&doc);
        let predicate = predicates.all.iter().find(|p| p.forms.iter().any(|f| f == form)).unwrap();
        let mut arguments: Vec<String> = (predicate.arguments.iter())
            .map(|a| format!("{}:{}", a.function.name(), doc.token(a.head).text()))
            .collect();
        arguments.sort();
        arguments
    }

    #[test]
    fn voices_and_clauses_give_the_same_arguments() {
        for text in [
            "Iran bombed Iraq.",
            "Iraq was bombed by Iran.",
            "Iraq, bombed by Iran, fired rockets.",
            "Iran, which bombed Iraq, denied it.",
            "Iran wants to bomb Iraq.",
            "Iran attacked and bombed Iraq.",
            "Iraq, which was bombed by Iran, fired rockets.",
        ] {
            let found = arguments(text, "bomb");
            assert_eq!(found, ["object:Iraq", "subject:Iran"], "{text}");
        }
    }

    #[test]
    fn participles_side_by_side_share_who_does_it() {
        for text in
            ["The rebels, armed and trained by Libya, fled.", "The rebels were armed and trained by Libya."]
        {
            let found = arguments(text, "train");
            assert!(found.contains(&"subject:Libya".to_owned()) && found.len() == 2, "{text}: {found:?}");
        }
        let found = arguments("The rebels, armed, funded and trained by Libya, fled.", "arm");
        assert_eq!(found, ["object:rebels", "subject:Libya"]);
    }

    #[test]
    fn joined_arguments_are_distributed() {
        assert_eq!(
            arguments("Britain, France and Germany condemned Iran and Russia.", "condemn"),
            ["object:Iran", "object:Russia", "subject:Britain", "subject:France", "subject:Germany"]
        );
    }

    #[test]
    fn nouns_have_their_complements() {
        assert_eq!(
            arguments("Talks between Serbia and Kosovo on the border failed.", "talk"),
            ["between:Kosovo", "between:Serbia", "on:border"]
        );
        assert_eq!(arguments("Israel's attack on Iran failed.", "attack"), ["on:Iran", "possessive:Israel"]);
        assert_eq!(
            arguments("Russian attacks on Kharkiv failed.", "attack"),
            ["modifier:Russian", "on:Kharkiv"]
        );
    }

    #[test]
    fn nouns_stand_for_those_they_are_said_of() {
        for text in [
            "Ilham Aliyev is the president of Azerbaijan.",
            "Ilham Aliyev, the president of Azerbaijan, spoke.",
            "The president of Azerbaijan, Ilham Aliyev, spoke.",
            "Ilham Aliyev served as president of Azerbaijan.",
        ] {
            assert_eq!(arguments(text, "president"), ["of:Azerbaijan", "self:Aliyev"], "{text}");
        }
        assert_eq!(arguments("Turkish President Recep Erdogan spoke.", "president")[1], "self:Erdogan");
    }

    #[test]
    fn who_does_what_an_infinitive_behind_a_noun_says_is_the_subject_of_its_verb() {
        for (text, form, expected) in [
            ("Workers began a strike to protest against cuts.", "protest", "subject:Workers"),
            ("Valentina Tereshkova was the first woman to travel into space.", "travel", "subject:woman"),
            ("Turkish police launched operations to detain 110 soldiers.", "detain", "subject:police"),
        ] {
            assert!(
                arguments(text, form).contains(&expected.to_owned()),
                "{text}: {:?}",
                arguments(text, form)
            );
        }
    }

    #[test]
    fn longer_forms_come_first() {
        let doc =
            Pipeline::embedded().worker().parse("The army chief of staff carried out a missile attack.");
        let forms: Vec<Vec<String>> = Predicates::of(&doc).all.into_iter().map(|p| p.forms).collect();
        assert!(forms.contains(&["carry out attack", "carry out", "carry"].map(str::to_owned).to_vec()));
        assert!(forms.contains(&vec!["missile attack".to_owned(), "attack".to_owned()]));
        assert!(forms.iter().any(|f| f[0] == "chief of staff"), "{forms:?}");
    }
}
