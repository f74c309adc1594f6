//! `tidings stats`: what a graph folder holds, in numbers.

use std::io::Write;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use tidings::store::{EntityCount, Folder, Statistics, shorten};

/// Counts what a graph folder holds: articles, statements, mentions, entities by class, links by target
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct StatsArgs {
    /// The graph folder
    #[arg(long, value_name = "DIR")]
    kg: PathBuf,
    /// Lists the entities instead, one each however many articles name it: number of articles and mentions, class,
    /// label, link; the most mentioned ones first
    #[arg(long)]
    entities: bool,
    /// With `--entities`: lists the first N only
    #[arg(long, value_name = "N", requires = "entities")]
    limit: Option<usize>,
    /// Writes JSON
    #[arg(long)]
    json: bool,
    /// Threads that read the graph folder [default: one for each core]
    #[arg(short = 'j', long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

const EXAMPLES: &str = "\
Examples:
  tidings stats --kg kg
  tidings stats --kg kg --json
  tidings stats --kg kg --entities --limit 20";

/// Runs it, writing to `out`.
pub(crate) fn run(args: &StatsArgs, out: &mut dyn Write) -> anyhow::Result<()> {
    if args.entities {
        return entities(args, out);
    }
    let found = Statistics::count(&Folder::open(&args.kg)?, super::threads(args.threads))?;
    let Statistics { articles, quads, mentions, entities, classes, links } = &found;
    if args.json {
        let value = json!({
            "articles": articles,
            "quads": quads,
            "mentions": mentions,
            "entities": entities,
            "classes": classes,
            "links": links,
        });
        writeln!(out, "{value}")?;
        return Ok(());
    }
    let totals = [("articles", *articles as u64), ("quads", *quads), ("mentions", *mentions as u64)];
    for (name, count) in totals.into_iter().chain([("entities", *entities as u64)]) {
        writeln!(out, "{name:<28} {count:>10}")?;
    }
    for (title, counts) in [("entities by class", classes), ("links by target", links)] {
        writeln!(out, "\n{title}")?;
        let mut counts: Vec<_> = counts.iter().collect();
        counts.sort_by_key(|&(name, count)| (std::cmp::Reverse(count), name));
        for (name, count) in counts {
            writeln!(out, "  {name:<26} {count:>10}")?;
        }
    }
    Ok(())
}

/// Lists the entities: as JSON all that is known of them, else a line each.
fn entities(args: &StatsArgs, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut found = EntityCount::all(&Folder::open(&args.kg)?, super::threads(args.threads))?;
    // What only others are said to be in or of.
    found.retain(|entity| entity.articles > 0);
    found.truncate(args.limit.unwrap_or(usize::MAX));
    if args.json {
        return Ok(writeln!(out, "{}", json!({ "entities": found }))?);
    }
    writeln!(out, "articles mentions  class                 label, link")?;
    for entity in &found {
        let EntityCount { iri, label, classes, articles, mentions, links, .. } = entity;
        let class = classes.iter().map(String::as_str).collect::<Vec<_>>().join(",");
        let link = links.first().unwrap_or(iri);
        let link = shorten(link).unwrap_or_else(|| format!("<{link}>"));
        writeln!(out, "{articles:>8} {mentions:>8}  {class:<20}  {label}, {link}")?;
    }
    Ok(())
}
