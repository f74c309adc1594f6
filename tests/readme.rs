//! Runs every command that the README and the pages of the ontology show, and compares what it prints with what is shown.
//!
//! In a block marked `console`, a line that starts with `$ ` is a command (a trailing `\` joins the next line), the
//! lines under it are its output; `...` alone on a line stands for any lines. Commands run in a temporary copy of
//! the examples, one after the other.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Commands about the repository rather than the program: shown, not run from within a test.
const NOT_RUN: [&str; 4] = ["cargo test", "cargo bench", "cargo install", "git clone"];

struct Shown {
    line: usize,
    command: String,
    output: Vec<String>,
}

fn shown(markdown: &str) -> Vec<Shown> {
    let mut commands: Vec<Shown> = Vec::new();
    let (mut inside, mut joined) = (false, false);
    for (n, line) in markdown.lines().enumerate() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if joined {
            commands.last_mut().expect("joined to a command").command += line;
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| inside) {
            commands.push(Shown { line: n + 1, command: command.to_owned(), output: Vec::new() });
        } else if let Some(last) = commands.last_mut().filter(|_| inside) {
            last.output.push(line.to_owned());
        }
        let open = commands.last_mut().filter(|c| inside && c.output.is_empty());
        joined = open.is_some_and(|c| c.command.ends_with('\\') && c.command.pop().is_some());
    }
    commands
}

/// Whether `lines` are what is shown, where `...` stands for any lines.
fn matches(shown: &[String], lines: &[&str]) -> bool {
    match shown.split_first() {
        None => lines.is_empty(),
        Some((first, rest)) if first == "..." => (0..=lines.len()).any(|i| matches(rest, &lines[i..])),
        Some((first, rest)) => lines.first() == Some(&first.as_str()) && matches(rest, &lines[1..]),
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Runs the commands of a page, and gives how many there are.
fn run_commands(page: &str) -> usize {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dir = tempfile::tempdir().unwrap();
    copy(&root.join("examples"), &dir.path().join("examples"));
    let bin = Path::new(env!("CARGO_BIN_EXE_tidings")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());

    let mut run = 0;
    for Shown { line, command, output } in shown(&fs::read_to_string(root.join(page)).unwrap()) {
        if NOT_RUN.iter().any(|c| command.starts_with(c)) {
            continue;
        }
        run += 1;
        let done = Command::new("sh")
            .args(["-c", &command.replace("cargo run --release -- ", "tidings ")])
            .current_dir(&dir)
            .env("PATH", &path)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let (stdout, stderr) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        assert!(done.status.success(), "{page} line {line}: `{command}` failed\n{stderr}");
        assert!(
            output.is_empty() || matches(&output, &stdout.lines().collect::<Vec<_>>()),
            "{page} line {line}: `{command}` printed\n{stdout}\nbut the page shows\n{}",
            output.join("\n")
        );
    }
    run
}

#[test]
fn commands_in_the_readme_print_what_it_shows() {
    let run = run_commands("README.md");
    assert!(run >= 5, "the README shows only {run} commands of the program");
}

#[test]
fn commands_in_the_guide_to_the_graph_print_what_it_shows() {
    assert!(run_commands("ontology/guide.md") >= 4);
}

#[test]
fn the_questions_have_the_answers_that_their_page_shows() {
    assert!(run_commands("ontology/questions/README.md") >= 10);
}
