use std::ops::Range;

use crate::nlp::{Doc, Pos, Token};
use crate::text::{Span, TokenId, TokenSpan};

/// A token, or a part of one that is joined with a hyphen: `U.S.-China` is three words.
#[derive(Clone, Copy, Debug)]
struct Word {
    span: Span,
    token: TokenId,
    /// Whether white space or the start of the text comes before.
    spaced: bool,
}

/// The text as words: what names are made of and cut into. Ranges are half-open ranges of words.
pub(super) struct Words<'d> {
    doc: &'d Doc,
    all: Vec<Word>,
    /// The first word of each token, and one past the last word.
    of_token: Vec<u32>,
}

impl<'d> Words<'d> {
    pub(super) fn new(doc: &'d Doc) -> Self {
        let mut words = Vec::with_capacity(doc.len() + 8);
        let mut of_token = Vec::with_capacity(doc.len() + 1);
        let mut end = None;
        for token in doc.tokens() {
            of_token.push(words.len() as u32);
            let span = token.span();
            let mut spaced = end != Some(span.start);
            for part in parts(span, token.text()) {
                words.push(Word { span: part, token: token.id(), spaced });
                spaced = false;
            }
            end = Some(span.end);
        }
        of_token.push(words.len() as u32);
        Self { doc, all: words, of_token }
    }

    pub(super) fn doc(&self) -> &'d Doc {
        self.doc
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn of_tokens(&self, tokens: TokenSpan) -> Range<usize> {
        let word = |token: TokenId| self.of_token[token.index()] as usize;
        word(tokens.start)..word(tokens.end)
    }

    pub(super) fn token(&self, word: usize) -> Token<'d> {
        self.doc.token(self.all[word].token)
    }

    pub(super) fn pos(&self, word: usize) -> Pos {
        self.token(word).pos()
    }

    /// The text of a word; empty before the start and after the end.
    pub(super) fn text(&self, word: usize) -> &'d str {
        self.all.get(word).map_or("", |w| w.span.of(self.doc.text()))
    }

    /// The word in lower case, without dots.
    pub(super) fn lower(&self, word: usize) -> String {
        self.text(word).to_lowercase().replace('.', "")
    }

    /// The bytes of a range of words, which must not be empty.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        self.all[range.start].span.cover(self.all[range.end - 1].span)
    }

    /// The tokens that a range of words, which must not be empty, lies in.
    pub(super) fn token_span(&self, range: &Range<usize>) -> TokenSpan {
        TokenSpan { start: self.all[range.start].token, end: TokenId(self.all[range.end - 1].token.0 + 1) }
    }

    pub(super) fn text_of(&self, range: &Range<usize>) -> &'d str {
        self.span(range).of(self.doc.text())
    }

    /// Whether white space or the start of the text comes before a word.
    pub(super) fn is_spaced(&self, word: usize) -> bool {
        self.all.get(word).is_none_or(|w| w.spaced)
    }

    pub(super) fn is_space(&self, word: usize) -> bool {
        self.text(word).trim().is_empty()
    }

    /// Whether a line ends between this word and the one before, or at it.
    pub(super) fn starts_line(&self, word: usize) -> bool {
        let Some(before) = word.checked_sub(1) else { return true };
        let end = self.all[before].span.end;
        let start = self.all.get(word).map_or(end, |w| w.span.start);
        Span { start: end, end: start }.of(self.doc.text()).contains('\n') || self.text(before).contains('\n')
    }

    /// Whether a word begins with a capital, or with a letter of a script that has none.
    pub(super) fn is_capital(&self, word: usize) -> bool {
        let mut letters = self.text(word).chars();
        letters.next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
    }

    /// Whether a word is a hyphen or dash.
    pub(super) fn is_dash(&self, word: usize) -> bool {
        is_dash(self.text(word))
    }

    /// Whether a word is the possessive ending.
    pub(super) fn is_possessive(&self, word: usize) -> bool {
        matches!(self.text(word), "'s" | "’s" | "'S" | "’S")
            || matches!(self.text(word), "'" | "’")
                && !self.is_spaced(word)
                && self.token(word).tag() == "POS"
    }

    /// Whether a sentence starts at a word, or after the quotation marks before it.
    pub(super) fn starts_sentence(&self, word: usize) -> bool {
        let mut word = word;
        loop {
            let token = self.token(word);
            if token.sentence().start == token.id() || self.starts_line(word) {
                return true;
            }
            if !matches!(
                self.text(word - 1),
                "\"" | "“" | "'" | "‘" | "«" | "(" | "–" | "—" | "-" | "•" | "…"
            ) {
                return matches!(self.text(word - 1), ":" | "?" | "!" | "." | "*" | "”");
            }
            word -= 1;
        }
    }
}

fn is_dash(text: &str) -> bool {
    matches!(text, "-" | "‐" | "‑" | "–" | "—" | "--" | "/")
}

/// The parts of a token: cut at hyphens between a letter or dot and a capital or lower-case word, but not in `F-16`.
fn parts(span: Span, text: &str) -> Vec<Span> {
    let mut parts = Vec::with_capacity(1);
    let mut start = 0;
    let whole = text.contains("://") || text.contains('@') || text.contains("www.");
    for (at, dash) in text.match_indices(['-', '‑', '–', '/']).filter(|_| !whole) {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let after = text.get(at + dash.len()..).and_then(|t| t.chars().next());
        let cuts =
            before.is_some_and(|c| c.is_alphabetic() || c == '.') && after.is_some_and(char::is_alphabetic);
        if cuts && at > start {
            let at = |offset: usize| span.start + offset as u32;
            let dash_start = dash.as_ptr() as usize - text.as_ptr() as usize;
            parts.push(Span { start: at(start), end: at(dash_start) });
            parts.push(Span { start: at(dash_start), end: at(dash_start + dash.len()) });
            start = dash_start + dash.len();
        }
    }
    parts.push(Span { start: span.start + start as u32, end: span.end });
    parts
}
