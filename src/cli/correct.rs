//! `tidings correct`: a user's corrections of a graph folder.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use clap::{Args, Subcommand};
use oxigraph::model::NamedNode;
use serde_json::{Value, json};
use tidings::export;
use tidings::graph::Base;
use tidings::store::{
    Correction, Corrections, EntityNames, Folder, Origin, entity_class, is_item, short_name,
};

use super::export::ToArgs;
use super::writing::{WriteArgs, open_writer};

/// Corrects what a graph folder says of entities, now and whenever articles are ingested
///
/// An entity is given by its IRI, by the end of it (entity/Iran-Q794), or by the Wikidata item that it is named after (Q794).
/// `tidings stats --entities --json` lists them. Corrections lie in the file `corrections.nq` of the graph folder; what the
/// articles say stays as it was read, so that each can be taken back.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CorrectArgs {
    /// The graph folder
    #[arg(long, value_name = "DIR", global = true)]
    kg: Option<PathBuf>,
    #[command(flatten)]
    writing: WriteArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Two entities are one: that of a Wikidata item if there is one, else the second; or an entity is an item of Wikidata
    /// (wd:Q794), DBpedia (dbr:Iran) or GeoNames (gn:130758)
    SameAs {
        /// The entity
        entity: String,
        /// The other entity, or an item of another data set
        other: String,
        #[command(flatten)]
        change: Change,
    },
    /// Two entities are not the same, or an entity is not that item of another data set: no link joins them
    DifferentFrom {
        /// The entity
        entity: String,
        /// The other entity, or an item of another data set
        other: String,
        #[command(flatten)]
        change: Change,
    },
    /// There is no such thing: leaves it out, with its mentions
    NotAnEntity {
        /// What is none
        entity: String,
        #[command(flatten)]
        change: Change,
    },
    /// Gives an entity its class
    Class {
        /// The entity
        entity: String,
        /// A class of entities, such as td:City
        #[arg(required_unless_present = "undo")]
        class: Option<String>,
        #[command(flatten)]
        change: Change,
    },
    /// Gives an entity its label; the one it had stays as another name
    Label {
        /// The entity
        entity: String,
        /// The label
        #[arg(required_unless_present = "undo")]
        text: Option<String>,
        #[command(flatten)]
        change: Change,
    },
    /// Lists the corrections
    List {
        /// Writes JSON
        #[arg(long)]
        json: bool,
    },
    /// Writes the corrections as RDF
    ///
    /// Beside them stand the label (skos:prefLabel) and classes (schema:additionalType) of each entity that is corrected, as
    /// the articles had them: where it takes the place of another it has these also in articles that do not name it.
    Export {
        #[command(flatten)]
        to: ToArgs,
    },
    /// Adds the corrections of a file of RDF: all, or none if they contradict those that are there
    Import {
        /// The file: ttl, nt, nq, trig, rdf or jsonld, each also with .gz
        file: PathBuf,
    },
}

#[derive(Args)]
struct Change {
    /// Takes the correction back
    #[arg(long, conflicts_with_all = ["by", "date"])]
    undo: bool,
    /// Who says so: an IRI, such as `https://orcid.org/0000-0002-1825-0097`
    #[arg(long, value_name = "IRI", value_parser = |iri: &str| NamedNode::new(iri))]
    by: Option<NamedNode>,
    /// Since when, as 2025-05-20
    #[arg(long, value_name = "DATE", value_parser = date)]
    date: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  tidings correct --kg kg same-as entity/Qom-City-IR wd:Q131664
  tidings correct --kg kg different-from Q794 dbr:Iran_Air
  tidings correct --kg kg class entity/Qom-City-IR td:Region --date 2025-05-20
  tidings correct --kg kg label Q794 'Islamic Republic of Iran'
  tidings correct --kg kg not-an-entity entity/Jane_Doe-Person
  tidings correct --kg kg not-an-entity entity/Jane_Doe-Person --undo
  tidings correct --kg kg list
  tidings correct --kg kg export -o corrections.ttl
  tidings correct --kg kg import corrections.ttl";

/// Runs it, writing to `out`.
pub(crate) fn run(args: &CorrectArgs, out: &mut dyn Write) -> anyhow::Result<()> {
    let kg = args.kg.as_deref().context("which graph folder? give it with --kg DIR")?;
    let folder = Folder::open(kg)?;
    match &args.command {
        Command::List { json } => list(&folder, *json, out),
        Command::Export { to } => to.write(out, |format, out| {
            let mut writer = export::Writer::new(out, format, &folder.base());
            writer.write(&folder.corrections().quads())?;
            Ok(writer.finish()?.flush()?)
        }),
        Command::Import { file } => {
            let more = Corrections::read_file(file)?;
            store(kg, &args.writing, |known| known.with_all(&more).map_err(anyhow::Error::msg))?;
            let count = more.iter().len();
            Ok(writeln!(out, "took in {count} correction{}", if count == 1 { "" } else { "s" })?)
        }
        command => change(kg, &folder, command, &args.writing, out),
    }
}

/// Makes a correction, or takes it back.
#[expect(clippy::print_stderr, reason = "this tells what may be a slip")]
fn change(
    kg: &Path,
    folder: &Folder,
    command: &Command,
    writing: &WriteArgs,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let names = EntityNames::of(folder, super::threads(None))?;
    let Some((change, correction)) = correction(command, &names, folder)? else { return Ok(()) };
    let [kind, entity, value] = words(&correction, &folder.base());
    let said = format!("{kind} {entity} {value}");
    let said = said.trim_end();
    if change.undo {
        store(kg, writing, |known| {
            let (rest, gone) = known.without(|known| *known == correction || *known == correction.turned());
            ensure!(
                gone > 0,
                "`{said}` is no correction of `{kg}`; `tidings correct --kg {kg} list` shows those that are",
                kg = kg.display()
            );
            Ok(rest)
        })?;
        return Ok(writeln!(out, "took back: {said}")?);
    }
    if let Correction::SameAs(one, other) = &correction
        && let Some([one, other]) = EntityNames::two_items(one, other)
    {
        eprintln!(
            "tidings: these are surely two items of Wikidata, {one} and {other}; --undo takes a slip back"
        );
    }
    let origin = Origin { by: change.by.clone(), created: change.date.clone() };
    store(kg, writing, |known| {
        let corrections = known.with(correction.clone(), origin).map_err(anyhow::Error::msg)?;
        let one = corrections.canonical(correction.entity());
        let profile = names.profile(&one);
        Ok(match profile {
            Some(profile) => corrections.with_profile(one, profile),
            None => corrections,
        })
    })?;
    Ok(writeln!(out, "corrected: {said}")?)
}

/// The correction that a command line tells; none where it tells something else.
fn correction<'a>(
    command: &'a Command,
    names: &EntityNames,
    folder: &Folder,
) -> anyhow::Result<Option<(&'a Change, Correction)>> {
    let known = |is_it: &dyn Fn(&Correction) -> bool, what: &str| {
        let found = folder.corrections().iter().find(|(correction, _)| is_it(correction));
        found.map(|(correction, _)| correction.clone()).with_context(|| format!("{what} was not corrected"))
    };
    Ok(Some(match command {
        Command::SameAs { entity, other, change } => {
            let (one, other) = (names.find_or_item(entity)?, names.find_entity_or_item(other)?);
            ensure!(one != other, "`{entity}` is one entity with itself");
            let turned = is_item(&one);
            let (one, other) = if turned { (other, one) } else { (one, other) };
            ensure!(!is_item(&one), "neither of the two is an entity of `{}`", folder.path().display());
            (change, Correction::SameAs(one, other))
        }
        Command::DifferentFrom { entity, other, change } => {
            let (entity, other) = (names.find(entity)?, names.find_or_item(other)?);
            ensure!(entity != other, "these are two names of the entity {entity}");
            (change, Correction::DifferentFrom(entity, other))
        }
        Command::NotAnEntity { entity, change } => (change, Correction::NotAnEntity(names.find(entity)?)),
        Command::Class { entity: name, class, change } => {
            let entity = names.find(name)?;
            let is_it = |known: &Correction| matches!(known, Correction::Class(of, _) if *of == entity);
            match class {
                Some(class) => (change, Correction::Class(entity.clone(), entity_class(class)?)),
                None => (change, known(&is_it, &format!("the class of `{name}`"))?),
            }
        }
        Command::Label { entity: name, text, change } => {
            let entity = names.find(name)?;
            let is_it = |known: &Correction| matches!(known, Correction::Label(of, _) if *of == entity);
            match text {
                Some(text) => {
                    let text = text.trim();
                    ensure!(!text.is_empty(), "a label is not empty");
                    (change, Correction::Label(entity.clone(), text.to_owned()))
                }
                None => (change, known(&is_it, &format!("the label of `{name}`"))?),
            }
        }
        Command::List { .. } | Command::Export { .. } | Command::Import { .. } => return Ok(None),
    }))
}

/// Stores what `change` makes of the corrections, as the one who writes.
fn store(
    kg: &Path,
    writing: &WriteArgs,
    change: impl FnOnce(&Corrections) -> anyhow::Result<Corrections>,
) -> anyhow::Result<()> {
    let mut writer = open_writer(kg, writing)?;
    // Read again under the lock: another process may have changed them meanwhile.
    let corrections = change(Folder::open(kg)?.corrections())?;
    writer.correct(&corrections)?;
    writer.finish()?;
    Ok(())
}

fn list(folder: &Folder, json: bool, out: &mut dyn Write) -> anyhow::Result<()> {
    let corrections = folder.corrections();
    if json {
        let all: Vec<Value> =
            corrections.iter().map(|(correction, origin)| value(correction, origin)).collect();
        return Ok(writeln!(out, "{}", json!({ "corrections": all }))?);
    }
    let base = folder.base();
    for (correction, Origin { by, created }) in corrections.iter() {
        let [kind, entity, value] = words(correction, &base);
        let origin = created.iter().map(String::as_str).chain(by.iter().map(NamedNode::as_str));
        let origin = origin.collect::<Vec<_>>().join(", ");
        let origin = if origin.is_empty() { origin } else { format!("  ({origin})") };
        writeln!(out, "{}{origin}", format!("{kind:<15} {entity}  {value}").trim_end())?;
    }
    Ok(())
}

/// Kind, entity and what is said of it, as they are given on the command line.
fn words(correction: &Correction, base: &Base) -> [String; 3] {
    let value = match correction {
        Correction::SameAs(_, other) | Correction::DifferentFrom(_, other) | Correction::Class(_, other) => {
            short_name(other.as_str(), base)
        }
        Correction::NotAnEntity(_) => String::new(),
        Correction::Label(_, text) => format!("\"{text}\""),
    };
    [kind(correction).to_owned(), short_name(correction.entity().as_str(), base), value]
}

fn kind(correction: &Correction) -> &'static str {
    match correction {
        Correction::SameAs(..) => "same-as",
        Correction::DifferentFrom(..) => "different-from",
        Correction::NotAnEntity(_) => "not-an-entity",
        Correction::Class(..) => "class",
        Correction::Label(..) => "label",
    }
}

fn value(correction: &Correction, origin: &Origin) -> Value {
    let value = match correction {
        Correction::SameAs(_, other) | Correction::DifferentFrom(_, other) | Correction::Class(_, other) => {
            other.as_str().into()
        }
        Correction::NotAnEntity(_) => Value::Null,
        Correction::Label(_, text) => text.as_str().into(),
    };
    json!({
        "kind": kind(correction),
        "entity": correction.entity().as_str(),
        "value": value,
        "by": origin.by.as_ref().map(NamedNode::as_str),
        "created": origin.created,
    })
}

fn date(text: &str) -> Result<String, String> {
    let date: Result<jiff::civil::Date, _> = text.parse();
    date.map(|date| date.to_string()).map_err(|_| "expected a date such as 2025-05-20".to_owned())
}
