//! `tidings kb`: builds knowledge bases and looks into them.

use std::io::Write;

use anyhow::Context;
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use tidings::kb::{Candidate, Gender, Kb, KbId};
use tidings::store::expand;

use super::kb_build::KbBuild;
use super::kb_files::KbFiles;

const EXAMPLES: &str = "\
Examples:
  tidings kb search Georgia
  tidings kb show Q794
  tidings kb build towns.tsv --sources 'a list of towns' -o towns.kb
  tidings kb info --kb towns.kb
  tidings extract --kb towns.kb examples/articles";

/// Builds knowledge bases and looks into them
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct KbArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Build(KbBuild),
    /// Says what knowledge bases hold
    Info {
        /// Compares the files with their checksums, which reads all of them
        #[arg(long)]
        check: bool,
        #[command(flatten)]
        which: Which,
    },
    /// Lists the entities that have a name, most popular first
    ///
    /// Those whose full name it is come first, then those of whose name it is a part or which it stands for; if there are
    /// none, those of names that differ by an edit or two.
    Search {
        /// The name; case, diacritics, dots, a leading `the` and a possessive ending make no difference
        name: String,
        /// Shows so many at most
        #[arg(long, value_name = "N", default_value_t = 20)]
        limit: usize,
        #[command(flatten)]
        which: Which,
    },
    /// Shows what is known of an entity
    Show {
        /// Its Q-id, such as `Q794`, its number in GeoNames, or its IRI, also as `wd:Q794`, `dbr:Iran` or `gn:130758`
        id: String,
        #[command(flatten)]
        which: Which,
    },
}

#[derive(Args)]
struct Which {
    #[command(flatten)]
    kb: KbFiles,
    /// Writes JSON
    #[arg(long)]
    json: bool,
}

/// Runs it, writing to `out`.
pub(crate) fn run(args: &KbArgs, out: &mut dyn Write) -> anyhow::Result<()> {
    match &args.command {
        Command::Build(build) => build.run(out),
        Command::Info { check, which } => info(*check, which, out),
        Command::Search { name, limit, which } => search(name, *limit, which, out),
        Command::Show { id, which } => show(id, which, out),
    }
}

fn info(check: bool, which: &Which, out: &mut dyn Write) -> anyhow::Result<()> {
    let kb = which.kb.open()?;
    for (n, info) in kb.info().into_iter().enumerate() {
        if which.json {
            writeln!(out, "{}", serde_json::to_value(&info)?)?;
            continue;
        }
        if n > 0 {
            writeln!(out)?;
        }
        writeln!(out, "file      {}\nentities  {}\nnames     {}", info.file, info.entities, info.names)?;
        writeln!(out, "digest    {}", info.digest)?;
        if !info.sources.is_empty() {
            writeln!(out, "sources   {}", info.sources)?;
        }
    }
    if check {
        kb.check()?;
    }
    Ok(())
}

fn search(name: &str, limit: usize, which: &Which, out: &mut dyn Write) -> anyhow::Result<()> {
    let kb = which.kb.open()?;
    let name = without_possessive(name);
    let mut found: Vec<(Candidate, u8)> = [kb.lookup(name), kb.lookup_metonym(name), kb.lookup_partial(name)]
        .into_iter()
        .flatten()
        .map(|candidate| (candidate, 0))
        .collect();
    if found.is_empty() {
        found = kb.lookup_near(name);
    }
    anyhow::ensure!(!found.is_empty(), "no entity is named `{name}`");
    for (candidate, edits) in found.into_iter().take(limit) {
        let mut value = describe(&kb, candidate.entity);
        let kinds = [
            (candidate.is_demonym, "demonym"),
            (candidate.is_acronym, "acronym"),
            (candidate.is_partial, "part of its name"),
            (candidate.is_metonym, "stands for it"),
            (edits > 0, "nearly"),
        ];
        let kinds: Vec<&str> = kinds.into_iter().filter(|(is, _)| *is).map(|(_, kind)| kind).collect();
        if which.json {
            value["prior"] = candidate.prior.into();
            for (field, is) in [
                ("demonym", candidate.is_demonym),
                ("acronym", candidate.is_acronym),
                ("partial", candidate.is_partial),
                ("metonym", candidate.is_metonym),
            ] {
                value[field] = is.into();
            }
            value["edits"] = edits.into();
            writeln!(out, "{value}")?;
            continue;
        }
        let text = |field: &str| value[field].as_str().unwrap_or("-").to_owned();
        let (id, class) = (text("id"), text("class"));
        let line =
            format!("{:.2}  {id:<10}  {class:<26}  {}  {}", candidate.prior, text("label"), kinds.join(", "));
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// `Norway` for `Norway's`.
fn without_possessive(name: &str) -> &str {
    let name = name.trim();
    ["'s", "’s", "'", "’"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

fn show(id: &str, which: &Which, out: &mut dyn Write) -> anyhow::Result<()> {
    let kb = which.kb.open()?;
    let number = |text: &str| text.parse::<u32>().ok();
    let found = match id.strip_prefix(['Q', 'q']).and_then(number) {
        Some(qid) => kb.by_qid(qid),
        None => number(id)
            .and_then(|id| kb.by_geonames(id))
            .or_else(|| kb.by_iri(&expand(id).unwrap_or_else(|| id.to_owned()))),
    };
    let found =
        found.with_context(|| format!("there is no entity `{id}`; `tidings kb search NAME` finds ids"))?;
    let mut value = describe(&kb, found);
    value["names"] = kb.names_of(found).into();
    if which.json {
        writeln!(out, "{value}")?;
        return Ok(());
    }
    for (field, value) in value.as_object().into_iter().flatten() {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Array(list) => list
                .iter()
                .map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned))
                .collect::<Vec<_>>()
                .join(", "),
            other => other.to_string(),
        };
        writeln!(out, "{field:<12}{text}")?;
    }
    Ok(())
}

/// What is known of an entity; fields that are not known are left out.
fn describe(kb: &Kb, id: KbId) -> Value {
    let Some(entity) = kb.entity(id) else { return Value::Null };
    let name = |id: KbId| {
        let entity = kb.entity(id)?;
        let own = || entity.iri.map(str::to_owned).or_else(|| entity.dbpedia_iri());
        entity.qid.map(|qid| format!("Q{qid}")).or_else(own).or_else(|| Some(entity.geonames?.to_string()))
    };
    let other = |id: KbId| {
        let label = kb.entity(id)?.label;
        Some(name(id).map_or_else(|| label.to_owned(), |id| format!("{label} ({id})")))
    };
    let relations: Vec<String> = kb
        .relations(id)
        .filter_map(|(relation, id)| Some(format!("{} {}", relation.name(), other(id)?)))
        .collect();
    let context: Vec<&str> = kb.context(id).collect();
    let coordinates = entity.coordinates.map(|(lat, long)| json!([lat, long]));
    let mut value = json!({
        "id": name(id),
        "label": entity.label,
        "class": entity.class.name(),
        "gender": entity.gender.map(Gender::name),
        "description": kb.description(id),
        "country": entity.country.and_then(other),
        "iso": entity.iso,
        "iri": entity.iri,
        "coordinates": coordinates,
        "wikidata": entity.wikidata_iri(),
        "dbpedia": entity.dbpedia_iri(),
        "geonames": entity.geonames_iri(),
        "popularity": entity.popularity,
        "relations": Some(relations).filter(|list| !list.is_empty()),
        "context": Some(context).filter(|list| !list.is_empty()),
    });
    if let Some(object) = value.as_object_mut() {
        object.retain(|_, v| !v.is_null());
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn possessive_endings_are_taken_off() {
        for name in ["Norway", "Norway's", "Norway’s "] {
            assert_eq!(without_possessive(name), "Norway");
        }
        assert_eq!(without_possessive("the Netherlands'"), "the Netherlands");
    }
}
