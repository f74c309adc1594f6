//! What becomes of relations and events, on an annotation written by hand.

use std::collections::BTreeSet;

use oxigraph::model::{Quad, Term};
use serde_json::{Value, json};

use super::vocab::{prov, rdf, sem, td, time};
use super::*;

const TEXT: &str = "Sweden joined NATO. Russia said Sweden would attack it. Sweden may attack Russia. Sweden is in NATO. Greta Holm was born on 3 May 1970.";

fn span(words: &str) -> (usize, usize) {
    let start = TEXT.find(words).unwrap();
    (start, start + words.len())
}

fn relation(id: &str, evidence: &str, more: &Value) -> Value {
    let (start, end) = span(evidence);
    let mut relation = json!({"id": id, "statement": "s1", "subject": "e1", "property": "td:memberOf", "object": "e2",
        "subject_mention": "m1", "object_mention": "m2", "evidence": {"start": start, "end": end}, "confidence": 0.9});
    relation.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    relation
}

fn event(id: &str, sentence: &str, more: &Value) -> Value {
    let start = span(sentence).0 + sentence.find("attack").unwrap();
    let mut event = json!({"id": id, "statement": id, "class": "td:Attack", "anchor": {"start": start, "end": start + 6},
        "roles": [{"role": "td:agent", "entity": "e1", "mention": "m1"}], "confidence": 0.9});
    event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    event
}

fn quads(relations: &[Value], events: &[Value], rdf12: bool) -> Vec<Quad> {
    let mention = |id: &str, words: &str, entity: &str| {
        let (start, end) = span(words);
        json!({"id": id, "start": start, "end": end, "kind": "name", "type": "GPE", "entity": entity})
    };
    let entity =
        |id: &str, label: &str, class: &str| json!({"id": id, "label": label, "class": class, "links": []});
    let end = TEXT.find(". ").unwrap() + 1;
    let line = json!({
        "schema": "tidings-annotation/1",
        "article": {"id": "a", "text": TEXT},
        "sentences": [{"start": 0, "end": end}],
        "mentions": [mention("m1", "Sweden", "e1"), mention("m2", "NATO", "e2"), mention("m3", "Greta Holm", "e3")],
        "entities": [entity("e1", "Sweden", "td:Country"), entity("e2", "NATO", "td:Organization"),
            entity("e3", "Greta Holm", "td:Person")],
        "times": [{"id": "t1", "start": span("3 May").0, "end": span("1970").1, "type": "DATE", "value": "1970-05-03"}],
        "relations": relations, "events": events,
        "attributions": [
            {"id": "a1", "source": {"entity": "e3", "start": span("Russia").0, "end": span("Russia").1},
                "cue": {"start": span("said").0, "end": span("said").1},
                "content": {"start": span("Sweden would").0, "end": span("attack it").1}, "stance": "td:Claims"},
            {"id": "a2", "cue": {"start": span("may").0, "end": span("may").1}, "parent": "a1",
                "content": {"start": span("attack it").0, "end": span("attack it").1}, "stance": "td:Doubts"},
        ],
    });
    let (mut annotation, _) = crate::annotation::from_json(&line.to_string(), 1).unwrap();
    let context = Context { rdf12, ..Context::default() };
    name_entities(&mut annotation, &context);
    ArticleGraph::of(&annotation, &context).quads
}

/// Triples with a property of the ontology between entities, or with a value.
fn plain(quads: &[Quad]) -> BTreeSet<String> {
    let local = |iri: &str| iri.rsplit(['/', '#']).next().unwrap().to_owned();
    let show = |quad: &Quad| {
        let object = match &quad.object {
            Term::NamedNode(node) => local(node.as_str()),
            other => other.to_string(),
        };
        format!(
            "{} {} {object}",
            local(&quad.subject.to_string()).replace('>', ""),
            local(quad.predicate.as_str())
        )
    };
    quads
        .iter()
        .filter(|q| q.subject.to_string().contains("/entity/"))
        .map(show)
        .filter(|s| !s.contains("type") && !s.contains("label"))
        .collect()
}

fn count(quads: &[Quad], class: oxigraph::model::NamedNodeRef<'_>) -> usize {
    quads.iter().filter(|q| q.predicate == rdf::TYPE && q.object == class.into_owned().into()).count()
}

#[test]
fn only_what_the_article_asserts_is_a_plain_triple() {
    let asserted = quads(&[relation("r1", "Sweden joined NATO.", &json!({}))], &[], false);
    assert!(plain(&asserted).iter().any(|t| t.contains(" memberOf NATO-")), "{:?}", plain(&asserted));
    for (field, value) in [
        ("certainty", json!("possible")),
        ("certainty", json!("probable")),
        ("polarity", json!("negated")),
        ("confidence", json!(0.49)),
    ] {
        let found = quads(&[relation("r1", "Sweden joined NATO.", &json!({field: value}))], &[], false);
        assert!(plain(&found).is_empty(), "{field}: {:?}", plain(&found));
        assert_eq!(count(&found, td::STATEMENT), 1);
    }
}

#[test]
fn one_statement_has_several_pieces_of_evidence() {
    let again = ["Sweden joined NATO.", "Sweden is in NATO."];
    let said: Vec<Value> = again.iter().map(|sentence| relation("r1", sentence, &json!({}))).collect();
    let found = quads(&said, &[], false);
    let is_said =
        |quad: &&Quad| quad.predicate == prov::WAS_DERIVED_FROM && quad.subject.to_string().contains("#s");
    assert_eq!((count(&found, td::STATEMENT), found.iter().filter(is_said).count()), (1, 2));
    let other = relation("r2", again[1], &json!({"certainty": "possible"}));
    assert_eq!(count(&quads(&[said[0].clone(), other], &[], false), td::STATEMENT), 2);
}

#[test]
fn what_follows_is_inferred_from_what_is_asserted() {
    let found = quads(&[relation("r1", "Sweden joined NATO.", &json!({}))], &[], false);
    assert!(
        plain(&found).iter().any(|t| t.contains("NATO-") && t.contains(" member Sweden")),
        "{:?}",
        plain(&found)
    );
    assert_eq!(count(&found, td::INFERRED_STATEMENT), 1);
    let claimed =
        quads(&[relation("r1", "Sweden joined NATO.", &json!({"polarity": "negated"}))], &[], false);
    assert_eq!(count(&claimed, td::INFERRED_STATEMENT), 0);
}

#[test]
fn what_somebody_says_is_a_statement_with_its_source() {
    let said = relation("r1", "Russia said Sweden would attack it.", &json!({"attribution": "a2"}));
    let found = quads(&[said], &[], false);
    assert!(plain(&found).is_empty(), "{:?}", plain(&found));
    let shown: Vec<String> = found.iter().map(ToString::to_string).collect();
    let holds = |part: &str| shown.iter().any(|quad| quad.contains(part));
    let [outer, inner] = ["Sweden would attack it", "attack it"].map(|words| {
        let (start, end) = span(words);
        format!("#a{start}-{end}>")
    });
    assert!(shown.iter().any(|q| q.contains("ontology#attribution>") && q.contains(&inner)), "{shown:#?}");
    assert!(holds("ontology#attributedTo> <https://w3id.org/tidings/id/entity/Greta_Holm"));
    assert!(
        shown.iter().any(|q| q.contains(&inner) && q.contains("#within>") && q.contains(&outer)),
        "{shown:#?}"
    );
    assert!(shown.iter().any(|q| q.contains(&outer) && q.contains("#stance>") && q.contains("#Claims>")));
}

#[test]
fn a_statement_has_its_time() {
    let since = relation("r1", "Sweden joined NATO.", &json!({"begin": "t1"}));
    let found = quads(&[since], &[], false);
    let since = found.iter().find(|quad| quad.predicate == td::SINCE).unwrap();
    assert_eq!(since.object.to_string(), "<https://w3id.org/tidings/id/date/1970-05-03>");
    let day = found.iter().find(|quad| quad.predicate == time::IN_XSD_DATE).unwrap();
    assert_eq!(day.subject.to_string(), since.object.to_string());
}

#[test]
fn a_date_is_a_typed_literal() {
    let born = json!({"subject": "e3", "property": "td:birthDate", "object": "t1", "object_mention": null});
    let found = quads(&[relation("r1", "Greta Holm was born on 3 May 1970.", &born)], &[], false);
    let date = "birthDate \"1970-05-03\"^^<http://www.w3.org/2001/XMLSchema#date>";
    assert!(plain(&found).iter().any(|t| t.contains(date)), "{:?}", plain(&found));
}

#[test]
fn only_asserted_events_are_events() {
    let asserted = quads(&[], &[event("v1", "Sweden may attack Russia.", &json!({}))], false);
    assert_eq!((count(&asserted, sem::EVENT), count(&asserted, td::UNASSERTED_EVENT)), (1, 0));
    let possible = json!({"certainty": "possible"});
    let found = quads(&[], &[event("v1", "Sweden may attack Russia.", &possible)], false);
    assert_eq!((count(&found, sem::EVENT), count(&found, td::UNASSERTED_EVENT)), (0, 1));
    assert!(!found.iter().any(|q| q.predicate == rdf::TYPE && q.object.to_string().contains("#Attack")));
    assert!(found.iter().any(|q| q.predicate == td::EVENT_CLASS));
}

#[test]
fn an_event_that_is_told_in_two_ways_is_two_that_are_the_same() {
    let one = event("v1", "Sweden would attack it.", &json!({"statement": "e7", "certainty": "possible"}));
    let other = event("v2", "Sweden may attack Russia.", &json!({"statement": "e7"}));
    let found = quads(&[], &[one, other], false);
    let same: Vec<&Quad> = found.iter().filter(|q| q.predicate == td::SAME_EVENT_AS).collect();
    assert_eq!(same.len(), 1);
    assert!(found.iter().any(
        |q| Term::from(q.subject.clone()) == same[0].object && q.object == sem::EVENT.into_owned().into()
    ));
}

#[test]
fn both_forms_of_rdf_carry_the_same_information() {
    let relations = [relation("r1", "Sweden joined NATO.", &json!({}))];
    let events = [event("v1", "Sweden may attack Russia.", &json!({"certainty": "possible"}))];
    let (rdf11, rdf12) = (quads(&relations, &events, false), quads(&relations, &events, true));
    let set = |quads: Vec<Quad>| quads.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
    assert!(rdf12.iter().any(|quad| quad.predicate == rdf::REIFIES));
    assert!(!rdf12.iter().any(|quad| quad.predicate == rdf::SUBJECT));
    assert_eq!(set(to_rdf11(rdf12.clone())), set(rdf11.clone()));
    assert_eq!(set(to_rdf12(rdf11.clone())), set(rdf12.clone()));
    assert_eq!((to_rdf11(rdf11.clone()), to_rdf12(rdf12.clone())), (rdf11, rdf12));
}
