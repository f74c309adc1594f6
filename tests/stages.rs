//! From parsed articles to the Turtle that people read, compared with what was read before.
//!
//! The parsed articles are those of `examples/articles`, written by `tidings extract -f json --tokens`, so that these
//! tests depend on no language pipeline. After a change that is meant, `INSTA_UPDATE=always cargo test` writes the new
//! snapshots; look at their difference as at code.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use tidings::annotation::{self, Annotation, MentionKind};
use tidings::export::{Format, Writer};
use tidings::graph::{ArticleGraph, Context, name_entities};
use tidings::kb::Kb;
use tidings::link::Linker;
use tidings::{coref, extract};

fn context() -> Context {
    Context::default()
}

/// Reads the parsed article anew: names, links, and the names of entities.
fn annotation(name: &str) -> Annotation {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stages").join(name).with_extension("json");
    let (read, doc) = annotation::from_json(&fs::read_to_string(path).unwrap(), 1).unwrap();
    let doc = doc.unwrap();
    let names = extract::names(&doc, Kb::builtin());
    let annotation = Linker::new(Kb::builtin(), None).link(read.article, &doc, &names);
    let mut annotation = coref::resolve(annotation, &doc, Kb::builtin());
    name_entities(&mut annotation, &context());
    annotation
}

fn turtle(annotation: &Annotation, context: &Context) -> String {
    let mut writer = Writer::new(Vec::new(), Format::Turtle, &context.base);
    writer.write(&ArticleGraph::of(annotation, context).quads).unwrap();
    String::from_utf8(writer.finish().unwrap()).unwrap()
}

/// Versions and digests change for reasons of their own.
fn without_versions(turtle: &str) -> String {
    turtle.replace(env!("CARGO_PKG_VERSION"), "VERSION").replace(Kb::builtin().digest(), "DIGEST")
}

#[test]
fn good_friday_agreement() {
    insta::assert_snapshot!(without_versions(&turtle(&annotation("good-friday-agreement"), &context())));
}

#[test]
fn iran_nuclear_deal() {
    insta::assert_snapshot!(without_versions(&turtle(&annotation("iran-nuclear-deal"), &context())));
}

#[test]
fn an_annotation_that_was_written_gives_the_same_graph() {
    let annotation = annotation("good-friday-agreement");
    let (read, _) = annotation::from_json(&annotation::to_json(&annotation, None, true), 1).unwrap();
    assert_eq!(turtle(&read, &context()), turtle(&annotation, &context()));
}

#[test]
fn every_quote_stands_at_its_place() {
    let annotation = annotation("iran-nuclear-deal");
    let text: Vec<char> = annotation.article.text.chars().collect();
    let graph = ArticleGraph::of(&annotation, &context());
    let value = |subject: &str, predicate: &str| {
        let mut quads = graph.quads.iter().filter(|q| q.subject.to_string() == subject);
        let quad = quads.find(|q| q.predicate.as_str() == format!("http://www.w3.org/ns/oa#{predicate}"))?;
        match &quad.object {
            oxigraph::model::Term::Literal(literal) => Some(literal.value().to_owned()),
            _ => None,
        }
    };
    let referring =
        graph.quads.iter().filter(|q| q.predicate == tidings::graph::vocab::td::REFERS_TO).count();
    assert!(referring >= annotation.mentions.iter().filter(|m| m.kind == MentionKind::Name).count());
    let mut selectors: Vec<String> = graph.quads.iter().map(|q| q.subject.to_string()).collect();
    selectors.retain(|subject| value(subject, "exact").is_some());
    selectors.dedup();
    assert_eq!(selectors.iter().collect::<std::collections::BTreeSet<_>>().len(), referring);
    for selector in selectors {
        let at = |predicate| value(&selector, predicate).unwrap().parse::<usize>().unwrap();
        let (start, end) = (at("start"), at("end"));
        let quote = |range: std::ops::Range<usize>| text[range].iter().collect::<String>();
        assert_eq!(value(&selector, "exact").unwrap(), quote(start..end));
        let prefix = value(&selector, "prefix").unwrap_or_default();
        assert_eq!(prefix, quote(start - prefix.chars().count()..start));
        let suffix = value(&selector, "suffix").unwrap_or_default();
        assert_eq!(suffix, quote(end..end + suffix.chars().count()));
    }
}

#[test]
fn the_text_is_in_the_graph_only_when_asked_for() {
    let annotation = annotation("good-friday-agreement");
    assert!(!turtle(&annotation, &context()).contains("schema:articleBody"));
    assert!(turtle(&annotation, &Context { keep_text: true, ..context() }).contains("schema:articleBody"));
}
