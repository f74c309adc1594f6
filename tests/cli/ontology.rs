//! `tidings ontology`, and vocabularies of a user's own.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use super::{in_repository, tidings, tidings_reading};

const OWN: &str = "@prefix ex: <https://example.org/church#> .
@prefix td: <https://w3id.org/tidings/ontology#> .
@prefix lex: <https://w3id.org/tidings/lexicon#> .
";

#[test]
fn own_frames_and_classes_are_found_in_a_text() {
    let place = TempDir::new().unwrap();
    let own = in_repository("examples/ontology");
    let text = b"Pope Leo X excommunicated Martin Luther. Pope Francis canonized Mother Teresa.";
    let read = |args: &[&str]| -> Value {
        let args: Vec<&str> = ["extract", "-f", "json"].iter().chain(args).copied().collect();
        serde_json::from_str(&tidings_reading(place.path(), &args, text).good().out).unwrap()
    };
    let with = read(&["--ontology", &own]);
    let event = &with["events"][0];
    assert_eq!(event["class"], "https://example.org/church#Excommunication");
    assert_eq!(event["plover"], "SANCTION");
    let relation = &with["relations"][0];
    assert_eq!(relation["property"], "https://example.org/church#canonizedBy");
    let without = read(&[]);
    let is_own = |event: &Value| event["class"].as_str().is_some_and(|class| class.contains("church"));
    assert!(!without["events"].as_array().unwrap().iter().any(is_own));
}

#[test]
fn what_own_properties_imply_is_inferred() {
    let place = TempDir::new().unwrap();
    let own = in_repository("examples/ontology");
    let more = "@prefix owl: <http://www.w3.org/2002/07/owl#> .
ex:canonizes a owl:ObjectProperty ; owl:inverseOf ex:canonizedBy .\n";
    fs::write(place.path().join("more.ttl"), format!("{OWN}{more}")).unwrap();
    fs::write(place.path().join("a.txt"), "Pope Francis canonized Mother Teresa.").unwrap();
    let with = ["--ontology", &own, "--ontology", "more.ttl"];
    tidings(place.path(), &[&["ingest", "--kg", "kg", "a.txt"][..], &with].concat()).good();
    let query = "SELECT ?b { ?a <https://example.org/church#canonizes>/rdfs:label ?b }";
    let rows = tidings(place.path(), &["query", "--kg", "kg", query]).good().out;
    assert_eq!(rows.lines().collect::<Vec<_>>(), ["b", "Mother Teresa"]);
    tidings(place.path(), &[&["verify", "--kg", "kg"][..], &with].concat()).good();
    // The folder keeps it.
    tidings(place.path(), &["verify", "--kg", "kg"]).good();
    fs::remove_dir_all(place.path().join("kg/ontology")).unwrap();
    assert_eq!(tidings(place.path(), &["verify", "--kg", "kg"]).code, 1);
    // An export leaves out what isn't sure enough, whosever property it is.
    let export = |least| {
        let export = ["export", "--kg", "kg", "-f", "nt", "--min-confidence", least];
        tidings(place.path(), &export).good().out
    };
    assert!(export("0.5").contains("> <https://example.org/church#canonizedBy> <"));
    assert!(!export("0.99").contains("> <https://example.org/church#canonizedBy> <"));
}

#[test]
fn examples_that_fail_are_told_with_their_place() {
    let place = TempDir::new().unwrap();
    let own = in_repository("examples/ontology");
    tidings(place.path(), &["ontology", "check", &own]).good();
    let frame = "lex:kidnap a lex:Frame ; lex:evokes td:Kidnapping ; lex:construction lex:Transitive ;
    lex:verb \"shanghai\" ; lex:example \"[agent:Smugglers] kidnapped [patient:a sailor].\" .\n";
    fs::write(place.path().join("own.ttl"), format!("{OWN}{frame}")).unwrap();
    let run = tidings(place.path(), &["ontology", "check", "own.ttl", "--json"]);
    assert_eq!(run.code, 1, "{}", run.err);
    let report: Value = serde_json::from_str(&run.out).unwrap();
    let failure = &report["failures"][0];
    assert_eq!((&failure["file"], &failure["line"]), (&"own.ttl".into(), &4.into()));
    assert_eq!(failure["entry"], "kidnap");
    let cue = "lex:sing a lex:Cue ; lex:stance td:Says ; lex:content \"clause\" ; lex:verb \"sing\" ;
    lex:example \"[source:The choir] hummed [content:that it was late].\" .
lex:dream a lex:Signature ; lex:affirmed \"PS+\" ; lex:denied \"PS+\" ; lex:verb \"dream\" ;
    lex:example \"Iran dreamt of an [CT+:attack].\" .\n";
    fs::write(place.path().join("own.ttl"), format!("{OWN}{cue}")).unwrap();
    let run = tidings(place.path(), &["ontology", "check", "own.ttl"]);
    assert!(run.out.contains("own.ttl:4: sing: [source:The choir]"), "{}", run.out);
    assert!(run.out.contains("own.ttl:6: dream: Iran dreamt"), "{}", run.out);
}

#[test]
fn what_is_wrong_with_a_frame_is_told_with_its_place_and_the_mend() {
    let place = TempDir::new().unwrap();
    let frame = "ex:shun a lex:Frame ; lex:evokes td:Sanction ; lex:construction lex:Transitive ;";
    for (turtle, told) in [
        (
            format!("{frame} lex:verbs \"shun\" ."),
            "line 4: `ex:shun` has `lex:verbs`, which frames don't have; they have `lex:verb`",
        ),
        (
            format!("{frame} ."),
            "line 4: `ex:shun` has no words: give it a `lex:verb`, a `lex:noun` or a `lex:adjective`",
        ),
        ("ex:shun a lex:Frame ; lex:verb \"shun\" .".to_owned(), "has no `lex:evokes`"),
        (
            "ex:shun a lex:Frame ; lex:verb \"shun\" ; lex:evokes ex:Shunning ; lex:agent \"subject\" ."
                .to_owned(),
            "evokes `ex:Shunning`, which is neither a class nor a property",
        ),
        ("ex:shun a lex:Frame ; lex:verb \"shun\" ; lex:evokes td:Sanction .".to_owned(), "has no roles"),
        (
            format!("{frame} lex:verb \"shun\" ; lex:theme \"objet\" ."),
            "has `objet` in the role `theme`, which is no preposition",
        ),
        ("ex:shun a lex:Frame ; lex:verb \"shun .".to_owned(), "`own.ttl` is no Turtle"),
    ] {
        fs::write(place.path().join("own.ttl"), format!("{OWN}{turtle}\n")).unwrap();
        let run = tidings_reading(place.path(), &["extract", "--ontology", "own.ttl"], b"They shun it.");
        assert_eq!(run.code, 2, "{turtle}");
        assert!(run.err.contains("own.ttl") && run.err.contains(told), "{}", run.err);
    }
}

#[test]
fn terms_and_words_are_shown() {
    let place = TempDir::new().unwrap();
    let shown = tidings(place.path(), &["ontology", "show", "td:Kidnapping"]).good().out;
    for part in
        ["td:Kidnapping (class): kidnapping", "PLOVER: ", "lex:kidnap evokes td:Kidnapping", "agent: subject"]
    {
        assert!(shown.contains(part), "{shown}");
    }
    let shown = tidings(place.path(), &["ontology", "show", "abduct", "--json"]).good().out;
    let shown: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(shown[0]["term"], "lex:kidnap");
    let run = tidings(place.path(), &["ontology", "show", "qwertyuiop"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("`qwertyuiop`"), "{}", run.err);
}

#[test]
fn the_vocabulary_is_written_in_every_format_and_read_again() {
    let place = TempDir::new().unwrap();
    let all = tidings(place.path(), &["ontology", "export", "-f", "nt"]).good().out;
    assert!(all.contains("<https://w3id.org/tidings/ontology#Attack>"));
    let lemon = tidings(place.path(), &["ontology", "export", "--ontolex"]).good().out;
    assert!(lemon.contains("ontolex:LexicalEntry") && lemon.contains("lexinfo:directObject"));
    tidings(place.path(), &["ontology", "doc", "-o", "pages"]).good();
    assert!(
        fs::read_to_string(place.path().join("pages/td-Attack.html")).unwrap().contains("lex-attack.html")
    );
}
