use std::{
    io::{self, IsTerminal},
    path::PathBuf,
};

use anyhow::bail;
use clap::{Args, ValueEnum};
use tidings::source::{self, Articles, Format, Input, Settings};

/// What to read, for every subcommand that takes articles.
#[derive(Args)]
#[command(next_help_heading = "Input")]
pub(crate) struct InputArgs {
    /// Files, folders, quoted patterns like 'news/**/*.html', or `-` for standard input
    ///
    /// Folders are read with all folders below them: files that end in .txt, .text, .html, .htm, .xhtml, .json, .jsonl,
    /// .ndjson, or these with .gz; hidden files are left out. A file that is named is read whatever its name.
    /// Without any, standard input is read unless it is a terminal.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Format of the input; told by the name and the content unless given
    #[arg(long, value_name = "FORMAT", default_value = "auto", hide_possible_values = false)]
    input_format: InputFormat,

    /// Skip articles that are larger: bytes, or a number with kB, MB, GB
    ///
    /// The limit is for a text or HTML file, and for a line of JSON Lines, after decompression.
    #[arg(long, value_name = "SIZE", default_value = "10MB", value_parser = parse_size)]
    max_size: u64,

    /// Date of publication of articles that don't say, like 2025-05-20
    ///
    /// It also tells the year of datelines that have none.
    #[arg(long, value_name = "DATE", value_parser = parse_published)]
    published: Option<String>,

    /// Language of articles that don't say, like en or pt-BR
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
}

/// The values of `--input-format`.
#[derive(Clone, Copy, ValueEnum)]
enum InputFormat {
    /// By the name and the content
    Auto,
    /// Plain text: an article a file
    Text,
    /// HTML: an article a file
    Html,
    /// JSON Lines: an article a line
    Jsonl,
}

impl InputArgs {
    /// Most bytes of an article.
    pub(crate) fn max_size(&self) -> u64 {
        self.max_size
    }

    /// Whether no path is given, so that standard input would be read.
    pub(crate) fn names_nothing(&self) -> bool {
        self.paths.is_empty()
    }

    /// What is named, as it was given.
    pub(crate) fn names(&self) -> &[PathBuf] {
        &self.paths
    }

    /// The articles, one after the other. What cannot be read is an error in its place; the next ones follow.
    ///
    /// # Errors
    /// When no path is given and standard input is a terminal.
    pub(crate) fn articles(self) -> anyhow::Result<Articles> {
        let mut inputs = self.paths.iter().map(|path| Input::new(path)).collect::<Vec<_>>();
        if inputs.is_empty() {
            if io::stdin().is_terminal() {
                bail!(
                    "nothing to read: name files, folders or patterns, or pipe an article into standard input"
                );
            }
            inputs.push(Input::Stdin);
        }
        let format = match self.input_format {
            InputFormat::Auto => None,
            InputFormat::Text => Some(Format::Text),
            InputFormat::Html => Some(Format::Html),
            InputFormat::Jsonl => Some(Format::JsonLines),
        };
        let Self { max_size, published, language, .. } = self;
        Ok(Articles::new(inputs, Settings { format, max_size, published, language }))
    }
}

/// Bytes from `4096`, `500kB`, `10MB`, `1.5 GB` (powers of ten, as in the limit's default).
fn parse_size(text: &str) -> Result<u64, String> {
    let text = text.trim();
    let digits = text.trim_end_matches(|c: char| c.is_alphabetic() || c == ' ');
    let unit = text.strip_prefix(digits).unwrap_or_default().trim().to_lowercase();
    let factor = match unit.as_str() {
        "" | "b" => 1.0,
        "k" | "kb" => 1e3,
        "m" | "mb" => 1e6,
        "g" | "gb" => 1e9,
        _ => return Err(format!("`{unit}` is no unit of size; use kB, MB or GB")),
    };
    match digits.parse::<f64>() {
        Ok(number) if number > 0.0 && number.is_finite() =>
        {
            #[expect(clippy::cast_sign_loss, reason = "the number is positive")]
            Ok((number * factor) as u64)
        }
        _ => Err("not a size; write it like 10MB".to_owned()),
    }
}

fn parse_published(text: &str) -> Result<String, String> {
    source::parse_date(text).ok_or_else(|| "not a date; write it like 2025-05-20".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_sizes_with_and_without_unit() {
        assert_eq!(parse_size("4096"), Ok(4096));
        assert_eq!(parse_size("10MB"), Ok(10_000_000));
        assert_eq!(parse_size("1.5 gb"), Ok(1_500_000_000));
        for wrong in ["", "MB", "-1", "10 apples", "1e999"] {
            assert!(parse_size(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn keeps_dates_in_iso_form_and_refuses_others() {
        assert_eq!(parse_published("May 20, 2025").as_deref(), Ok("2025-05-20"));
        assert!(parse_published("tomorrow").is_err());
    }
}
