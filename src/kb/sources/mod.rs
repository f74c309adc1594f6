//! What knowledge bases are made from, one format a file.
//!
//! To add a format: a file with a function that reads it, a variant of [`Format`], and its name in [`Format::detect`].

mod classes;
mod csv;
mod geonames;
mod input;
mod lines;
mod ntriples;
mod rdf;
mod table;
mod triples;
mod wikidata;

use std::io::{self, BufRead};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use oxigraph::io::{RdfFormat, RdfSyntaxError};

use super::{Amendments, Builder, Error, Row, curate};

/// The format of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Tab-separated table of entities with a header.
    Table,
    /// Comma-separated table with a header.
    Csv,
    /// JSON dump of Wikidata, one item in a line.
    WikidataJson,
    /// N-Triples, or Turtle with one triple in a line, such as the truthy dump of Wikidata and the dumps of `DBpedia`.
    NTriples,
    /// Table of places of `GeoNames`: `allCountries.txt`, `cities500.txt`.
    GeoNames,
    /// Table of names of `GeoNames`: `alternateNamesV2.txt`.
    GeoNamesNames,
    /// Another RDF syntax.
    Rdf(RdfFormat),
}

/// How sources are read.
#[derive(Clone, Debug)]
pub struct Options {
    /// Languages of names and descriptions, the best first.
    pub languages: Vec<String>,
    /// Wikidata classes whose instances are kept; all when it is empty. For the JSON dump.
    pub classes: Vec<u32>,
    /// Fewest sitelinks of a Wikidata item. For the JSON dump.
    pub min_sitelinks: u32,
    /// Whether to go on after a line that can't be understood.
    pub skip_errors: bool,
    /// Threads that read lines.
    pub threads: NonZeroUsize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            languages: vec!["en".to_owned()],
            classes: Vec::new(),
            min_sitelinks: 0,
            skip_errors: false,
            threads: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
        }
    }
}

impl Options {
    /// The rank of a language, the best is 0. Texts without language count as the best.
    fn language(&self, language: Option<&str>) -> Option<usize> {
        match language {
            None | Some("" | "mul") => Some(0),
            Some(language) => self.languages.iter().position(|known| known.eq_ignore_ascii_case(language)),
        }
    }

    /// Whether a language is a regional form of one of these: `en-gb` of `en`.
    fn is_regional(&self, language: &str) -> bool {
        let general = language.split_once('-').map(|(general, _)| general);
        general.is_some_and(|general| self.languages.iter().any(|known| known.eq_ignore_ascii_case(general)))
    }
}

/// Reads sources into a builder.
pub struct Intake<'a> {
    builder: &'a mut Builder,
    options: &'a Options,
    read: Arc<AtomicU64>,
    report: &'a dyn Fn(u64),
    files: u16,
    /// Rows that wait for changes, instead of going to the builder.
    held: Option<Vec<Row>>,
    skipped: u64,
    first_problem: Option<Error>,
}

impl<'a> Intake<'a> {
    /// `report` is called now and then with the number of bytes that were read of all files.
    pub fn new(builder: &'a mut Builder, options: &'a Options, report: &'a dyn Fn(u64)) -> Self {
        Self {
            builder,
            options,
            read: Arc::default(),
            report,
            files: 0,
            held: None,
            skipped: 0,
            first_problem: None,
        }
    }

    /// Keeps in memory what is read from now on, until [`Intake::amend`] is called.
    pub fn hold(&mut self) {
        self.held.get_or_insert_default();
    }

    /// Changes and completes ([`curate`]) the rows that were held, and gives them to the builder.
    ///
    /// # Errors
    /// When a change is about no row, or a temporary file can't be written.
    pub fn amend(&mut self, amendments: &Amendments) -> Result<(), Error> {
        let mut rows = self.held.take().unwrap_or_default();
        amendments.apply(&mut rows)?;
        curate(&mut rows);
        rows.iter().try_for_each(|row| self.builder.add(row))
    }

    /// Reads a file, and gives its format, which is told by its name and beginning unless it is given.
    ///
    /// # Errors
    /// When it can't be read, or names the line that can't be understood.
    pub fn read(&mut self, path: &Path, format: Option<Format>) -> Result<Format, Error> {
        let failed = |error| read_error(path, error);
        self.files = self.files.saturating_add(1);
        let mut input = input::open(path, self.read.clone()).map_err(failed)?;
        let format = match format {
            Some(format) => format,
            None => Format::detect(path, input.fill_buf().map_err(failed)?)
                .ok_or_else(|| Error::UnknownFormat { path: path.to_owned() })?,
        };
        match format {
            Format::Table => table::read(path, input, self),
            Format::Csv => csv::read(path, input, self),
            Format::WikidataJson => wikidata::read(path, input, self),
            Format::NTriples => ntriples::read(path, input, self),
            Format::GeoNames => lines::read(path, input, 1, &geonames::Places, self),
            Format::GeoNamesNames => geonames::read_names(path, input, self),
            Format::Rdf(format) => rdf::read(path, input, format, self),
        }?;
        Ok(format)
    }

    /// The number of lines that were skipped, and what was wrong with the first.
    pub fn skipped(&self) -> (u64, Option<&Error>) {
        (self.skipped, self.first_problem.as_ref())
    }

    fn add(&mut self, mut row: Row) -> Result<(), Error> {
        row.source = self.files;
        match &mut self.held {
            Some(rows) => {
                rows.push(row);
                Ok(())
            }
            None => self.builder.add(&row),
        }
    }

    /// Notes a line that can't be understood; an error unless such are skipped.
    fn problem(&mut self, path: &Path, line: u64, problem: String) -> Result<(), Error> {
        let error = Error::Row { path: path.to_owned(), line, problem };
        if !self.options.skip_errors {
            return Err(error);
        }
        self.skipped += 1;
        self.first_problem.get_or_insert(error);
        Ok(())
    }

    fn progress(&self) {
        (self.report)(self.read.load(Ordering::Relaxed));
    }
}

impl Format {
    /// The names of formats on the command line.
    pub const NAMES: [&'static str; 11] = [
        "table",
        "csv",
        "wikidata",
        "ntriples",
        "geonames",
        "geonames-names",
        "turtle",
        "rdfxml",
        "jsonld",
        "nquads",
        "trig",
    ];

    /// The format of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "table" => Self::Table,
            "csv" => Self::Csv,
            "wikidata" => Self::WikidataJson,
            "ntriples" => Self::NTriples,
            "geonames" => Self::GeoNames,
            "geonames-names" => Self::GeoNamesNames,
            "turtle" => Self::Rdf(RdfFormat::Turtle),
            "rdfxml" => Self::Rdf(RdfFormat::RdfXml),
            "jsonld" => Self::Rdf(RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() }),
            "nquads" => Self::Rdf(RdfFormat::NQuads),
            "trig" => Self::Rdf(RdfFormat::TriG),
            _ => return None,
        })
    }

    /// Tells the format by the name of a file and how it begins.
    fn detect(path: &Path, start: &[u8]) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let name = [".gz", ".bz2", ".zst"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let start = String::from_utf8_lossy(&start[..start.len().min(1 << 14)]);
        let columns = |line: &str| line.split('\t').count();
        let first = start.lines().next().unwrap_or("");
        Some(match extension {
            "nt" => Self::NTriples,
            "ttl" | "turtle" if ntriples::is_one_triple_a_line(&start) => Self::NTriples,
            "csv" => Self::Csv,
            "json" if first.trim() == "[" || first.contains("\"type\":\"item\"") => Self::WikidataJson,
            _ if matches!(columns(first), 18 | 19) && first.starts_with(|c: char| c.is_ascii_digit()) => {
                Self::GeoNames
            }
            "txt" if matches!(columns(first), 4..=10) && first.starts_with(|c: char| c.is_ascii_digit()) => {
                Self::GeoNamesNames
            }
            "tsv" | "txt" | "tab" => Self::Table,
            extension => Self::Rdf(RdfFormat::from_extension(extension)?),
        })
    }
}

/// Longest part of a parser's message that is shown, in characters: some repeat what they were given.
const SHOWN: usize = 200;

/// What a parser says is wrong, on one line, without the place, which is counted in the part that it was given.
fn problem_of(error: &RdfSyntaxError) -> String {
    let text = error.to_string();
    let said = text.strip_prefix("Parser error at ").and_then(|rest| rest.split_once(": "));
    let said = said.map_or(text.as_str(), |(_, said)| said);
    let words: Vec<&str> = said.split_whitespace().collect();
    let said = words.join(" ");
    let shown: String = said.chars().take(SHOWN).collect();
    if shown.len() < said.len() { shown + " ..." } else { shown }
}

fn read_error(path: &Path, source: io::Error) -> Error {
    Error::Read { path: path.to_owned(), source }
}
