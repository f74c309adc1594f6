use super::{Name, NameType};
use crate::nlp::{Doc, EntitySpan, Pos};
use crate::text::{TokenId, TokenSpan};

/// Words before a person's name that are not part of it, in lower case and without dots.
const TITLES: &[&str] = &[
    "ambassador",
    "brig",
    "brigadier",
    "capt",
    "captain",
    "chairman",
    "chancellor",
    "chief",
    "col",
    "colonel",
    "commander",
    "congressman",
    "congresswoman",
    "defence",
    "defense",
    "dr",
    "foreign",
    "former",
    "gen",
    "general",
    "gov",
    "governor",
    "interior",
    "judge",
    "justice",
    "lieutenant",
    "lt",
    "maj",
    "major",
    "mayor",
    "minister",
    "mr",
    "mrs",
    "ms",
    "president",
    "prime",
    "prof",
    "professor",
    "rep",
    "representative",
    "secretary",
    "sen",
    "senator",
    "sergeant",
    "sgt",
    "spokesman",
    "spokeswoman",
    "vice",
];

/// The names among the recogniser's spans, cleaned at their ends.
pub(super) fn names(doc: &Doc) -> Vec<Name> {
    doc.entities().iter().filter_map(|entity| name(doc, *entity)).collect()
}

fn name(doc: &Doc, entity: EntitySpan) -> Option<Name> {
    let name_type = NameType::from_label(doc.label(entity.label))?;
    let tokens = trim(doc, entity.tokens, name_type);
    let span = doc.span_of(tokens);
    let has_capital = |c: char| c.is_numeric() || (c.is_alphabetic() && !c.is_lowercase());
    span.of(doc.text()).chars().any(has_capital).then_some(Name { span, name_type })
}

/// Drops a leading article and titles, and a possessive ending and punctuation behind.
fn trim(doc: &Doc, mut tokens: TokenSpan, name_type: NameType) -> TokenSpan {
    let text = |id| doc.token(id).text();
    while tokens.len() > 1 {
        let first = doc.token(tokens.start);
        let word = first.text().to_lowercase();
        let is_title = name_type == NameType::Person && TITLES.contains(&word.trim_end_matches('.'));
        // `The Hague` keeps its article only where the recogniser has nothing else.
        let is_article = word == "the" && name_type != NameType::WorkOfArt;
        if !(is_title || is_article || matches!(first.pos(), Pos::Punct | Pos::Space)) {
            break;
        }
        tokens.start.0 += 1;
    }
    while tokens.len() > 1 {
        let last = doc.token(TokenId(tokens.end.0 - 1));
        let ends_word = matches!(text(last.id()), "'s" | "’s" | "'" | "’");
        if !(ends_word
            || matches!(last.pos(), Pos::Space)
            || matches!(text(last.id()), "," | ";" | ":" | "—" | "–" | "-"))
        {
            break;
        }
        tokens.end.0 -= 1;
    }
    tokens
}
