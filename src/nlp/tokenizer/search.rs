use std::ops::Range;

use regex_automata::{
    Input,
    meta::{Config, Regex},
};

use crate::nlp::python_re;

/// Searches for an alternation, as Python's `re.search` does: of all matches the leftmost, of those the one of the
/// first alternative.
///
/// Conditions on the neighbours (`(?<=...)` in front, `(?=...)` at the end) are matched as ordinary text around
/// the match, so that automata can do all the work. Alternatives whose conditions differ in length are kept apart
/// and the best match of all is taken.
#[derive(Debug)]
pub(super) struct Search {
    groups: Vec<Group>,
    /// Alternatives with conditions elsewhere.
    rest: Vec<(usize, fancy_regex::Regex)>,
}

/// Alternatives whose condition in front is equally long.
#[derive(Debug)]
struct Group {
    /// Characters before the match that are looked at.
    behind: usize,
    /// Number of each alternative in the whole.
    numbers: Vec<usize>,
    /// The match itself is the first capture.
    regex: Regex,
}

/// One alternative, taken apart.
struct Alternative {
    behind: usize,
    pattern: String,
}

impl Search {
    /// Compiles an expression in Python's syntax.
    pub(super) fn new(python: &str) -> Result<Self, String> {
        let (flags, _) = python_re::flags(python);
        let translated = python_re::translate(python);
        let (_, body) = python_re::flags(&translated);
        let mut by_length: Vec<(usize, Vec<usize>, Vec<String>)> = Vec::new();
        let mut rest = Vec::new();
        for (number, source) in python_re::alternatives(body).into_iter().enumerate() {
            let flagged = |pattern: &str| {
                if flags.is_empty() { pattern.to_owned() } else { format!("(?{flags}){pattern}") }
            };
            let Some(alternative) = Alternative::take_apart(source) else {
                let regex = fancy_regex::Regex::new(&flagged(source)).map_err(|e| e.to_string())?;
                rest.push((number, regex));
                continue;
            };
            let pattern = flagged(&alternative.pattern);
            match by_length.iter_mut().find(|(behind, ..)| *behind == alternative.behind) {
                Some((_, numbers, patterns)) => {
                    numbers.push(number);
                    patterns.push(pattern);
                }
                None => by_length.push((alternative.behind, vec![number], vec![pattern])),
            }
        }
        let mut groups = Vec::new();
        for (behind, numbers, patterns) in by_length {
            groups.push(Group { behind, numbers, regex: compile(&patterns)? });
        }
        Ok(Self { groups, rest })
    }

    /// The first match that starts at byte `from` or later.
    pub(super) fn find(&self, text: &str, from: usize) -> Option<Range<usize>> {
        let groups = self.groups.iter().filter_map(|group| group.find(text, from));
        let rest = self.rest.iter().filter_map(|(number, regex)| {
            let found = regex.find_from_pos(text, from).ok()??;
            Some((found.start(), *number, found.end()))
        });
        let (start, _, end) = groups.chain(rest).min()?;
        Some(start..end)
    }

    /// All matches, from left to right, without overlap; empty ones may touch the one before.
    pub(super) fn find_all(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut from = 0;
        while from <= text.len() {
            let Some(range) = self.find(text, from) else { break };
            from = if range.is_empty() {
                range.end + text.get(range.end..).and_then(|s| s.chars().next()).map_or(1, char::len_utf8)
            } else {
                range.end
            };
            found.push(range);
        }
        found
    }
}

/// Compiles alternatives into one automaton.
fn compile(patterns: &[String]) -> Result<Regex, String> {
    Regex::builder()
        .configure(Config::new().nfa_size_limit(Some(1 << 28)))
        .build_many(patterns)
        .map_err(|e| e.to_string())
}

impl Group {
    /// Start, number of the alternative, end.
    fn find(&self, text: &str, from: usize) -> Option<(usize, usize, usize)> {
        let mut start = from;
        for _ in 0..self.behind {
            start = text.get(..start)?.char_indices().next_back().map_or(0, |(i, _)| i);
        }
        let mut captures = self.regex.create_captures();
        loop {
            self.regex.search_captures(&Input::new(text).range(start..), &mut captures);
            let number = self.numbers[captures.pattern()?.as_usize()];
            let body = captures.get_group(1)?;
            if body.start >= from {
                return Some((body.start, number, body.end));
            }
            start = text.get(start..)?.char_indices().nth(1).map(|(i, _)| start + i)?;
        }
    }
}

impl Alternative {
    /// Splits conditions off both ends; `None` when there are others, or their length is not known.
    fn take_apart(source: &str) -> Option<Self> {
        let mut body = source;
        let mut before = String::new();
        let mut behind = 0;
        for (opening, negated) in [("(?<=", false), ("(?<!", true)] {
            if let Some(rest) = body.strip_prefix(opening) {
                let (group, tail) = body.split_at(python_re::group_len(body)?);
                let inner = group.get(opening.len()..group.len() - 1)?;
                behind = width(inner)?;
                before = if negated { negate(inner, r"\A")? } else { format!("(?:{inner})") };
                debug_assert!(rest.len() > tail.len());
                body = tail;
            }
        }
        let mut after = String::new();
        for (opening, negated) in [("(?=", false), ("(?!", true)] {
            let Some(at) = body.find(opening) else { continue };
            let (head, group) = body.split_at(at);
            if python_re::group_len(group)? != group.len() {
                return None;
            }
            let inner = group.get(opening.len()..group.len() - 1)?;
            after = if negated { negate(inner, r"\z")? } else { format!("(?:{inner})") };
            body = head;
        }
        let others = ["(?=", "(?!", "(?<=", "(?<!"];
        // Captures would shift the number of ours.
        let captures = body.replace(r"\(", "").replace("(?:", "").contains('(');
        if others.iter().any(|other| body.contains(other)) || before.contains("(?=") {
            return None;
        }
        let body = if captures { without_captures(body) } else { body.to_owned() };
        Some(Self { behind, pattern: format!("{before}({body}){after}") })
    }
}

/// Makes all groups non-capturing.
fn without_captures(body: &str) -> String {
    let mut out = String::new();
    let mut chars = body.chars().peekable();
    let mut in_class = false;
    while let Some(c) = chars.next() {
        out.push(c);
        match c {
            '\\' => out.extend(chars.next()),
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class && chars.peek() != Some(&'?') => out.push_str("?:"),
            _ => {}
        }
    }
    out
}

/// Number of characters that every match of `pattern` has.
fn width(pattern: &str) -> Option<usize> {
    let mut widths = python_re::alternatives(pattern).into_iter().map(|alternative| {
        let mut rest = alternative;
        let mut width = 0;
        while let Some(length) = atom_len(rest) {
            rest = rest.get(length..)?;
            width += 1;
        }
        rest.is_empty().then_some(width)
    });
    let first = widths.next()??;
    widths.all(|width| width == Some(first)).then_some(first)
}

/// Bytes of the class, escape or literal that `pattern` starts with.
fn atom_len(pattern: &str) -> Option<usize> {
    let first = pattern.chars().next()?;
    match first {
        '[' => {
            let mut escaped = false;
            pattern.char_indices().skip(2).find_map(|(i, c)| {
                let closes = c == ']' && !escaped;
                escaped = c == '\\' && !escaped;
                closes.then_some(i + 1)
            })
        }
        '\\' => {
            let next = pattern.chars().nth(1)?;
            (!next.is_alphanumeric()).then(|| 1 + next.len_utf8())
        }
        '(' | ')' | '*' | '+' | '?' | '{' | '}' | '|' | '^' | '$' => None,
        c => Some(c.len_utf8()),
    }
}

/// What matches where the condition does not hold: another character, or the edge of the text.
fn negate(inner: &str, edge: &str) -> Option<String> {
    (width(inner)? == 1 && python_re::alternatives(inner).len() == 1).then(|| {
        let class = if inner.starts_with('[') { inner.to_owned() } else { format!("[{inner}]") };
        format!("(?:{edge}|[^{class}])")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(pattern: &str, text: &str) -> Vec<String> {
        let search = Search::new(pattern).unwrap();
        search.find_all(text).into_iter().map(|range| text.get(range).unwrap().to_owned()).collect()
    }

    #[test]
    fn the_leftmost_match_wins_and_then_the_first_alternative() {
        assert_eq!(all(r"bc|b|(?<=a)bcd", "abcd"), ["bc"]);
        assert_eq!(all(r"(?<=a)bcd|bc|b", "abcd"), ["bcd"]);
        assert_eq!(all(r"(?<=b)c|b", "abcd"), ["b", "c"]);
    }

    #[test]
    fn conditions_on_neighbours_do_not_use_them_up() {
        assert_eq!(all(r"(?<=[0-9])[+\-](?=[0-9-])", "1+2-3-x"), ["+", "-"]);
        assert_eq!(all(r"(?<=[a-z])-(?=[a-z])", "a-b-c-D"), ["-", "-"]);
        assert_eq!(all(r"^\+(?![0-9])|x", "+1x"), ["x"]);
        assert_eq!(all(r"^\+(?![0-9])|x", "+"), ["+"]);
        assert_eq!(all(r"(?<!a)b(c)", "abc bc"), ["bc"]);
        assert_eq!(all(r"(?<=[A-Z][A-Z])\.$", "U.S.A. USA."), ["."]);
    }

    #[test]
    fn conditions_inside_are_left_to_the_backtracking_engine() {
        assert_eq!(all(r"a(?!b)c?d|(?<=['’])(?=[a-z])", "abd acd l'x"), ["acd", ""]);
    }
}
