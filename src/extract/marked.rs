//! Documents for tests, written as text with the recogniser's spans marked: `[PERSON Ilham Aliyev] met [ORG NATO]`.

use super::NameType;
use crate::nlp::{Doc, DocBuilder, NewToken, Pos};
use crate::text::{Marked, Span, TokenId, TokenSpan};

/// The text without marks, and the marked spans with their labels.
pub(super) fn unmarked(marked: &str) -> (String, Vec<(Span, NameType)>) {
    let Marked { text, marks } = Marked::parse(marked, ' ').unwrap();
    let typed = |(label, span): (String, Span)| (span, NameType::from_label(&label).unwrap());
    (text, marks.into_iter().map(typed).collect())
}

/// A document of the marked text, with a sentence for each full stop, question or exclamation mark at the end of a word. Capitalised words
/// are proper nouns, others nouns; a small list of function words and verbs has the right parts of speech.
pub(super) fn doc(marked: &str) -> Doc {
    let (text, spans) = unmarked(marked);
    let mut builder = DocBuilder::default();
    let (mut tokens, mut first) = (Vec::new(), 0);
    for span in words(&text) {
        let word = span.of(&text);
        let pos = part_of_speech(word);
        let tag = match word {
            "'s" | "’s" => "POS",
            _ if pos == Pos::Propn => "NNP",
            _ => "",
        };
        // Each sentence hangs from its first token.
        builder.token(NewToken { span, pos, tag, head: TokenId::from(first), ..NewToken::default() });
        tokens.push(span);
        if matches!(word, "." | "?" | "!") {
            builder.sentence(TokenSpan::new(first, tokens.len()));
            first = tokens.len();
        }
    }
    if first < tokens.len() {
        builder.sentence(TokenSpan::new(first, tokens.len()));
    }
    for (span, name_type) in spans {
        let start = tokens.partition_point(|t| t.end <= span.start);
        let end = tokens.partition_point(|t| t.start < span.end);
        builder.entity(TokenSpan::new(start, end), name_type.label());
    }
    builder.build(&text).unwrap()
}

/// Words and marks of punctuation. Hyphens are tokens but in `U.S.-led`, as the tokenizer of the pipeline has it.
fn words(text: &str) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let rest = text.get(end..).unwrap_or("");
        let after_capital = text.get(..at).is_some_and(|t| t.ends_with(|c: char| c.is_uppercase()));
        let before_letter = rest.starts_with(|c: char| c.is_alphanumeric() || c == '-');
        let inside_dot = c == '.' && (before_letter || after_capital);
        let inside_dash = c == '-' && text.get(..at).is_some_and(|t| t.ends_with('.'));
        let possessive = matches!(c, '\'' | '’') && rest.starts_with('s');
        let letter = c.is_alphanumeric() || inside_dot || inside_dash;
        if open && letter {
            spans.last_mut().unwrap().end = end as u32;
        } else if c == '\n' || !c.is_whitespace() {
            spans.push(Span::new(at, end));
        }
        open = letter || possessive;
    }
    spans
}

fn part_of_speech(word: &str) -> Pos {
    match word.to_lowercase().as_str() {
        "the" | "a" | "this" | "no" => Pos::Det,
        "of" | "in" | "at" | "for" | "with" | "on" | "by" | "from" | "to" => Pos::Adp,
        "and" | "or" => Pos::Cconj,
        "said" | "met" | "told" | "is" | "was" | "has" => Pos::Verb,
        "\n" => Pos::Space,
        "'s" | "’s" => Pos::Part,
        _ if word.starts_with(char::is_uppercase) => Pos::Propn,
        _ if word.starts_with(char::is_numeric) => Pos::Num,
        _ if word.starts_with(char::is_alphabetic) => Pos::Noun,
        _ => Pos::Punct,
    }
}

/// The names found in a marked text, as `TYPE name`.
pub(super) fn found(marked: &str) -> Vec<String> {
    let doc = doc(marked);
    let names = super::names(&doc, crate::kb::Kb::builtin());
    names.names.iter().map(|n| format!("{} {}", n.name_type.label(), n.span.of(doc.text()))).collect()
}
