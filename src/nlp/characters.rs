//! Classes of characters as Python's string methods know them.

use std::sync::LazyLock;

use regex_syntax::hir::{Class, HirKind};

/// First and last character of each range of a general category, in order.
struct Ranges(Vec<(char, char)>);

impl Ranges {
    fn of(category: &str) -> Self {
        let parsed = regex_syntax::parse(&format!(r"\p{{{category}}}"));
        let ranges = match parsed.as_ref().map(regex_syntax::hir::Hir::kind) {
            Ok(HirKind::Class(Class::Unicode(class))) => class.iter().map(|r| (r.start(), r.end())).collect(),
            _ => Vec::new(),
        };
        Self(ranges)
    }

    fn contains(&self, c: char) -> bool {
        let at = self.0.partition_point(|&(_, last)| last < c);
        self.0.get(at).is_some_and(|&(first, _)| first <= c)
    }
}

static LETTERS: LazyLock<Ranges> = LazyLock::new(|| Ranges::of("L"));
static DECIMALS: LazyLock<Ranges> = LazyLock::new(|| Ranges::of("Nd"));

/// Characters that are digits but not decimal: superscripts, encircled ones, and digits of a few scripts.
const OTHER_DIGITS: [(u32, u32); 20] = [
    (0xb2, 0xb3),
    (0xb9, 0xb9),
    (0x1369, 0x1371),
    (0x19da, 0x19da),
    (0x2070, 0x2070),
    (0x2074, 0x2079),
    (0x2080, 0x2089),
    (0x2460, 0x2468),
    (0x2474, 0x247c),
    (0x2488, 0x2490),
    (0x24ea, 0x24ea),
    (0x24f5, 0x24fd),
    (0x24ff, 0x24ff),
    (0x2776, 0x277e),
    (0x2780, 0x2788),
    (0x278a, 0x2792),
    (0x10a40, 0x10a43),
    (0x10e60, 0x10e68),
    (0x11052, 0x1105a),
    (0x1f100, 0x1f10a),
];

/// `str.isalpha` of one character.
pub(in crate::nlp) fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && LETTERS.contains(c))
}

/// `str.isdigit` of one character.
pub(in crate::nlp) fn is_digit(c: char) -> bool {
    let other = || OTHER_DIGITS.iter().any(|&(first, last)| (first..=last).contains(&u32::from(c)));
    c.is_ascii_digit() || (!c.is_ascii() && (DECIMALS.contains(c) || other()))
}

/// `str.isspace` of one character.
pub(in crate::nlp) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_those_of_python() {
        for (c, letter, digit, space) in [
            ('a', true, false, false),
            ('é', true, false, false),
            ('東', true, false, false),
            ('\u{301}', false, false, false),
            ('Ⅷ', false, false, false),
            ('²', false, true, false),
            ('٣', false, true, false),
            ('½', false, false, false),
            ('\u{1c}', false, false, true),
            ('\u{a0}', false, false, true),
            ('\u{200b}', false, false, false),
        ] {
            assert_eq!((is_letter(c), is_digit(c), is_space(c)), (letter, digit, space), "{c:?}");
        }
    }
}
