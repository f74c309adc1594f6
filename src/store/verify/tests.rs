use std::fs;

use oxigraph::model::{Literal, NamedNode};
use tempfile::TempDir;

use super::super::{EncodedArticle, FolderWriter, Waiting};
use super::*;
use crate::graph::vocab::rdf;
use crate::graph::{ArticleGraph, Base, Context, name_entities};
use crate::kb::Kb;

const LINE: &str = r#"{"schema":"tidings-annotation/1","article":{"id":"a","published":"2025-05-20","text":"Zürich: Sweden joined NATO."},
"sentences":[{"start":0,"end":27}],
"mentions":[{"id":"m1","start":8,"end":14,"kind":"name","type":"GPE","entity":"e1"},{"id":"m2","start":22,"end":26,"kind":"name","type":"ORG","entity":"e2"}],
"entities":[{"id":"e1","label":"Sweden","class":"td:Country","links":[]},{"id":"e2","label":"NATO","class":"td:Organization","links":[]}],
"relations":[{"id":"r1","subject":"e1","property":"td:memberOf","object":"e2","subject_mention":"m1","object_mention":"m2",
"evidence":{"start":0,"end":27},"confidence":0.9}],
"events":[{"id":"v1","class":"td:Agreement","anchor":{"start":15,"end":21},"roles":[{"role":"td:agent","entity":"e1"}],"confidence":0.9,"certainty":"possible"}]}"#;

/// The verification of an article whose graph was changed, and the text that is there to compare.
fn verified(keep_text: bool, change: impl Fn(&mut Vec<Quad>), source: Option<&str>) -> Verification {
    let (mut annotation, _) = crate::annotation::from_json(&LINE.replace('\n', " "), 1).unwrap();
    let (base, kb) = (Base::default(), Kb::builtin().clone());
    let context = Context { base, kb, keep_text, rdf12: true, ..Context::default() };
    name_entities(&mut annotation, &context);
    let mut graph = ArticleGraph::of(&annotation, &context);
    graph.quads = crate::graph::to_rdf11(graph.quads);
    change(&mut graph.quads);
    let folder = TempDir::new().unwrap();
    let mut writer = FolderWriter::open(folder.path(), Waiting::Refuse, |_| {}).unwrap();
    writer.put(EncodedArticle::new(&graph, "v1")).unwrap();
    writer.finish().unwrap();
    let text = source.map(|text| Article { text: text.to_owned(), ..annotation.article });
    let texts = text.map(|article| (graph.iri.into_string(), article)).into_iter().collect();
    Verification::of(&Folder::open(folder.path()).unwrap(), &texts, None, NonZeroUsize::MIN)
}

fn problems(found: &Verification) -> Vec<&str> {
    found.findings.iter().map(|finding| finding.problem.as_str()).collect()
}

/// Replaces the object of the first quad with a property.
fn set(quads: &mut [Quad], property: NamedNodeRef<'_>, object: impl Into<Term>) {
    quads.iter_mut().find(|quad| quad.predicate == property).unwrap().object = object.into();
}

#[test]
fn a_graph_as_it_was_written_is_right() {
    for (keep_text, source, with_text) in
        [(false, None, 0), (true, None, 1), (false, Some("Zürich: Sweden joined NATO."), 1)]
    {
        let found = verified(keep_text, |_| {}, source);
        assert_eq!(found.findings, [], "{keep_text}");
        assert_eq!((found.articles, found.with_text, found.statements, found.quotes), (1, with_text, 2, 4));
    }
}

#[test]
fn a_quote_that_does_not_stand_there_is_named() {
    use crate::graph::vocab::oa;
    let moved = |quads: &mut Vec<Quad>| {
        let name = quads
            .iter()
            .find(|quad| quad.object == Literal::from("Sweden").into() && quad.predicate == oa::EXACT);
        let name = name.unwrap().subject.clone();
        quads.iter_mut().find(|quad| quad.subject == name && quad.predicate == oa::EXACT).unwrap().object =
            Literal::from("Norway").into();
    };
    for (keep_text, source) in [(true, None), (false, Some("Zürich: Sweden joined NATO.")), (false, None)] {
        let found = verified(keep_text, moved, source);
        assert!(problems(&found).iter().any(|p| p.contains("does not stand at")), "{:?}", found.findings);
    }
}

#[test]
fn another_text_is_told_by_its_digest() {
    let found = verified(false, |_| {}, Some("Zürich: Sweden joined NATO!"));
    assert!(problems(&found).contains(&"differs from the article that was read"), "{:?}", found.findings);
    let digest = |quads: &mut Vec<Quad>| set(quads, td::CONTENT_DIGEST, Literal::from("0".repeat(64)));
    assert!(problems(&verified(true, digest, None)).contains(&"has another digest than the manifest says"));
    let text = |quads: &mut Vec<Quad>| set(quads, schema::HEADLINE, Literal::from("Other"));
    let with_title = |quads: &mut Vec<Quad>| {
        let mut quad = quads[0].clone();
        quad.predicate = schema::HEADLINE.into_owned();
        quads.push(quad);
        text(quads);
    };
    let found = verified(true, with_title, None);
    assert_eq!(problems(&found), ["has a text or metadata that its digest is not of"]);
}

#[test]
fn a_fact_needs_a_statement_that_asserts_it() {
    let doubted = |quads: &mut Vec<Quad>| {
        let statement = quads.iter().find(|quad| quad.object == td::STATEMENT.into_owned().into()).unwrap();
        let node = statement.subject.clone();
        let polarity =
            quads.iter_mut().find(|q| q.subject == node && q.predicate == td::HAS_POLARITY).unwrap();
        polarity.object = td::NEGATED.into_owned().into();
    };
    let found = verified(false, doubted, None);
    // The triple, its inverse, and that the inverse follows.
    assert_eq!(problems(&found).iter().filter(|p| p.contains("no asserted statement warrants")).count(), 2);
    assert!(problems(&found).contains(&"does not follow from an asserted statement"));
}

#[test]
fn a_possible_event_must_not_look_like_one_that_happened() {
    let event = |quads: &mut Vec<Quad>| {
        let typed = |quad: &&mut Quad| {
            quad.predicate == rdf::TYPE && quad.object == td::UNASSERTED_EVENT.into_owned().into()
        };
        quads.iter_mut().find(typed).unwrap().object = td::ASSERTED_EVENT.into_owned().into();
    };
    let found = verified(false, event, None);
    assert!(
        problems(&found).iter().any(|p| p.contains("the article does not assert it")),
        "{:?}",
        found.findings
    );
    assert!(problems(&found).iter().any(|p| p.starts_with("td:certainty is")), "{:?}", found.findings);
}

#[test]
fn a_damaged_file_is_a_finding_and_the_others_are_checked() {
    let folder = TempDir::new().unwrap();
    let mut writer = FolderWriter::open(folder.path(), Waiting::Refuse, |_| {}).unwrap();
    for name in ["a", "b"] {
        let iri = NamedNode::new(format!("http://example.org/article/{name}")).unwrap();
        let graph = ArticleGraph { iri, digest: "d".to_owned(), quads: Vec::new() };
        writer.put(EncodedArticle::new(&graph, "v1")).unwrap();
    }
    let manifest = writer.finish().unwrap();
    fs::write(folder.path().join(manifest.entries().next().unwrap().path()), "x").unwrap();
    let found =
        Verification::of(&Folder::open(folder.path()).unwrap(), &HashMap::new(), None, NonZeroUsize::MIN);
    assert_eq!(found.articles, 2);
    assert!(found.findings[0].problem.contains("is damaged"), "{:?}", found.findings);
}

#[test]
fn an_attribution_that_is_gone_is_missed() {
    let source = |quads: &mut Vec<Quad>| {
        let event =
            quads.iter().find(|quad| quad.object == td::UNASSERTED_EVENT.into_owned().into()).unwrap();
        let mut said = event.clone();
        said.predicate = td::ATTRIBUTED_TO.into_owned();
        said.object = NamedNode::new_unchecked("http://example.org/Finland").into();
        quads.push(said);
    };
    assert_eq!(problems(&verified(false, source, None)), ["td:attribution has 0 values, and needs 1"]);
}

#[test]
fn a_file_that_the_manifest_does_not_name_is_a_finding() {
    let folder = TempDir::new().unwrap();
    let mut writer = FolderWriter::open(folder.path(), Waiting::Refuse, |_| {}).unwrap();
    let iri = NamedNode::new("http://example.org/article/a").unwrap();
    writer
        .put(EncodedArticle::new(&ArticleGraph { iri, digest: "d".to_owned(), quads: Vec::new() }, "v1"))
        .unwrap();
    let manifest = writer.finish().unwrap();
    let path = manifest.entries().next().unwrap().path();
    let file = folder.path().join("manifest.tsv");
    let text = fs::read_to_string(&file).unwrap();
    let rest: Vec<&str> = text.split_inclusive('\n').filter(|line| !line.contains("article/a")).collect();
    fs::write(&file, rest.concat()).unwrap();
    let found =
        Verification::of(&Folder::open(folder.path()).unwrap(), &HashMap::new(), None, NonZeroUsize::MIN);
    assert_eq!((found.articles, found.findings.len()), (0, 1));
    assert_eq!(found.findings[0].about, format!("`{}`", path.display()));
    assert!(found.findings[0].problem.starts_with("is named nowhere in the manifest"));
}
