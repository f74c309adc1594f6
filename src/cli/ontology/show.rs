use std::io::{self, Write};

use clap::Args;
use tidings::lexicon::{Description, Lexicon, Words, describe, find};

use crate::cli::ontology_files::OntologyFiles;

#[derive(Args)]
pub(super) struct ShowArgs {
    /// A class, property or frame (`td:Attack`, `lex:attack`, an IRI), its label, or a word that evokes a frame
    term: String,
    #[command(flatten)]
    files: OntologyFiles,
    /// Writes JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &ShowArgs, out: &mut dyn Write) -> anyhow::Result<()> {
    let ontology = args.files.open_all()?;
    let lexicon = Lexicon::of(&ontology)?;
    let found = find(&ontology, &lexicon, &args.term);
    anyhow::ensure!(
        !found.is_empty(),
        "no class, property, frame or word is called `{}`; `tidings ontology doc -o DIR` lists all",
        args.term
    );
    let found: Vec<Description> = found.iter().filter_map(|iri| describe(&ontology, &lexicon, iri)).collect();
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&found)?)?;
        return Ok(());
    }
    for (number, term) in found.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        show(term, out)?;
    }
    Ok(())
}

fn show(term: &Description, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} ({}): {}", term.term, term.kind, term.label)?;
    if let Some(comment) = &term.comment {
        writeln!(out, "  {comment}")?;
    }
    writeln!(out, "  {}", term.iri)?;
    for (name, links) in &term.links {
        writeln!(out, "  {name}: {}", links.join(", "))?;
    }
    for words in &term.frames {
        show_words(words, out)?;
    }
    Ok(())
}

fn show_words(words: &Words, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n  {} evokes {}", words.frame, words.evokes)?;
    for (name, list) in [("verbs", &words.verbs), ("nouns", &words.nouns), ("adjectives", &words.adjectives)]
    {
        if !list.is_empty() {
            writeln!(out, "    {name}: {}", list.join(", "))?;
        }
    }
    for (role, functions) in &words.roles {
        writeln!(out, "    {role}: {}", functions.join(", "))?;
    }
    for example in &words.examples {
        writeln!(out, "    “{example}”")?;
    }
    Ok(())
}
