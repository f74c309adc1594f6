//! `tidings correct`.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use super::{Run, place_with_graph, tidings};

fn correct(place: &TempDir, args: &[&str]) -> Run {
    tidings(place.path(), &[&["correct", "--kg", "kg"], args].concat())
}

fn ask(place: &TempDir, query: &str) -> String {
    tidings(place.path(), &["query", "--kg", "kg", "--format", "csv", query]).good().out.replace('\r', "")
}

/// The entity whose IRI has this in it, as `stats --entities` tells of it.
fn entity(place: &TempDir, name: &str) -> Value {
    let stats = tidings(place.path(), &["stats", "--kg", "kg", "--entities", "--json"]).good();
    let stats: Value = serde_json::from_str(&stats.out).unwrap();
    let entities = stats["entities"].as_array().unwrap();
    entities.iter().find(|e| e["iri"].as_str().unwrap().contains(name)).cloned().unwrap_or_default()
}

/// All that the folder says, but for the corrections.
fn export(place: &TempDir) -> String {
    tidings(place.path(), &["export", "--kg", "kg", "-f", "nq"]).good().out
}

const DOE: &str = "entity/Jane_Doe-Person";
const QOM: &str = "entity/Qom-City-IR";

#[test]
fn entities_become_one_in_all_articles_and_two_again() {
    let place = place_with_graph();
    let before = export(&place);
    correct(&place, &["same-as", "Q794", "entity/Tabriz-City-IR"]).good();
    let iran = entity(&place, "Iran-Q794");
    assert_eq!((&iran["articles"], &iran["mentions"]), (&2.into(), &3.into()));
    assert_eq!(iran["classes"], serde_json::json!(["Country"]));
    assert_eq!((&iran["label"], &iran["aliases"]), (&"Iran".into(), &serde_json::json!(["Tabriz"])));
    assert_eq!(entity(&place, "Tabriz"), Value::Null);
    // Norway is in one article only, without Qom: it is called Norway there too.
    assert_eq!(correct(&place, &["same-as", QOM, "Q20"]).good().err, "");
    assert_eq!(
        ask(&place, "SELECT ?l ?c { ?e rdfs:label ?l ; a ?c FILTER(STRENDS(STR(?e), '-Q20')) }"),
        "l,c\nNorway,https://w3id.org/tidings/ontology#Country\n"
    );
    let labels =
        "SELECT ?l { GRAPH ?g { ?e rdfs:label ?l FILTER(STRENDS(STR(?e), '-Q20')) } ?g a td:Article }";
    assert_eq!(ask(&place, labels), "l\nNorway\nNorway\n");
    correct(&place, &["same-as", "entity/Tabriz-City-IR", "Q794", "--undo"]).good();
    correct(&place, &["same-as", QOM, "Q20", "--undo"]).good();
    assert_eq!(export(&place), before);
    assert!(!place.path().join("kg/corrections.nq").exists());
}

#[test]
fn items_are_checked() {
    let place = place_with_graph();
    let two = correct(&place, &["same-as", "Q794", "Q20"]).good().err;
    assert!(two.contains("surely two items of Wikidata, Q794 and Q20"), "{two}");
    assert!(correct(&place, &["same-as", QOM, "gn:qom"]).err.contains("no entity goes by `gn:qom`"));
    correct(&place, &["label", "wd:Q20", "Noreg"]).good();
    assert_eq!(entity(&place, "Iran-Q794"), Value::Null);
}

#[test]
fn links_are_put_right() {
    let place = place_with_graph();
    correct(&place, &["same-as", QOM, "wd:Q131664"]).good();
    correct(&place, &["different-from", "Q794", "wd:Q794"]).good();
    assert_eq!(entity(&place, "Qom")["links"][0], "http://www.wikidata.org/entity/Q131664");
    assert_eq!(entity(&place, "Iran")["links"], serde_json::json!([]));
    let links =
        tidings(place.path(), &["export", "--kg", "kg", "--linkset", "wikidata", "-f", "nt"]).good().out;
    assert!(links.contains("Q131664") && !links.contains("Q794>"), "{links}");
    let run = correct(&place, &["different-from", QOM, "wd:Q131664"]);
    assert!(run.code == 2 && run.err.contains("to be the same and to be different"), "{}", run.err);
    correct(&place, &["different-from", "Q20", "Q794"]).good();
    let run = correct(&place, &["same-as", "Q794", "Q20"]);
    assert!(run.code == 2 && run.err.contains("to be the same and to be different"), "{}", run.err);
}

#[test]
fn what_is_no_entity_goes_with_its_mentions() {
    let place = place_with_graph();
    correct(&place, &["not-an-entity", DOE]).good();
    assert_eq!(entity(&place, "Jane_Doe"), Value::Null);
    let all = export(&place);
    assert!(!all.contains("Jane_Doe") && !all.contains("\"Jane Doe\""), "{all}");
    let stats = tidings(place.path(), &["stats", "--kg", "kg", "--json"]).good();
    let stats: Value = serde_json::from_str(&stats.out).unwrap();
    assert_eq!((&stats["mentions"], &stats["classes"]["Person"]), (&6.into(), &Value::Null));
    correct(&place, &["not-an-entity", DOE, "--undo"]).good();
    assert_eq!(entity(&place, "Jane_Doe")["mentions"], 3);
}

#[test]
fn class_and_label_take_the_place_of_what_was_read() {
    let place = place_with_graph();
    correct(&place, &["class", QOM, "td:Region"]).good();
    correct(&place, &["label", QOM, "Ghom"]).good();
    correct(&place, &["label", QOM, "Qum"]).good();
    let qom = entity(&place, "Qom");
    assert_eq!((&qom["classes"], &qom["label"]), (&serde_json::json!(["Region"]), &"Qum".into()));
    assert_eq!(qom["aliases"], serde_json::json!(["Qom"]));
    correct(&place, &["class", QOM, "--undo"]).good();
    correct(&place, &["label", QOM, "--undo"]).good();
    let qom = entity(&place, "Qom");
    assert_eq!((&qom["classes"], &qom["label"]), (&serde_json::json!(["City"]), &"Qom".into()));
    let run = correct(&place, &["class", QOM, "--undo"]);
    assert!(run.code == 2 && run.err.contains("was not corrected"), "{}", run.err);
    let run = correct(&place, &["class", QOM, "td:Town"]);
    assert!(run.code == 2 && run.err.contains("td:City, "), "{}", run.err);
}

#[test]
fn corrections_hold_when_articles_are_ingested_again() {
    let place = place_with_graph();
    correct(&place, &["label", "Q794", "Islamic Republic of Iran"]).good();
    correct(&place, &["not-an-entity", DOE]).good();
    let before = export(&place);
    for args in [&["--prune"][..], &[]] {
        let ingest = ["ingest", "--annotations", "news.jsonl", "--kg", "kg"];
        let run = tidings(place.path(), &[&ingest[..], args].concat()).good();
        assert!(run.err.contains("3 unchanged"), "{}", run.err);
    }
    tidings(place.path(), &["remove", "n-1", "--kg", "kg"]).good();
    tidings(place.path(), &["ingest", "--annotations", "news.jsonl", "--kg", "kg"]).good();
    assert_eq!(export(&place), before);
    let graph = "SELECT (COUNT(*) AS ?n) { GRAPH <https://w3id.org/tidings/corrections> { ?s ?p ?o } }";
    assert_eq!(ask(&place, graph), "n\n2\n");
}

#[test]
fn they_are_listed_exported_and_taken_in_elsewhere() {
    let place = place_with_graph();
    let by = ["--by", "https://orcid.org/0000-0002-1825-0097", "--date", "2025-05-20"];
    correct(&place, &[&["same-as", "entity/Oslo-City-NO", "Q20"][..], &by].concat()).good();
    correct(&place, &["class", QOM, "Region"]).good();
    let list = correct(&place, &["list"]).good().out;
    assert_eq!(
        list,
        "same-as         entity/Oslo-City-NO  entity/Norway-Q20  (2025-05-20, https://orcid.org/0000-0002-1825-0097)\n\
         class           entity/Qom-City-IR  td:Region\n"
    );
    let json: Value = serde_json::from_str(&correct(&place, &["list", "--json"]).good().out).unwrap();
    assert_eq!(json["corrections"][0]["kind"], "same-as");
    assert_eq!(json["corrections"][0]["created"], "2025-05-20");
    assert_eq!(json["corrections"][1]["value"], "https://w3id.org/tidings/ontology#Region");
    let other = place_with_graph();
    for name in ["c.ttl", "c.nq.gz", "c.jsonld", "c.rdf"] {
        correct(&place, &["export", "-o", name]).good();
        fs::copy(place.path().join(name), other.path().join(name)).unwrap();
        correct(&other, &["import", name]).good();
        let [one, two] =
            [&place, &other].map(|p| fs::read_to_string(p.path().join("kg/corrections.nq")).unwrap());
        assert_eq!(one, two, "{name}");
        fs::remove_file(other.path().join("kg/corrections.nq")).unwrap();
    }
    fs::write(other.path().join("bad.ttl"), "<http://a> <http://b> <http://c> .").unwrap();
    let run = correct(&other, &["import", "bad.ttl"]);
    assert!(
        run.code == 2 && run.err.contains("`bad.ttl`") && run.err.contains("no correction"),
        "{}",
        run.err
    );
    assert!(!other.path().join("kg/corrections.nq").exists());
}

#[test]
fn what_is_wrong_is_told() {
    let place = place_with_graph();
    for (args, told) in [
        (&["not-an-entity", "entity/Jane-Doe"][..], "is it one of these? entity/Jane_Doe-Person"),
        (&["not-an-entity", DOE, "--undo"], "is no correction of `kg`"),
        (&["label", DOE, " "], "a label is not empty"),
        (&["same-as", DOE, DOE], "one entity with itself"),
        (&["same-as", "wd:Q1", "wd:Q2"], "neither of the two is an entity"),
        (&["class", DOE, "td:Person", "--date", "yesterday"], "such as 2025-05-20"),
    ] {
        let run = correct(&place, args);
        assert!(run.code == 2 && run.err.contains(told), "{}", run.err);
    }
    assert_eq!(tidings(place.path(), &["correct", "list"]).code, 2);
    assert!(!place.path().join("kg/corrections.nq").exists());
    correct(&place, &["label", DOE, "Jane D."]).good();
    let path = place.path().join("kg/corrections.nq");
    let good = fs::read_to_string(&path).unwrap();
    for bad in ["<http://a> <http://b", "\u{0}", "<http://a> <http://b> <http://c> ."] {
        fs::write(&path, format!("{good}{bad}\n")).unwrap();
        for args in [
            &["stats", "--kg", "kg"][..],
            &["query", "--kg", "kg", "ASK {}"],
            &["correct", "--kg", "kg", "list"],
        ] {
            let run = tidings(place.path(), args);
            assert!(run.code == 2 && run.err.contains("corrections.nq`, line 2: "), "{}", run.err);
        }
    }
}
