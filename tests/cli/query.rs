//! `tidings query`.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{pack, place_with_graph, tidings};

#[test]
fn rows_and_graphs_are_given_in_every_format() {
    let place = place_with_graph();
    let ask = |format: &str, query: &str| {
        tidings(place.path(), &["query", "--kg", "kg", "--format", format, query])
    };
    let rows = "SELECT ?label { ?x a td:City ; rdfs:label ?label } ORDER BY ?label";
    assert_eq!(ask("csv", rows).good().out, "label\r\nOslo\r\nQom\r\nTabriz\r\n");
    assert!(ask("tsv", rows).good().out.starts_with("?label\n\"Oslo\""));
    assert!(ask("json", rows).good().out.starts_with("{\"head\""));
    assert!(ask("xml", rows).good().out.starts_with("<?xml"));
    let table = ask("table", rows).good().out;
    assert!(
        table.contains("│ label  │\n") && table.contains("│ Tabriz │\n") && table.ends_with("3 rows\n"),
        "{table}"
    );
    assert_eq!(ask("table", "ASK { ?x a td:City }").good().out, "yes\n");
    let graph = "CONSTRUCT { ?x rdfs:label ?label } { ?x a td:City ; rdfs:label ?label }";
    for format in ["turtle", "nt", "rdfxml", "jsonld", "trig", "nq"] {
        let answer = ask(format, graph).good().out;
        assert!(answer.contains("Tabriz"), "{answer}");
        assert_eq!(answer, ask(format, graph).good().out);
    }
    let wrong = ask("csv", graph);
    assert!(wrong.code == 2 && wrong.err.contains("this query gives a graph"), "{}", wrong.err);
    let wrong = ask("turtle", rows);
    assert!(wrong.code == 2 && wrong.err.contains("this query gives rows"), "{}", wrong.err);
}

#[test]
fn the_default_graph_is_the_union_and_each_article_is_reached_by_name() {
    let place = place_with_graph();
    let count = |query: &str| tidings(place.path(), &["query", "--kg", "kg", query]).good().out;
    assert_eq!(count("SELECT (COUNT(*) AS ?n) { ?x a td:Person }"), "n\r\n1\r\n");
    assert_eq!(count("SELECT (COUNT(*) AS ?n) { GRAPH ?article { ?x a td:Person } }"), "n\r\n3\r\n");
}

#[test]
fn every_ready_made_question_has_an_answer() {
    let place = place_with_graph();
    let ask = |name: &str, parameters: &[&str]| {
        let mut args = vec!["query", "--kg", "kg", "--name", name];
        args.extend(parameters.iter().flat_map(|parameter| ["--param", parameter]));
        tidings(place.path(), &args).good().out
    };
    let list = tidings(place.path(), &["query", "--list"]).good().out;
    for name in list.lines().filter(|line| !line.starts_with(' ')) {
        assert!(ask(name, &[]).lines().next().is_some_and(|header| !header.is_empty()), "{name}");
    }
    assert_eq!(ask("articles", &[]).lines().count(), 4);
    assert_eq!(ask("articles-about", &["name=IRAN"]).lines().count(), 3);
    assert_eq!(ask("articles-about", &["name=Oslo", "name=Qom"]).lines().count(), 3);
    assert!(ask("most-mentioned", &[]).starts_with("label,articles,mentions,entity\r\nJane Doe,3,3,"));
    assert_eq!(ask("entities-of-class", &["class=td:Place"]).lines().count(), 6);
    assert!(ask("entity", &["name=norway"]).contains("http://www.wikidata.org/entity/Q20"));
    assert_eq!(
        ask("mentioned-with", &["name=Iran"]).lines().nth(1).map(|row| row.starts_with("Jane Doe,2,")),
        Some(true)
    );
    assert!(ask("quotes", &["name=Qom"]).contains("Jane Doe came to ,Qom, in Iran for talks.,17,"));
    assert!(
        ask("links", &[])
            .contains("Iran,http://www.w3.org/2002/07/owl#sameAs,http://www.wikidata.org/entity/Q794,")
    );
    assert!(ask("unlinked", &[]).contains("Jane Doe,3,"));
    assert!(ask("publishers", &[]).contains("The Example Courier,3,2025-05-20,2025-05-20"));
    assert!(ask("people-of-country", &["country=Iran"]).starts_with("label,articles,entity"));
    assert!(ask("places", &[]).starts_with("label,latitude,longitude,country,entity"));
}

#[test]
fn a_query_comes_from_a_file_too_and_its_faults_are_shown_in_place() {
    let place = place_with_graph();
    fs::write(place.path().join("q.rq"), "SELECT ?x\n{ ?x a td:City ) }\n").unwrap();
    let run = tidings(place.path(), &["query", "--kg", "kg", "--file", "q.rq"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.starts_with("tidings: `q.rq`, line 2, column 16: `)` is not expected here\n"),
        "{}",
        run.err
    );
    assert!(run.err.ends_with(" 2 | { ?x a td:City ) }\n   |                ^\n"), "{}", run.err);
    fs::write(place.path().join("q.rq"), "ASK { ?x a td:City }").unwrap();
    assert_eq!(tidings(place.path(), &["query", "--kg", "kg", "--file", "q.rq"]).good().out, "true");
}

#[test]
fn what_cant_be_asked_is_refused_with_the_mend() {
    let place = place_with_graph();
    for (args, reason) in [
        (&["query", "--kg", "kg", "--name", "nothing"][..], "`tidings query --list`"),
        (&["query", "--kg", "kg", "--name", "places", "--param", "a=b"], "it has none"),
        (&["query", "--kg", "kg", "CLEAR ALL"], "only read here"),
        (&["query", "--kg", "nowhere", "ASK {}"], "is not a graph folder"),
        (&["query", "--data", "news.jsonl", "ASK {}"], "can't tell the RDF format"),
    ] {
        let run = tidings(place.path(), args);
        assert!(run.code == 2 && run.err.contains(reason), "{args:?}: {}", run.err);
    }
}

#[test]
fn a_damaged_file_is_named() {
    let place = place_with_graph();
    let pack = pack(place.path());
    let mut bytes = fs::read(&pack).unwrap();
    bytes[200] ^= 0xff;
    fs::write(&pack, bytes).unwrap();
    let run = tidings(place.path(), &["query", "--kg", "kg", "ASK {}"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("is damaged where article <") && run.err.contains("ingest --again"),
        "{}",
        run.err
    );
    // The mend that it names; without the option the article is there unchanged.
    let ingest = ["ingest", "--annotations", "news.jsonl", "--kg", "kg"];
    tidings(place.path(), &ingest).good();
    assert_eq!(tidings(place.path(), &["query", "--kg", "kg", "ASK {}"]).code, 2);
    let run = tidings(place.path(), &[&ingest[..], &["--again"]].concat()).good();
    assert!(run.err.ends_with("0 added, 3 replaced, 0 unchanged, 0 removed, 0 failed\n"), "{}", run.err);
    tidings(place.path(), &["query", "--kg", "kg", "ASK {}"]).good();
    tidings(place.path(), &["verify", "--kg", "kg"]).good();
}

#[test]
fn a_query_is_stopped_in_time() {
    let place = place_with_graph();
    let costly = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }";
    let start = Instant::now();
    let run = tidings(place.path(), &["query", "--kg", "kg", "--timeout", "1", costly]);
    assert!(run.code == 2 && run.err.contains("stopped after 1 s"), "{}", run.err);
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn nobody_need_read_the_answer() {
    let place = place_with_graph();
    let rows = "SELECT * { ?s ?p ?o }";
    let graph = "CONSTRUCT WHERE { ?s ?p ?o }";
    for args in [
        &["query", "--kg", "kg", rows][..],
        &["query", "--kg", "kg", "--format", "table", rows],
        &["query", "--kg", "kg", "--format", "xml", rows],
        &["query", "--kg", "kg", "--format", "turtle", graph],
        &["query", "--kg", "kg", "--format", "jsonld", graph],
        &["query", "--list"],
        &["export", "--kg", "kg"],
        &["stats", "--kg", "kg"],
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tidings"));
        command.current_dir(place.path()).args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = command.spawn().unwrap();
        drop(process.stdout.take());
        let ended = process.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&ended.stderr), "", "{args:?}");
        assert_eq!(ended.status.code(), Some(0), "{args:?}");
    }
}
