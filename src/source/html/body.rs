//! From the content that the readability library found to paragraphs, without what it leaves in: captions, embedded
//! posts, offers, lines that only name the author or the time.

use std::collections::BTreeSet;

use html5ever::tokenizer::Tag;

use super::tokens::{Event, attribute, is_void, squeeze, walk};
use crate::source::date::parse_date;

/// The paragraphs of `content`, headings and list items among them. `title` and `author` are those of the article.
pub(super) fn paragraphs(content: &str, title: Option<&str>, author: Option<&str>) -> Vec<String> {
    let mut reader = Reader::default();
    walk(content, |event| reader.take(&event));
    reader.flush();
    let mut found = reader.found;
    let words = |doubtful| -> usize {
        found.iter().filter(|p| p.doubtful == doubtful).map(|p| p.text.split_whitespace().count()).sum()
    };
    // A class like `story-with-comments` may stand on the whole body.
    if words(true) <= words(false) {
        found.retain(|paragraph| !paragraph.doubtful);
    }
    let texts = found.into_iter().map(|paragraph| paragraph.text).filter(|text| !is_notice(text));
    let texts = texts.filter(|text| title.is_none_or(|title| text != title));
    let wanted = texts.enumerate().filter(|(at, text)| *at >= 4 || !is_credit(text, author));
    wanted.map(|(_, text)| text).collect()
}

/// Words that stand where an advertisement or a film was.
fn is_notice(text: &str) -> bool {
    let known = [
        "advertisement",
        "advertising",
        "publicité",
        "anzeige",
        "werbung",
        "publicidad",
        "publicidade",
        "реклама",
    ];
    let lower = text.to_lowercase();
    known.contains(&lower.trim_end_matches([':', '.'])) || lower.contains("enable javascript")
}

/// `By Jane Doe`, `Published on 20 May 2025 by Jane Doe`, `20 May 2025`.
fn is_credit(text: &str, author: Option<&str>) -> bool {
    let words = text.split_whitespace().count();
    let ends = text.ends_with(['.', '!', '?', '”', '"']);
    let names_author = author.is_some_and(|author| author.split(", ").any(|name| text.contains(name)));
    words <= 14 && !ends && (names_author || (words <= 8 && parse_date(text).is_some()))
}

struct Paragraph {
    text: String,
    /// Lies in an element that by its name is no part of the article.
    doubtful: bool,
}

#[derive(Default)]
struct Reader {
    found: Vec<Paragraph>,
    text: String,
    /// Letters and digits of the paragraph outside links and times, and within.
    bare: usize,
    slight: usize,
    /// Open elements, innermost last.
    open: Vec<Open>,
}

struct Open {
    name: String,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Text counts.
    Plain,
    /// No part of the article whatever it holds.
    Dropped,
    /// Probably no part of it.
    Doubtful,
    /// A link or a time, which do not make a paragraph by themselves.
    Slight,
}

impl Reader {
    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Open(tag) => {
                if !is_inline(&tag.name) {
                    self.flush();
                }
                if &*tag.name == "br" {
                    self.text.push(' ');
                }
                if !is_void(&tag.name) && !tag.self_closing {
                    self.open.push(Open { name: tag.name.to_string(), kind: kind(tag) });
                }
            }
            Event::Close(name) => {
                if !is_inline(name) {
                    self.flush();
                }
                if let Some(at) = self.open.iter().rposition(|open| open.name == *name) {
                    self.open.truncate(at);
                }
            }
            Event::Text(text) => {
                if !self.is_in(Kind::Dropped) {
                    self.text.push_str(text);
                    let count = text.chars().filter(|c| c.is_alphanumeric()).count();
                    *if self.is_in(Kind::Slight) { &mut self.slight } else { &mut self.bare } += count;
                }
            }
        }
    }

    fn is_in(&self, kind: Kind) -> bool {
        self.open.iter().any(|open| open.kind == kind)
    }

    /// Ends the paragraph under way. One that is mostly links is kept only if it ends like a sentence.
    fn flush(&mut self) {
        let text = squeeze(&self.text);
        self.text.clear();
        let (bare, slight) = (std::mem::take(&mut self.bare), std::mem::take(&mut self.slight));
        if bare > slight || (bare > 0 && text.ends_with(['.', '!', '?', '”', '"', '»'])) {
            self.found.push(Paragraph { text, doubtful: self.is_in(Kind::Doubtful) });
        }
    }
}

fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "br"
            | "cite"
            | "code"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "script"
            | "style"
    )
}

fn kind(tag: &Tag) -> Kind {
    match &*tag.name {
        "script" | "style" | "noscript" | "template" | "figcaption" | "caption" | "button" | "form"
        | "select" | "option" | "textarea" | "iframe" | "object" | "video" | "audio" | "svg" | "canvas"
        | "nav" | "title" => Kind::Dropped,
        "aside" | "footer" => Kind::Doubtful,
        "a" | "time" => Kind::Slight,
        _ if is_foreign(tag) => Kind::Doubtful,
        _ => Kind::Plain,
    }
}

/// Parts of class names and ids of what news sites put into and around the body.
const FOREIGN: [&str; 34] = [
    "ad",
    "ads",
    "advert",
    "advertisement",
    "banner",
    "bio",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "caption",
    "comment",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "disclaimer",
    "newsletter",
    "outbrain",
    "paywall",
    "player",
    "promo",
    "pullquote",
    "recirculation",
    "recommended",
    "related",
    "share",
    "sharing",
    "signup",
    "subscribe",
    "subscription",
    "taboola",
    "tags",
    "teaser",
    "tweet",
];

fn is_foreign(tag: &Tag) -> bool {
    let names =
        ["class", "id"].into_iter().filter_map(|name| attribute(tag, name)).collect::<Vec<_>>().join(" ");
    let parts = names.split(|c: char| !c.is_ascii_alphabetic()).map(str::to_ascii_lowercase);
    parts.collect::<BTreeSet<_>>().iter().any(|part| FOREIGN.binary_search(&part.as_str()).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_a_paragraph_of_each_block() {
        let found = paragraphs(
            "<div><h2>What &amp; why</h2><p>One<br>line&nbsp;of <b>te</b>xt.</p>Loose.<ul><li>First</li><li>Second</li></ul></div>",
            None,
            None,
        );
        assert_eq!(found, ["What & why", "One line of text.", "Loose.", "First", "Second"]);
    }

    #[test]
    fn leaves_out_captions_links_by_themselves_and_credits() {
        let found = paragraphs(
            "<h1>Talks</h1><p>By <a href='/j'>Jane Doe</a></p><time>20 May</time><figure><figcaption>A photo</figcaption></figure>\
             <p>They met <a href='/b'>in Baku</a>.</p><p><a href='/x'>Read more</a></p><div class='newsletter-box'>Sign up</div>\
             <p>Advertisement</p>",
            Some("Talks"),
            Some("Jane Doe"),
        );
        assert_eq!(found, ["They met in Baku."]);
    }

    #[test]
    fn keeps_a_body_whose_own_class_is_suspicious() {
        let found =
            paragraphs("<div class='article with-comments'><p>They met in Baku.</p></div>", None, None);
        assert_eq!(found, ["They met in Baku."]);
    }

    #[test]
    fn keeps_its_list_of_names_sorted() {
        assert!(FOREIGN.is_sorted());
    }
}
