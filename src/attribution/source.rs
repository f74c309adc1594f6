use smol_str::format_smolstr;

use crate::annotation::{Annotation, Class, EntityId, Mention, MentionKind, Source};
use crate::coref::{Noun, noun};
use crate::nlp::{Pos, Token};
use crate::text::{TokenId, TokenSpan};

/// Nouns for what can be read and quoted.
const DOCUMENTS: &[&str] = &[
    "account",
    "ad",
    "advert",
    "affidavit",
    "agreement",
    "analysis",
    "article",
    "bill",
    "blog",
    "book",
    "brief",
    "bulletin",
    "communique",
    "complaint",
    "constitution",
    "data",
    "documentary",
    "decree",
    "document",
    "editorial",
    "email",
    "figure",
    "filing",
    "film",
    "finding",
    "headline",
    "indictment",
    "law",
    "lawsuit",
    "leaflet",
    "letter",
    "manifesto",
    "memo",
    "memorandum",
    "message",
    "note",
    "notice",
    "order",
    "page",
    "pamphlet",
    "paper",
    "petition",
    "play",
    "poll",
    "post",
    "poster",
    "press release",
    "program",
    "programme",
    "publication",
    "record",
    "release",
    "report",
    "research",
    "resolution",
    "review",
    "rule",
    "ruling",
    "site",
    "speech",
    "statement",
    "statistic",
    "statistics",
    "story",
    "study",
    "survey",
    "testimony",
    "text",
    "transcript",
    "treaty",
    "tweet",
    "verdict",
    "video",
    "warrant",
    "website",
];

/// Nouns that first mean something else, but stand for those who do it or sit there where they speak.
const BODIES: &[&str] = &[
    "bureau",
    "camp",
    "campaign",
    "capital",
    "chorus",
    "circle",
    "desk",
    "fund",
    "market",
    "moderator",
    "office",
    "panel",
    "paper",
    "quarter",
    "regulator",
    "seat",
    "side",
    "voice",
];

/// Words that stand for people without naming them.
const SOME: &[&str] = &[
    "some", "others", "many", "most", "those", "few", "several", "both", "everyone", "someone", "one",
    "majority", "minority", "half", "number", "percent",
];

/// The source that a word heads, as an entity: the one that it `is`, a known one, or a new one of the article's own where it describes somebody.
pub(super) fn of(annotation: &mut Annotation, head: Token<'_>, is: Option<EntityId>) -> Source {
    let tokens = phrase(head);
    let span = head.doc().span_of(tokens);
    let entity = is.or_else(|| known(annotation, head)).or_else(|| {
        let class = class(head)?;
        Some(describe(annotation, head, tokens, class))
    });
    Source { entity, span }
}

/// Whether what a word heads can want, ask or praise something: somebody, a body of people, what they have written, a place that
/// acts, and whatever has a name or is only a pronoun. Not a thing: `the relationship`, `photographs`.
pub(super) fn has_will(annotation: &Annotation, head: Token<'_>) -> bool {
    if head.pos() != Pos::Noun || head.text().starts_with(char::is_uppercase) {
        return true;
    }
    let lemma = head.lemma().to_lowercase();
    if BODIES.contains(&lemma.as_str()) || noun(&lemma) == Some(Noun::Place) {
        return true;
    }
    let described =
        || known(annotation, head).and_then(|id| Class::from_name(&annotation.entities[id.index()].class));
    let is_thing = |class| matches!(class, Class::Entity | Class::Event | Class::Product);
    class(head).or_else(described).is_some_and(|class| !is_thing(class))
}

/// The entity of the mention that a word heads: by name, or else the longest.
fn known(annotation: &Annotation, head: Token<'_>) -> Option<EntityId> {
    let doc = head.doc();
    let at = head.span();
    let from = annotation.mentions.partition_point(|m| m.span.start + 400 < at.start);
    let headed = |m: &&Mention| {
        m.span.contains(at)
            && m.entity.is_some()
            && doc.head_of(doc.tokens_in(m.span)).is_some_and(|h| h.id() == head.id())
    };
    let near = annotation.mentions[from..].iter().take_while(|m| m.span.start <= at.start);
    near.filter(headed).max_by_key(|m| (m.kind == MentionKind::Name, m.span.len()))?.entity
}

/// A noun with its modifiers and the prepositional phrases behind it: `a spokesman for the ministry`.
fn phrase(head: Token<'_>) -> TokenSpan {
    let mut start = head.id();
    for child in head.children().rev().filter(|c| c.id() < head.id()) {
        let within = child.subtree();
        let modifies = matches!(
            child.dep(),
            "det"
                | "amod"
                | "compound"
                | "poss"
                | "nmod"
                | "nummod"
                | "quantmod"
                | "predet"
                | "advmod"
                | "neg"
        );
        if !modifies || within.end != start {
            break;
        }
        start = within.start;
    }
    let mut end = TokenId(head.id().0 + 1);
    for child in head.children().filter(|c| c.id() > head.id()) {
        let within = child.subtree();
        let case = child.dep() == "case";
        if within.start != end || !(case || child.dep() == "prep") {
            break;
        }
        end = if case { end } else { within.end };
    }
    TokenSpan { start, end }
}

/// What a noun or pronoun that is no mention stands for, if it can say something.
fn class(head: Token<'_>) -> Option<Class> {
    if head.pos() == Pos::Pron && !SOME.contains(&head.norm()) {
        return None;
    }
    let several = head.morph_value("Number") == Some("Plur");
    let lemma = head.lemma().to_lowercase();
    if SOME.contains(&head.norm()) {
        return Some(Class::Group);
    }
    if DOCUMENTS.contains(&lemma.as_str()) {
        return Some(Class::Work);
    }
    match noun(&lemma)? {
        Noun::Person | Noun::Man | Noun::Woman if several => Some(Class::Group),
        Noun::Person | Noun::Man | Noun::Woman => Some(Class::Person),
        Noun::Group => Some(Class::Group),
        Noun::Place | Noun::Measure => None,
    }
}

/// A new entity, and the mention that describes it.
fn describe(annotation: &mut Annotation, head: Token<'_>, tokens: TokenSpan, class: Class) -> EntityId {
    let doc = head.doc();
    let first = doc.token(tokens.start);
    let bare = first.dep() == "det" && tokens.len() > 1;
    let named = TokenSpan { start: TokenId(tokens.start.0 + u32::from(bare)), end: tokens.end };
    let label = doc.text_of(named).split_whitespace().collect::<Vec<_>>().join(" ");
    let entity = annotation.add_entity(label, class.name().to_owned(), Vec::new());
    let mention = Mention {
        id: format_smolstr!("m{}", annotation.mentions.len() + 1),
        span: doc.span_of(named),
        kind: MentionKind::Nominal,
        name_type: None,
        entity: Some(entity),
        place: None,
    };
    let place = annotation.mentions.partition_point(|m| m.span.start <= mention.span.start);
    annotation.mentions.insert(place, mention);
    entity
}
