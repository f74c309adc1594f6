use std::path::Path;

/// The formats that articles are read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text, one article a file.
    Text,
    /// HTML, one article a file.
    Html,
    /// JSON Lines, an article a line; also one JSON object, or an array of them.
    JsonLines,
}

/// Endings of names, in lower case, and what they stand for. `.gz` may follow each.
const EXTENSIONS: [(&str, Format); 8] = [
    ("txt", Format::Text),
    ("text", Format::Text),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("xhtml", Format::Html),
    ("json", Format::JsonLines),
    ("jsonl", Format::JsonLines),
    ("ndjson", Format::JsonLines),
];

impl Format {
    /// The format that the name of a file tells.
    pub fn of_path(path: &Path) -> Option<Self> {
        let extension = |path: &Path| path.extension().map(|ext| ext.to_string_lossy().to_lowercase());
        let mut last = extension(path)?;
        if last == "gz" {
            last = extension(Path::new(path.file_stem()?))?;
        }
        EXTENSIONS.iter().find(|(name, _)| *name == last).map(|&(_, format)| format)
    }

    /// The format that the first characters of a text tell.
    pub(crate) fn of_content(head: &str) -> Self {
        let head = head.trim_start_matches('\u{FEFF}').trim_start();
        let inside = |open| head.strip_prefix(open).map(str::trim_start);
        let is_json = inside('{').is_some_and(|rest| rest.starts_with(['"', '}']))
            || inside('[').is_some_and(|rest| rest.starts_with(['{', ']']));
        if is_json {
            return Self::JsonLines;
        }
        let lower = head.chars().take(4096).collect::<String>().to_ascii_lowercase();
        let marks = ["<!doctype html", "<html", "<head", "<body", "<meta ", "<article"];
        let is_html = head.starts_with('<') && marks.iter().any(|mark| lower.contains(mark));
        if is_html { Self::Html } else { Self::Text }
    }

    /// The endings that are looked for in folders, for messages.
    pub(crate) fn extensions() -> String {
        let names = EXTENSIONS.map(|(name, _)| format!(".{name}"));
        format!("{} (or these with .gz)", names.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_format_by_the_name() {
        let cases = [
            ("a.txt", Some(Format::Text)),
            ("news/a.HTML", Some(Format::Html)),
            ("a.jsonl.gz", Some(Format::JsonLines)),
            ("a.gz", None),
            ("a", None),
            ("a.pdf", None),
        ];
        for (name, expected) in cases {
            assert_eq!(Format::of_path(Path::new(name)), expected, "{name}");
        }
    }

    #[test]
    fn tells_the_format_by_the_content() {
        let cases = [
            ("\u{FEFF}<!DOCTYPE html><html>", Format::Html),
            ("<!-- saved page -->\n<HTML lang=en>", Format::Html),
            ("{\"id\": 1}", Format::JsonLines),
            ("[\n {\"id\": 1}]", Format::JsonLines),
            ("[Baku] The ministers met", Format::Text),
            ("{sic} they said", Format::Text),
            ("<3 they said", Format::Text),
            ("The ministers met <b>again</b>", Format::Text),
            ("", Format::Text),
        ];
        for (head, expected) in cases {
            assert_eq!(Format::of_content(head), expected, "{head}");
        }
    }
}
