//! `tidings model`: converts language pipelines and tells what is in them.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use tidings::nlp::model::Model;

use super::output::OutputFile;

const EXAMPLES: &str = "\
Examples:
  tidings model info
  tidings model info de_core_news_md-3.8.0-py3-none-any.whl
  tidings model convert de_core_news_md-3.8.0-py3-none-any.whl -o german.tdm
  tidings extract --model german.tdm article.txt";

/// Converts language pipelines and tells what is in them
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ModelArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes a pipeline into one compact file: half-precision weights, vectors of 8 bits
    Convert {
        /// Folder or wheel that spaCy wrote
        pipeline: PathBuf,
        /// The file to write
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Says what a pipeline holds
    Info {
        /// Folder, wheel or converted file; the built-in pipeline without it
        pipeline: Option<PathBuf>,
        /// Writes JSON
        #[arg(long)]
        json: bool,
    },
}

/// Runs it, writing to `out`.
pub(crate) fn run(args: &ModelArgs, out: &mut dyn Write) -> anyhow::Result<()> {
    match &args.command {
        Command::Convert { pipeline, output } => convert(pipeline, output, out),
        Command::Info { pipeline, json } => {
            let model = match pipeline {
                Some(path) => Model::open(path)?,
                None => Model::embedded(),
            };
            let info = describe(&model);
            if *json {
                writeln!(out, "{info:#}")?;
            } else {
                show(&info, out)?;
            }
            Ok(())
        }
    }
}

fn convert(pipeline: &Path, output: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    let bytes = Model::open(pipeline)?.to_compact();
    let name = output.display();
    // Read back what was written, before it takes the place of another file.
    let converted = Model::from_bytes(bytes.clone(), &name.to_string())?;
    let mut file = OutputFile::create(output)?;
    file.write_all(&bytes).with_context(|| format!("can't write `{name}`"))?;
    file.finish()?;
    let meta = &converted.meta;
    writeln!(out, "{name}: {}_{} {}, {} bytes", meta.lang, meta.name, meta.version, bytes.len())?;
    Ok(())
}

/// Everything that there is to tell.
fn describe(model: &Model) -> Value {
    let meta = &model.meta;
    let components = model.components.iter().map(|(name, component)| {
        json!({
            "name": name,
            "factory": component.factory(),
            "architecture": component.architecture(),
            "labels": component.labels(),
            "parameters": component.parameters(),
        })
    });
    json!({
        "name": format!("{}_{}", meta.lang, meta.name),
        "version": meta.version,
        "language": meta.lang,
        "licence": meta.licence,
        "digest": meta.digest,
        "converted_from": meta.source,
        "vectors": model.vectors.as_ref().map(|vectors| json!({
            "forms": vectors.keys(),
            "rows": vectors.rows(),
            "width": vectors.width(),
        })),
        "norms": model.norms.len(),
        "tokenizer_exceptions": model.tokenizer.exceptions.len(),
        "components": components.collect::<Vec<_>>(),
    })
}

fn show(info: &Value, out: &mut dyn Write) -> io::Result<()> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    for key in ["name", "version", "language", "licence", "digest", "converted_from"] {
        if !info[key].is_null() {
            writeln!(out, "{:<15} {}", key.replace('_', " "), text(&info[key]))?;
        }
    }
    let vectors = &info["vectors"];
    if vectors.is_null() {
        writeln!(out, "{:<15} none", "vectors")?;
    } else {
        let [forms, rows, width] = ["forms", "rows", "width"].map(|key| text(&vectors[key]));
        writeln!(out, "{:<15} {rows} of width {width} for {forms} forms", "vectors")?;
    }
    writeln!(
        out,
        "{:<15} {} exceptions, {} norms",
        "tokenizer", info["tokenizer_exceptions"], info["norms"]
    )?;
    for component in info["components"].as_array().into_iter().flatten() {
        write!(out, "{:<15} {}", text(&component["name"]), text(&component["architecture"]))?;
        for key in ["labels", "parameters"] {
            if component[key] != 0 {
                write!(out, ", {} {key}", component[key])?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}
