//! Regular expressions of Python's `re`, brought into the syntax of the `regex` family of crates.

use std::fmt::Write;

/// The same expression in Rust's syntax. Flags in front (`(?iu)`) are kept, without `u`, which is the default.
pub(in crate::nlp) fn translate(pattern: &str) -> String {
    let (flags, pattern) = flags(pattern);
    let mut out = if flags.is_empty() { String::new() } else { format!("(?{flags})") };
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match escape(&mut chars) {
                Atom::Char(c) => push_literal(&mut out, c),
                Atom::Class(class) => {
                    out.push('[');
                    out.push_str(class);
                    out.push(']');
                }
                Atom::Assertion(assertion) => out.push_str(assertion),
            },
            '[' => class(&mut chars, &mut out),
            '{' => {
                let rest: String = chars.clone().take_while(|&c| c != '}').collect();
                let counts = !rest.is_empty()
                    && rest != ","
                    && rest.matches(',').count() < 2
                    && rest.chars().all(|c| c == ',' || c.is_ascii_digit());
                out.push_str(if !counts {
                    "\\{"
                } else if rest.starts_with(',') {
                    "{0"
                } else {
                    "{"
                });
            }
            '}' if !ends_a_count(&out) => out.push_str("\\}"),
            ']' => out.push_str("\\]"),
            c => out.push(c),
        }
    }
    out
}

/// Splits flags off the front.
pub(in crate::nlp) fn flags(pattern: &str) -> (String, &str) {
    let inner = pattern.strip_prefix("(?").and_then(|rest| rest.split_once(')'));
    match inner {
        Some((flags, rest)) if !flags.is_empty() && flags.chars().all(|c| "aiLmsux".contains(c)) => {
            (flags.chars().filter(|c| "ims".contains(*c)).collect(), rest)
        }
        _ => (String::new(), pattern),
    }
}

/// Splits at the bars that stand outside of groups and classes. Works for both syntaxes.
pub(in crate::nlp) fn alternatives(pattern: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = pattern;
    let mut scan = Scan::default();
    let mut at = 0;
    for c in pattern.chars() {
        if scan.step(c) && c == '|' && scan.depth == 0 {
            let (part, tail) = rest.split_at(at);
            parts.push(part);
            rest = tail.strip_prefix('|').unwrap_or(tail);
            at = 0;
        } else {
            at += c.len_utf8();
        }
    }
    parts.push(rest);
    parts
}

/// The byte length of the group that `pattern` starts with, closing parenthesis included.
pub(in crate::nlp) fn group_len(pattern: &str) -> Option<usize> {
    let mut scan = Scan::default();
    for (i, c) in pattern.char_indices() {
        if scan.step(c) && c == ')' && scan.depth == 0 {
            return Some(i + 1);
        }
        if scan.depth == 0 && !scan.in_class {
            return None;
        }
    }
    None
}

/// Keeps track of escapes, classes and groups.
#[derive(Default)]
struct Scan {
    escaped: bool,
    in_class: bool,
    /// The class has no member yet, so that a closing bracket would be one.
    class_start: bool,
    depth: usize,
}

impl Scan {
    /// Whether the character stands outside of classes and is not escaped.
    fn step(&mut self, c: char) -> bool {
        if self.escaped {
            self.escaped = false;
            self.class_start = false;
            return false;
        }
        match c {
            '\\' => {
                self.escaped = true;
                return false;
            }
            ']' if self.in_class && !self.class_start => self.in_class = false,
            '^' if self.in_class && self.class_start => return false,
            _ if self.in_class => {
                self.class_start = false;
                return false;
            }
            '[' => {
                self.in_class = true;
                self.class_start = true;
            }
            '(' => self.depth += 1,
            ')' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        true
    }
}

enum Atom {
    Char(char),
    /// What stands between the brackets of a class.
    Class(&'static str),
    Assertion(&'static str),
}

/// What follows a backslash.
fn escape(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Atom {
    let Some(c) = chars.next() else { return Atom::Char('\\') };
    let mut code = |digits: usize| {
        let hex: String = chars.by_ref().take(digits).collect();
        // Half a surrogate pair stands for nothing in a Rust string; the edge of the gap serves in ranges.
        let n = u32::from_str_radix(&hex, 16).unwrap_or(0xfffd);
        Atom::Char(char::from_u32(n).unwrap_or(if n < 0xdc00 { '\u{d7ff}' } else { '\u{e000}' }))
    };
    match c {
        'x' => code(2),
        'u' => code(4),
        'U' => code(8),
        'd' => Atom::Class(r"\p{Nd}"),
        'D' => Atom::Class(r"\P{Nd}"),
        'w' => Atom::Class(r"\p{L}\p{N}_"),
        'W' => Atom::Class(r"[^\p{L}\p{N}_]"),
        's' => Atom::Class(r"\s\x1c-\x1f"),
        'S' => Atom::Class(r"[^\s\x1c-\x1f]"),
        'A' => Atom::Assertion(r"\A"),
        'Z' => Atom::Assertion(r"\z"),
        'b' => Atom::Assertion(r"\b"),
        'B' => Atom::Assertion(r"\B"),
        'n' => Atom::Char('\n'),
        't' => Atom::Char('\t'),
        'r' => Atom::Char('\r'),
        'f' => Atom::Char('\x0c'),
        'v' => Atom::Char('\x0b'),
        'a' => Atom::Char('\x07'),
        c => Atom::Char(c),
    }
}

fn push_literal(out: &mut String, c: char) {
    if r"\.+*?()|[]{}^$".contains(c) {
        out.push('\\');
    }
    out.push(c);
}

fn push_member(out: &mut String, c: char) {
    if c.is_alphanumeric() {
        out.push(c);
    } else {
        write!(out, "\\x{{{:x}}}", u32::from(c)).expect("writing to a string cannot fail");
    }
}

/// A class, whose opening bracket is already read: in Python `[`, `&&`, `--` and `~~` have no meaning in one.
fn class(chars: &mut std::iter::Peekable<std::str::Chars<'_>>, out: &mut String) {
    out.push('[');
    if chars.next_if_eq(&'^').is_some() {
        out.push('^');
    }
    let mut first = true;
    while let Some(c) = chars.next() {
        if c == ']' && !first {
            break;
        }
        first = false;
        let atom = if c == '\\' { escape(chars) } else { Atom::Char(c) };
        match atom {
            Atom::Class(class) => out.push_str(class),
            // Inside a class `\b` is a backspace.
            Atom::Assertion(_) => out.push_str(r"\x08"),
            Atom::Char(low) => {
                push_member(out, low);
                let mut ahead = chars.clone();
                if ahead.next() == Some('-') && ahead.peek().is_some_and(|&c| c != ']') {
                    chars.next();
                    let high = chars.next().unwrap_or(low);
                    let high = if high == '\\' { escape(chars) } else { Atom::Char(high) };
                    if let Atom::Char(high) = high {
                        out.push('-');
                        push_member(out, high);
                    }
                }
            }
        }
    }
    out.push(']');
}

fn ends_a_count(out: &str) -> bool {
    let count = out.rsplit('{').next().unwrap_or("");
    let opened =
        out.len() > count.len() && !out.get(..out.len() - count.len() - 1).unwrap_or("").ends_with('\\');
    opened && !count.is_empty() && count.chars().all(|c| c == ',' || c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_syntax_becomes_rust_syntax() {
        for (python, rust) in [
            (r"\.\.+|…", r"\.\.+|…"),
            (r"[+\-\*^]", r"[\x{2b}\x{2d}\x{2a}\x{5e}]"),
            (r"[\u00A6-\u00A9[]", r"[\x{a6}-\x{a9}\x{5b}]"),
            (r"[a-z0-9-]{2,}", r"[a-z0-9\x{2d}]{2,}"),
            (r"(?iu)x\'<\<{,3}{a}", r"(?i)x'<<{0,3}\{a\}"),
            (r"\d\w[\s]", r"[\p{Nd}][\p{L}\p{N}_][\s\x1c-\x1f]"),
            (r"[^\]]]", r"[^\x{5d}]\]"),
        ] {
            assert_eq!(translate(python), rust, "{python}");
        }
    }

    #[test]
    fn alternatives_are_split_outside_of_groups_and_classes() {
        assert_eq!(alternatives(r"a|(b|c)|[|]|\||"), ["a", "(b|c)", "[|]", r"\|", ""]);
        assert_eq!(alternatives(r"[]|]x|y"), ["[]|]x", "y"]);
        assert_eq!(group_len(r"(?<=[)])a"), Some(8));
        assert_eq!(group_len(r"a(b)"), None);
    }
}
