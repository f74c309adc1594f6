//! What a page says about its article outside its body: schema.org, OpenGraph, Dublin Core, Parse.ly and plain HTML.

use html5ever::tokenizer::Tag;

use super::{
    json_ld::{self, Described},
    tokens::{Event, attribute, is_void, squeeze, walk},
};
use crate::source::date::parse_date;

/// What was gathered in one pass over a page.
#[derive(Default)]
pub(super) struct Page {
    /// Names (lower case) and contents of `<meta>`, in their order.
    metas: Vec<(String, String)>,
    canonical: Option<String>,
    language: Option<String>,
    scripts: Vec<String>,
    title: String,
    heading: String,
    /// Texts of elements that are marked as the author.
    authors: Vec<String>,
    /// Values and texts of `<time>`.
    times: Vec<String>,
    /// Most elements within each other, roughly: tags that are commonly left open don't count.
    pub(super) depth: usize,
    /// What the schema.org metadata says.
    pub(super) described: Described,
}

/// An element whose text is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Title,
    Heading,
    Script,
    Author,
    Time,
}

/// Reads the metadata of a page.
pub(super) fn read(html: &str) -> Page {
    let mut page = Page::default();
    let mut open: Option<(Wanted, String, String)> = None;
    let mut depth = 0_usize;
    walk(html, |event| match event {
        Event::Open(tag) => {
            if nests(&tag.name) {
                depth += 1;
                page.depth = page.depth.max(depth);
            }
            page.take_tag(tag);
            if open.is_none() {
                open = page.wants(tag).map(|wanted| (wanted, tag.name.to_string(), String::new()));
            }
        }
        Event::Close(name) => {
            depth = depth.saturating_sub(usize::from(nests(name)));
            if let Some((wanted, _, text)) = open.take_if(|(_, opened, _)| opened == name) {
                page.take_text(wanted, text);
            }
        }
        Event::Text(text) => {
            if let Some((_, _, kept)) = &mut open {
                kept.push_str(text);
            }
        }
    });
    page.described = json_ld::describe(&page.scripts);
    page
}

/// Whether an element of this name lies within the one before it unless that was closed.
fn nests(name: &str) -> bool {
    !is_void(name)
        && !matches!(
            name,
            "p" | "li" | "dt" | "dd" | "td" | "th" | "tr" | "option" | "b" | "i" | "a" | "font"
        )
}

impl Page {
    fn take_tag(&mut self, tag: &Tag) {
        let value = |name| attribute(tag, name).map(str::to_owned);
        match &*tag.name {
            "html" => {
                self.language = self.language.take().or_else(|| value("lang")).or_else(|| value("xml:lang"));
            }
            "link" if attribute(tag, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                self.canonical = self.canonical.take().or_else(|| value("href"));
            }
            "meta" => {
                let name = ["property", "name", "itemprop", "http-equiv"]
                    .into_iter()
                    .find_map(|key| attribute(tag, key));
                if let (Some(name), Some(content)) = (name, value("content")) {
                    self.metas.push((name.to_lowercase(), content));
                }
            }
            "time" => self.times.extend(value("datetime")),
            _ => {}
        }
    }

    fn wants(&self, tag: &Tag) -> Option<Wanted> {
        let is =
            |name, wanted: &str| attribute(tag, name).is_some_and(|value| value.eq_ignore_ascii_case(wanted));
        match &*tag.name {
            "title" if self.title.is_empty() => Some(Wanted::Title),
            "h1" if self.heading.is_empty() => Some(Wanted::Heading),
            "script" if is("type", "application/ld+json") => Some(Wanted::Script),
            "a" | "span" | "div" | "p" if is("rel", "author") || is("itemprop", "author") => {
                Some(Wanted::Author)
            }
            "time" if attribute(tag, "datetime").is_none() => Some(Wanted::Time),
            _ => None,
        }
    }

    fn take_text(&mut self, wanted: Wanted, text: String) {
        match wanted {
            Wanted::Script => self.scripts.push(text),
            Wanted::Title => self.title = squeeze(&text),
            Wanted::Heading => self.heading = squeeze(&text),
            Wanted::Author => self.authors.push(squeeze(&text)),
            Wanted::Time => self.times.push(squeeze(&text)),
        }
    }

    /// The contents of the first of these `<meta>` names that has any.
    fn metas(&self, names: &[&str]) -> Vec<&str> {
        let of = |name: &str| {
            let found = self.metas.iter().filter(|(key, _)| key == name);
            found.map(|(_, content)| content.as_str()).collect::<Vec<_>>()
        };
        names.iter().map(|name| of(name)).find(|found| !found.is_empty()).unwrap_or_default()
    }

    fn meta(&self, names: &[&str]) -> Option<String> {
        self.metas(names).first().map(|content| squeeze(content)).filter(|content| !content.is_empty())
    }

    pub(super) fn title(&self) -> Option<String> {
        let described = self.described.headline.as_deref().map(squeeze);
        let named =
            || self.meta(&["og:title", "parsely-title", "dc.title", "dcterms.title", "twitter:title"]);
        let shown = || [&self.heading, &self.title].into_iter().find(|text| !text.is_empty()).cloned();
        described.or_else(named).or_else(shown)
    }

    pub(super) fn published(&self) -> Option<String> {
        let names = [
            "article:published_time",
            "og:article:published_time",
            "parsely-pub-date",
            "datepublished",
            "dcterms.issued",
            "dc.date.issued",
            "dcterms.created",
            "dcterms.date",
            "dc.date",
            "sailthru.date",
            "pubdate",
            "publish-date",
            "date",
        ];
        let described = self.described.published.iter().map(String::as_str);
        let metas = names.iter().flat_map(|name| self.metas(&[name]));
        let times = self.times.iter().map(String::as_str);
        described.chain(metas).chain(times).find_map(parse_date)
    }

    pub(super) fn author(&self) -> Option<String> {
        let names = [
            "parsely-author",
            "author",
            "article:author",
            "dc.creator",
            "dcterms.creator",
            "sailthru.author",
            "byl",
        ];
        let metas = names.iter().map(|name| self.metas(&[name]));
        let shown = self.authors.iter().map(String::as_str).take(1).collect();
        let found = metas.chain([shown]).map(|list| {
            let people = list.into_iter().filter(|name| !name.starts_with("http"));
            people.map(|name| name.trim_start_matches("By ")).collect::<Vec<_>>().join(", ")
        });
        self.described.author.clone().or_else(|| found.into_iter().find(|name| !name.is_empty()))
    }

    pub(super) fn publisher(&self) -> Option<String> {
        let names = ["og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name"];
        self.described.publisher.clone().or_else(|| self.meta(&names))
    }

    pub(super) fn language(&self) -> Option<String> {
        let named = || self.meta(&["content-language", "og:locale", "dc.language", "inlanguage"]);
        let found = self.language.clone().or_else(named).or_else(|| self.described.language.clone())?;
        let tag = found.replace('_', "-");
        let is_tag =
            tag.len() <= 35 && tag.split('-').all(|part| part.chars().all(|c| c.is_ascii_alphanumeric()));
        (is_tag && tag.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(tag)
    }

    pub(super) fn url(&self) -> Option<String> {
        let canonical = self.canonical.clone().filter(|url| url.starts_with("http"));
        let named = || self.meta(&["og:url", "parsely-link"]).filter(|url| url.starts_with("http"));
        canonical.or_else(named).or_else(|| self.described.url.clone())
    }
}
