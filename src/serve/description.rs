//! What the service says of itself: SPARQL 1.1 Service Description.

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;

use crate::export::{Format, Writer};
use crate::graph::Base;

/// The description of the service at `endpoint`. An address that is no IRI is left out.
pub(super) fn describe(endpoint: &str, format: Format) -> Vec<u8> {
    let endpoint = match oxigraph::model::NamedNode::new(endpoint) {
        Ok(endpoint) => format!("sd:endpoint {endpoint} ;"),
        Err(_) => String::new(),
    };
    let text = format!(
        "@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
        @prefix formats: <http://www.w3.org/ns/formats/> .
        _:service a sd:Service ; {endpoint}
            sd:supportedLanguage sd:SPARQL11Query ;
            sd:feature sd:UnionDefaultGraph ;
            sd:resultFormat formats:SPARQL_Results_JSON , formats:SPARQL_Results_XML , formats:SPARQL_Results_CSV ,
                formats:SPARQL_Results_TSV , formats:Turtle , formats:N-Triples , formats:RDF_XML , formats:JSON-LD ,
                formats:TriG , formats:N-Quads ;
            sd:defaultDataset _:dataset .
        _:dataset a sd:Dataset ; sd:defaultGraph _:union .
        _:union a sd:Graph ."
    );
    let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(&text);
    let quads: Vec<Quad> = quads.map(|quad| quad.expect("the description is Turtle")).collect();
    let mut writer = Writer::new(Vec::new(), format, &Base::default());
    writer.write(&quads).and_then(|()| writer.finish()).expect("writing to memory succeeds")
}
