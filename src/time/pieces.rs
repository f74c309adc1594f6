use crate::text::Span;

use super::words::{Lex, lex};

/// A run of letters, a number, or a single other character.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) span: Span,
    pub(super) lex: Lex,
    /// Whether it follows the one before without white space.
    pub(super) glued: bool,
}

/// A text cut where letters, digits and other characters meet: `34-year-old` is five pieces, `1990s` two.
///
/// This is finer than the tokens of a pipeline, and the same whatever the pipeline. White space is left out, but an
/// empty line is a piece of its own, so that no expression reaches over it.
pub(super) struct Pieces {
    /// The text with ASCII letters in lower case, so that offsets stay the same.
    lower: String,
    pieces: Vec<Piece>,
}

impl Pieces {
    pub(super) fn new(text: &str) -> Self {
        let lower = text.to_ascii_lowercase();
        let mut pieces: Vec<Piece> = Vec::with_capacity(text.len() / 5);
        let mut rest = lower.char_indices().peekable();
        let mut newlines = 0;
        let mut glued = false;
        while let Some((start, c)) = rest.next() {
            if c.is_whitespace() {
                newlines += usize::from(c == '\n');
                glued = false;
                continue;
            }
            if newlines > 1 {
                let span = Span::new(start, start);
                pieces.push(Piece { span, lex: Lex::Break, glued: false });
            }
            newlines = 0;
            let mut end = start + c.len_utf8();
            let same: fn(char) -> bool = match c {
                _ if c.is_ascii_digit() => |c| c.is_ascii_digit(),
                _ if c.is_alphabetic() => char::is_alphabetic,
                _ => |_| false,
            };
            while let Some(&(at, next)) = rest.peek()
                && same(next)
            {
                end = at + next.len_utf8();
                rest.next();
            }
            let span = Span::new(start, end);
            pieces.push(Piece { span, lex: lex(span.of(&lower)), glued });
            glued = true;
        }
        Self { lower, pieces }
    }

    /// The text of a span in lower case.
    pub(super) fn lower(&self, span: Span) -> &str {
        span.of(&self.lower)
    }

    pub(super) fn len(&self) -> usize {
        self.pieces.len()
    }

    /// The piece at `i`, if there is one.
    pub(super) fn get(&self, i: usize) -> Option<&Piece> {
        self.pieces.get(i)
    }

    /// The word class at `i`; [`Lex::Break`] beyond the end.
    pub(super) fn lex(&self, i: usize) -> Lex {
        self.pieces.get(i).map_or(Lex::Break, |piece| piece.lex)
    }

    /// The text at `i` in lower case; empty beyond the end.
    pub(super) fn word(&self, i: usize) -> &str {
        self.pieces.get(i).map_or("", |piece| piece.span.of(&self.lower))
    }

    /// The text of the piece before `i`; empty at the start.
    pub(super) fn before(&self, i: usize) -> &str {
        if i == 0 { "" } else { self.word(i - 1) }
    }

    /// Whether the pieces from `i` on read `words`.
    pub(super) fn reads(&self, i: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(n, word)| self.word(i + n) == *word)
    }

    /// `i`, or one more where `word` stands there.
    pub(super) fn skip(&self, i: usize, word: &str) -> usize {
        i + usize::from(self.word(i) == word)
    }

    /// Whether the piece at `i` follows without white space.
    pub(super) fn glued(&self, i: usize) -> bool {
        self.pieces.get(i).is_some_and(|piece| piece.glued)
    }

    /// Whether a hyphen or dash stands at `i`.
    pub(super) fn dash(&self, i: usize) -> bool {
        matches!(self.word(i), "-" | "‐" | "‑" | "–" | "—")
    }

    /// `i`, or one more where a hyphen stands there without white space around it.
    pub(super) fn skip_hyphen(&self, i: usize) -> usize {
        if self.dash(i) && self.glued(i) && self.glued(i + 1) { i + 1 } else { i }
    }

    /// The whole number at `i`, written in digits.
    pub(super) fn digits(&self, i: usize) -> Option<u32> {
        match self.lex(i) {
            Lex::Digits(n) => Some(n),
            _ => None,
        }
    }

    /// Length in digits of the number at `i`.
    pub(super) fn digit_count(&self, i: usize) -> usize {
        self.pieces.get(i).map_or(0, |piece| piece.span.len())
    }

    /// The bytes of the pieces `from..to`.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        self.pieces[from].span.cover(self.pieces[to - 1].span)
    }
}
