//! `tidings export`.

use std::fs;

use super::{place_with_graph, tidings};

#[test]
fn every_format_holds_the_same_triples() {
    let place = place_with_graph();
    let count = |file: &str, pattern: &str| {
        let query = format!("SELECT (COUNT(*) AS ?n) {{ {pattern} }}");
        tidings(place.path(), &["query", "--data", file, &query]).good().out
    };
    tidings(place.path(), &["export", "--kg", "kg", "-o", "all.nq"]).good();
    let (triples, quads) = (count("all.nq", "?s ?p ?o"), count("all.nq", "GRAPH ?g { ?s ?p ?o }"));
    for extension in ["ttl", "trig", "nt", "rdf", "jsonld", "nq.gz", "ttl.gz"] {
        let file = format!("all.{extension}");
        tidings(place.path(), &["export", "--kg", "kg", "-o", &file]).good();
        assert_eq!(count(&file, "?s ?p ?o"), triples, "{file}");
    }
    assert_eq!(count("all.trig", "GRAPH ?g { ?s ?p ?o }"), quads);
    let printed = tidings(place.path(), &["export", "--kg", "kg", "--format", "nt"]).good().out;
    assert_eq!(printed, fs::read_to_string(place.path().join("all.nt")).unwrap());
}

#[test]
fn an_article_is_chosen_by_its_id() {
    let place = place_with_graph();
    let one = tidings(place.path(), &["export", "--kg", "kg", "--article", "n-3"]).good().out;
    assert!(one.contains("Oslo") && !one.contains("Qom"), "{one}");
    let run = tidings(place.path(), &["export", "--kg", "kg", "--article", "n-9", "-o", "x.ttl"]);
    assert!(run.code == 2 && run.err.contains("`n-9`"), "{}", run.err);
    let run = tidings(place.path(), &["export", "--kg", "kg", "-o", "x.docx"]);
    assert!(run.code == 2 && run.err.contains("can't tell the format"), "{}", run.err);
    assert!(!place.path().join("x.ttl").exists() && !place.path().join("x.docx").exists());
}

#[test]
fn links_are_written_with_their_description() {
    let place = place_with_graph();
    tidings(place.path(), &["export", "--kg", "kg", "--linkset", "wikidata", "-o", "links.ttl"]).good();
    let ask = |query: &str| tidings(place.path(), &["query", "--data", "links.ttl", query]).good().out;
    assert_eq!(ask("SELECT (COUNT(*) AS ?n) { ?s owl:sameAs ?o }"), "n\r\n2\r\n");
    let described = "PREFIX void: <http://rdfs.org/ns/void#> ASK { ?l a void:Linkset ; void:linkPredicate owl:sameAs ; \
                     void:triples 2 ; void:objectsTarget [ void:uriSpace 'http://www.wikidata.org/entity/' ] }";
    assert_eq!(ask(described), "true");
    let none =
        tidings(place.path(), &["export", "--kg", "kg", "--linkset", "geonames", "-f", "nt"]).good().out;
    assert!(!none.contains("Linkset") && none.contains("void#Dataset"), "{none}");
}
