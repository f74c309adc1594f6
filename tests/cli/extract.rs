//! `tidings extract`.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser};
use oxigraph::model::Quad;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{in_repository, tidings, tidings_reading};

const TALKS: &str =
    "Talks resume in Geneva\n\nGENEVA, May 20, 2025 (AP) — Angela Merkel met Barack Obama on Monday.\n";

/// Paths of the example articles: files of every kind that is read.
fn articles() -> String {
    in_repository("examples/articles")
}

fn quads(text: &str, format: RdfFormat) -> Vec<Quad> {
    let mut quads: Vec<Quad> = RdfParser::from_format(format).for_slice(text).map(Result::unwrap).collect();
    quads.sort_by_cached_key(ToString::to_string);
    quads.dedup();
    quads
}

/// The annotations in the output of `extract -f json`.
fn annotations(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_format_holds_the_same_statements() {
    let articles = articles();
    let read = |name: &str, format| {
        let text = tidings(".".as_ref(), &["extract", "-f", name, &articles]).good().out;
        quads(&text, format)
    };
    let triples = read("nt", RdfFormat::NTriples);
    assert!(triples.len() > 3000, "{} triples", triples.len());
    let json_ld = RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() };
    for (name, format) in [("turtle", RdfFormat::Turtle), ("rdfxml", RdfFormat::RdfXml), ("jsonld", json_ld)]
    {
        assert!(read(name, format) == triples, "{name}");
    }
    let in_graphs = read("nq", RdfFormat::NQuads);
    assert!(in_graphs.len() >= triples.len() && read("trig", RdfFormat::TriG) == in_graphs);
}

#[test]
fn an_article_comes_from_standard_input() {
    for args in [&["extract"][..], &["extract", "-"]] {
        let turtle = tidings_reading(".".as_ref(), args, TALKS.as_bytes()).good().out;
        assert!(
            turtle.contains("Talks resume in Geneva") && turtle.contains("Angela_Merkel-Q567"),
            "{turtle}"
        );
    }
    let run = tidings_reading(".".as_ref(), &["extract"], b"");
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.starts_with("tidings: standard input is empty\n"), "{}", run.err);
}

#[test]
fn the_output_does_not_depend_on_the_number_of_threads() {
    let articles = articles();
    for format in ["turtle", "nq", "json"] {
        let run = |threads: &str| {
            tidings(".".as_ref(), &["extract", "-f", format, "--threads", threads, &articles]).good().out
        };
        let one = run("1");
        assert!(one.len() > 10_000 && one == run("2") && one == run("5"), "{format}");
    }
}

#[test]
fn what_can_be_read_is_written_when_an_input_is_missing() {
    let place = TempDir::new().unwrap();
    fs::write(place.path().join("a.txt"), TALKS).unwrap();
    fs::write(place.path().join("b.txt"), "Narendra Modi spoke in Delhi.").unwrap();
    let args = ["extract", "-f", "json", "a.txt", "missing.txt", "b.txt", "-o", "news.jsonl"];
    let run = tidings(place.path(), &args);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.starts_with("tidings: `missing.txt` does not exist; "), "{}", run.err);
    assert!(run.err.ends_with("\n2 articles, 1 skipped\n"), "{}", run.err);
    let written = annotations(&fs::read_to_string(place.path().join("news.jsonl")).unwrap());
    assert_eq!(written.len(), 2);
    assert_eq!(written[1]["article"]["text"], "Narendra Modi spoke in Delhi.");
}

#[test]
fn an_output_that_cant_be_written_is_named() {
    let place = TempDir::new().unwrap();
    fs::write(place.path().join("a.txt"), TALKS).unwrap();
    fs::create_dir(place.path().join("folder")).unwrap();
    for (output, reason) in [
        ("missing/news.ttl", "can't write `missing/news.ttl`: No such file or directory"),
        ("folder", "can't write `folder`: Is a directory"),
        ("a.txt/news.ttl", "can't write `a.txt/news.ttl`: Not a directory"),
    ] {
        let run = tidings(place.path(), &["extract", "a.txt", "-o", output]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{output}");
        assert!(run.err.starts_with(&format!("tidings: {reason}")), "{}", run.err);
    }
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 2);
}

#[cfg(unix)]
#[test]
fn a_file_is_replaced_and_a_device_written_to() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let place = TempDir::new().unwrap();
    let path = |name: &str| place.path().join(name);
    let mode = |name: &str| path(name).metadata().unwrap().permissions().mode() & 0o777;
    fs::write(path("a.txt"), TALKS).unwrap();
    let write =
        |output: &str| tidings(place.path(), &["extract", "-f", "nt", "a.txt", "-o", output]).good().out;
    write("news.nt");
    assert_eq!(mode("news.nt"), mode("a.txt"), "as any new file");
    fs::write(path("old.nt"), "old").unwrap();
    fs::set_permissions(path("old.nt"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("old.nt", path("link.nt")).unwrap();
    write("link.nt");
    assert_eq!(fs::read(path("old.nt")).unwrap(), fs::read(path("news.nt")).unwrap());
    assert_eq!(mode("old.nt"), 0o640);
    assert_eq!(write("/dev/stdout"), fs::read_to_string(path("news.nt")).unwrap());
}

#[test]
fn a_reader_of_the_output_may_stop_early() {
    for format in ["nt", "turtle", "json"] {
        let mut process = Command::new(env!("CARGO_BIN_EXE_tidings"))
            .args(["extract", "-f", format, &articles()])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::with_capacity(100, process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ended = process.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&ended.stderr), "", "{format}");
        assert_eq!(ended.status.code(), Some(0), "{format}");
    }
}

#[test]
fn tokens_are_written_where_they_are_asked_for() {
    let run = |args: &[&str]| {
        let run =
            tidings_reading(".".as_ref(), &[&["extract", "-f", "json"], args].concat(), TALKS.as_bytes());
        run.good().out
    };
    assert!(annotations(&run(&[]))[0].get("tokens").is_none());
    let out = run(&["--tokens"]);
    let annotation = &annotations(&out)[0];
    let text: Vec<char> = annotation["article"]["text"].as_str().unwrap().chars().collect();
    let tokens = annotation["tokens"].as_array().unwrap();
    let at = |token: &Value, field: &str| usize::try_from(token[field].as_u64().unwrap()).unwrap();
    for token in tokens {
        let written: String = text[at(token, "start")..at(token, "end")].iter().collect();
        assert_eq!(token["text"], *written);
        assert!(at(token, "head") < tokens.len());
    }
    let merkel = tokens.iter().find(|token| token["text"] == "Merkel").unwrap();
    assert_eq!((&merkel["tag"], &merkel["ner"]), (&"NNP".into(), &"I-PERSON".into()));
    let pretty = run(&["--tokens", "--pretty"]);
    assert!(pretty.lines().count() > tokens.len());
    assert_eq!(serde_json::from_str::<Value>(&pretty).unwrap(), *annotation);
}

#[test]
fn annotations_that_are_read_back_give_the_graph_of_the_articles() {
    let place = TempDir::new().unwrap();
    let articles = articles();
    for options in [&[][..], &["--tokens"]] {
        let extract = ["extract", "-f", "json", &articles, "-o", "news.jsonl"];
        tidings(place.path(), &[&extract, options].concat()).good();
        tidings(place.path(), &["ingest", "--annotations", "news.jsonl", "--kg", "annotations"]).good();
        tidings(place.path(), &["ingest", &articles, "--kg", "articles"]).good();
        let stored = |kg: &str| {
            let text = tidings(place.path(), &["export", "--kg", kg, "-f", "nq"]).good().out;
            without_origin(quads(&text, RdfFormat::NQuads))
        };
        let (ours, theirs) = (stored("annotations"), stored("articles"));
        assert!(ours.len() > 3000, "{} quads", ours.len());
        let only = |these: &[Quad], those: &[Quad]| these.iter().find(|quad| !those.contains(quad)).cloned();
        assert_eq!((only(&ours, &theirs), only(&theirs, &ours)), (None, None), "{options:?}");
    }
}

#[test]
fn what_the_ontology_has_no_term_for_is_kept_apart_where_asked_for() {
    let text = "Greenpeace said that Japan may pester Norway.\n";
    let place = TempDir::new().unwrap();
    fs::write(place.path().join("a.txt"), text).unwrap();
    let extract =
        |args: &[&str]| tidings(place.path(), &[&["extract", "a.txt", "-f"], args].concat()).good().out;
    assert!(annotations(&extract(&["json"]))[0].get("open").is_none());
    assert!(!extract(&["nt"]).contains("OpenStatement"));
    let line = extract(&["json", "--open"]);
    let annotation = &annotations(&line)[0];
    let [open] = &annotation["open"].as_array().unwrap()[..] else { panic!("{}", annotation["open"]) };
    assert_eq!((&open["lemma"], &open["anchor"]["start"]), (&json!("pester"), &json!(31)));
    assert_eq!((&open["certainty"], &open["polarity"]), (&json!("possible"), &json!("affirmed")));
    assert_eq!(open["attribution"], annotation["attributions"][0]["id"]);
    let role = |n: usize| {
        let role = &open["roles"][n];
        let is_it = |entity: &&Value| entity["id"] == role["entity"];
        let entity = annotation["entities"].as_array().unwrap().iter().find(is_it).unwrap();
        format!("{} {}", role["function"].as_str().unwrap(), entity["label"].as_str().unwrap())
    };
    assert_eq!([role(0), role(1)], ["subject Japan", "object Norway"]);
    // Read back it gives the same, which fits the shapes.
    fs::write(place.path().join("a.jsonl"), line).unwrap();
    tidings(place.path(), &["ingest", "--kg", "kg", "--annotations", "a.jsonl"]).good();
    tidings(place.path(), &["ingest", "--kg", "own", "--open", "a.txt"]).good();
    let query = "SELECT ?lemma ?function ?name { ?s a td:OpenStatement ; td:lemma ?lemma ; td:argument ?a .
        ?a td:function ?function ; td:filler/rdfs:label ?name } ORDER BY ?function";
    for kg in ["kg", "own"] {
        let rows = tidings(place.path(), &["query", "--kg", kg, query]).good().out;
        let rows: Vec<&str> = rows.lines().skip(1).collect();
        assert_eq!(rows, ["pester,object,Norway", "pester,subject,Japan"], "{kg}");
        tidings(place.path(), &["verify", "--kg", kg]).good();
    }
    let asserted = tidings(place.path(), &["export", "--kg", "kg", "-f", "nt", "--asserted-only"]).good().out;
    for term in ["OpenStatement", "ontology#lemma", "ontology#Argument", "ontology#filler"] {
        assert!(!asserted.contains(term), "{asserted}");
    }
}

#[test]
fn events_are_tied_by_what_the_article_says_of_both() {
    let text = "Turkey expelled the Syrian ambassador in response to the attack on Ankara. \
        Greece may withdraw its troops from Cyprus after the attack on Ankara.\n";
    let place = TempDir::new().unwrap();
    let args = |format| ["extract", "-f", format];
    let annotation =
        &annotations(&tidings_reading(place.path(), &args("json"), text.as_bytes()).good().out)[0];
    let word = |id: &Value| {
        let event = annotation["events"].as_array().unwrap().iter().find(|event| event["id"] == *id).unwrap();
        let at = |field: &str| usize::try_from(event["anchor"][field].as_u64().unwrap()).unwrap();
        text.get(at("start")..at("end")).unwrap()
    };
    let links = annotation["links"].as_array().unwrap().iter();
    let links: Vec<(&str, &str, &str)> = links
        .map(|link| (word(&link["subject"]), link["property"].as_str().unwrap(), word(&link["object"])))
        .collect();
    assert_eq!(links, [("expelled", "td:causedBy", "attack"), ("withdraw", "td:after", "attack")]);
    let graph =
        quads(&tidings_reading(place.path(), &args("nq"), text.as_bytes()).good().out, RdfFormat::NQuads);
    let ties = |name: &str| graph.iter().filter(|quad| quad.predicate.as_str().ends_with(name)).count();
    // What may be is no fact, and so is nothing that it is tied to.
    assert_eq!((ties("#causedBy"), ties("#after")), (1, 0));
}

/// All but what an annotation does not say: the pipeline that made it and the id that the source gave the article.
fn without_origin(mut quads: Vec<Quad>) -> Vec<Quad> {
    quads.retain(|quad| {
        let predicate = quad.predicate.as_str();
        !["#pipelineDigest", "#contentDigest", "schema.org/identifier"]
            .iter()
            .any(|end| predicate.ends_with(end))
    });
    quads
}
