use std::sync::OnceLock;

use regex_automata::{
    Anchored, Input,
    meta::{Config, Regex},
};

use crate::nlp::python_re;

/// Tells whether an expression matches at the start of a text, as Python's `re.match` does.
///
/// Made for lists of thousands of alternatives, of which a text needs few: each is compiled when a text first
/// has the characters that it starts with.
#[derive(Debug)]
pub(super) struct Whole {
    flags: String,
    alternatives: Vec<Alternative>,
}

#[derive(Debug)]
struct Alternative {
    /// In Python's syntax.
    source: String,
    /// The characters (lower case) that the first positions can have.
    start: Vec<Vec<char>>,
    compiled: OnceLock<Compiled>,
}

/// Classes with more characters end the start of an alternative.
const SMALL_CLASS: usize = 12;

#[derive(Debug)]
enum Compiled {
    Plain(Regex),
    /// A wider expression without conditions, and the whole one for what the first lets through.
    Guarded(Regex, fancy_regex::Regex),
    /// It does not compile; found out by [`Whole::new`] for short lists, else it matches nothing.
    Broken(String),
}

impl Whole {
    pub(super) fn new(python: &str) -> Result<Self, String> {
        let (flags, body) = python_re::flags(python);
        let alternatives: Vec<Alternative> = python_re::alternatives(body)
            .into_iter()
            .map(|source| {
                let source = unwrapped(source);
                Alternative { source: source.to_owned(), start: start(source), compiled: OnceLock::new() }
            })
            .collect();
        let whole = Self { flags, alternatives };
        if let [only] = &whole.alternatives[..]
            && let Compiled::Broken(reason) = only.compiled(&whole.flags)
        {
            return Err(reason.clone());
        }
        Ok(whole)
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        self.alternatives
            .iter()
            .any(|alternative| alternative.could_match(text) && alternative.matches(text, &self.flags))
    }
}

impl Alternative {
    fn could_match(&self, text: &str) -> bool {
        let mut chars = text.chars();
        self.start.iter().all(|allowed| {
            chars
                .next()
                .is_some_and(|c| allowed.contains(&c) || c.to_lowercase().any(|c| allowed.contains(&c)))
        })
    }

    fn matches(&self, text: &str, flags: &str) -> bool {
        let input = Input::new(text).anchored(Anchored::Yes);
        match self.compiled(flags) {
            Compiled::Plain(regex) => regex.is_match(input),
            Compiled::Guarded(wider, regex) => wider.is_match(input) && regex.is_match(text).unwrap_or(false),
            Compiled::Broken(_) => false,
        }
    }

    fn compiled(&self, flags: &str) -> &Compiled {
        self.compiled.get_or_init(|| {
            let flags = if flags.is_empty() { String::new() } else { format!("(?{flags})") };
            let pattern = python_re::translate(&self.source);
            let wider = without_conditions(&pattern);
            let config = Config::new().nfa_size_limit(Some(1 << 28));
            let plain = match Regex::builder().configure(config).build(&format!("{flags}{wider}")) {
                Ok(regex) => regex,
                Err(e) => return Compiled::Broken(e.to_string()),
            };
            if wider == pattern {
                return Compiled::Plain(plain);
            }
            match fancy_regex::Regex::new(&format!(r"{flags}\A(?:{pattern})")) {
                Ok(regex) => Compiled::Guarded(plain, regex),
                Err(e) => Compiled::Broken(e.to_string()),
            }
        })
    }
}

/// Takes `(?:` and `)` off when they enclose all of it.
fn unwrapped(source: &str) -> &str {
    match source.strip_prefix("(?:") {
        Some(inner) if python_re::group_len(source) == Some(source.len()) => {
            inner.strip_suffix(')').unwrap_or(inner)
        }
        _ => source,
    }
}

/// Leaves out all conditions on neighbours.
fn without_conditions(pattern: &str) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let condition = ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|opening| rest.starts_with(opening));
        let length = match c {
            '(' if condition => {
                let length = python_re::group_len(rest).unwrap_or(rest.len());
                rest = rest.get(length..).unwrap_or("");
                continue;
            }
            '\\' => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            c => c.len_utf8(),
        };
        let (head, tail) = rest.split_at(length);
        out.push_str(head);
        rest = tail;
    }
    out
}

/// The first positions of an alternative that is anchored, as far as they are literals or small classes.
fn start(source: &str) -> Vec<Vec<char>> {
    let mut positions = Vec::new();
    let Some(mut rest) = source.strip_prefix('^') else { return positions };
    if python_re::alternatives(rest).len() > 1 {
        return positions;
    }
    while let Some(c) = rest.chars().next() {
        let (allowed, length) = match c {
            '[' => {
                let Some((class, _)) = rest.get(1..).and_then(|inner| inner.split_once(']')) else { break };
                let members: Vec<char> = class.chars().collect();
                let ranges = members.iter().skip(1).rev().skip(1).any(|&c| c == '-');
                if ranges || members.len() > SMALL_CLASS || members.iter().any(|c| "\\^[".contains(*c)) {
                    break;
                }
                (members, class.len() + 2)
            }
            c if r"\.+*?()|]{}^$".contains(c) => break,
            c => (vec![c], c.len_utf8()),
        };
        rest = rest.get(length..).unwrap_or("");
        if rest.starts_with(['?', '*', '{']) {
            break;
        }
        positions.push(allowed.into_iter().flat_map(char::to_lowercase).collect());
        if rest.starts_with('+') {
            break;
        }
    }
    positions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_start_of_the_text_counts() {
        let whole = Whole::new(r"(?iu)(?:^anti[-–][a-z]+$)|(?:^[ée]tats?[-–]uni[a-z]*$)|(?:^x+y?$)").unwrap();
        for (text, matches) in [
            ("anti-hero", true),
            ("ANTI–Hero", true),
            ("antihero", false),
            ("États-unis", true),
            ("état-uni", true),
            ("xxy", true),
            ("an xxy", false),
        ] {
            assert_eq!(whole.matches(text), matches, "{text}");
        }
        assert_eq!(whole.alternatives[0].start.len(), 5);
        assert_eq!(whole.alternatives[1].start.len(), 4);
    }

    #[test]
    fn conditions_inside_are_kept() {
        let whole = Whole::new(r"(?u)^(?:(?!10\.)\d{1,3}|[a-z]+\.)+(?:\.\d+)*$").unwrap();
        assert!(whole.matches("11.5"));
        assert!(!whole.matches("10.5"));
        assert!(Whole::new("^(").is_err());
    }
}
