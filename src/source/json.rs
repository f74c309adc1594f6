//! JSON Lines: one object a line with `id`, `text` and, where known, `title`, `published`, `url`, `publisher`, `author`,
//! `language`. Other fields are ignored. Also one such object, or an array of them, over several lines.

use std::{borrow::Cow, io::BufRead};

use serde::Deserialize;

use super::{
    Article, Error, Origin, Settings, date, decode,
    pieces::{Elements, Lines, Piece},
    plain,
};

/// The fields of an article. Numbers are taken as ids, and lists of names as authors.
#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow)]
    text: Option<Cow<'a, str>>,
    id: Option<Id>,
    title: Option<String>,
    published: Option<String>,
    url: Option<String>,
    publisher: Option<Names>,
    author: Option<Names>,
    language: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "`id` is neither a string nor a number")]
enum Id {
    Text(String),
    Number(serde_json::Number),
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "`author` or `publisher` is neither a string nor a list of strings")]
enum Names {
    One(String),
    Object { name: String },
    Many(Vec<Names>),
}

impl Names {
    fn join(self) -> String {
        match self {
            Self::One(name) | Self::Object { name } => name.trim().to_owned(),
            Self::Many(names) => {
                let names = names.into_iter().map(Self::join).filter(|name| !name.is_empty());
                names.collect::<Vec<_>>().join(", ")
            }
        }
    }
}

/// The article in the bytes of one JSON object.
///
/// # Errors
/// When it is no JSON object, has no `text`, or a field is of another type.
pub(crate) fn read(bytes: &[u8], origin: &Origin, settings: &Settings) -> Result<Article, Error> {
    let problem = |problem: String| Error::Json { origin: origin.clone(), problem };
    // Valid UTF-8 is taken as it is, also where it holds many odd characters.
    let text = match str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(
            decode::decode(bytes, None).map_err(|found| Error::NotText { origin: origin.clone(), found })?,
        ),
    };
    if !text.trim_start().starts_with('{') {
        return Err(problem("it does not begin with `{`".to_owned()));
    }
    let record: Record<'_> = serde_json::from_str(&text).map_err(|error| problem(explain(&error)))?;
    let filled = |value: Option<String>| value.filter(|value| !value.trim().is_empty());
    let mut article = Article {
        text: record.text.ok_or_else(|| problem("it has no `text`".to_owned()))?.into_owned(),
        id: filled(record.id.map(|id| match id {
            Id::Text(id) => id,
            Id::Number(id) => id.to_string(),
        })),
        url: filled(record.url),
        title: filled(record.title),
        published: record.published.and_then(|date| date::parse_date(&date)),
        publisher: filled(record.publisher.map(Names::join)),
        author: filled(record.author.map(Names::join)),
        language: filled(record.language),
        dateline: None,
        origin: origin.clone(),
    };
    plain::describe(&mut article, settings);
    article.not_empty()
}

/// The message of `serde_json` with the column alone: the line is that of the file.
pub(crate) fn explain(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    match error.line() {
        0 => message.to_owned(),
        1 => format!("{message} at column {}", error.column()),
        line => format!("{message} at column {}, {} lines on", error.column(), line - 1),
    }
}

/// The articles of a JSON Lines input, one after the other. Empty lines are left out.
pub(crate) fn lines<R: BufRead>(
    input: R,
    origin: Origin,
    settings: Settings,
) -> impl Iterator<Item = Result<Article, Error>> {
    articles(Lines::new(input, settings.max_size), origin, settings)
}

/// The articles of objects that follow each other or stand in an array.
pub(crate) fn elements<R: BufRead>(
    input: R,
    origin: Origin,
    settings: Settings,
) -> impl Iterator<Item = Result<Article, Error>> {
    articles(Elements::new(input, settings.max_size), origin, settings)
}

fn articles(
    pieces: impl Iterator<Item = std::io::Result<Piece>>,
    origin: Origin,
    settings: Settings,
) -> impl Iterator<Item = Result<Article, Error>> {
    pieces.map(move |piece| match piece {
        Ok(Piece { line, bytes: Some(bytes) }) => read(&bytes, &origin.at_line(line), &settings),
        Ok(Piece { line, bytes: None }) => {
            Err(Error::TooLarge { origin: origin.at_line(line), limit: settings.max_size })
        }
        Err(source) => Err(Error::Read { origin: origin.clone(), source }),
    })
}

/// Whether JSON that begins with `head` has an object on each line, rather than one spread over several.
pub(crate) fn is_lines(head: &str) -> bool {
    let head = head.trim_start();
    match head.split_once('\n') {
        Some((first, _)) => head.starts_with('{') && first.trim_end().ends_with('}'),
        None => head.starts_with('{'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(line: &str) -> Result<Article, Error> {
        read(line.as_bytes(), &Origin::default().at_line(3), &Settings::default())
    }

    #[test]
    fn reads_every_field_and_ignores_others() {
        let article = one(
            r#"{"id": "a1", "text": "Caf\u00e9 talks.\nThey met.", "title": "Talks", "published": "May 20, 2025",
            "url": "https://news.example/1", "publisher": {"name": "The Example"}, "author": ["Jane Doe", {"name": "R. Roe"}],
            "language": "en", "score": 0.5}"#,
        )
        .unwrap();
        assert_eq!(article.text, "Café talks.\nThey met.");
        assert_eq!(article.id.as_deref(), Some("a1"));
        assert_eq!(article.published.as_deref(), Some("2025-05-20"));
        assert_eq!(article.publisher.as_deref(), Some("The Example"));
        assert_eq!(article.author.as_deref(), Some("Jane Doe, R. Roe"));
        assert_eq!(article.language.as_deref(), Some("en"));
        assert_eq!(article.url.as_deref(), Some("https://news.example/1"));
    }

    #[test]
    fn takes_null_and_empty_for_unknown_and_numbers_for_ids() {
        let article =
            one(r#"{"id": 17, "text": "They met.", "title": null, "author": [], "url": ""}"#).unwrap();
        assert_eq!(article.id.as_deref(), Some("17"));
        assert_eq!((article.title, article.author, article.url), (None, None, None));
    }

    #[test]
    fn says_what_is_wrong_with_a_line() {
        let cases = [
            (
                r#"{"text": "They met""#,
                "standard input, line 3 is not an article in JSON: EOF while parsing an object at column 19",
            ),
            (r#"{"id": 1}"#, "it has no `text`"),
            (r#"["They met."]"#, "it does not begin with `{`"),
            (r#"{"text": 5}"#, "invalid type: integer `5`, expected a string at column 10"),
            (
                r#"{"text": "a", "author": 5}"#,
                "`author` or `publisher` is neither a string nor a list of strings",
            ),
            (r#"{"text": " \n"}"#, "standard input, line 3 is empty"),
        ];
        for (line, expected) in cases {
            let message = one(line).unwrap_err().to_string();
            assert!(message.contains(expected), "{line}: {message}");
        }
    }

    #[test]
    fn goes_on_after_a_bad_line_and_a_long_one() {
        let input = format!(
            "{{\"text\": \"One.\"}}\n\nnonsense\n{{\"text\": \"{}\"}}\r\n{{\"text\": \"Two.\"}}",
            "x".repeat(500)
        );
        let settings = Settings { max_size: 100, ..Settings::default() };
        let all = lines(input.as_bytes(), Origin::default(), settings).collect::<Vec<_>>();
        assert_eq!(all.len(), 4);
        assert_eq!(all[0].as_ref().unwrap().origin.line, Some(1));
        assert!(matches!(&all[1], Err(Error::Json { origin, .. }) if origin.line == Some(3)));
        assert!(matches!(&all[2], Err(Error::TooLarge { origin, limit: 100 }) if origin.line == Some(4)));
        assert_eq!(all[3].as_ref().unwrap().origin.line, Some(5));
    }
}
