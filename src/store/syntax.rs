//! Where a query is wrong.
//!
//! The parser reports the furthest place that it looked at, and to see that a keyword isn't there it looks ahead by the
//! keyword's length, past the place that is wrong. So the query is read once more with room after each of its tokens:
//! the place reported then lies behind the first wrong token and before the next one.

use std::fmt;

use spargebra::SparqlParser;

use super::prefixes::prefixes;

/// More than the length of any keyword.
const ROOM: usize = 20;

/// Why a query can't be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub struct SyntaxError {
    /// Line and column (in characters), both from 1, where they are known.
    pub position: Option<(usize, usize)>,
    /// What is wrong there.
    pub message: String,
    /// The line.
    pub line: String,
}

impl fmt::Display for SyntaxError {
    /// The message, then the line with a caret under the place.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { position, message, line } = self;
        let Some((number, column)) = position else { return f.write_str(message) };
        let gutter = number.to_string();
        let pad = " ".repeat(gutter.len());
        // Tabs stay tabs, so that the caret stands under its place however wide they are shown.
        let indent: String = line.chars().take(column - 1).map(|c| if c == '\t' { c } else { ' ' }).collect();
        write!(
            f,
            "line {number}, column {column}: {message}\n {pad} |\n {gutter} | {line}\n {pad} | {indent}^"
        )
    }
}

impl SyntaxError {
    /// An error about the query as a whole.
    pub(super) fn of_whole(message: impl Into<String>) -> Self {
        Self { position: None, message: message.into(), line: String::new() }
    }

    /// Finds the place in `text`, which `parser` can't read and about which it says `message`.
    pub(super) fn locate(text: &str, parser: SparqlParser, message: &str) -> Self {
        let (spaced, starts) = with_room(text);
        let report = match parser.parse_query(&spaced) {
            Err(error) => error.to_string(),
            Ok(_) => return Self::of_whole(message),
        };
        let Some((line, column)) = reported_place(&report) else { return Self::of_whole(message) };
        // Room is only ever made within a line.
        let before: usize =
            spaced.split_inclusive('\n').take(line - 1).map(|line| line.chars().count()).sum();
        let place = before + column - 1;
        let end = spaced.chars().count();
        let token =
            starts.iter().rev().find(|(spaced_start, _)| *spaced_start <= place).filter(|_| place < end);
        let start = token.map_or_else(|| text.trim_end().chars().count(), |&(_, start)| start);
        let found: String = text.chars().skip(start).take_while(|&c| !c.is_whitespace()).collect();
        let message = match undeclared_prefix(&found, text) {
            _ if token.is_none() => "the query ends too early".to_owned(),
            Some(prefix) => format!("prefix `{prefix}:` is not declared"),
            None => format!("`{found}` is not expected here"),
        };
        let above: Vec<char> = text.chars().take(start).collect();
        let line_start = above.iter().rposition(|&c| c == '\n').map_or(0, |at| at + 1);
        let line = above.iter().filter(|&&c| c == '\n').count();
        Self {
            position: Some((line + 1, start - line_start + 1)),
            message,
            line: text.lines().nth(line).unwrap_or_default().to_owned(),
        }
    }
}

/// Line and column of a report such as `error at 1:8: expected …`.
fn reported_place(report: &str) -> Option<(usize, usize)> {
    let (position, _) = report.strip_prefix("error at ")?.split_once(": ")?;
    let (line, column) = position.split_once(':')?;
    Some((line.parse().ok()?, column.parse().ok()?))
}

/// The prefix of a name such as `prefix:local`, if neither the query nor the project declares it.
fn undeclared_prefix<'a>(token: &'a str, text: &str) -> Option<&'a str> {
    let (prefix, _) = token.split_once(':')?;
    let is_name = prefix.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let declares = |line: &str| {
        let mut words = line.split_whitespace();
        words.any(|word| word.eq_ignore_ascii_case("prefix"))
            && words.any(|word| word.starts_with(&format!("{prefix}:")))
    };
    let is_declared = prefixes().any(|(known, _)| known == prefix) || text.lines().any(declares);
    (is_name && !is_declared).then_some(prefix)
}

/// The query with room after each token, and where each token starts in that and in the query, in characters.
fn with_room(text: &str) -> (String, Vec<(usize, usize)>) {
    let chars: Vec<char> = text.chars().collect();
    let mut spaced = String::new();
    let mut starts = Vec::new();
    let mut len = 0;
    let mut at = 0;
    while at < chars.len() {
        let end = at + token_len(chars.get(at..).unwrap_or_default());
        let token = chars.get(at..end).unwrap_or_default();
        let is_blank = token.iter().all(|c| c.is_whitespace());
        let is_comment = token.first() == Some(&'#');
        if !is_blank && !is_comment {
            starts.push((len, at));
        }
        spaced.extend(token);
        len += token.len();
        if !is_blank && !is_comment {
            spaced.extend(std::iter::repeat_n(' ', ROOM));
            len += ROOM;
        }
        at = end;
    }
    (spaced, starts)
}

/// Length of the first token; `chars` is not empty. Close to SPARQL's tokens: no space may be put into them.
fn token_len(chars: &[char]) -> usize {
    let until = |end: &dyn Fn(char) -> bool| {
        1 + chars.get(1..).unwrap_or_default().iter().take_while(|&&c| !end(c)).count()
    };
    match chars[0] {
        c if c.is_whitespace() => until(&|c| !c.is_whitespace()),
        '#' => until(&|c| c == '\n'),
        '{' | '}' | '(' | ')' | '[' | ']' | ',' | ';' => 1,
        '<' => {
            let len =
                until(&|c| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '^' | '`'));
            if chars.get(len) == Some(&'>') { len + 1 } else { 1 }
        }
        quote @ ('"' | '\'') => string_len(chars, quote),
        _ => until(&|c| {
            c.is_whitespace() || matches!(c, '{' | '}' | '(' | ')' | '[' | ']' | ',' | ';' | '"' | '\'' | '<')
        }),
    }
}

/// Length of a string that starts with `quote`, with its closing quotes where it has them.
fn string_len(chars: &[char], quote: char) -> usize {
    let is_long = chars.get(..3).is_some_and(|start| start.iter().all(|&c| c == quote));
    let quotes = if is_long { 3 } else { 1 };
    let mut at = quotes;
    while let Some(&c) = chars.get(at) {
        match c {
            '\\' => at += 1,
            '\n' if !is_long => return at,
            _ if chars.get(at..at + quotes).is_some_and(|end| end.iter().all(|&c| c == quote)) => {
                return at + quotes;
            }
            _ => {}
        }
        at += 1;
    }
    chars.len()
}

#[cfg(test)]
mod tests {
    use super::super::Query;

    fn place(text: &str) -> ((usize, usize), String) {
        let error = Query::parse(text).unwrap_err();
        (error.position.unwrap_or_else(|| panic!("{text}: {error}")), error.message)
    }

    #[test]
    fn names_the_first_wrong_token() {
        for (text, position, message) in [
            ("SELECT ?x\n  WHERE { ?x a ) }", (2, 16), "`)` is not expected here"),
            ("SELEC ?x { ?x ?y ?z }", (1, 1), "`SELEC` is not expected here"),
            ("SELECT ?x WHERE { ?x ?y }", (1, 25), "`}` is not expected here"),
            ("SELECT * { ?s ?p \"a b # c\" } LIMT 3", (1, 30), "`LIMT` is not expected here"),
            ("SELECT * { ?s ?p ?o . # }\n ?s ?p", (2, 7), "the query ends too early"),
            ("SELECT * { ?s ?p 'open }", (1, 25), "the query ends too early"),
        ] {
            assert_eq!(place(text), (position, message.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_term_is_told() {
        let (position, message) = place("SELECT * { ?x nope:y ?z }");
        assert_eq!(position, (1, 15));
        assert_eq!(message, "prefix `nope:` is not declared");
    }

    #[test]
    fn shows_the_line_with_a_caret() {
        let error = Query::parse("SELECT ?x\n\tWHERE { ?x a ) }").unwrap_err().to_string();
        assert!(
            error.ends_with(
                ":\u{20}`)` is not expected here\n   |\n 2 | \tWHERE { ?x a ) }\n   | \t             ^"
            ),
            "{error}"
        );
    }

    #[test]
    fn any_text_ends_in_a_query_or_an_error() {
        for text in ["", " ", "\u{0}", "#", "<", "'", "\"\"\"", "\\", "é{", "SELECT", "{}}{", "\n\n("] {
            let error = Query::parse(text).unwrap_err();
            assert!(!error.to_string().is_empty());
        }
    }
}
