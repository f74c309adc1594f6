//! The index on disk, with the cargo feature `rocksdb`.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use super::{annotation, place_with_graph, tidings};

const CITIES: &str = "SELECT ?label { ?x a td:City ; rdfs:label ?label } ORDER BY ?label";
const QUADS: &str =
    "SELECT ?g (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } GROUP BY ?g ORDER BY ?g";

#[test]
fn is_made_when_asked_for_and_follows_the_folder_from_then_on() {
    let place = place_with_graph();
    let ask = |more: &[&str]| {
        let run = tidings(place.path(), &[&["query", "--kg", "kg", CITIES][..], more].concat()).good();
        assert_eq!(run.err, "");
        run.out
    };
    assert_eq!(ask(&[]), "label\r\nOslo\r\nQom\r\nTabriz\r\n");
    assert!(!place.path().join("kg/index").exists());
    assert_eq!(ask(&["--index"]), ask(&["--no-index"]));
    assert!(place.path().join("kg/index").is_dir());
    fs::write(place.path().join("more.jsonl"), annotation("n-4", ("Peru", "Q419"), "Lima")).unwrap();
    tidings(place.path(), &["ingest", "--annotations", "more.jsonl", "--kg", "kg"]).good();
    tidings(place.path(), &["remove", "n-1", "--kg", "kg"]).good();
    assert_eq!(ask(&[]), "label\r\nLima\r\nOslo\r\nTabriz\r\n");
    let all = |more: &[&str]| {
        tidings(place.path(), &[&["query", "--kg", "kg", QUADS][..], more].concat()).good().out
    };
    assert_eq!(all(&[]), all(&["--no-index"]));
    fs::remove_dir_all(place.path().join("kg/index")).unwrap();
    assert_eq!(ask(&[]), "label\r\nLima\r\nOslo\r\nTabriz\r\n");
    assert!(!place.path().join("kg/index").exists());
}

#[test]
fn what_cant_be_written_is_told_and_memory_does_instead() {
    let place = place_with_graph();
    fs::write(place.path().join("kg/index"), "in the way").unwrap();
    let run = tidings(place.path(), &["query", "--kg", "kg", "--index", CITIES]).good();
    assert_eq!(run.out, "label\r\nOslo\r\nQom\r\nTabriz\r\n");
    assert!(
        run.err.starts_with("tidings: the index can't be used, the graph is loaded into memory: "),
        "{}",
        run.err
    );
}

#[test]
fn killed_at_any_moment_it_is_whole_or_made_again() {
    let place = place_with_graph();
    let all = |more: &str| tidings(place.path(), &["query", "--kg", "kg", QUADS, more]).good().out;
    let mut killed = 0;
    // Moments spread over the run, in milliseconds, more of them at its beginning, since machines differ.
    for (round, moment) in [60, 1, 18, 3, 90, 2, 25, 5, 40, 8, 130, 12].into_iter().enumerate() {
        let lines: Vec<String> = (0..300)
            .map(|n| annotation(&format!("n-{n}"), ("Iran", "Q794"), &format!("Town{}", n + round % 2)))
            .collect();
        fs::write(place.path().join("news.jsonl"), lines.join("\n")).unwrap();
        if round % 4 == 0 {
            tidings(place.path(), &["ingest", "--annotations", "news.jsonl", "--kg", "kg"]).good();
        } else {
            fs::write(
                place.path().join("one.jsonl"),
                annotation(&format!("o-{round}"), ("Iran", "Q794"), "Qom"),
            )
            .unwrap();
            tidings(place.path(), &["ingest", "--annotations", "one.jsonl", "--kg", "kg"]).good();
        }
        let mut run = Command::new(env!("CARGO_BIN_EXE_tidings"))
            .current_dir(place.path())
            .args(["query", "--kg", "kg", "--index", "ASK {}"])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(moment));
        run.kill().unwrap();
        killed += u32::from(run.wait().unwrap().code().is_none());
        assert_eq!(all("--index"), all("--no-index"));
    }
    assert!(killed >= 2, "only {killed} runs were killed before their end");
}

#[cfg(feature = "serve")]
#[test]
fn a_server_asks_it_too_while_others_make_it_newer() {
    let place = place_with_graph();
    let server = super::serve::Server::start(place.path(), &["--kg", "kg", "--index"]);
    let query = "SELECT%20(COUNT(*)%20AS%20%3Fn)%20%7B%3Fx%20a%20td%3ACity%7D";
    let get = format!("GET /query?query={query} HTTP/1.1\nHost: x\nAccept: text/csv\nConnection: close\n\n");
    assert!(server.send(&get).contains("n\r\n3\r\n"));
    tidings(place.path(), &["remove", "n-1", "--kg", "kg"]).good();
    let two = tidings(place.path(), &["query", "--kg", "kg", CITIES]).good();
    assert_eq!((two.out.as_str(), two.err.as_str()), ("label\r\nOslo\r\nTabriz\r\n", ""));
    assert!(server.send(&get).contains("n\r\n3\r\n"));
}

#[test]
fn corrections_are_in_it_and_it_follows_them() {
    let place = place_with_graph();
    let all = |more: &[&str]| {
        tidings(place.path(), &[&["query", "--kg", "kg", QUADS][..], more].concat()).good().out
    };
    all(&["--index"]);
    for args in [
        &["label", "Q794", "Islamic Republic of Iran"][..],
        &["not-an-entity", "entity/Jane_Doe-Person"],
        &["not-an-entity", "entity/Jane_Doe-Person", "--undo"],
    ] {
        tidings(place.path(), &[&["correct", "--kg", "kg"][..], args].concat()).good();
        assert_eq!(all(&[]), all(&["--no-index"]));
    }
    tidings(place.path(), &["remove", "n-1", "--kg", "kg"]).good();
    assert_eq!(all(&[]), all(&["--no-index"]));
}
