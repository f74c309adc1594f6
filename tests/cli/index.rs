//! The index of a graph folder.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use super::{annotation, place_with_graph, tidings};

const CITIES: &str = "SELECT ?label { ?x a td:City ; rdfs:label ?label } ORDER BY ?label";
const QUADS: &str =
    "SELECT ?g (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } GROUP BY ?g ORDER BY ?g";

/// What the graph holds, by the index that has grown with the folder.
fn grown(place: &Path) -> String {
    tidings(place, &["query", "--kg", "kg", QUADS]).good().out
}

/// What the graph holds, by an index that is made anew.
fn anew(place: &Path) -> String {
    let copy = place.join("copy");
    for entry in walkdir::WalkDir::new(place.join("kg")) {
        let entry = entry.unwrap();
        let to = copy.join(entry.path().strip_prefix(place.join("kg")).unwrap());
        if entry.path().is_dir() {
            fs::create_dir_all(to).unwrap();
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
    fs::remove_dir_all(copy.join("index")).unwrap();
    let out = tidings(place, &["query", "--kg", "copy", QUADS]).good().out;
    fs::remove_dir_all(copy).unwrap();
    out
}

#[test]
fn is_made_at_the_first_question_and_follows_the_folder_from_then_on() {
    let place = place_with_graph();
    let ask = || {
        let run = tidings(place.path(), &["query", "--kg", "kg", CITIES]).good();
        assert_eq!(run.err, "");
        run.out
    };
    assert_eq!(ask(), "label\r\nOslo\r\nQom\r\nTabriz\r\n");
    assert!(place.path().join("kg/index").is_dir());
    fs::write(place.path().join("more.jsonl"), annotation("n-4", ("Peru", "Q419"), "Lima")).unwrap();
    tidings(place.path(), &["ingest", "--annotations", "more.jsonl", "--kg", "kg"]).good();
    tidings(place.path(), &["remove", "n-1", "--kg", "kg"]).good();
    assert_eq!(ask(), "label\r\nLima\r\nOslo\r\nTabriz\r\n");
    assert_eq!(grown(place.path()), anew(place.path()));
    fs::remove_dir_all(place.path().join("kg/index")).unwrap();
    assert_eq!(ask(), "label\r\nLima\r\nOslo\r\nTabriz\r\n");
}

#[test]
fn what_cant_be_written_is_told_and_memory_does_instead() {
    let place = place_with_graph();
    fs::write(place.path().join("kg/index"), "in the way").unwrap();
    let run = tidings(place.path(), &["query", "--kg", "kg", CITIES]).good();
    assert_eq!(run.out, "label\r\nOslo\r\nQom\r\nTabriz\r\n");
    assert!(
        run.err.starts_with("tidings: the index can't be used, the graph is loaded into memory: "),
        "{}",
        run.err
    );
}

#[test]
fn a_damaged_index_is_told_and_never_asked() {
    let place = place_with_graph();
    let whole = grown(place.path());
    let segment = fs::read_dir(place.path().join("kg/index")).unwrap();
    let segment = segment
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some() && path.extension() == Some("seg".as_ref()))
        .unwrap();
    let good = fs::read(&segment).unwrap();
    let mut told = 0;
    for at in (0..good.len()).step_by(good.len() / 12) {
        let mut bad = good.clone();
        bad[at] ^= 4;
        fs::write(&segment, bad).unwrap();
        let run = tidings(place.path(), &["query", "--kg", "kg", QUADS]);
        if run.code == 0 {
            assert_eq!(run.out, whole, "byte {at}");
        } else {
            assert!(
                run.err.contains("the index is damaged") && run.err.contains("delete the folder"),
                "{}",
                run.err
            );
            told += 1;
        }
        fs::write(&segment, &good).unwrap();
    }
    assert!(told > 0, "no flipped byte was met");
}

#[test]
fn killed_at_any_moment_it_is_whole_or_made_again() {
    let place = place_with_graph();
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
            .args(["query", "--kg", "kg", "ASK {}"])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(moment));
        run.kill().unwrap();
        killed += u32::from(run.wait().unwrap().code().is_none());
        assert_eq!(grown(place.path()), anew(place.path()));
    }
    assert!(killed >= 2, "only {killed} runs were killed before their end");
}

#[cfg(feature = "serve")]
#[test]
fn a_server_asks_it_too_while_others_make_it_newer() {
    let place = place_with_graph();
    let server = super::serve::Server::start(place.path(), &["--kg", "kg"]);
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
    grown(place.path());
    for args in [
        &["label", "Q794", "Islamic Republic of Iran"][..],
        &["not-an-entity", "entity/Jane_Doe-Person"],
        &["not-an-entity", "entity/Jane_Doe-Person", "--undo"],
    ] {
        tidings(place.path(), &[&["correct", "--kg", "kg"][..], args].concat()).good();
        assert_eq!(grown(place.path()), anew(place.path()));
    }
    tidings(place.path(), &["remove", "n-1", "--kg", "kg"]).good();
    assert_eq!(grown(place.path()), anew(place.path()));
}
