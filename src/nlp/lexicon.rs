use std::collections::HashMap;

use smol_str::SmolStr;

use super::{model::TokenAttr, strings::string_id};

/// The keys that a token's embedding depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lexeme {
    /// The form.
    pub(crate) form: u64,
    lower: u64,
    norm: u64,
    prefix: u64,
    suffix: u64,
    shape: u64,
    space_after: bool,
    /// Whether it is white space.
    pub(crate) is_space: bool,
}

impl Lexeme {
    fn new(form: &str, norm: &str, space_after: bool) -> Self {
        let after_first = form.char_indices().nth(1).map_or(form.len(), |(at, _)| at);
        let last_three = form.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
        let part = |range| string_id(form.get(range).expect("cut between characters"));
        Self {
            form: string_id(form),
            lower: string_id(&form.to_lowercase()),
            norm: string_id(norm),
            prefix: part(0..after_first),
            suffix: part(last_three..form.len()),
            shape: string_id(&shape(form)),
            space_after,
            is_space: is_space(form),
        }
    }

    /// The key of an embedding table for this attribute.
    pub(crate) fn key(&self, attr: TokenAttr) -> u64 {
        match attr {
            TokenAttr::Orth => self.form,
            TokenAttr::Lower => self.lower,
            TokenAttr::Norm => self.norm,
            TokenAttr::Prefix => self.prefix,
            TokenAttr::Suffix => self.suffix,
            TokenAttr::Shape => self.shape,
            TokenAttr::Spacy => self.space_after.into(),
            TokenAttr::IsSpace => self.is_space.into(),
        }
    }
}

/// The distinct tokens that one worker has met, numbered in the order in which it met them.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    numbers: HashMap<(SmolStr, SmolStr, bool), u32>,
    lexemes: Vec<Lexeme>,
}

impl Lexicon {
    /// The number of the lexeme with this form and norm, followed by a space or not.
    pub(crate) fn number(&mut self, form: &str, norm: &SmolStr, space_after: bool) -> u32 {
        let lexemes = &mut self.lexemes;
        *self.numbers.entry((form.into(), norm.clone(), space_after)).or_insert_with(|| {
            lexemes.push(Lexeme::new(form, norm, space_after));
            (lexemes.len() - 1) as u32
        })
    }

    /// All lexemes, by number.
    pub(crate) fn lexemes(&self) -> &[Lexeme] {
        &self.lexemes
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.lexemes.len()
    }

    /// Forgets all of them.
    pub(crate) fn clear(&mut self) {
        self.numbers.clear();
        self.lexemes.clear();
    }
}

/// Whether a form is white space as Python sees it: the information separators are.
fn is_space(form: &str) -> bool {
    !form.is_empty() && form.chars().all(|c| c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}'))
}

/// The shape of a form: `Xxxxx` for letters, `dd` for digits, others as they are; no more than four alike in a row.
fn shape(form: &str) -> String {
    if form.chars().nth(99).is_some() {
        return "LONG".into();
    }
    let mut shape = String::new();
    let (mut last, mut alike) = (None, 0);
    for c in form.chars() {
        let class = match c {
            _ if c.is_alphabetic() && c.is_uppercase() => 'X',
            _ if c.is_alphabetic() => 'x',
            _ if is_digit(c) => 'd',
            _ => c,
        };
        alike = if last == Some(class) { alike + 1 } else { 0 };
        last = Some(class);
        if alike < 4 {
            shape.push(class);
        }
    }
    shape
}

/// Whether a character stands for one digit: `5` and `²`, not `½` or `Ⅷ`.
fn is_digit(c: char) -> bool {
    c.is_numeric()
        && !matches!(c, '¼'..='¾' | '\u{2150}'..='\u{218b}' | '\u{2469}'..='\u{2473}' | '\u{3007}' | '\u{3021}'..='\u{3029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_stand_for_classes_of_characters() {
        for (form, expected) in [
            ("Tehran", "Xxxxx"),
            ("F-16s", "X-ddx"),
            ("2,000,000", "d,ddd,ddd"),
            ("été", "xxx"),
            ("m²", "xd"),
            ("----––", "----––"),
        ] {
            assert_eq!(shape(form), expected, "{form}");
        }
        assert_eq!(shape(&"a".repeat(100)), "LONG");
    }

    #[test]
    fn affixes_are_cut_between_characters() {
        let lexeme = Lexeme::new("Élysée", "élysée", true);
        assert_eq!(lexeme.key(TokenAttr::Prefix), string_id("É"));
        assert_eq!(lexeme.key(TokenAttr::Suffix), string_id("sée"));
        assert_eq!(lexeme.key(TokenAttr::Spacy), 1);
        assert_eq!(Lexeme::new("à", "à", false).key(TokenAttr::Suffix), string_id("à"));
    }

    #[test]
    fn a_lexeme_is_numbered_once() {
        let mut lexicon = Lexicon::default();
        let norm = SmolStr::from("the");
        let first = lexicon.number("The", &norm, true);
        assert_eq!(lexicon.number("The", &norm, false), first + 1);
        assert_eq!(lexicon.number("The", &norm, true), first);
        assert_eq!(lexicon.len(), 2);
    }
}
