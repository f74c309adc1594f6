//! `tidings verify`: whether a graph folder can be trusted.

use std::collections::HashMap;
use std::io::Write;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;
use tidings::graph::article_iri;
use tidings::source::Article;
use tidings::store::{Finding, Folder, Verification};

use super::input::InputArgs;
use super::ontology_files::OntologyFiles;

/// Checks a graph folder: quotes, digests, facts and shapes
///
/// Every article must be what the manifest says, every file must be named there, every quote must stand at its offsets, every article must be the one that was
/// read, every plain triple and event must have a statement of the article that asserts it, and the graph must have the
/// shape of ontology/shapes.ttl. What does not is named, and the exit code is 1.
///
/// The texts are taken from the articles that are named here, or from the graph where it keeps them (`ingest --keep-text`).
/// Quotes of other articles are compared with each other only.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    input: InputArgs,
    /// The graph folder
    #[arg(long, value_name = "DIR")]
    kg: PathBuf,
    #[command(flatten)]
    ontology: OntologyFiles,
    /// Writes JSON
    #[arg(long)]
    json: bool,
    /// Number of threads; one for each core unless given
    #[arg(short = 'j', long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

const EXAMPLES: &str = "\
Examples:
  tidings verify --kg kg
  tidings verify --kg kg --json
  tidings ingest examples/articles --kg news
  tidings verify --kg news examples/articles";

/// Runs it, writing to `out`. The exit code is 1 if something is wrong.
pub(crate) fn run(mut args: VerifyArgs, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let folder = Folder::open(&args.kg)?;
    args.ontology.complete_with(folder.ontology_files()?);
    let texts = if args.input.names_nothing() { HashMap::new() } else { texts(args.input, &folder)? };
    let ontology = args.ontology.open()?;
    let found = Verification::of(&folder, &texts, ontology.as_ref(), super::threads(args.threads));
    let Verification { articles, with_text, statements, quotes, findings } = &found;
    if args.json {
        let finding = |f: &Finding| json!({"article": f.article, "about": f.about, "problem": f.problem});
        let findings: Vec<_> = findings.iter().map(finding).collect();
        let counts = json!({"articles": articles, "with_text": with_text, "statements": statements, "quotes": quotes,
            "findings": findings});
        writeln!(out, "{counts}")?;
    } else {
        for Finding { article, about, problem } in findings {
            let named = article.is_empty() || about.starts_with(&format!("<{article}"));
            let within = if named { String::new() } else { format!(" (in <{article}>)") };
            writeln!(out, "{about} {problem}{within}")?;
        }
        writeln!(
            out,
            "{articles} articles, {with_text} with text; {statements} statements and events, {quotes} quotes; {} wrong",
            findings.len()
        )?;
    }
    Ok(ExitCode::from(u8::from(!findings.is_empty())))
}

/// The articles that are named, by their IRIs.
fn texts(input: InputArgs, folder: &Folder) -> anyhow::Result<HashMap<String, Article>> {
    let base = folder.base();
    let mut texts = HashMap::new();
    for article in input.articles()? {
        let article = article?;
        texts.insert(article_iri(&article, &base).into_string(), article);
    }
    Ok(texts)
}
