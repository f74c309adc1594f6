use smol_str::SmolStr;

use crate::annotation::EntityId;
use crate::nlp::{Doc, Pos};
use crate::text::{TokenId, TokenSpan};

/// What somebody says, as places in the text.
#[derive(Clone, Debug)]
pub(super) struct Said<'a> {
    /// The words that say so.
    pub(super) cue: TokenSpan,
    /// The word that heads them.
    pub(super) head: TokenId,
    /// The head of the phrase that names who says it.
    pub(super) source: Option<TokenId>,
    /// Who it is, where the phrase does not tell.
    pub(super) entity: Option<EntityId>,
    /// What is said, in the order of the text; never empty.
    pub(super) pieces: Vec<TokenSpan>,
    /// What the source does in saying it.
    pub(super) stance: &'a SmolStr,
}

impl Said<'_> {
    /// Whether it is a speaker's `I think` or a `you know`, which bring nobody else's words.
    pub(super) fn is_own_hedge(&self, doc: &Doc) -> bool {
        self.source.is_some_and(|source| matches!(doc.token(source).norm(), "i" | "we" | "you" | "me" | "us"))
    }

    /// Whether a single word is all that is said, which says nothing: `supports it`.
    pub(super) fn is_slight(&self, doc: &Doc) -> bool {
        let [piece] = self.pieces.as_slice() else { return false };
        piece.len() == 1 && !matches!(doc.token(piece.start).pos(), Pos::Verb | Pos::Noun | Pos::Propn)
    }

    /// Whether it is something that a thing can tell, without a mind of its own: `the pictures show that it was hit`.
    pub(super) fn is_evidence(&self, doc: &Doc) -> bool {
        let tells = matches!(self.stance.as_str(), "td:Says" | "td:Reports" | "td:Claims" | "td:Confirms");
        tells && doc.token(self.head).pos() == Pos::Verb && self.has_clause(doc)
    }

    /// Whether a piece of what is said is a clause, finite or not.
    pub(super) fn has_clause(&self, doc: &Doc) -> bool {
        let is_verb = |&piece: &TokenSpan| {
            doc.head_of(piece).is_some_and(|head| matches!(head.pos(), Pos::Verb | Pos::Aux))
        };
        self.pieces.iter().any(is_verb)
    }

    /// Whether a token lies in what is said.
    pub(super) fn covers(&self, token: TokenId) -> bool {
        self.pieces.iter().any(|piece| piece.contains(token))
    }
}

/// The pieces in order, without the punctuation at their ends; those that touch or overlap are joined, empty ones left out.
pub(super) fn tidy(doc: &Doc, mut pieces: Vec<TokenSpan>) -> Vec<TokenSpan> {
    pieces.sort();
    let mut tidied: Vec<TokenSpan> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match tidied.last_mut() {
            Some(last) if piece.start <= last.end => last.end = last.end.max(piece.end),
            _ => tidied.push(piece),
        }
    }
    tidied.iter().map(|&piece| trimmed(doc, piece)).filter(|piece| !piece.is_empty()).collect()
}

/// A span without the white space, commas and stops at its ends; quotation marks stay.
fn trimmed(doc: &Doc, mut span: TokenSpan) -> TokenSpan {
    let is_loose = |id: TokenId| {
        let token = doc.token(id);
        token.pos() == Pos::Space || matches!(token.text(), "," | ";" | ":" | "." | "—" | "–" | "--" | "-")
    };
    while !span.is_empty() && is_loose(span.start) {
        span.start.0 += 1;
    }
    while !span.is_empty() && is_loose(TokenId(span.end.0 - 1)) {
        span.end.0 -= 1;
    }
    span
}

/// A span without another that lies in it.
pub(super) fn without(span: TokenSpan, hole: TokenSpan) -> Vec<TokenSpan> {
    if hole.end <= span.start || span.end <= hole.start {
        return vec![span];
    }
    let before = TokenSpan { start: span.start, end: hole.start.max(span.start) };
    let after = TokenSpan { start: hole.end.min(span.end), end: span.end };
    [before, after].into_iter().filter(|part| !part.is_empty()).collect()
}
