//! Plain text: the text stays as it is, and headline, date and publisher are read off it.
//!
//! - Header lines: if the text opens with lines `Title:`, `Date:`, `URL:`, `Publisher:`, `Author:` or `Language:` (any
//!   of them, nothing else) and an empty line, they are taken over. They remain part of the text.
//! - Headline: the first line after them, if it is short, does not end like a sentence, and is set off.
//! - Byline: a line `By Jane Doe`.
//! - Dateline: see [`Dateline`](super::Dateline); it gives the date, and the agency as publisher.

use super::{Article, Error, Origin, Settings, date, dateline, decode};

/// The article in the bytes of a plain text.
pub(crate) fn read(bytes: &[u8], origin: &Origin, settings: &Settings) -> Result<Article, Error> {
    let text =
        decode::decode(bytes, None).map_err(|found| Error::NotText { origin: origin.clone(), found })?;
    let mut article = Article { text, origin: origin.clone(), ..Article::default() };
    describe(&mut article, settings);
    article.not_empty()
}

/// Reads off the text what `article` does not yet say, then applies the defaults of `settings`.
pub(crate) fn describe(article: &mut Article, settings: &Settings) {
    let text = std::mem::take(&mut article.text);
    let body = header(&text, article);
    let lines = body_lines(&text, body).take(6).collect::<Vec<_>>();
    if article.title.is_none() {
        article.title = headline(&lines).map(str::to_owned);
    }
    if article.author.is_none() {
        article.author = lines.iter().find_map(|line| byline(line.text)).map(str::to_owned);
    }
    article.text = text;
    find_dateline(article, settings);
    article.fill(settings);
}

/// Finds the dateline among the first lines and takes over what it says.
pub(crate) fn find_dateline(article: &mut Article, settings: &Settings) {
    let known = article.published.as_ref().or(settings.published.as_ref());
    let reference = known.and_then(|iso| date::day_of(iso));
    let lines = body_lines(&article.text, 0).filter(|line| !line.text.is_empty()).take(6);
    let found = lines.into_iter().find_map(|line| dateline::find(line.text, line.start, reference));
    if let Some(found) = found {
        article.published = article.published.take().or_else(|| found.date.clone());
        article.publisher = article.publisher.take().or_else(|| found.agency.clone());
        article.dateline = Some(found);
    }
}

/// A line without the white space around it, and the byte it starts at.
#[derive(Clone, Copy)]
struct Line<'a> {
    start: usize,
    text: &'a str,
}

/// The lines of `text` from byte `from` on, without leading empty ones.
fn body_lines(text: &str, from: usize) -> impl Iterator<Item = Line<'_>> {
    let mut start = from;
    let lines = text.get(from..).unwrap_or_default().split_inclusive('\n').map(move |line| {
        let indent = line.len() - line.trim_start().len();
        let found = Line { start: start + indent.min(line.len()), text: line.trim() };
        start += line.len();
        found
    });
    lines.skip_while(|line| line.text.is_empty())
}

/// Takes over the header lines, and gives the byte that the rest starts at (0 if there are none).
fn header(text: &str, article: &mut Article) -> usize {
    let lines = body_lines(text, 0);
    let mut fields: Vec<(String, &str)> = Vec::new();
    for line in lines {
        if line.text.is_empty() {
            for (key, value) in &fields {
                set_field(article, key, value);
            }
            return if fields.is_empty() { 0 } else { line.start };
        }
        match line.text.split_once(':') {
            Some((key, value)) if is_field(key) => fields.push((key.to_lowercase(), value.trim())),
            _ => return 0,
        }
    }
    0
}

fn is_field(key: &str) -> bool {
    let known = ["title", "headline", "date", "published", "url", "publisher", "author", "language"];
    known.contains(&key.to_lowercase().as_str())
}

fn set_field(article: &mut Article, key: &str, value: &str) {
    let field = match key {
        "title" | "headline" => &mut article.title,
        "date" | "published" => &mut article.published,
        "url" => &mut article.url,
        "publisher" => &mut article.publisher,
        "author" => &mut article.author,
        _ => &mut article.language,
    };
    if field.is_none() && !value.is_empty() {
        *field = if matches!(key, "date" | "published") {
            date::parse_date(value)
        } else {
            Some(value.to_owned())
        };
    }
}

/// The first line, if it is a headline: short, no sentence, followed by an empty line or a much longer line.
fn headline<'a>(lines: &[Line<'a>]) -> Option<&'a str> {
    let (first, second) = (lines.first()?.text, lines.get(1)?.text);
    let title = first.trim_start_matches('#').trim_start();
    let length = title.chars().count();
    let sentence = title.ends_with(['.', ':', ';', ',', '…', '"', '”']);
    let followed = lines.iter().skip(1).any(|line| !line.text.is_empty());
    let set_off = second.is_empty() || second.chars().count() > 2 * length.max(60);
    let opens_report = byline(title).is_some() || dateline::find(first, 0, None).is_some();
    let fits = (1..=160).contains(&length) && title.split_whitespace().count() <= 25;
    (fits && !sentence && followed && set_off && !opens_report).then_some(title)
}

/// The name in a line `By Jane Doe`.
fn byline(line: &str) -> Option<&str> {
    let name = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY "))?.trim();
    let plausible =
        name.starts_with(char::is_uppercase) && !name.ends_with('.') && name.chars().count() <= 60;
    (plausible && name.split_whitespace().count() <= 8).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(text: &str) -> Article {
        let article = read(text.as_bytes(), &Origin::default(), &Settings::default()).unwrap();
        assert_eq!(article.text, text, "the text is unchanged");
        article
    }

    #[test]
    fn reads_headline_byline_and_dateline() {
        let text = "Two neighbours hold exercise\n\nBy Jane Doe\n\nBAKU, May 20, 2025 (Agency) — Iran and Azerbaijan \
                    held an exercise.\n\nIt ended on Monday.\n";
        let article = article(text);
        assert_eq!(article.title.as_deref(), Some("Two neighbours hold exercise"));
        assert_eq!(article.author.as_deref(), Some("Jane Doe"));
        assert_eq!(article.published.as_deref(), Some("2025-05-20"));
        assert_eq!(article.publisher.as_deref(), Some("Agency"));
        let dateline = article.dateline.unwrap();
        assert_eq!(dateline.span.of(text), "BAKU, May 20, 2025 (Agency) —");
        assert_eq!(dateline.place, "BAKU");
    }

    #[test]
    fn reads_header_lines_and_keeps_them_in_the_text() {
        let article = article(
            "Title: Talks resume\r\nDate: 20 May 2025\r\nURL: https://news.example/1\r\n\r\nTalks resumed.\r\n",
        );
        assert_eq!(article.title.as_deref(), Some("Talks resume"));
        assert_eq!(article.published.as_deref(), Some("2025-05-20"));
        assert_eq!(article.url.as_deref(), Some("https://news.example/1"));
    }

    #[test]
    fn takes_no_paragraph_for_a_headline() {
        for text in [
            "The ministers met on Monday.\n\nThey agreed.",
            "The dynamics of the region are changing again",
            "a hard-wrapped line of a text that\ngoes on in the next line of about\nthe same length",
            "BAKU (AP) — The ministers met\n\nThey agreed.",
            &"A very long opening that goes on and on ".repeat(9),
        ] {
            assert_eq!(article(text).title, None, "{text}");
        }
    }

    #[test]
    fn takes_a_short_line_over_a_long_paragraph_for_a_headline() {
        let text = format!("# Talks resume\n{}", "The ministers met again in the capital. ".repeat(5));
        assert_eq!(article(&text).title.as_deref(), Some("Talks resume"));
    }

    #[test]
    fn uses_the_given_date_for_a_dateline_without_year() {
        let settings = Settings { published: Some("2025-06-01".into()), ..Settings::default() };
        let article =
            read("BAKU, May 20 (AFP) - Iran met.".as_bytes(), &Origin::default(), &settings).unwrap();
        assert_eq!(article.published.as_deref(), Some("2025-05-20"));
        let article = read("Iran met.".as_bytes(), &Origin::default(), &settings).unwrap();
        assert_eq!(article.published.as_deref(), Some("2025-06-01"));
    }
}
