//! The examples that `--help` shows run.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use tidings::nlp::model::Model;

use super::{Run, annotation, in_repository, tidings, tidings_reading};

/// Every subcommand.
const COMMANDS: &[&str] = &[
    "extract",
    "explain",
    "diff",
    "ingest",
    "query",
    "export",
    "stats",
    "verify",
    "remove",
    "correct",
    "ontology",
    "kb",
    "model",
    "completions",
    "man",
];

/// The command lines under `Examples:`.
fn examples(command: &str) -> Vec<String> {
    let help = tidings(".".as_ref(), &[command, "--help"]).good().out;
    let (_, examples) = help.split_once("Examples:\n").expect("each subcommand shows examples");
    let lines = examples.lines().map(|line| line.trim().to_owned());
    let examples: Vec<String> = lines.filter(|line| line.starts_with("tidings ")).collect();
    assert!(examples.iter().any(|example| example.starts_with(&format!("tidings {command}"))), "{help}");
    examples
}

#[test]
fn every_subcommand_is_tried() {
    let help = tidings(".".as_ref(), &["--help"]).good().out;
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    let listed = commands.lines().take_while(|line| !line.is_empty());
    let listed = listed.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    for command in listed.filter(|command| !["", "serve", "help"].contains(command)) {
        assert!(COMMANDS.contains(&command), "{command}");
    }
}

#[test]
fn the_examples_run_one_after_the_other() {
    for command in COMMANDS {
        let place = place_of_examples();
        for example in examples(command) {
            let run = run_line(place.path(), &example);
            assert_eq!(run.code, 0, "{example}: {}", run.err);
        }
    }
}

#[cfg(feature = "serve")]
#[test]
fn the_examples_of_serve_start_a_server() {
    let place = super::place_with_graph();
    for example in examples("serve") {
        let words = shell_words(&example);
        let mut words: Vec<&str> = words.iter().skip(2).map(String::as_str).collect();
        // Another port is taken than the one that is shown, which need not be free here.
        if let Some(bind) = words.iter().position(|word| *word == "--bind") {
            words.drain(bind..bind + 2);
        }
        super::serve::Server::start(place.path(), &words);
    }
}

/// A place that has what the examples name.
fn place_of_examples() -> TempDir {
    let place = TempDir::new().unwrap();
    let path = |name: &str| place.path().join(name);
    fs::create_dir_all(path("examples/articles")).unwrap();
    fs::create_dir_all(path("examples/claim")).unwrap();
    for folder in ["examples/articles", "examples/claim"] {
        for file in fs::read_dir(in_repository(folder)).unwrap().map(Result::unwrap) {
            fs::copy(file.path(), path(folder).join(file.file_name())).unwrap();
        }
    }
    fs::create_dir_all(path("examples/ontology")).unwrap();
    fs::copy(in_repository("examples/ontology/church.ttl"), path("examples/ontology/church.ttl")).unwrap();
    fs::write(path("article.txt"), "Angela Merkel met Barack Obama in Berlin on Monday.").unwrap();
    let ids = ["https://news.example/2025/05/baku-drill.html", "n-2", "n-7"];
    fs::write(path("news.jsonl"), ids.map(|id| annotation(id, ("Iran", "Q794"), "Qom")).join("\n")).unwrap();
    tidings(place.path(), &["ingest", "--annotations", "news.jsonl", "--kg", "kg"]).good();
    fs::write(path("towns.tsv"), "label\ttype\nFelixstowe\tCity\nYeovil\tCity\n").unwrap();
    // Any pipeline under the name of the one that is shown; the content tells what it is.
    fs::write(path("de_core_news_md-3.8.0-py3-none-any.whl"), Model::embedded().to_compact()).unwrap();
    place
}

/// Runs a command line as a shell would.
fn run_line(place: &Path, line: &str) -> Run {
    let mut words = shell_words(line);
    let output = redirection(&mut words, ">");
    let input = redirection(&mut words, "<").map(|name| fs::read(place.join(name)).unwrap());
    let words: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
    let run = tidings_reading(place, &words, &input.unwrap_or_default());
    if let Some(name) = output {
        fs::write(place.join(name), &run.out).unwrap();
    }
    run
}

/// Takes `sign` and the file that follows it out of the words.
fn redirection(words: &mut Vec<String>, sign: &str) -> Option<String> {
    let at = words.iter().position(|word| word == sign)?;
    words.drain(at..at + 2).nth(1)
}

/// The words of a command line with single quotes.
fn shell_words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for c in line.chars() {
        match c {
            '\'' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words
}
