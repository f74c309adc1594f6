//! Text to tokens, by rules: exceptions, and regular expressions for prefixes, suffixes, infixes and URLs.
//!
//! The algorithm is spaCy's. White space separates chunks, and a single space belongs to no token, while any other
//! white space is a token of its own. Each chunk is split by rules; then exceptions that have spaces or affixes in
//! them are looked for over the tokens.

mod affixes;
mod cache;
mod phrases;
mod rules;
mod search;
mod whole;

use std::collections::HashMap;

use smol_str::SmolStr;

pub use cache::{Cache, LexemeId};
pub use rules::{Exception, Rules};

use super::{characters::is_space, strings::hash64};
use crate::text::Span;
use affixes::{Affixes, Piece};
use phrases::Phrases;

/// An expression of a tokenizer that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error(
    "the tokenizer's `{what}` cannot be compiled: {reason}; simplify it in the pipeline's `tokenizer` file"
)]
pub struct Error {
    what: &'static str,
    reason: String,
}

/// A token as the tokenizer leaves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawToken {
    /// Where it stands, in bytes.
    pub span: Span,
    /// Its form and norm, in the cache that was used.
    pub lexeme: LexemeId,
    /// Whether a space follows.
    pub spacy: bool,
}

/// The tokenizer of a pipeline; shared by all workers, each of which has its own [`Cache`].
#[derive(Debug)]
pub struct Tokenizer {
    affixes: Affixes,
    phrases: Phrases,
    norms: HashMap<u64, SmolStr>,
}

impl Tokenizer {
    /// Compiles the rules. `norms` are those of the vocabulary, by the number of the form.
    pub fn new(rules: &Rules, norms: HashMap<u64, SmolStr>) -> Result<Self, Error> {
        let mut tokenizer = Self { affixes: Affixes::new(rules)?, phrases: Phrases::default(), norms };
        let mut phrases = Phrases::default();
        for Exception { text, .. } in &rules.exceptions {
            if !rules.faster_heuristics || text.contains(' ') || tokenizer.affixes.has_affix(text) {
                let tokens = tokenizer.tokenize_chunks(text, false, &mut Cache::default());
                phrases.add(tokens.iter().map(|token| token.span.of(text)));
            }
        }
        tokenizer.phrases = phrases;
        Ok(tokenizer)
    }

    /// The tokens of a text.
    pub fn tokenize(&self, text: &str, cache: &mut Cache) -> Vec<RawToken> {
        let mut tokens = self.tokenize_chunks(text, true, cache);
        self.apply_phrases(text, &mut tokens, cache);
        tokens
    }

    fn intern(&self, cache: &mut Cache, form: &str, norm: Option<&str>) -> LexemeId {
        cache.intern(form, norm, &self.norms, |orth| self.phrases.starts(orth))
    }

    fn tokenize_chunks(&self, text: &str, exceptions: bool, cache: &mut Cache) -> Vec<RawToken> {
        let mut tokens: Vec<RawToken> = Vec::with_capacity(text.len() / 5 + 1);
        let mut start = 0;
        let mut in_space = text.chars().next().is_some_and(is_space);
        let mut rest = text.char_indices();
        loop {
            // The end of this run of space or of other characters.
            let next = rest.find(|&(_, c)| is_space(c) != in_space);
            let end = next.map_or(text.len(), |(i, _)| i);
            if start < end {
                self.chunk(text, start..end, exceptions, cache, &mut tokens);
            }
            let Some((i, c)) = next else { break };
            start = i;
            if c == ' ' {
                start += 1;
                if let Some(last) = tokens.last_mut() {
                    last.spacy = true;
                }
            }
            in_space = !in_space;
        }
        tokens
    }

    /// Appends the tokens of one chunk.
    fn chunk(
        &self,
        text: &str,
        range: std::ops::Range<usize>,
        exceptions: bool,
        cache: &mut Cache,
        tokens: &mut Vec<RawToken>,
    ) {
        let chunk = Span::new(range.start, range.end).of(text);
        let hash = hash64(chunk.as_bytes(), 1);
        if cache.chunk(hash).is_none() {
            let mut ids = Vec::new();
            for piece in self.affixes.split(chunk, exceptions) {
                match piece {
                    Piece::Token(form) => ids.push(self.intern(cache, form, None)),
                    Piece::Exception(form) => ids.extend(self.exception(cache, form)),
                }
            }
            cache.remember(hash, &ids);
        }
        let mut at = range.start;
        for &lexeme in cache.chunk(hash).unwrap_or(&[]) {
            let end = at + cache.lexeme(lexeme).text.len();
            tokens.push(RawToken { span: Span::new(at, end), lexeme, spacy: false });
            at = end;
        }
        debug_assert_eq!(at, range.end, "the tokens of `{chunk}` make it up");
    }

    /// The lexemes of an exception.
    fn exception(&self, cache: &mut Cache, form: &str) -> Vec<LexemeId> {
        let tokens = self.affixes.exceptions.get(form).map_or(&[][..], Vec::as_slice);
        tokens.iter().map(|(form, norm)| self.intern(cache, form, norm.as_deref())).collect()
    }

    /// Puts exceptions in place of the tokens that spell them.
    fn apply_phrases(&self, text: &str, tokens: &mut Vec<RawToken>, cache: &mut Cache) {
        if !tokens.iter().any(|token| cache.starts_exception(token.lexeme)) {
            return;
        }
        let orths = |i: usize| cache.lexeme(tokens[i].lexeme).orth;
        let matches = self.phrases.find(tokens.len(), |i| cache.starts_exception(tokens[i].lexeme), orths);
        let mut out = Vec::with_capacity(tokens.len());
        let mut done = 0;
        for (start, end) in matches {
            let (first, last) = (tokens[start], tokens[end - 1]);
            let form = first.span.cover(last.span).of(text);
            if !self.affixes.exceptions.contains_key(form) {
                continue;
            }
            out.extend(&tokens[done..start]);
            let mut at = first.span.start as usize;
            for lexeme in self.exception(cache, form) {
                let end = at + cache.lexeme(lexeme).text.len();
                out.push(RawToken { span: Span::new(at, end), lexeme, spacy: false });
                at = end;
            }
            if let Some(token) = out.last_mut() {
                token.spacy = last.spacy;
            }
            done = end;
        }
        out.extend(&tokens[done..]);
        *tokens = out;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small English tokenizer.
    fn tokenizer() -> Tokenizer {
        let exception = |text: &str, tokens: &[(&str, Option<&str>)]| Exception {
            text: text.to_owned(),
            tokens: tokens.iter().map(|&(form, norm)| (form.to_owned(), norm.map(str::to_owned))).collect(),
        };
        let rules = Rules {
            prefix: Some(r#"^\(|^"|^\$|^'"#.into()),
            suffix: Some(r#"\)$|"$|,$|\.\.+$|'s$|(?<=[a-z])\.$"#.into()),
            infix: Some(r"\.\.+|(?<=[a-z])-(?=[a-z])".into()),
            token_match: None,
            url_match: Some(r"^\w+://\S+$".into()),
            exceptions: vec![
                exception("can't", &[("ca", Some("can")), ("n't", Some("not"))]),
                exception("U.S.", &[("U.S.", None)]),
                exception(":(", &[(":(", None)]),
                exception("New York", &[("New York", None)]),
                exception(" ", &[(" ", None)]),
            ],
            faster_heuristics: true,
        };
        Tokenizer::new(&rules, HashMap::new()).unwrap()
    }

    fn forms(text: &str) -> Vec<String> {
        let (tokenizer, mut cache) = (tokenizer(), Cache::default());
        let tokens = tokenizer.tokenize(text, &mut cache);
        for (token, next) in tokens.iter().zip(tokens.iter().skip(1).map(Some).chain([None])) {
            let gap = next.map_or(text.len(), |next| next.span.start as usize) - token.span.end as usize;
            assert_eq!(gap, usize::from(token.spacy), "tokens and single spaces make up the text");
        }
        tokens.iter().map(|token| token.span.of(text).to_owned()).collect()
    }

    #[test]
    fn affixes_come_off_and_exceptions_stay() {
        assert_eq!(forms(r#"("can't, U.S.)"#), ["(", "\"", "ca", "n't", ",", "U.S.", ")"]);
        assert_eq!(
            forms("a well-known man's... end."),
            ["a", "well", "-", "known", "man", "'s", "...", "end", "."]
        );
        assert_eq!(forms("see http://a.b-c/d, so"), ["see", "http://a.b-c/d", ",", "so"]);
    }

    #[test]
    fn white_space_other_than_single_spaces_is_a_token() {
        assert_eq!(forms("a  b\n\nc"), ["a", " ", "b", "\n\n", "c"]);
        assert_eq!(forms(" a "), [" ", "a"]);
        assert_eq!(forms(""), [""; 0]);
        assert_eq!(forms(" "), [" "]);
    }

    #[test]
    fn exceptions_are_found_across_chunks_and_affixes() {
        assert_eq!(forms("In New York, x"), ["In", "New York", ",", "x"]);
        assert_eq!(forms("sad (:()"), ["sad", "(", ":(", ")"]);
    }

    #[test]
    fn norms_of_exceptions_make_lexemes_of_their_own() {
        let (tokenizer, mut cache) = (tokenizer(), Cache::default());
        let tokens = tokenizer.tokenize("can't ca", &mut cache);
        let norms: Vec<&str> = tokens.iter().map(|t| cache.lexeme(t.lexeme).norm_text.as_str()).collect();
        assert_eq!(norms, ["can", "not", "ca"]);
        assert!(!cache.trim());
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_made_up_of_its_tokens(text in "\\PC{0,30}|[a-z\"().' \\n\\t-]{0,40}") {
            forms(&text);
        }
    }
}
