//! Killed at any moment, the graph folder is whole.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
use tidings::store::{Content, Folder, FolderWriter, Waiting};

use super::{annotation, tidings};

/// Articles, so large that packs of them are full several times in a run.
const ARTICLES: usize = 120;
const LETTERS: usize = 120_000;

/// Numbers that look random, the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// Annotations of all articles, in the version `version`, in the file `VERSION.jsonl`.
fn write_news(place: &Path, version: usize) {
    let alphabet: Vec<char> = ('a'..='z').chain('A'..='Z').chain('0'..='9').collect();
    let line = |n: usize| {
        let line = annotation(&format!("n-{n}"), ("Iran", "Q794"), &format!("Town{}", n + version));
        let mut line: Value = serde_json::from_str(&line).unwrap();
        let mut random = Random((n + version * ARTICLES) as u64);
        // Letters that can't be compressed.
        let noise: String = (0..LETTERS).map(|_| alphabet[random.below(alphabet.len())]).collect();
        let text = format!("{} {noise}", line["article"]["text"].as_str().unwrap());
        line["article"]["text"] = text.into();
        line.to_string()
    };
    fs::write(place.join(format!("{version}.jsonl")), (0..ARTICLES).map(line).collect::<Vec<_>>().join("\n"))
        .unwrap();
}

fn ingest(version: usize, kg: &str) -> Vec<String> {
    let news = format!("{version}.jsonl");
    ["ingest", "--keep-text", "--annotations", &news, "--kg", kg].map(str::to_owned).to_vec()
}

fn run(place: &Path, args: &[String]) -> super::Run {
    tidings(place, &args.iter().map(String::as_str).collect::<Vec<_>>())
}

/// All articles of a folder, each of which can be read, and of what content they are.
fn articles(kg: &Path) -> BTreeMap<String, Content> {
    let folder = Folder::open(kg).unwrap();
    let entries = folder.manifest().entries();
    entries
        .map(|entry| {
            assert!(folder.read(entry).unwrap().is_some());
            (entry.article.to_string(), entry.content)
        })
        .collect()
}

/// Kills the program `rounds` times, each time at another moment of another command.
fn kill(rounds: usize) {
    let place = TempDir::new().unwrap();
    let kg = place.path().join("kg");
    let versions = [0, 1].map(|version| {
        write_news(place.path(), version);
        let kg = format!("only-{version}");
        run(place.path(), &ingest(version, &kg)).good();
        articles(&place.path().join(kg))
    });
    let iris: Vec<&String> = versions[0].keys().collect();
    let start = Instant::now();
    run(place.path(), &ingest(0, "kg")).good();
    let whole_run = start.elapsed();
    let mut random = Random(7);
    let mut killed = 0;
    for round in 0..rounds {
        let before = articles(&kg);
        // New articles and versions, the same once more, and removing.
        let version = round / 3 % 2;
        let gone: Vec<String> =
            iris.iter().filter(|_| random.below(3) == 0).map(|iri| (*iri).clone()).collect();
        let args = match round % 3 {
            0 => ingest(version, "kg"),
            1 => [ingest(1 - version, "kg"), vec!["--again".to_owned()]].concat(),
            _ => {
                let gone: Vec<String> =
                    gone.iter().filter(|iri| before.contains_key(*iri)).cloned().collect();
                [vec!["remove".to_owned(), "--kg".to_owned(), "kg".to_owned()], gone].concat()
            }
        };
        let longest = if args[0] == "remove" { whole_run / 8 } else { whole_run };
        let mut process = Command::new(env!("CARGO_BIN_EXE_tidings"))
            .current_dir(place.path())
            .args(&args)
            .stderr(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_micros(random.below(longest.as_micros() as usize + 1) as u64));
        // What the manifest names at this moment is durable.
        let durable: Vec<String> =
            Folder::open(&kg).unwrap().manifest().entries().map(|entry| entry.article.to_string()).collect();
        process.kill().unwrap();
        killed += usize::from(process.wait().unwrap().code().is_none());
        let after = articles(&kg);
        for (iri, content) in &before {
            match after.get(iri) {
                None => assert!(args[0] == "remove" && gone.contains(iri), "{iri} is lost by {args:?}"),
                Some(now) if args[0] == "remove" => assert_eq!(now, content),
                Some(now) => assert!(versions.iter().any(|all| all[iri] == *now)),
            }
        }
        assert!(args[0] == "remove" || durable.iter().all(|iri| after.contains_key(iri)));
        // A pack that no line of the manifest names yet, or any more, is all that may be wrong.
        let verified = tidings(place.path(), &["verify", "--kg", "kg"]);
        let wrong = verified.out.lines().rev().skip(1);
        assert!(
            wrong.clone().all(|line| line.contains("is named nowhere in the manifest")),
            "{}",
            verified.out
        );
        // The next who writes takes it away.
        if wrong.count() > 0 || round % 4 == 0 {
            FolderWriter::open(&kg, Waiting::Refuse, |_| ()).unwrap();
            tidings(place.path(), &["verify", "--kg", "kg"]).good();
        }
    }
    assert!(killed * 2 >= rounds, "only {killed} runs were killed before their end");
    run(place.path(), &ingest(1, "kg")).good();
    assert!(articles(&kg) == versions[1]);
    let quiet = run(place.path(), &ingest(1, "kg")).good();
    assert_eq!(quiet.err, format!("0 added, 0 replaced, {ARTICLES} unchanged, 0 removed, 0 failed\n"));
    tidings(place.path(), &["verify", "--kg", "kg"]).good();
}

#[test]
fn killed_at_any_moment_the_folder_is_whole_and_the_next_run_goes_on() {
    kill(12);
}

/// `cargo test --release --test cli killed_at_two_hundred -- --ignored --nocapture`
#[test]
#[ignore = "takes minutes"]
fn killed_at_two_hundred_moments_the_folder_is_whole() {
    kill(200);
}
