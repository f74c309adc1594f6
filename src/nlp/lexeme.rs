//! What is known of a form without its context.

use std::collections::HashMap;

use smol_str::SmolStr;

use super::{
    characters::{is_digit, is_letter, is_space},
    strings::string_id,
};

/// Norms of signs that are written in several ways; they are part of every pipeline of spaCy.
const SIGNS: [(&str, &str); 45] = [
    ("'s", "'s"),
    ("'S", "'s"),
    ("’s", "'s"),
    ("’S", "'s"),
    ("’", "'"),
    ("‘", "'"),
    ("´", "'"),
    ("`", "'"),
    ("”", "\""),
    ("“", "\""),
    ("''", "\""),
    ("``", "\""),
    ("´´", "\""),
    ("„", "\""),
    ("»", "\""),
    ("«", "\""),
    ("‘‘", "\""),
    ("’’", "\""),
    ("？", "?"),
    ("！", "!"),
    ("，", ","),
    ("；", ";"),
    ("：", ":"),
    ("。", "."),
    ("।", "."),
    ("…", "..."),
    ("—", "-"),
    ("–", "-"),
    ("--", "-"),
    ("---", "-"),
    ("——", "-"),
    ("€", "$"),
    ("£", "$"),
    ("¥", "$"),
    ("฿", "$"),
    ("US$", "$"),
    ("C$", "$"),
    ("A$", "$"),
    ("₺", "$"),
    ("₹", "$"),
    ("৳", "$"),
    ("₩", "$"),
    ("Mex$", "$"),
    ("₣", "$"),
    ("E£", "$"),
];

/// A form and its lexical attributes. Numbers are those of [`string_id`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lexeme {
    /// The form itself.
    pub text: SmolStr,
    /// In lower case.
    pub lower_text: SmolStr,
    /// Normal form.
    pub norm_text: SmolStr,
    /// Number of the form.
    pub orth: u64,
    /// Number of the form in lower case.
    pub lower: u64,
    /// Number of the normal form.
    pub norm: u64,
    /// Number of the first character.
    pub prefix: u64,
    /// Number of the last three characters.
    pub suffix: u64,
    /// Number of the shape (`Xxxxx`, `dd`).
    pub shape: u64,
    /// Whether it is white space.
    pub is_space: bool,
}

impl Lexeme {
    /// The attributes of a form. `norm` is what a tokenizer exception sets; else the table or the rules decide.
    pub fn new(text: &str, norm: Option<&str>, norms: &HashMap<u64, SmolStr>) -> Self {
        let orth = string_id(text);
        let lower_text: SmolStr = text.to_lowercase().into();
        let norm_text = match norm {
            Some(norm) => norm.into(),
            None => norms.get(&orth).cloned().or_else(|| sign(text)).unwrap_or_else(|| lower_text.clone()),
        };
        let first = text.chars().next().map_or(0, char::len_utf8);
        let last = text.char_indices().rev().nth(2).map_or(0, |(i, _)| i);
        Self {
            orth,
            lower: string_id(&lower_text),
            norm: string_id(&norm_text),
            prefix: string_id(text.get(..first).unwrap_or("")),
            suffix: string_id(text.get(last..).unwrap_or("")),
            shape: string_id(&shape(text)),
            is_space: !text.is_empty() && text.chars().all(is_space),
            text: text.into(),
            lower_text,
            norm_text,
        }
    }
}

fn sign(text: &str) -> Option<SmolStr> {
    SIGNS.iter().find(|(form, _)| *form == text).map(|&(_, norm)| SmolStr::new_static(norm))
}

/// Letters as `X` or `x`, digits as `d`, all else as it is; of a run of the same at most four. `LONG` for a hundred
/// characters and more.
pub fn shape(text: &str) -> String {
    if text.len() >= 100 && text.chars().count() >= 100 {
        return "LONG".into();
    }
    let mut shape = String::with_capacity(text.len());
    let mut last = None;
    let mut run = 0;
    for c in text.chars() {
        let sign = match c {
            c if is_letter(c) && c.is_uppercase() => 'X',
            c if is_letter(c) => 'x',
            c if is_digit(c) => 'd',
            c => c,
        };
        run = if last == Some(sign) { run + 1 } else { 0 };
        last = Some(sign);
        if run < 4 {
            shape.push(sign);
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_keep_four_of_a_run() {
        for (text, wanted) in [
            ("Apple", "Xxxxx"),
            ("internationally", "xxxx"),
            ("C3PO", "XdXX"),
            ("12,345.67", "dd,ddd.dd"),
            ("l’été", "x’xxx"),
        ] {
            assert_eq!(shape(text), wanted);
        }
        assert_eq!(shape(&"é".repeat(100)), "LONG");
        assert_eq!(shape(&"é".repeat(99)), "xxxx");
    }

    #[test]
    fn norms_come_from_the_exception_then_the_table_then_the_signs() {
        let norms =
            HashMap::from([(string_id("cuz"), SmolStr::new("because")), (string_id("–"), "dash".into())]);
        assert_eq!(Lexeme::new("cuz", None, &norms).norm_text, "because");
        assert_eq!(Lexeme::new("ca", Some("can"), &norms).norm_text, "can");
        assert_eq!(Lexeme::new("–", None, &norms).norm_text, "dash");
        assert_eq!(Lexeme::new("€", None, &norms).norm_text, "$");
        assert_eq!(Lexeme::new("Dogs", None, &norms).norm_text, "dogs");
    }

    #[test]
    fn prefix_and_suffix_count_characters() {
        let lexeme = Lexeme::new("Ünïté", None, &HashMap::new());
        assert_eq!(lexeme.prefix, string_id("Ü"));
        assert_eq!(lexeme.suffix, string_id("ïté"));
        assert_eq!(Lexeme::new("ab", None, &HashMap::new()).suffix, string_id("ab"));
        assert!(Lexeme::new("\n\n", None, &HashMap::new()).is_space);
    }
}
