//! The examples that `--help` shows run.

use std::fs;

use super::{place_with_graph, tidings};

/// Commands whose examples need nothing but a graph folder.
const COMMANDS: &[&str] = &["query", "export", "stats", "remove", "completions", "man"];

#[test]
fn every_command_shows_examples() {
    let place = place_with_graph();
    for command in ["ingest", "serve"].iter().chain(COMMANDS) {
        if *command == "serve" && !cfg!(feature = "serve") {
            continue;
        }
        let help = tidings(place.path(), &[command, "--help"]).good().out;
        assert!(help.contains("Examples:\n  tidings "), "{help}");
    }
}

#[test]
fn the_examples_run() {
    for command in COMMANDS {
        let help = tidings(".".as_ref(), &[command, "--help"]).good().out;
        let (_, examples) = help.split_once("Examples:\n").unwrap();
        for example in examples.lines().map(str::trim).filter(|line| line.starts_with("tidings ")) {
            let place = place_with_graph();
            // What the examples name is made to be there.
            let news = fs::read_to_string(place.path().join("news.jsonl")).unwrap();
            let named = news
                .replace("\"n-1\"", "\"https://news.example/2025/05/baku-drill.html\"")
                .replace("\"n-3\"", "\"n-7\"");
            fs::write(place.path().join("news.jsonl"), named).unwrap();
            tidings(place.path(), &["ingest", "--annotations", "news.jsonl", "--kg", "kg", "--prune"]).good();
            let mut words = shell_words(example);
            let redirected = words.iter().position(|word| word == ">");
            words.truncate(redirected.unwrap_or(words.len()));
            let words: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
            let run = tidings(place.path(), &words);
            assert_eq!(run.code, 0, "{example}: {}", run.err);
        }
    }
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
