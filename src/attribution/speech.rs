use super::said::{Said, tidy};
use crate::coref::{Quote, begins, quotes, says};
use crate::lexicon::{Lexicon, Part};
use crate::nlp::{Doc, Pos};
use crate::text::{TokenId, TokenSpan};

/// Tokens of the shortest quote that is taken for speech although it has no verb.
const LONG: usize = 5;

/// Adds direct speech: to what its cue brings already, or as something said of its own.
pub(super) fn add<'a>(said: &mut Vec<Said<'a>>, doc: &Doc, lexicon: &'a Lexicon) {
    for quote in quotes(doc) {
        let mark = TokenId(quote.tokens.start.0.saturating_sub(1));
        let Some(verb) = quote.verb.or_else(|| is_sentence(doc, &quote).then_some(mark)) else { continue };
        let whole = with_marks(doc, quote.tokens);
        let is_known =
            said.iter().any(|s| s.covers(quote.tokens.start) && s.covers(TokenId(quote.tokens.end.0 - 1)));
        if is_known || !is_speech(doc, &quote) {
            continue;
        }
        let says = quote.speaker != Some(verb) && says(doc.token(verb));
        if let Some(known) = said.iter_mut().find(|s| says && s.head == verb) {
            known.pieces.push(whole);
            known.pieces = tidy(doc, std::mem::take(&mut known.pieces));
            continue;
        }
        let lemma = if says { doc.token(verb).lemma().to_lowercase() } else { "say".to_owned() };
        let Some(cue) = lexicon.cues().of(Part::Verb, &lemma).next() else { continue };
        said.push(Said {
            cue: TokenSpan { start: verb, end: TokenId(verb.0 + 1) },
            head: verb,
            source: quote.speaker,
            entity: None,
            pieces: vec![whole],
            stance: &cue.stance,
        });
    }
}

/// Whether a quote is a sentence of its own, which somebody says even where nothing tells who.
fn is_sentence(doc: &Doc, quote: &Quote) -> bool {
    quote.tokens.len() >= LONG && begins(doc, quote.tokens) && has_verb(doc, quote)
}

/// Whether words between marks are somebody's speech: not a title, nor a word held at arm's length.
fn is_speech(doc: &Doc, quote: &Quote) -> bool {
    quote.tokens.len() >= LONG || has_verb(doc, quote)
}

fn has_verb(doc: &Doc, quote: &Quote) -> bool {
    doc.tokens_of(quote.tokens).any(|t| matches!(t.pos(), Pos::Verb | Pos::Aux))
}

/// A quote with its marks.
fn with_marks(doc: &Doc, tokens: TokenSpan) -> TokenSpan {
    let start = TokenId(tokens.start.0.saturating_sub(1));
    let is_mark = |id: TokenId| id.index() < doc.len() && matches!(doc.token(id).text(), "”" | "''" | "\"");
    let end = if is_mark(tokens.end) { TokenId(tokens.end.0 + 1) } else { tokens.end };
    TokenSpan { start, end }
}
