use smol_str::SmolStr;

use super::forms::Forms;
use super::lexicon::{self, Noun};
use crate::annotation::{Annotation, Class, Entity, EntityId, Kind, MentionKind};
use crate::extract::NameType;
use crate::nlp::{Doc, Pos, Token};
use crate::text::{TokenId, TokenSpan};

/// A place in the text that may refer to something.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub(super) tokens: TokenSpan,
    pub(super) head: TokenId,
    pub(super) kind: MentionKind,
    /// What can stand for it, as far as it tells itself.
    pub(super) forms: Forms,
    /// The entity of a name.
    pub(super) entity: Option<EntityId>,
    /// Lemma of the head in lower case.
    pub(super) lemma: SmolStr,
    pub(super) pronoun: Option<Pronoun>,
    /// The heads of what it joins: `Iran and Iraq`.
    pub(super) joined: Vec<TokenId>,
}

/// The person of a pronoun, and how it refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pronoun {
    /// `I`, `my`
    Speaker,
    /// `we`, `our`
    Speakers,
    /// `you`
    Addressee,
    /// `he`, `her`, `they`, `its`
    Third,
    /// `himself`
    Reflexive,
    /// `who`, `which`, `that`
    Relative,
}

impl Phrase {
    pub(super) fn is_plural(&self) -> bool {
        self.forms == Forms::THEY
    }
}

/// All that may refer, in the order of the text; of those that start together, the longer first.
pub(super) fn phrases(annotation: &Annotation, doc: &Doc) -> Vec<Phrase> {
    let mut phrases: Vec<Phrase> = Vec::new();
    let mut in_name = vec![false; doc.len()];
    for mention in &annotation.mentions {
        let tokens = doc.tokens_in(mention.span);
        let Some(head) = doc.head_of(tokens) else { continue };
        in_name[tokens.range()].fill(true);
        let entity = mention.entity.map(|e| &annotation.entities[e.index()]);
        let class = entity.and_then(|e| Class::from_name(&e.class)).unwrap_or(Class::Entity);
        let unsure = entity.is_some_and(|e| may_be_person(e, class));
        phrases.push(Phrase {
            tokens,
            head: head.id(),
            kind: mention.kind,
            forms: forms_of_name(head, class) | if unsure { Forms::PERSON } else { Forms::NONE },
            entity: mention.entity,
            lemma: head.lemma().to_lowercase().into(),
            pronoun: None,
            joined: Vec::new(),
        });
    }
    // Dates and amounts are recognised too.
    let mut in_amount = vec![false; doc.len()];
    for span in doc.entities().iter().filter(|e| NameType::from_label(doc.label(e.label)).is_none()) {
        in_amount[span.tokens.range()].fill(true);
    }
    let names = phrases.len();
    let coordinated: Vec<Phrase> = doc.tokens().filter_map(coordination).collect();
    phrases.extend(coordinated);
    for i in 0..names {
        phrases.extend(described(doc, &phrases[i]));
    }
    for token in doc.tokens().filter(|t| !in_name[t.id().index()]) {
        phrases.extend(
            pronoun(token)
                .or_else(|| counted(token))
                .or_else(|| nominal(token))
                .or_else(|| proper(token, &in_name, &in_amount)),
        );
    }
    phrases.sort_by_key(|p| (p.tokens.start, std::cmp::Reverse(p.tokens.end)));
    phrases
}

/// The name with the words that describe it: `French President Emmanuel Macron`.
fn described(doc: &Doc, name: &Phrase) -> Option<Phrase> {
    let head = doc.token(name.head);
    if is_modifier(head) || !matches!(head.pos(), Pos::Propn | Pos::Noun) {
        return None;
    }
    let tokens = TokenSpan { start: extent(head).start, end: name.tokens.end };
    let before = TokenSpan { start: tokens.start, end: name.tokens.start.max(tokens.start) };
    let is_word = |t: Token<'_>| matches!(t.pos(), Pos::Noun | Pos::Propn | Pos::Adj | Pos::Pron);
    doc.tokens_of(before).any(is_word).then(|| Phrase { tokens, kind: MentionKind::Nominal, ..name.clone() })
}

fn has_line_break(doc: &Doc, tokens: TokenSpan) -> bool {
    doc.tokens_of(tokens).any(|t| t.pos() == Pos::Space && t.text().contains('\n'))
}

/// Whether a noun only modifies another.
pub(super) fn is_modifier(token: Token<'_>) -> bool {
    matches!(token.dep(), "compound" | "amod" | "nmod" | "quantmod" | "nummod" | "npadvmod" | "predet")
}

/// A noun with its modifiers: from the determiner to the prepositional phrases and the relative clause behind.
pub(super) fn extent(head: Token<'_>) -> TokenSpan {
    let mut start = head.id();
    for child in head.children().rev().filter(|c| c.id() < head.id()) {
        let within = child.subtree();
        let hyphen = child.dep() == "punct" && child.text() == "-";
        let outside = matches!(
            child.dep(),
            "cc" | "conj"
                | "preconj"
                | "appos"
                | "mark"
                | "prep"
                | "punct"
                | "nsubj"
                | "case"
                | "aux"
                | "cop"
        );
        let gap = within.end != start || has_line_break(head.doc(), within);
        if gap || (outside && !hyphen) {
            break;
        }
        start = within.start;
    }
    let mut end = head.id().0 + 1;
    for child in head.children().filter(|c| c.id() > head.id()) {
        let within = child.subtree();
        let break_before = has_line_break(head.doc(), within);
        if within.start.0 != end
            || break_before
            || !matches!(child.dep(), "prep" | "acl" | "relcl" | "nummod" | "amod")
        {
            break;
        }
        end = within.end.0;
    }
    while end > head.id().0 + 1 && matches!(head.doc().token(TokenId(end - 1)).pos(), Pos::Punct | Pos::Space)
    {
        end -= 1;
    }
    TokenSpan { start, end: TokenId(end) }
}

/// Whether it may be a person although it is taken for something else: known to nobody, or called like one.
fn may_be_person(entity: &Entity, class: Class) -> bool {
    let first = entity.label.split(' ').next().unwrap_or_default();
    class.kind() != Kind::Person
        && (entity.links.is_empty()
            && entity.label.split(' ').count() < 4
            && entity.label.starts_with(char::is_uppercase)
            || lexicon::gender_of_given_name(first).is_some())
}

fn forms_of_name(head: Token<'_>, class: Class) -> Forms {
    if head.pos() == Pos::Adj || matches!(head.tag(), "JJ") {
        return Forms::NONE;
    }
    if matches!(head.tag(), "NNPS" | "NNS") && class.kind() == Kind::People {
        return Forms::THEY;
    }
    match class.kind() {
        Kind::Person => Forms::PERSON,
        Kind::People => Forms::THEY,
        Kind::Organization => Forms::COLLECTIVE,
        Kind::Language => Forms::NONE,
        Kind::Other if class == Class::Position => Forms::PERSON,
        _ => Forms::IT,
    }
}

fn pronoun(token: Token<'_>) -> Option<Phrase> {
    let text = token.text().to_lowercase();
    let (pronoun, forms) = match text.as_str() {
        "he" | "him" | "his" => (Pronoun::Third, Forms::HE),
        "she" | "her" | "hers" => (Pronoun::Third, Forms::SHE),
        "it" | "its" => (Pronoun::Third, Forms::IT),
        "they" | "them" | "their" | "theirs" => (Pronoun::Third, Forms::THEY),
        "himself" => (Pronoun::Reflexive, Forms::HE),
        "herself" => (Pronoun::Reflexive, Forms::SHE),
        "itself" => (Pronoun::Reflexive, Forms::IT),
        "themselves" => (Pronoun::Reflexive, Forms::THEY),
        "i" | "me" | "my" | "mine" | "myself" if token.pos() == Pos::Pron => {
            (Pronoun::Speaker, Forms::PERSON)
        }
        "we" | "us" | "our" | "ours" | "ourselves" if token.text() != "US" => {
            (Pronoun::Speakers, Forms::THEY)
        }
        "you" | "your" | "yours" => (Pronoun::Addressee, Forms::NONE),
        "who" | "whom" | "whose" | "which" | "that" if matches!(token.tag(), "WP" | "WDT" | "WP$") => {
            (Pronoun::Relative, Forms::NONE)
        }
        _ => return None,
    };
    Some(Phrase {
        tokens: TokenSpan { start: token.id(), end: TokenId(token.id().0 + 1) },
        head: token.id(),
        kind: MentionKind::Pronoun,
        forms,
        entity: None,
        lemma: text.into(),
        pronoun: Some(pronoun),
        joined: Vec::new(),
    })
}

/// As many as were named before: `both`, `the two`, `all three`.
fn counted(token: Token<'_>) -> Option<Phrase> {
    let number = number(token)?;
    let is_noun = matches!(token.dep(), "nsubj" | "nsubjpass" | "dobj" | "dative" | "pobj");
    let determiner = token.children().find(|c| c.id() < token.id() && matches!(c.norm(), "the" | "all"));
    let has_more = token.children().any(|c| c.id() > token.id() && c.dep() == "prep");
    let is_all = token.norm() == "both" || determiner.is_some();
    (is_noun && is_all && !has_more).then(|| Phrase {
        tokens: TokenSpan { start: determiner.map_or(token.id(), Token::id), end: TokenId(token.id().0 + 1) },
        head: token.id(),
        kind: MentionKind::Nominal,
        forms: Forms::THEY,
        entity: None,
        lemma: number.to_string().into(),
        pronoun: None,
        joined: Vec::new(),
    })
}

/// The small number that a word says.
pub(super) fn number(token: Token<'_>) -> Option<usize> {
    match token.norm() {
        "two" | "both" => Some(2),
        "three" => Some(3),
        "four" => Some(4),
        _ => None,
    }
}

/// Nouns that are joined by `and`: together they are several.
fn coordination(first: Token<'_>) -> Option<Phrase> {
    let is_noun = |t: Token<'_>| matches!(t.pos(), Pos::Noun | Pos::Propn);
    if !is_noun(first) || is_modifier(first) || first.dep() == "conj" {
        return None;
    }
    let mut joined = vec![first.id()];
    let mut last = first;
    let mut by_and = false;
    while let Some(next) = last.children().find(|c| c.dep() == "conj" && is_noun(*c)) {
        by_and |= last.children().any(|c| c.dep() == "cc" && matches!(c.lemma(), "and" | "&"));
        joined.push(next.id());
        last = next;
    }
    let tokens = TokenSpan { start: extent(first).start, end: extent(last).end };
    let whole = by_and && joined.len() < 5 && !has_line_break(first.doc(), tokens);
    whole.then(|| Phrase {
        tokens,
        head: first.id(),
        kind: MentionKind::Nominal,
        forms: Forms::THEY,
        entity: None,
        lemma: "and".into(),
        pronoun: None,
        joined,
    })
}

/// A proper noun that is in no name.
fn proper(token: Token<'_>, in_name: &[bool], in_amount: &[bool]) -> Option<Phrase> {
    let is_proper = |t: &Token<'_>| {
        t.tag() == "NNP"
            && !in_amount[t.id().index()]
            && t.text().starts_with(char::is_uppercase)
            && !in_name[t.id().index()]
    };
    if !is_proper(&token) || is_modifier(token) || lexicon::noun(&token.lemma().to_lowercase()).is_some() {
        return None;
    }
    let before = token.children().rev().filter(|c| c.id() < token.id());
    let first = before.take_while(|c| c.dep() == "compound" && is_proper(c)).last().unwrap_or(token);
    let tokens = TokenSpan { start: first.id(), end: TokenId(token.id().0 + 1) };
    Some(Phrase {
        tokens,
        head: token.id(),
        kind: MentionKind::Name,
        forms: Forms::PERSON | Forms::IT,
        entity: None,
        lemma: token.doc().text_of(tokens).to_lowercase().into(),
        pronoun: None,
        joined: Vec::new(),
    })
}

fn nominal(token: Token<'_>) -> Option<Phrase> {
    let lemma = token.lemma().to_lowercase();
    let noun = lexicon::noun(&lemma);
    let is_noun = token.pos() == Pos::Noun || (token.pos() == Pos::Propn && noun.is_some());
    if !is_noun
        || is_modifier(token)
        || noun == Some(Noun::Measure)
        || !lemma.chars().all(|c| c.is_alphabetic() || c == '-')
    {
        return None;
    }
    let plural = matches!(token.tag(), "NNS" | "NNPS") || matches!(lemma.as_str(), "people" | "police");
    let forms = match noun {
        _ if plural => Forms::THEY,
        Some(Noun::Person) => Forms::PERSON,
        Some(Noun::Man) => Forms::HE,
        Some(Noun::Woman) => Forms::SHE,
        Some(Noun::Group) => Forms::COLLECTIVE,
        _ => Forms::IT,
    };
    Some(Phrase {
        tokens: extent(token),
        head: token.id(),
        kind: MentionKind::Nominal,
        forms,
        entity: None,
        lemma: lemma.into(),
        pronoun: None,
        joined: Vec::new(),
    })
}
