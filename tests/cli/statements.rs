//! What articles say, from the graph folder to the answers: statements, events and claims.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::tidings;

const OLD: &str =
    "Finland borders Sweden. Norway denied that Finland joined NATO. Finland met Sweden in Oslo in 2024.";
const OTHER: &str = "Finland borders Sweden, and Finland joined NATO.";
const NEW: &str = "Finland may border Sweden.";

fn range(text: &str, words: &str) -> Value {
    let start = text.find(words).unwrap_or_else(|| panic!("no `{words}` in `{text}`"));
    json!({"start": start, "end": start + words.len()})
}

fn with(mut value: Value, more: &Value) -> Value {
    value.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    value
}

/// An annotation of a text with these countries and NATO, and what it says.
fn article(id: &str, publisher: &str, day: &str, text: &str, said: &Value) -> String {
    let entities = [
        ("e1", "Finland", "td:Country"),
        ("e2", "Sweden", "td:Country"),
        ("e3", "Norway", "td:Country"),
        ("e4", "NATO", "td:Organization"),
        ("e5", "Oslo", "td:City"),
    ];
    let known = entities.iter().filter(|(_, name, _)| text.contains(name));
    let mentions: Vec<Value> = known
        .map(|(id, name, _)| {
            with(
                range(text, name),
                &json!({"id": id.replace('e', "m"), "kind": "name", "type": "GPE", "entity": id}),
            )
        })
        .collect();
    let entities = entities.map(|(id, label, class)| {
        let iri = format!("https://w3id.org/tidings/id/entity/{label}-{}", class.replace("td:", ""));
        json!({"id": id, "iri": iri, "label": label, "class": class, "links": []})
    });
    let line = json!({
        "schema": "tidings-annotation/1",
        "article": {"id": id, "publisher": publisher, "published": day, "title": "News", "text": text},
        "sentences": [{"start": 0, "end": text.len()}],
        "mentions": mentions, "entities": entities,
    });
    with(line, said).to_string()
}

fn relation(text: &str, property: &str, object: &str, more: &Value) -> Value {
    let relation = json!({"id": format!("r{object}"), "subject": "e1", "property": property, "object": object,
        "subject_mention": "m1", "object_mention": object.replace('e', "m"), "confidence": 0.9,
        "evidence": {"start": 0, "end": text.len()}});
    with(relation, more)
}

/// Three articles: two that contradict each other, and a later version of the first.
fn annotations() -> String {
    let denial = json!({"id": "a1", "source": with(range(OLD, "Norway"), &json!({"entity": "e3"})), "cue": range(OLD, "denied"),
        "content": range(OLD, "Finland joined NATO"), "stance": "td:Denies"});
    let old = json!({
        "times": [with(range(OLD, "2024"), &json!({"id": "t1", "type": "DATE", "value": "2024"}))],
        "relations": [
            relation(OLD, "td:borders", "e2", &json!({})),
            relation(OLD, "td:memberOf", "e4", &json!({"polarity": "negated", "attribution": "a1"})),
        ],
        "events": [{"id": "v1", "class": "td:Meeting", "anchor": range(OLD, "met"), "confidence": 0.8, "time": "t1", "place": "e5",
            "roles": [{"role": "td:agent", "entity": "e1"}, {"role": "td:coAgent", "entity": "e2"}]}],
        "attributions": [denial],
    });
    let other = json!({"relations": [
        relation(OTHER, "td:borders", "e2", &json!({})),
        relation(OTHER, "td:memberOf", "e4", &json!({})),
    ]});
    let new = json!({"relations": [relation(NEW, "td:borders", "e2", &json!({"certainty": "possible"}))]});
    [
        article("old", "The Example Courier", "2025-05-20", OLD, &old),
        article("other", "The Example Herald", "2025-05-21", OTHER, &other),
        article("new", "The Example Courier", "2025-06-01", NEW, &new),
    ]
    .join("\n")
}

fn place() -> TempDir {
    let place = TempDir::new().unwrap();
    fs::write(place.path().join("news.jsonl"), annotations()).unwrap();
    tidings(place.path(), &["ingest", "--annotations", "news.jsonl", "--kg", "kg"]).good();
    place
}

fn ask(place: &TempDir, name: &str, parameters: &[&str]) -> String {
    let mut args = vec!["query", "--kg", "kg", "--name", name];
    args.extend(parameters.iter().flat_map(|parameter| ["--param", parameter]));
    tidings(place.path(), &args).good().out
}

fn iri(place: &TempDir, article: &str) -> String {
    let query = format!("SELECT ?a {{ ?a schema:identifier '{article}' }}");
    tidings(place.path(), &["query", "--kg", "kg", &query]).good().out.lines().nth(1).unwrap().to_owned()
}

#[test]
fn questions_about_statements_have_their_answers() {
    let place = place();
    let relations = ask(&place, "relations-of", &["name=NATO"]);
    assert!(relations.contains("Finland,memberOf,NATO,Certain,Negated,Norway,0.9,"), "{relations}");
    assert!(relations.contains("Finland,memberOf,NATO,Certain,Affirmed,,0.9,"), "{relations}");
    let events = ask(&place, "events-of", &["name=Sweden"]);
    assert!(events.contains("Meeting,met,coAgent,true,Certain,Affirmed,,"), "{events}");
    let timeline = ask(&place, "timeline", &["name=Oslo"]);
    assert!(
        timeline.lines().nth(1).is_some_and(|row| row.starts_with("2024-01-01,told,Meeting,met,")),
        "{timeline}"
    );
    let said = ask(&place, "said-by", &["name=Norway"]);
    assert!(said.contains("2025-05-20,Norway,denied,Denies,Finland joined NATO,"), "{said}");
    let claims = ask(&place, "claims-about", &["name=Finland"]);
    assert!(claims.contains("2025-05-20,Norway,Denies,Finland,memberOf,NATO,Certain,Negated,"), "{claims}");
    assert_eq!(claims.lines().count(), 2, "{claims}");
    let contested = ask(&place, "contested", &[]);
    assert!(contested.contains("Finland,memberOf,NATO,,2025-05-21,"), "{contested}");
    assert!(contested.contains(",negated,Norway,2025-05-20,"), "{contested}");
    assert_eq!(
        ask(&place, "corroborated", &[]).lines().nth(1),
        Some("Finland,borders,Sweden,2,2,2025-05-20")
    );
    assert_eq!(ask(&place, "corroborated", &["least=3"]).lines().count(), 1);
    assert_eq!(ask(&place, "who-holds-office", &["name=Finland"]).lines().count(), 1);
    let (old, new) = (format!("old={}", iri(&place, "old")), format!("new={}", iri(&place, "new")));
    let changed = ask(&place, "what-changed", &[&old, &new]);
    for row in [
        "softened,Finland,borders,Sweden,Certain Affirmed,Possible Affirmed",
        "withdrawn,Finland,memberOf,NATO,\"Certain Negated, says Norway\",",
        "withdrawn,Finland,agent,Meeting,Certain Affirmed,",
    ] {
        assert!(changed.lines().any(|line| line == row), "{row}\n{changed}");
    }
}

#[test]
fn a_statement_is_explained_by_its_words() {
    let place = place();
    let explain = |args: &[&str]| tidings(place.path(), &[&["explain", "--kg", "kg"], args].concat());
    let query = "SELECT ?s { ?s td:polarity td:Negated }";
    let statement =
        tidings(place.path(), &["query", "--kg", "kg", query]).good().out.lines().nth(1).unwrap().to_owned();
    let told = explain(&[&statement]).good().out;
    assert!(
        told.starts_with("Finland td:memberOf NATO\n  presented  certain, negated, confidence 0.9\n"),
        "{told}"
    );
    assert!(told.contains("said by    Norway, td:Denies (`denied`)\n"), "{told}");
    assert!(told.contains("not asserted") && told.contains("denied that Finland joined [NATO]. "), "{told}");
    let entity = explain(&["entity/Finland-Country", "--json"]).good().out;
    let lines: Vec<Value> = entity.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(
        lines.iter().any(|line| line["says"] == "Finland td:borders Sweden" && line["asserted"] == true),
        "{entity}"
    );
    let told = explain(&["entity/Sweden-Country"]).good().out;
    assert!(told.contains("frame      lex:border by `border`: td:borders, ontology/lexicon/"), "{told}");
    assert!(told.contains("`may` 8-11: lex:maySignature\n"), "{told}");
    let nothing = explain(&["entity/Nobody-Person"]);
    assert!(nothing.code == 2 && nothing.err.contains("relations-of"), "{}", nothing.err);
}

#[test]
fn sentences_are_explained_by_predicate_frame_source_and_reasons() {
    let place = TempDir::new().unwrap();
    fs::write(place.path().join("a.txt"), "Officials said that Iraq was not attacked by Iran. It rained.")
        .unwrap();
    let explain = |args: &[&str]| {
        tidings(place.path(), &[&["explain", "--sentences", "a.txt"], args].concat()).good().out
    };
    let told = explain(&["--mention", "iraq"]);
    for line in [
        "0-50  Officials said that Iraq was not attacked by Iran.",
        "  be attacked / attack (verb, passive) `attacked` 33-41",
        "    subject    `Iran`",
        "               patient: `Iraq`, its object",
        "    said by    Officials (td:Says, `said` 10-14)",
        "    presented  certain, negated, actual",
        "               `not` 29-32: denies it",
    ] {
        assert!(told.lines().any(|l| l == line), "{line}\n{told}");
    }
    assert!(told.contains("    frame      lex:attack by `attack`: td:Attack, ontology/lexicon/"), "{told}");
    assert!(told.lines().all(|line| line.chars().count() <= 100), "{told}");
    let line: Value = serde_json::from_str(&explain(&["--at", "33", "--json"])).unwrap();
    let attack = { line["predicates"].as_array().unwrap().iter() }
        .find(|p| p["predicate"].as_array().unwrap().contains(&"attack".into()))
        .unwrap();
    assert_eq!(attack["frames"][0]["roles"][0]["phrase"], "Iran");
    assert_eq!(attack["frames"][0]["told"], true);
    // `Officials` evokes an employer, who is not named.
    let untold = explain(&["--at", "52"]);
    assert!(told.contains("not told") && !untold.contains("not told"), "{told}{untold}");
    assert_eq!(attack["reasons"][0]["word"]["start"], 29);
    assert_eq!(attack["said_by"][0]["cue"]["text"], "said");
}

#[test]
fn a_part_of_the_graph_is_exported() {
    let place = place();
    let export = |args: &[&str]| {
        tidings(place.path(), &[&["export", "--kg", "kg", "-f", "nt"], args].concat()).good().out
    };
    let (all, asserted) = (export(&[]), export(&["--asserted-only"]));
    assert!(all.contains("ontology#Negated>") && all.contains("ontology#Denies>"));
    assert!(!asserted.contains("ontology#Negated>") && !asserted.contains("ontology#Denies>"));
    assert!(asserted.contains("ontology#borders>") && asserted.contains("ontology#Meeting>"));
    let sure = export(&["--min-confidence", "0.95"]);
    assert!(!sure.contains("ontology#borders>") && sure.contains("ontology#Mention>"));
    assert!(!export(&["--min-confidence", "0.85"]).contains("ontology#Meeting>"));
    assert_eq!(export(&["--publisher", "the example herald"]).matches("ontology#Article>").count(), 1);
    assert_eq!(export(&["--from", "2025-06"]).matches("ontology#Article>").count(), 1);
    assert_eq!(export(&["--from", "2025-05-21", "--to", "2025-05"]).matches("ontology#Article>").count(), 1);
    let wrong = tidings(place.path(), &["export", "--kg", "kg", "--from", "May"]);
    assert!(wrong.code == 2 && wrong.err.contains("2025-05-20"), "{}", wrong.err);
}

#[test]
fn triple_terms_say_the_same() {
    let place = place();
    let export = |kg: &str, args: &[&str]| {
        let out = tidings(place.path(), &[&["export", "--kg", kg, "-f", "nq"], args].concat()).good().out;
        let mut lines: Vec<String> = out.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    tidings(place.path(), &["ingest", "--annotations", "news.jsonl", "--kg", "terms", "--rdf12"]).good();
    assert_eq!(export("terms", &[]), export("kg", &[]));
    assert_eq!(export("terms", &["--rdf12"]), export("kg", &["--rdf12"]));
    assert!(export("kg", &["--rdf12"]).iter().any(|line| line.contains("reifies> <<( <")));
    assert!(!export("kg", &["--rdf12"]).iter().any(|line| line.contains("ns#subject>")));
    tidings(place.path(), &["verify", "--kg", "terms"]).good();
    let run = tidings(place.path(), &["export", "--kg", "kg", "-f", "jsonld", "--rdf12"]);
    assert!(run.code == 2 && run.err.contains("JSON-LD"), "{}", run.err);
}

#[test]
fn a_graph_is_verified_and_what_is_wrong_is_named() {
    let place = place();
    let good = tidings(place.path(), &["verify", "--kg", "kg"]).good();
    assert!(good.out.starts_with("3 articles, 0 with text; 6 statements and events, "), "{}", good.out);
    assert!(good.out.ends_with(" quotes; 0 wrong\n"), "{}", good.out);
    let texts = [("old", OLD), ("other", "Another text.")].map(|(id, text)| {
        json!({"id": id, "text": text, "title": "News", "published": if id == "old" { "2025-05-20" } else { "2025-05-21" },
            "publisher": if id == "old" { "The Example Courier" } else { "The Example Herald" }}).to_string()
    });
    fs::write(place.path().join("texts.jsonl"), texts.join("\n")).unwrap();
    let run = tidings(place.path(), &["verify", "--kg", "kg", "texts.jsonl"]);
    assert!(run.code == 1 && run.out.contains("3 articles, 2 with text"), "{}", run.out);
    assert!(run.out.contains("differs from the article that was read"), "{}", run.out);
    assert!(run.out.contains("quotes `Finland`, which does not stand at 0-7"), "{}", run.out);
    assert!(!run.out.contains(&iri(&place, "old")), "{}", run.out);
    let run = tidings(place.path(), &["verify", "--kg", "kg", "texts.jsonl", "--json"]);
    let found: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((run.code, &found["articles"]), (1, &json!(3)));
    assert_eq!(found["findings"][0]["article"], json!(iri(&place, "other")));
}

#[test]
fn what_is_no_entity_goes_with_what_is_said_about_it() {
    let place = place();
    tidings(place.path(), &["correct", "--kg", "kg", "not-an-entity", "entity/NATO-Organization"]).good();
    let statements =
        tidings(place.path(), &["query", "--kg", "kg", "SELECT ?s { ?s a td:Statement }"]).good().out;
    assert_eq!(statements.lines().count(), 4, "{statements}");
    let broken = "ASK { ?s a rdf:Statement FILTER NOT EXISTS { ?s rdf:object ?o ; rdf:subject ?x } }";
    assert_eq!(tidings(place.path(), &["query", "--kg", "kg", broken]).good().out, "false");
}

const BLAST: &str = "Blast in Beirut\n\nBEIRUT, 4 August 2020 - An explosion killed at least 10 people in Beirut on 4 August 2020. \
    Lebanon accused Israel of an attack. France will send aid to Lebanon. Car sales fell in Lebanon.";
const LATER: &str = "Blast in Beirut\n\nBEIRUT, 5 August 2020 - An explosion killed 135 people in Beirut on 4 August 2020. \
    France sent aid to Lebanon. Lebanon may have accused Israel of an attack. Cyprus offered help.";
const OTHER_TOLL: &str = "Explosion in a port\n\nBEIRUT, 5 August 2020 - The explosion killed 78 people in Beirut on 4 August 2020.";

fn blast() -> TempDir {
    let place = TempDir::new().unwrap();
    for (name, text) in [("old.txt", BLAST), ("new.txt", LATER), ("other.txt", OTHER_TOLL)] {
        fs::write(place.path().join(name), text).unwrap();
    }
    place
}

#[test]
fn numbers_that_cannot_both_be_right_are_contested() {
    let place = blast();
    tidings(place.path(), &["ingest", "old.txt", "new.txt", "other.txt", "--kg", "kg"]).good();
    let contested = ask(&place, "contested", &[]);
    let tolls: Vec<&str> = contested.lines().filter(|row| row.starts_with("Beirut,Killing,")).collect();
    assert_eq!(tolls.len(), 1, "`at least 10` contradicts neither 78 nor 135\n{contested}");
    assert!(
        tolls[0].contains("78") && tolls[0].contains("135") && tolls[0].contains(",other number: "),
        "{contested}"
    );
    let about =
        "SELECT ?about { ?event a td:Decrease ; sem:hasPlace/rdfs:label 'Lebanon' ; td:about ?about }";
    assert_eq!(tidings(place.path(), &["query", "--kg", "kg", about]).good().out, "about\r\nCar sales\r\n");
}

#[test]
fn a_statement_is_explained_within_its_article_where_that_is_kept() {
    let place = TempDir::new().unwrap();
    fs::write(place.path().join("a.txt"), "Norway is large. Finland denied that Sweden attacked it.\n")
        .unwrap();
    let alone = "not told when the sentence is read alone";
    for (kg, keep, is_alone) in [("kept", &["--keep-text"][..], false), ("lost", &[], true)] {
        tidings(place.path(), &[&["ingest", "a.txt", "--kg", kg], keep].concat()).good();
        let told = tidings(place.path(), &["explain", "--kg", kg, "entity/Sweden-Q34"]).good().out;
        assert!(told.contains("td:Attack"), "{told}");
        assert!(is_alone || !told.contains(alone), "{told}");
    }
}

#[test]
fn events_are_contested_and_corroborated_across_articles() {
    let place = TempDir::new().unwrap();
    let article = |id: &str, publisher: &str, text: &str| {
        let (id, publisher, text) = (json!(id), json!(publisher), json!(text));
        format!("{{\"id\":{id},\"publisher\":{publisher},\"published\":\"2025-03-04\",\"text\":{text}}}\n")
    };
    let articles = [
        article("a", "One", "Norway attacked Sweden. Norway attacked Finland."),
        article("b", "Two", "Norway attacked Sweden."),
        article("c", "Three", "Norway did not attack Sweden. Norway will not attack Finland."),
    ];
    fs::write(place.path().join("news.jsonl"), articles.concat()).unwrap();
    tidings(place.path(), &["ingest", "news.jsonl", "--kg", "kg"]).good();
    let contested = ask(&place, "contested", &[]);
    let row = "Norway,Attack,Sweden,,2025-03-04,Norway attacked Sweden.,negated,,2025-03-04,Norway did not attack Sweden.";
    assert!(contested.lines().any(|line| line == row), "{contested}");
    assert!(!contested.contains("Finland"), "{contested}");
    assert_eq!(ask(&place, "corroborated", &[]).lines().nth(1), Some("Norway,Attack,Sweden,2,2,2025-03-04"));
}

#[test]
fn two_versions_of_an_article_are_compared() {
    let place = blast();
    let told = tidings(place.path(), &["diff", "old.txt", "new.txt"]).good().out;
    for row in [
        "changed    td:Killing instrument explosion patient 135 people in Beirut (certain, at least 10 -> certain, 135)",
        "hardened   td:Aid agent France recipient Lebanon (certain, future -> certain)",
        "softened   td:Accusation agent Lebanon patient Israel theme attack (certain -> possible)",
        "withdrawn  td:Decrease theme Car sales in Lebanon (certain)",
    ] {
        assert!(told.lines().any(|line| line == row), "{row}\n{told}");
    }
    assert!(told.contains("added      td:"), "{told}");
    let json = tidings(place.path(), &["extract", "-f", "json", "old.txt"]).good().out;
    fs::write(place.path().join("old.json"), json).unwrap();
    assert_eq!(tidings(place.path(), &["diff", "old.json", "new.txt"]).good().out, told);
    assert_eq!(tidings(place.path(), &["diff", "old.txt", "old.json"]).good().out, "");
    let lines = tidings(place.path(), &["diff", "--json", "old.txt", "new.txt"]).good().out;
    let first: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(
        (&first["change"], &first["before"]["number"]["bound"]),
        (&json!("changed"), &json!("atLeast"))
    );
    fs::write(place.path().join("news.jsonl"), annotations()).unwrap();
    let several = tidings(place.path(), &["diff", "news.jsonl", "new.txt"]);
    assert!(several.code == 2 && several.err.contains("holds several articles"), "{}", several.err);
}
