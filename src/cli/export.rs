//! `tidings export`: a graph folder as one file of RDF.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use flate2::{Compression, GzBuilder};
use tidings::export::{self, Format};
use tidings::graph::{Base, to_rdf12};
use tidings::store::{Entry, Folder, Linkset, Selection, Target};

use super::format::RdfFormat;
use super::output::OutputFile;

/// Writes a graph folder as one file of RDF
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ExportArgs {
    /// The graph folder
    #[arg(long, value_name = "DIR")]
    kg: PathBuf,
    #[command(flatten)]
    to: ToArgs,
    /// Only this article: its IRI, or the id or address that it came with; may be given several times
    #[arg(long = "article", value_name = "ARTICLE")]
    articles: Vec<String>,
    #[command(flatten)]
    selection: SelectionArgs,
    /// Writes statements with triple terms, as RDF 1.2 has them, not as `rdf:Statement` with subject, predicate and object
    #[arg(long)]
    rdf12: bool,
    /// Only the links of all entities to another data set, with their description in VoID
    #[arg(long, value_name = "TARGET", conflicts_with = "articles")]
    linkset: Option<LinkTarget>,
}

/// Which part of the graph is written.
#[derive(Args)]
struct SelectionArgs {
    /// Only what the articles assert: no claims, possibilities, plans and denials, and nobody's words
    #[arg(long, conflicts_with = "linkset")]
    asserted_only: bool,
    /// Only statements and events of which the program is at least so sure, from 0 to 1
    #[arg(long, value_name = "NUMBER", conflicts_with = "linkset", value_parser = probability)]
    min_confidence: Option<f64>,
    /// Only articles published on this day or later: 2025-05-20, 2025-05 or 2025
    #[arg(long, value_name = "DATE", conflicts_with = "linkset", value_parser = date)]
    from: Option<String>,
    /// Only articles published on this day or earlier: 2025-05-20, 2025-05 or 2025
    #[arg(long, value_name = "DATE", conflicts_with = "linkset", value_parser = date)]
    to: Option<String>,
    /// Only articles of this publisher
    #[arg(long, value_name = "NAME", conflicts_with = "linkset")]
    publisher: Option<String>,
}

impl SelectionArgs {
    fn selection(&self) -> Selection {
        let Self { asserted_only, min_confidence, from, to, publisher } = self;
        Selection {
            asserted_only: *asserted_only,
            min_confidence: *min_confidence,
            from: from.clone(),
            to: to.clone(),
            publisher: publisher.clone(),
        }
    }
}

fn probability(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "not a number from 0 to 1".to_owned())
}

fn date(text: &str) -> Result<String, String> {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let is_day = |text: &str| text.parse::<jiff::civil::Date>().is_ok();
    let is_date = match shape.as_str() {
        "0000" => true,
        "0000-00" => is_day(&format!("{text}-01")),
        "0000-00-00" => is_day(text),
        _ => false,
    };
    is_date
        .then(|| text.to_owned())
        .ok_or_else(|| "not a date; write it like 2025-05-20, 2025-05 or 2025".to_owned())
}

/// Where RDF is written to.
#[derive(Args)]
pub(crate) struct ToArgs {
    /// Format of the output [default: what the file's name says, else turtle]
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<RdfFormat>,
    /// File to write, whole or not at all; compressed if its name ends in .gz; standard output without it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// A data set that entities are linked to.
#[derive(Clone, Copy, ValueEnum)]
enum LinkTarget {
    Wikidata,
    Dbpedia,
    Geonames,
}

impl From<LinkTarget> for Target {
    fn from(target: LinkTarget) -> Self {
        match target {
            LinkTarget::Wikidata => Self::Wikidata,
            LinkTarget::Dbpedia => Self::DBpedia,
            LinkTarget::Geonames => Self::GeoNames,
        }
    }
}

/// What is written.
enum Content<'f> {
    Articles(Vec<&'f Entry>),
    Links(Linkset),
}

const EXAMPLES: &str = "\
Examples:
  tidings export --kg kg -o news.ttl
  tidings export --kg kg -o news.nq.gz
  tidings export --kg kg --format jsonld > news.jsonld
  tidings export --kg kg --asserted-only --min-confidence 0.8 --from 2025-05 -o sure.ttl
  tidings export --kg kg --rdf12 -o news-rdf12.ttl
  tidings export --kg kg --linkset wikidata -o wikidata.ttl";

/// Runs it, writing to `out` unless a file is named.
pub(crate) fn run(args: &ExportArgs, out: &mut dyn Write) -> anyhow::Result<()> {
    let folder = Folder::open(&args.kg)?;
    let chosen: Result<Vec<&Entry>, _> = args.articles.iter().map(|name| folder.find(name)).collect();
    let mut chosen = chosen?;
    if args.articles.is_empty() {
        chosen = folder.manifest().entries().collect();
    }
    let content = match args.linkset {
        Some(target) => Content::Links(Linkset::of(&folder, target.into(), super::threads(None))?),
        None => Content::Articles(chosen),
    };
    args.to.write(out, |format, out| write(&folder, &content, args, format, out))
}

impl ToArgs {
    /// Has `write` write to the file, or to `out` if none is named.
    pub(crate) fn write(
        &self,
        out: &mut dyn Write,
        write: impl FnOnce(Format, &mut dyn Write) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let format =
            self.format.map_or_else(|| format_of(self.output.as_deref()), |format| Ok(format.into()))?;
        let Some(path) = &self.output else { return write(format, out) };
        let failed = || format!("can't write `{}`", path.display());
        let mut file = OutputFile::create(path)?;
        if path.extension().is_some_and(|extension| extension == "gz") {
            let mut encoder = GzBuilder::new().mtime(0).write(&mut file, Compression::default());
            write(format, &mut encoder).with_context(failed)?;
            encoder.finish().with_context(failed)?;
        } else {
            write(format, &mut file).with_context(failed)?;
        }
        file.finish()
    }
}

/// The format that a file's name tells.
fn format_of(path: Option<&Path>) -> anyhow::Result<Format> {
    let Some(path) = path else { return Ok(Format::Turtle) };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let extension = name.trim_end_matches(".gz").rsplit_once('.').map_or("", |(_, extension)| extension);
    extension.parse().map_err(|()| {
        anyhow::anyhow!(
            "can't tell the format by the name of `{}`; end it in ttl, trig, nt, nq, rdf or jsonld, or give --format",
            path.display()
        )
    })
}

fn write(
    folder: &Folder,
    content: &Content<'_>,
    args: &ExportArgs,
    format: Format,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let (base, selection): (Base, Selection) = (folder.base(), args.selection.selection());
    let mut writer = export::Writer::new(out, format, &base);
    match content {
        Content::Links(links) => writer.write(&links.quads(&base))?,
        Content::Articles(entries) => {
            for entry in entries {
                let article = folder.read(entry)?;
                let chosen = article.and_then(|found| selection.of_article(&found.article, found.quads));
                if let Some(quads) = chosen {
                    writer.write(&if args.rdf12 { to_rdf12(quads) } else { quads })?;
                }
            }
        }
    }
    writer.finish()?.flush()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_days_months_and_years_that_there_are() {
        for good in ["2025", "2025-02", "2024-02-29"] {
            assert_eq!(date(good).as_deref(), Ok(good));
        }
        for bad in ["2025-13", "2025-00", "2025-02-30", "25", "2025-1", "may"] {
            assert!(date(bad).is_err(), "{bad}");
        }
    }
}
