//! Killed at any moment, the graph folder is whole.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use super::{annotation, tidings};

const ARTICLES: usize = 400;
const ROUNDS: u64 = 15;

/// Annotations of all articles, in the version `version`.
fn write_news(place: &Path, version: usize) {
    let lines: Vec<String> = (0..ARTICLES)
        .map(|n| annotation(&format!("n-{n}"), ("Iran", "Q794"), &format!("Town{}", n + version)))
        .collect();
    fs::write(place.join("news.jsonl"), lines.join("\n")).unwrap();
}

fn articles(place: &Path) -> u64 {
    let stats = tidings(place, &["stats", "--kg", "kg", "--json"]).good();
    let stats: serde_json::Value = serde_json::from_str(&stats.out).unwrap();
    // Every article was read whole, and has all its mentions.
    assert_eq!(stats["mentions"].as_u64(), stats["articles"].as_u64().map(|articles| articles * 3));
    stats["articles"].as_u64().unwrap()
}

#[test]
fn killed_at_any_moment_the_folder_is_whole_and_the_next_run_goes_on() {
    let place = TempDir::new().unwrap();
    let ingest = ["ingest", "--annotations", "news.jsonl", "--kg", "kg"];
    let mut killed = 0;
    for round in 0..ROUNDS {
        // Every fifth round changes all articles, so that replacing is interrupted too.
        if round % 5 == 0 {
            write_news(place.path(), usize::try_from(round).unwrap());
        }
        let mut run = Command::new(env!("CARGO_BIN_EXE_tidings"))
            .current_dir(place.path())
            .args(ingest)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Moments spread over the run, the same in every test.
        thread::sleep(Duration::from_millis(10 + round * 37 % 211));
        run.kill().unwrap();
        killed += u32::from(run.wait().unwrap().code().is_none());
        if place.path().join("kg/manifest.tsv").exists() {
            articles(place.path());
        }
    }
    assert!(killed >= 5, "only {killed} runs were killed before their end");
    tidings(place.path(), &ingest).good();
    assert_eq!(articles(place.path()), ARTICLES as u64);
    let quiet = tidings(place.path(), &ingest).good();
    assert_eq!(quiet.err, format!("0 added, 0 replaced, {ARTICLES} unchanged, 0 removed, 0 failed\n"));
    // As if nothing had happened.
    tidings(place.path(), &["ingest", "--annotations", "news.jsonl", "--kg", "other"]).good();
    let read = |kg: &str| fs::read_to_string(place.path().join(kg).join("manifest.tsv")).unwrap();
    assert!(read("kg") == read("other"));
}
