//! Reads articles and asks what they say, without files in between:
//!
//!     cargo run --release --example ask -- examples/articles/charles-taylor-verdict.txt
//!
//! First what the articles themselves assert, then what they report as somebody's words.

use std::io::{self, Write as _};
use std::path::Path;

use anyhow::Result;
use oxigraph::sparql::{CancellationToken, results::QueryResultsFormat};
use tidings::graph::Context;
use tidings::nlp::Pipeline;
use tidings::pipeline::Reader;
use tidings::source::{Articles, Input, Settings};
use tidings::store::{Graph, Query};

/// A triple stands in the graph only where the article asserts it.
const ASSERTED: &str = "SELECT DISTINCT ?subject ?property ?object {
    ?statement a td:Statement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
    ?s ?p ?o ; rdfs:label ?subject .
    ?o rdfs:label ?object .
    BIND(STRAFTER(STR(?p), '#') AS ?property)
} ORDER BY ?subject ?property ?object";

const SAID: &str = "SELECT ?source ?cue ?words {
    ?attribution a td:Attribution ; td:attributedTo/rdfs:label ?source ; td:cue ?cue ;
        prov:wasDerivedFrom/oa:hasSelector ?selector .
    ?selector oa:exact ?words ; oa:start ?start .
} ORDER BY ?start";

fn main() -> Result<()> {
    let reader = Reader::new(Pipeline::embedded(), Context::default());
    let inputs = std::env::args_os().skip(1).map(|path| Input::new(Path::new(&path))).collect();
    let mut quads = Vec::new();
    for article in Articles::new(inputs, Settings::default()) {
        quads.extend(reader.graph(&reader.read(article?)).quads);
    }
    let graph = Graph::from_quads(quads)?;
    let mut out = io::stdout().lock();
    for (title, query) in [("asserted", ASSERTED), ("said", SAID)] {
        writeln!(out, "# {title}")?;
        let answers = graph.answer(&Query::parse(query)?, CancellationToken::new())?;
        answers.write(QueryResultsFormat::Tsv.into(), &mut out, None)?;
    }
    Ok(())
}
