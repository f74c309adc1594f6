//! A page as a sequence of tags and texts, without building a tree.

use std::cell::RefCell;

use html5ever::{
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
        states::RawKind::{Rawtext, Rcdata, ScriptData},
    },
};

/// A tag or a text, entities decoded.
pub(super) enum Event<'a> {
    Open(&'a Tag),
    Close(&'a str),
    Text(&'a str),
}

/// Calls `each` with the tags and texts of `html` in their order.
pub(super) fn walk(html: &str, each: impl FnMut(Event<'_>)) {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let tokenizer = Tokenizer::new(Sink { each: RefCell::new(each) }, TokenizerOpts::default());
    // The sink never asks the tokenizer to stop, so that one call reads everything.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
}

/// The value of an attribute, without the white space around it; `None` if it is missing or empty.
pub(super) fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    let found = tag.attrs.iter().find(|attribute| &*attribute.name.local == name)?;
    Some(found.value.trim()).filter(|value| !value.is_empty())
}

/// Whether elements of this name have no content and no end tag.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Text with every run of white space as one space, and without invisible characters.
pub(super) fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let visible = text.chars().filter(|c| !matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}'));
    for c in visible {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

struct Sink<F> {
    each: RefCell<F>,
}

impl<F: FnMut(Event<'_>)> TokenSink for Sink<F> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut each = self.each.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                each(Event::Open(&tag));
                // Their content has no tags, which a tokenizer by itself does not know.
                return match &*tag.name {
                    "script" => TokenSinkResult::RawData(ScriptData),
                    "title" | "textarea" => TokenSinkResult::RawData(Rcdata),
                    "style" | "xmp" | "iframe" | "noembed" | "noframes" => TokenSinkResult::RawData(Rawtext),
                    _ => TokenSinkResult::Continue,
                };
            }
            Token::TagToken(tag) => each(Event::Close(&tag.name)),
            Token::CharacterTokens(text) => each(Event::Text(&text)),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}
