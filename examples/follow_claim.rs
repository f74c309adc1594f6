//! Follows a claim through articles of several days: who says it, how sure, who denies it, and in which words.
//!
//!     cargo run --release --example follow_claim -- td:Attack Beirut examples/claim
//!
//! The first argument is a class of events (`tidings ontology show` lists them), the second the name of somebody or some place that
//! takes part, the others are articles.

use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context as _, Result};
use oxigraph::sparql::{CancellationToken, results::QueryResultsFormat};
use tidings::graph::Context;
use tidings::nlp::Pipeline;
use tidings::pipeline::Reader;
use tidings::source::{Articles, Input, Settings};
use tidings::store::{Graph, Query};

/// An event that the article asserts is of its class; any other has it as its `td:eventClass`.
const CLAIMS: &str = "SELECT DISTINCT ?day ?source ?stance ?certainty ?polarity ?words {
    ?event a|td:eventClass CLASS ; ?role ?participant ; td:certainty ?c ; td:polarity ?p ; prov:wasDerivedFrom ?passage .
    ?participant rdfs:label 'NAME' .
    ?passage oa:hasSelector/oa:exact ?words ; oa:hasSource/schema:datePublished ?day .
    OPTIONAL { ?event td:attributedTo/rdfs:label ?who }
    OPTIONAL { ?event td:attribution/td:stance ?how }
    BIND(COALESCE(?who, 'the article') AS ?source)
    BIND(STRAFTER(STR(?how), '#') AS ?stance)
    BIND(STRAFTER(STR(?c), '#') AS ?certainty)
    BIND(STRAFTER(STR(?p), '#') AS ?polarity)
} ORDER BY ?day ?words";

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let usage = "usage: follow_claim CLASS NAME ARTICLE...";
    let (class, name) = (args.next().context(usage)?, args.next().context(usage)?);
    let inputs = args.map(|path| Input::new(Path::new(&path))).collect();
    follow(&class, &name, inputs, &mut io::stdout().lock())
}

/// Writes who claims that an event of a class happened that somebody of this name takes part in, a line each, by date.
pub(crate) fn follow(class: &str, name: &str, inputs: Vec<Input>, mut out: &mut dyn Write) -> Result<()> {
    let reader = Reader::new(Pipeline::embedded(), Context::default());
    let mut quads = Vec::new();
    for article in Articles::new(inputs, Settings::default()) {
        quads.extend(reader.graph(&reader.read(article?)).quads);
    }
    let claims = CLAIMS.replace("CLASS", class).replace("NAME", &name.replace('\'', "\\'"));
    let answers = Graph::from_quads(quads)?.answer(&Query::parse(&claims)?, CancellationToken::new())?;
    answers.write(QueryResultsFormat::Tsv.into(), &mut out, None)?;
    Ok(out.flush()?)
}
