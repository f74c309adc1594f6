use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::Context;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use tidings::kb::{Amendments, Builder, Format, Intake, Options, Stage};

use super::output::OutputFile;

const EXAMPLES: &str = "\
Sources, told by their names and beginnings; they may be compressed by gzip, bzip2 or Zstandard:
  a table with a header          .tsv, .csv; columns label, type, qid or iri, aliases, description, lat, lon ...
  Wikidata JSON dump             latest-all.json.bz2
  Wikidata truthy triples        latest-truthy.nt.bz2
  DBpedia dumps                  labels, redirects, disambiguations, instance types, geo coordinates, sameAs
  GeoNames                       allCountries.txt, cities500.txt, alternateNamesV2.txt
  RDF in any syntax              .ttl .nt .rdf .jsonld .nq .trig with labels of RDFS, SKOS, schema.org or FOAF

What several sources say of the same entity, told by its Q-id, IRI or GeoNames number, comes together; where they
differ, the first counts. A country or relation that is in none of the sources is left out, also if it is in another
knowledge base: build one of both.

A build that is killed may leave its half-written output beside the file, as `.towns.kb.` with some letters and `.tmp`.

Examples:
  tidings kb build towns.tsv --sources 'a list of towns' -o towns.kb";

/// Compiles tables and dumps of entities into a knowledge base
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct KbBuild {
    /// Files to read
    #[arg(required = true, value_name = "SOURCE")]
    files: Vec<PathBuf>,

    /// Table of changes to what is read: names of a language, and corrections; may be given several times
    ///
    /// All is then held in memory, and completed by what names and descriptions say: whose office is whose, and what offices,
    /// bodies and firms are called. Columns without a header: Q-id, label, change, value, reason.
    #[arg(long, value_name = "TABLE")]
    amend: Vec<PathBuf>,

    /// Format of all sources, if it can't be told
    #[arg(long, value_parser = clap::builder::PossibleValuesParser::new(Format::NAMES))]
    format: Option<String>,

    /// Where they come from, in words that stay in the file
    #[arg(long, value_name = "TEXT", default_value = "")]
    sources: String,

    /// Language of names and descriptions; may be given several times, the best first
    #[arg(long, value_name = "TAG", default_values = ["en"])]
    language: Vec<String>,

    /// Wikidata class, such as `Q5`, whose direct instances are kept (JSON dump); may be given several times
    #[arg(long, value_name = "Q-ID", value_parser = qid)]
    class: Vec<u32>,

    /// Leaves out Wikidata items with fewer sitelinks (JSON dump)
    #[arg(long, value_name = "N", default_value_t = 0)]
    min_sitelinks: u32,

    /// Keeps the words of descriptions for comparison with articles, and not their text
    #[arg(long)]
    without_descriptions: bool,

    /// Goes on after lines that can't be understood, and counts them
    #[arg(long)]
    skip_errors: bool,

    /// Memory to use for sorting; what is more goes into temporary files beside the output
    #[arg(long, value_name = "SIZE", default_value = "1GB", value_parser = size)]
    memory: usize,

    /// Number of threads that read; one for each core unless given
    #[arg(short = 'j', long, value_name = "N")]
    threads: Option<NonZeroUsize>,

    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

impl KbBuild {
    /// Builds it.
    pub(super) fn run(&self, out: &mut dyn Write) -> anyhow::Result<()> {
        let total = self.files.iter().try_fold(0, |sum, path| {
            let metadata = path.metadata().with_context(|| format!("can't read `{}`", path.display()))?;
            anyhow::ensure!(!metadata.is_dir(), "can't read `{}`: is a directory", path.display());
            Ok(sum + metadata.len())
        })?;
        let folder = self.output.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let is_writable = folder.is_dir() && !self.output.is_dir();
        anyhow::ensure!(is_writable, "can't write `{}`: is it a file in a folder?", self.output.display());
        let options = Options {
            languages: self.language.clone(),
            classes: self.class.clone(),
            min_sitelinks: self.min_sitelinks,
            skip_errors: self.skip_errors,
            threads: super::threads(self.threads),
        };
        let mut builder = Builder::new(folder, self.memory);
        if self.without_descriptions {
            builder = builder.without_descriptions();
        }
        let bar = Progress::new(total);
        let report = |read| bar.read(read);
        let mut intake = Intake::new(&mut builder, &options, &report);
        let format = self.format.as_deref().and_then(Format::from_name);
        let mut amendments = Amendments::default();
        for path in &self.amend {
            amendments.read(path)?;
            intake.hold();
        }
        let mut formats = Vec::new();
        for path in &self.files {
            formats.push(intake.read(path, format)?);
        }
        if (!self.class.is_empty() || self.min_sitelinks > 0) && !formats.contains(&Format::WikidataJson) {
            bar.note(
                "tidings: --class and --min-sitelinks are about the JSON dump of Wikidata; no source is one, and all \
                 entities are kept",
            )?;
        }
        if !self.amend.is_empty() {
            intake.amend(&amendments)?;
        }
        if let (skipped @ 1.., first) = intake.skipped() {
            let first = first.map(ToString::to_string).unwrap_or_default();
            bar.note(&format!("tidings: skipped {skipped} lines; the first: {first}"))?;
        }
        let mut output = Late { path: &self.output, file: None };
        let built = builder.finish(&self.sources, &mut output, &|stage| bar.stage(stage))?;
        output.file.map_or(Ok(()), OutputFile::finish)?;
        if built.entities == 0 {
            let languages = self.language.join(", ");
            bar.note(&format!("tidings: no entity of the sources has a name of --language {languages}"))?;
        }
        if built.unresolved > 0 {
            let count = built.unresolved;
            bar.note(&format!(
                "tidings: left out {count} references to countries and other entities that are in no source"
            ))?;
        }
        bar.bar.finish_and_clear();
        writeln!(
            out,
            "{} entities under {} names in {} bytes: {}",
            built.entities,
            built.names,
            built.bytes,
            self.output.display()
        )?;
        Ok(())
    }
}

/// Makes the output when the first of it is written: until then all is in files without names, which are gone with the
/// process however that ends.
struct Late<'a> {
    path: &'a Path,
    file: Option<OutputFile>,
}

impl Write for Late<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(OutputFile::create(self.path).map_err(io::Error::other)?),
        };
        file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

/// What is done, and how long the rest may take; shown on a terminal only.
struct Progress {
    bar: ProgressBar,
    stage: Mutex<&'static str>,
}

impl Progress {
    fn new(total: u64) -> Self {
        let bar = if io::stderr().is_terminal() { ProgressBar::new(total) } else { ProgressBar::hidden() };
        let progress = Self { bar, stage: Mutex::new("") };
        progress.style("reading {bytes} of {total_bytes}");
        progress
    }

    fn style(&self, text: &'static str) {
        if let Ok(style) =
            ProgressStyle::with_template(&format!("{{spinner}} {text}, {{eta}} left {{wide_bar}}"))
        {
            self.bar.set_style(style);
        }
    }

    fn read(&self, bytes: u64) {
        self.bar.set_position(bytes);
    }

    fn stage(&self, stage: Stage) {
        let (text, done) = match stage {
            Stage::Entities(done) => ("numbering entities", done),
            Stage::References => ("resolving references", 0.0),
            Stage::Writing(done) => ("writing facts", done),
            Stage::Assembling => ("assembling", 0.0),
        };
        let is_new = self.stage.lock().is_ok_and(|mut known| std::mem::replace(&mut *known, text) != text);
        if is_new {
            self.style(text);
            self.bar.set_length(1000);
            self.bar.reset_eta();
        }
        #[expect(clippy::cast_sign_loss, reason = "a share is not negative")]
        self.bar.set_position((done * 1000.0) as u64);
    }

    fn note(&self, text: &str) -> io::Result<()> {
        self.bar.suspend(|| writeln!(io::stderr(), "{text}"))
    }
}

fn qid(text: &str) -> Result<u32, String> {
    let number = text.strip_prefix('Q').and_then(|number| number.parse().ok());
    number.ok_or_else(|| "a Q-id is needed, such as Q5".to_owned())
}

/// `1GB`, `500MB`, `64 MiB`; decimal units unless they have an `i`.
pub(super) fn size(text: &str) -> Result<usize, String> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let factor: usize = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        _ => return Err("a size is needed, such as 500MB or 2GB".to_owned()),
    };
    let number: usize = number.parse().map_err(|_| "a size is needed, such as 500MB or 2GB".to_owned())?;
    number.checked_mul(factor).ok_or_else(|| "that is too much".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        assert_eq!([size("1GB"), size("64 MiB"), size("10")], [Ok(1_000_000_000), Ok(64 << 20), Ok(10)]);
        assert!(size("GB").is_err() && size("1XB").is_err() && size("99999999999999GB").is_err());
    }
}
