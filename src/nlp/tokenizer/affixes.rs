use std::collections::HashMap;

use super::{Error, Rules, search::Search, whole::Whole};

/// The expressions of a tokenizer, compiled, and its exceptions.
#[derive(Debug)]
pub(super) struct Affixes {
    prefix: Option<Search>,
    suffix: Option<Search>,
    infix: Option<Search>,
    token_match: Option<Whole>,
    url_match: Option<Whole>,
    /// Form and norm of the tokens.
    pub(super) exceptions: HashMap<String, Vec<(String, Option<String>)>>,
}

/// What a piece of a chunk becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    Token(&'t str),
    Exception(&'t str),
}

impl Affixes {
    pub(super) fn new(rules: &Rules) -> Result<Self, Error> {
        fn compile<T>(
            what: &'static str,
            pattern: Option<&String>,
            new: impl Fn(&str) -> Result<T, String>,
        ) -> Result<Option<T>, Error> {
            pattern.map(|pattern| new(pattern)).transpose().map_err(|reason| Error { what, reason })
        }
        Ok(Self {
            prefix: compile("prefix_search", rules.prefix.as_ref(), Search::new)?,
            suffix: compile("suffix_search", rules.suffix.as_ref(), Search::new)?,
            infix: compile("infix_finditer", rules.infix.as_ref(), Search::new)?,
            token_match: compile("token_match", rules.token_match.as_ref(), Whole::new)?,
            url_match: compile("url_match", rules.url_match.as_ref(), Whole::new)?,
            exceptions: rules.exceptions.iter().map(|e| (e.text.clone(), e.tokens.clone())).collect(),
        })
    }

    /// Whether an expression for affixes matches anywhere.
    pub(super) fn has_affix(&self, text: &str) -> bool {
        prefix_len(self.prefix.as_ref(), text) > 0
            || self.infix.as_ref().is_some_and(|infix| infix.find(text, 0).is_some())
            || prefix_len(self.suffix.as_ref(), text) > 0
    }

    fn token_match(&self, text: &str) -> bool {
        self.token_match.as_ref().is_some_and(|expression| expression.matches(text))
    }

    fn is_exception(&self, text: &str) -> bool {
        self.exceptions.contains_key(text)
    }

    /// Splits a chunk: prefixes and suffixes are taken off from the outside until an exception or a fixed token
    /// is left, or nothing comes off; the rest is split at infixes. `exceptions` tells whether these count.
    pub(super) fn split<'t>(&self, chunk: &'t str, exceptions: bool) -> Vec<Piece<'t>> {
        let is_exception = |text: &str| exceptions && self.is_exception(text);
        if is_exception(chunk) {
            return vec![Piece::Exception(chunk)];
        }
        let mut pieces = Vec::new();
        let mut suffixes = Vec::new();
        let mut rest = chunk;
        let mut last_len = 0;
        while !rest.is_empty() && rest.len() != last_len {
            if self.token_match(rest) || is_exception(rest) {
                break;
            }
            last_len = rest.len();
            let prefix_len = prefix_len(self.prefix.as_ref(), rest);
            let (prefix, without_prefix) = rest.split_at(prefix_len);
            if prefix_len > 0 && !without_prefix.is_empty() && is_exception(without_prefix) {
                pieces.push(Piece::Token(prefix));
                rest = without_prefix;
                break;
            }
            let suffix_len = self::prefix_len(self.suffix.as_ref(), without_prefix);
            let (without_suffix, suffix) = rest.split_at(rest.len() - suffix_len);
            if suffix_len > 0 && !without_suffix.is_empty() && is_exception(without_suffix) {
                suffixes.push(Piece::Token(suffix));
                rest = without_suffix;
                break;
            }
            if prefix_len > 0 {
                pieces.push(Piece::Token(prefix));
                rest = without_prefix;
            }
            if suffix_len > 0 {
                suffixes.push(Piece::Token(suffix));
                rest = rest.split_at(rest.len() - suffix_len).0;
            }
        }
        if is_exception(rest) {
            pieces.push(Piece::Exception(rest));
        } else if !rest.is_empty() {
            self.split_infixes(rest, &mut pieces);
        }
        pieces.extend(suffixes.into_iter().rev());
        pieces
    }

    fn split_infixes<'t>(&self, text: &'t str, pieces: &mut Vec<Piece<'t>>) {
        let fixed = self.token_match(text) || self.url_match.as_ref().is_some_and(|url| url.matches(text));
        let infixes = match &self.infix {
            Some(infix) if !fixed => infix.find_all(text),
            _ => Vec::new(),
        };
        let mut start = 0;
        for infix in infixes {
            if infix.start == 0 {
                continue;
            }
            pieces.extend(
                [text.get(start..infix.start), text.get(infix.clone())]
                    .into_iter()
                    .flatten()
                    .map(Piece::Token),
            );
            start = infix.end;
        }
        pieces.extend(text.get(start..).map(Piece::Token));
        pieces.retain(|piece| !matches!(piece, Piece::Token("")));
    }
}

/// Length of the first match in bytes; 0 if there is none.
fn prefix_len(search: Option<&Search>, text: &str) -> usize {
    search.and_then(|search| search.find(text, 0)).map_or(0, |range| range.len())
}
