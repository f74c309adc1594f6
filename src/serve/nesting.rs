//! Refuses queries that are nested too deeply.
//!
//! SPARQL's parser, its optimizer and its evaluator recurse once for each bracket and for each link of a chain as `a/b/c`
//! or `{} UNION {} UNION {}`, and a stack that overflows ends the whole server. So both are counted before a query is
//! parsed, roughly and in one pass; the server's threads have a stack for what is let through ([`STACK`]).

/// Brackets that may be open at once.
const DEPTH: usize = 100;
/// Operators and keywords that make chains, in the whole query.
const LINKS: usize = 500;
/// Bytes of a stack that is large enough for them. The system gives only what is used of it.
pub(super) const STACK: usize = 64 << 20;

/// Keywords that nest what comes before them, or after.
const KEYWORDS: &[&str] = &[
    "UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "VALUES", "GRAPH", "LATERAL", "SERVICE", "NOT", "EXISTS",
];

/// Whether a query may be parsed; the error says why not.
pub(super) fn check(query: &str) -> Result<(), String> {
    let (mut depth, mut links) = (0_usize, 0);
    let mut rest = query.as_bytes();
    while let [first, after @ ..] = rest {
        let len = match first {
            b'"' | b'\'' => string(rest),
            b'<' => iri(rest).unwrap_or(1),
            b'#' => run(rest, |byte| byte != b'\n' && byte != b'\r'),
            b'?' | b'$' => 1 + run(after, |byte| byte.is_ascii_alphanumeric() || byte == b'_'),
            byte if byte.is_ascii_digit() => run(rest, |byte| byte.is_ascii_alphanumeric() || byte == b'.'),
            byte if is_of_word(*byte) && *byte != b'-' => {
                let len = run(rest, is_of_word);
                let (word, _) = rest.split_at(len);
                if KEYWORDS.iter().any(|keyword| word.eq_ignore_ascii_case(keyword.as_bytes())) {
                    links += 1;
                } else if !word.contains(&b':') {
                    links += word.split(|&byte| byte == b'-').count() - 1;
                }
                len
            }
            byte => {
                match byte {
                    b'(' | b'{' | b'[' => depth += 1,
                    b')' | b'}' | b']' => depth = depth.saturating_sub(1),
                    b'|' | b'&' | b'/' | b'+' | b'-' | b'*' | b'!' | b'^' | b'=' | b'>' => links += 1,
                    _ => (),
                }
                1
            }
        };
        if depth > DEPTH {
            return Err(format!("the query has more than {DEPTH} brackets inside each other"));
        }
        if links > LINKS {
            return Err(format!(
                "the query has more than {LINKS} operators and groups; use VALUES for many values"
            ));
        }
        rest = rest.get(len..).unwrap_or_default();
    }
    Ok(())
}

/// Whether names are made of it.
fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'-' | b'.' | b'%' | b'\\' | 0x80..)
}

/// Bytes at the start that are such ones.
fn run(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|&byte| !is(byte)).unwrap_or(bytes.len())
}

/// Bytes of the string literal at the start; one that does not end is over with its opening quotes.
fn string(bytes: &[u8]) -> usize {
    let quote = bytes.first().copied().unwrap_or_default();
    let long = [quote; 3];
    let close: &[u8] = if bytes.starts_with(&long) { &long } else { &[quote] };
    let mut at = close.len();
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(close) {
            return at + close.len();
        }
        at += if rest.starts_with(b"\\") { 2 } else { 1 };
    }
    close.len()
}

/// Bytes of the IRI at the start, if it is one, and not a comparison.
fn iri(bytes: &[u8]) -> Option<usize> {
    let of_iri = |byte: u8| byte > b' ' && !b"<>\"{}|^`\\".contains(&byte);
    let len = 1 + run(bytes.get(1..)?, of_iri);
    (bytes.get(len) == Some(&b'>')).then_some(len + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repeated(what: &str, between: &str, times: usize) -> String {
        vec![what; times].join(between)
    }

    #[test]
    fn long_lists_of_values_are_fine() {
        for query in [
            format!("SELECT * {{ VALUES (?a ?b) {{ {} }} }}", repeated("(ex:a-b-c 1.5)", " ", 50_000)),
            format!("ASK {{ ?x ?p ?o FILTER(?x IN ({})) }}", repeated("<http://a/b-c/d+e>", ", ", 50_000)),
            format!("ASK {{ ?x ?p \"\"\"{}\"\"\" , '{}\\'(' }} # {}", "(\"{", "((!-", "((((".repeat(5000)),
            "ASK { ?x ?p ?o . FILTER(?x < ?o && ?x > 3) }".to_owned(),
        ] {
            assert_eq!(check(&query), Ok(()), "{query:.100}");
        }
    }

    #[test]
    fn deep_nesting_and_long_chains_are_refused() {
        for query in [
            "(".repeat(5000),
            format!("ASK {}", "{".repeat(101)),
            format!("ASK {{ '' {}", "[".repeat(101)),
            format!("ASK {{ \"a\\\" {}", "[".repeat(101)),
            repeated("{}", "union", 502),
            repeated("a", "/", 502),
            repeated("1", "-", 502),
            repeated("true", "-", 502),
            repeated("?x", "-", 502),
            "!".repeat(501),
        ] {
            assert!(check(&query).is_err(), "{query:.100}");
        }
        let most = "{".repeat(DEPTH) + &"}".repeat(DEPTH);
        assert_eq!(check(&most), Ok(()));
    }
}
