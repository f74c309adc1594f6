//! Large sets of annotations, without running the pipeline: articles that are made up, in the numbers and shapes of real ones.
//!
//!     cargo run --release --example folder -- --articles N [--one-line] > FILE.jsonl
//!     tidings ingest --annotations FILE.jsonl --kg FOLDER
//!
//! What is in them, and after what they are measured, says `folder.md`. The same number always gives the same bytes.

#![expect(clippy::print_stderr, reason = "a program that prints")]

#[path = "folder/article.rs"]
mod article;
#[path = "folder/random.rs"]
mod random;
#[path = "folder/words.rs"]
mod words;
#[path = "folder/world.rs"]
mod world;
#[path = "folder/writing.rs"]
mod writing;

use std::env;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use tidings::annotation::to_json;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let (mut articles, mut one_line) = (None, false);
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--articles" => {
                let number = arguments.next().context("`--articles` needs a number")?;
                articles = Some(number.parse().context("`--articles` is a number")?);
            }
            "--one-line" => one_line = true,
            _ => bail!("there is no argument `{argument}`"),
        }
    }
    let articles: u32 = articles.context("say how many: `--articles N`")?;
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    for number in 0..articles {
        let annotation = article::made(number, one_line);
        out.write_all(to_json(&annotation, None, false).as_bytes())?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}
