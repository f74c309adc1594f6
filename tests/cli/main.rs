//! The program as its users run it: arguments in, output, messages and exit codes out.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod bad_input;
mod correct;
mod crash;
mod export;
mod extract;
mod help;
mod index;
mod ingest;
mod kb;
mod ontology;
mod query;
#[cfg(feature = "serve")]
mod serve;
mod statements;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::json;
use tempfile::TempDir;

/// What a run printed, and its exit code.
struct Run {
    code: i32,
    out: String,
    err: String,
}

/// Runs the program in the folder `place`.
fn tidings(place: &Path, args: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_tidings")).current_dir(place).args(args).output().unwrap();
    Run::of(output)
}

/// Runs the program in the folder `place`, with `input` on its standard input.
fn tidings_reading(place: &Path, args: &[&str], input: &[u8]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tidings"));
    command.current_dir(place).args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().unwrap();
    let mut stdin = process.stdin.take().unwrap();
    std::thread::scope(|scope| {
        // A program that ends before it has read all of it has told why.
        scope.spawn(move || stdin.write_all(input));
        Run::of(process.wait_with_output().unwrap())
    })
}

/// A file of the repository.
fn in_repository(path: &str) -> String {
    format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))
}

impl Run {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Fails unless all went well.
    #[track_caller]
    fn good(self) -> Self {
        assert_eq!(self.code, 0, "{}{}", self.out, self.err);
        self
    }
}

/// The annotation of an article in which a person, Jane Doe, is in a country and a city.
fn annotation(id: &str, country: (&str, &str), city: &str) -> String {
    let text = format!("Jane Doe came to {city} in {} for talks.", country.0);
    let find = |name: &str| {
        let start = text.find(name).unwrap();
        json!({"start": start, "end": start + name.len()})
    };
    let mention = |number: usize, name: &str, kind: &str| {
        let place = find(name);
        json!({"id": format!("m{number}"), "start": place["start"], "end": place["end"], "kind": "name", "type": kind,
            "entity": format!("e{number}")})
    };
    let wikidata = format!("http://www.wikidata.org/entity/{}", country.1);
    json!({
        "schema": "tidings-annotation/1",
        "article": {"id": id, "title": format!("Talks in {city}"), "published": "2025-05-20", "url": null,
            "publisher": "The Example Courier", "language": "en", "text": text},
        "sentences": [{"start": 0, "end": text.len()}],
        "mentions": [mention(1, "Jane Doe", "PERSON"), mention(2, country.0, "GPE"), mention(3, city, "GPE")],
        "entities": [
            {"id": "e1", "label": "Jane Doe", "class": "td:Person", "links": []},
            {"id": "e2", "label": country.0, "class": "td:Country", "links": [{"iri": wikidata, "score": 0.99}]},
            {"id": "e3", "label": city, "class": "td:City", "links": []},
        ],
        "times": [], "relations": [], "events": [], "attributions": [],
    })
    .to_string()
}

/// A place with the annotations of three articles in `news.jsonl`, and a graph folder `kg` made of them.
fn place_with_graph() -> TempDir {
    let place = TempDir::new().unwrap();
    let lines = [
        annotation("n-1", ("Iran", "Q794"), "Qom"),
        annotation("n-2", ("Iran", "Q794"), "Tabriz"),
        annotation("n-3", ("Norway", "Q20"), "Oslo"),
    ];
    fs::write(place.path().join("news.jsonl"), lines.join("\n")).unwrap();
    tidings(place.path(), &["ingest", "--annotations", "news.jsonl", "--kg", "kg"]).good();
    place
}
