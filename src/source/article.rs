use std::{
    fmt,
    path::{Path, PathBuf},
};

use crate::text::Span;

/// A news article: its text, unchanged, and what is known about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// The text that every offset refers to. Never altered after reading.
    pub text: String,
    /// The identifier its source gave it (the `id` of a JSON line), if any.
    pub id: Option<String>,
    /// Canonical address.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// When it was published: an ISO 8601 date, or date and time.
    pub published: Option<String>,
    /// Name of the newspaper, agency or site.
    pub publisher: Option<String>,
    /// Names of the authors, as they are given, separated by commas.
    pub author: Option<String>,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// The dateline that opens the text, if there is one.
    pub dateline: Option<Dateline>,
    /// Where it was read.
    pub origin: Origin,
}

impl Article {
    /// Where a sentence starts whatever stands before: byte offsets, ascending, after the dateline, after a headline that
    /// opens the text, and after each blank line.
    pub fn breaks(&self) -> Vec<usize> {
        let dateline = self.dateline.iter().flat_map(|found| [found.span.start, found.span.end]);
        let headline = self.title.as_deref().filter(|title| self.text.trim_start().starts_with(title));
        let indent = self.text.len() - self.text.trim_start().len();
        let mut breaks: Vec<usize> = dateline.map(|at| at as usize).collect();
        breaks.extend(headline.map(|title| indent + title.len()));
        let (mut at, mut after_blank) = (0, false);
        for line in self.text.split_inclusive('\n') {
            let is_blank = line.trim().is_empty();
            if after_blank && !is_blank {
                breaks.push(at);
            }
            after_blank = is_blank;
            at += line.len();
        }
        breaks.sort_unstable();
        breaks.dedup();
        breaks
    }
}

/// The opening `BAKU, May 20 (Agency) —` of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// Where it stands in the text, from the place to the dash.
    pub span: Span,
    /// The place, as it is written: `BAKU`, `KYIV, Ukraine`.
    pub place: String,
    /// The agency in parentheses.
    pub agency: Option<String>,
    /// The day, as an ISO 8601 date, where its year is written or can be told from the article's date.
    pub date: Option<String>,
}

/// Where an article was read: a file or standard input, and the line in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The file; `None` for standard input.
    pub path: Option<PathBuf>,
    /// The line that the article starts on, counted from 1, in a file of several articles.
    pub line: Option<u64>,
}

impl Origin {
    /// The file at `path`, or standard input.
    pub fn new(path: Option<&Path>) -> Self {
        Self { path: path.map(Path::to_path_buf), line: None }
    }

    /// The same with a line, counted from 1.
    #[must_use]
    pub fn at_line(&self, line: u64) -> Self {
        Self { line: Some(line), ..self.clone() }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "`{}`", path.display())?,
            None => f.write_str("standard input")?,
        }
        match self.line {
            Some(line) => write!(f, ", line {line}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_start_after_headline_dateline_and_blank_lines() {
        let text = "Talks end\nGENEVA, Oct. 3 (AP) — They ended.\n \nNobody spoke.";
        let start = text.find("GENEVA").unwrap();
        let end = text.find(" They").unwrap();
        let article = Article {
            text: text.to_owned(),
            title: Some("Talks end".to_owned()),
            dateline: Some(Dateline {
                span: Span::new(start, end),
                place: "GENEVA".to_owned(),
                agency: None,
                date: None,
            }),
            ..Article::default()
        };
        assert_eq!(article.breaks(), ["Talks end".len(), start, end, text.find("Nobody").unwrap()]);
        assert!(Article { text: "One line.\nAnother.".to_owned(), ..Article::default() }.breaks().is_empty());
    }
}
