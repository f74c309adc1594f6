use std::collections::BTreeSet;

use oxigraph::io::RdfParser;
use oxigraph::model::{BlankNode, GraphName, Literal, NamedNode, NamedOrBlankNode, Term};
use proptest::prelude::*;

use super::*;
use crate::graph::vocab::{td, xsd};

fn written(format: Format, graphs: &[&[Quad]]) -> String {
    let mut writer = Writer::new(Vec::new(), format, &Base::default());
    for quads in graphs {
        writer.write(quads).unwrap();
    }
    String::from_utf8(writer.finish().unwrap()).unwrap()
}

fn rdf_format(format: Format) -> RdfFormat {
    RdfFormat::from_media_type(format.media_type()).unwrap()
}

fn read(format: Format, text: &str) -> BTreeSet<String> {
    let quads = RdfParser::from_format(rdf_format(format)).for_slice(text);
    quads.map(|quad| quad.unwrap_or_else(|e| panic!("{e}\n{text}")).to_string()).collect()
}

/// IRIs of all kinds: of our namespaces, with characters that need care, long and short.
fn iri() -> impl Strategy<Value = NamedNode> {
    let local = "[A-Za-z0-9_.é東·()%2C/#:~-]{0,8}";
    let namespace = prop_oneof![
        Just("https://w3id.org/tidings/id/entity/".to_owned()),
        Just("https://w3id.org/tidings/id/article/a-1#".to_owned()),
        Just("https://w3id.org/tidings/id/article/b-2#".to_owned()),
        Just(td::NAMESPACE.to_owned()),
        Just("http://www.wikidata.org/entity/".to_owned()),
        Just("urn:".to_owned()),
    ];
    (namespace, local).prop_filter_map("not an IRI", |(n, l)| NamedNode::new(n + &l).ok())
}

fn literal() -> impl Strategy<Value = Literal> {
    let number = "[+-]?[0-9]{0,3}\\.?[0-9]{0,3}";
    prop_oneof![
        any::<String>().prop_map(Literal::from),
        "[ -~\n\t\r\"\\\\]{0,9}".prop_map(Literal::from),
        any::<String>().prop_map(|text| Literal::new_language_tagged_literal_unchecked(text, "en-gb")),
        (number, any::<bool>()).prop_map(|(text, integer)| {
            Literal::new_typed_literal(text, if integer { xsd::INTEGER } else { xsd::DECIMAL })
        }),
        ("[a-z]{0,5}", iri()).prop_map(|(text, datatype)| Literal::new_typed_literal(text, datatype)),
    ]
}

fn quad() -> impl Strategy<Value = Quad> {
    // Few labels, so that nodes are shared; the parser keeps labels apart by document only.
    let blank = (0..3u8).prop_map(|n| BlankNode::new_unchecked(format!("b{n}")));
    let subject =
        prop_oneof![iri().prop_map(NamedOrBlankNode::from), blank.clone().prop_map(NamedOrBlankNode::from)];
    let object =
        prop_oneof![iri().prop_map(Term::from), blank.prop_map(Term::from), literal().prop_map(Term::from)];
    let graph = prop_oneof![Just(GraphName::DefaultGraph), iri().prop_map(GraphName::from)];
    let predicate = prop_oneof![4 => iri(), 1 => Just(crate::graph::vocab::rdf::TYPE.into_owned())];
    (subject, predicate, object, graph).prop_map(|(s, p, o, g)| Quad::new(s, p, o, g))
}

proptest! {
    #[test]
    fn what_is_written_is_read_back_the_same(quads in prop::collection::vec(quad(), 0..12)) {
        for format in [Format::Turtle, Format::TriG] {
            let text = written(format, &[&quads]);
            let expected = quads.iter().map(|quad| {
                let mut quad = quad.clone();
                if !format.has_graphs() {
                    quad.graph_name = GraphName::DefaultGraph;
                }
                quad.to_string()
            });
            // Blank nodes keep their labels, so that equal sets are isomorphic graphs.
            prop_assert_eq!(read(format, &text), expected.collect::<BTreeSet<_>>(), "{}", text);
        }
    }
}

fn node(path: &str) -> NamedNode {
    Base::default().mint(path)
}

fn example(article: &str) -> Vec<Quad> {
    use crate::graph::vocab::{oa, owl, rdf, rdfs, skos};
    let graph = node(&format!("article/{article}"));
    let (iran, mention) = (node("entity/Iran-Q794"), node(&format!("article/{article}#m0-4")));
    let wikidata = NamedNode::new_unchecked("http://www.wikidata.org/entity/Q794");
    let text = Literal::from;
    [
        Quad::new(mention.clone(), rdf::TYPE, td::MENTION, graph.clone()),
        Quad::new(mention.clone(), td::REFERS_TO, iran.clone(), graph.clone()),
        Quad::new(mention, oa::EXACT, text("say \"Iran\"\n"), graph.clone()),
        Quad::new(graph.clone(), rdf::TYPE, td::ARTICLE, graph.clone()),
        Quad::new(iran.clone(), owl::SAME_AS, wikidata, graph.clone()),
        Quad::new(iran.clone(), skos::ALT_LABEL, text("Iranian"), graph.clone()),
        Quad::new(iran.clone(), skos::ALT_LABEL, text("Tehran"), graph.clone()),
        Quad::new(iran.clone(), rdfs::LABEL, text("Iran"), graph.clone()),
        Quad::new(iran, rdf::TYPE, td::COUNTRY, graph),
    ]
    .to_vec()
}

#[test]
fn turtle_has_entities_first_and_only_the_prefixes_it_needs() {
    let text = written(Format::Turtle, &[&example("drill-1")]);
    let expected = r#"@prefix td: <https://w3id.org/tidings/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix entity: <https://w3id.org/tidings/id/entity/> .
@prefix article: <https://w3id.org/tidings/id/article/> .
@prefix : <https://w3id.org/tidings/id/article/drill-1#> .

entity:Iran-Q794 a td:Country ;
    rdfs:label "Iran" ;
    skos:altLabel "Iranian", "Tehran" ;
    owl:sameAs wd:Q794 .

article:drill-1 a td:Article .

:m0-4 a td:Mention ;
    td:refersTo entity:Iran-Q794 ;
    oa:exact "say \"Iran\"\n" .
"#;
    assert_eq!(text, expected);
}

#[test]
fn turtle_of_several_articles_says_everything_once() {
    let text = written(Format::Turtle, &[&example("drill-1"), &example("talks-2")]);
    assert_eq!(text.matches("entity:Iran-Q794 a td:Country").count(), 1);
    assert_eq!(text.matches("@prefix td:").count(), 1);
    assert!(text.contains("a2:m0-4 a td:Mention"), "{text}");
}

#[test]
fn trig_has_a_block_a_graph_and_declares_a_prefix_when_it_is_needed() {
    let text = written(Format::TriG, &[&example("drill-1"), &example("talks-2")]);
    assert_eq!(text.matches("@prefix td:").count(), 1);
    assert_eq!(text.matches("@prefix : ").count(), 2);
    assert!(text.contains("\narticle:talks-2 {\n    entity:Iran-Q794 a td:Country ;\n"), "{text}");
}

#[test]
fn every_format_is_read_back() {
    let quads = example("drill-1");
    let union: BTreeSet<String> = quads
        .iter()
        .map(|quad| Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() }.to_string())
        .collect();
    for format in Format::all() {
        let text = written(format, &[&quads]);
        let expected =
            if format.has_graphs() { quads.iter().map(Quad::to_string).collect() } else { union.clone() };
        assert_eq!(read(format, &text), expected, "{format:?}: {text}");
    }
}

#[test]
fn formats_are_known_by_several_names() {
    for (name, format) in
        [("turtle", Format::Turtle), ("nt", Format::NTriples), ("application/trig", Format::TriG)]
    {
        assert_eq!(name.parse(), Ok(format));
    }
    assert!("docx".parse::<Format>().is_err());
}
