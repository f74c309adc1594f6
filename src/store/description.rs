//! The description of a graph folder for people and catalogues. It also keeps what the folder's IRIs start with.

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Term;

use super::manifest::Manifest;
use crate::graph::Base;

/// Name of the file inside the folder.
pub(super) const FILE: &str = "description.ttl";
/// The property that the base is the value of.
const URI_SPACE: &str = "http://rdfs.org/ns/void#uriSpace";

/// The vocabularies `void:` and `dcat:` about a graph folder, as Turtle with addresses relative to the folder.
pub(super) fn description(manifest: &Manifest, base: Option<&Base>) -> String {
    let uri_space = base.map(|base| format!("\n    void:uriSpace \"{base}\" ;")).unwrap_or_default();
    let documents = manifest.len();
    let triples = manifest.quads();
    format!(
        r#"@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix void: <http://rdfs.org/ns/void#> .

<#graph> a void:Dataset, dcat:Dataset ;
    dcterms:title "Knowledge graph of {documents} news articles"@en ;
    dcterms:description "One named graph an article, made by tidings. Each file under packs/ holds the graphs of many articles as compressed N-Quads; manifest.tsv tells where in which file an article lies."@en ;
    void:triples {triples} ;
    void:documents {documents} ;{uri_space}
    void:feature <http://www.w3.org/ns/formats/N-Quads> ;
    void:vocabulary <https://w3id.org/tidings/ontology#>, <https://schema.org/>, <http://www.w3.org/ns/prov#>, <http://www.w3.org/ns/oa#> ;
    dcat:distribution <#files> .

<#files> a dcat:Distribution ;
    dcterms:title "The articles' graphs"@en ;
    dcat:accessURL <packs/> ;
    dcat:mediaType <https://www.iana.org/assignments/media-types/application/n-quads> ;
    dcat:compressFormat <https://www.iana.org/assignments/media-types/application/gzip> .
"#
    )
}

/// The base that a description names; nothing if it is damaged or names none.
pub(super) fn base_of(text: &str) -> Option<Base> {
    let parser = RdfParser::from_format(RdfFormat::Turtle).with_base_iri("http://example.org/").ok()?;
    let mut quads = parser.for_slice(text).map_while(Result::ok);
    let said = quads.find(|quad| quad.predicate.as_str() == URI_SPACE)?;
    match said.object {
        Term::Literal(literal) => literal.value().parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_base() {
        let base: Base = "https://news.example.org/kg/".parse().unwrap();
        assert_eq!(base_of(&description(&Manifest::default(), Some(&base))), Some(base));
        assert_eq!(base_of(&description(&Manifest::default(), None)), None);
        assert_eq!(base_of("no Turtle"), None);
    }

    #[test]
    fn is_turtle_that_counts_articles_and_quads() {
        let text = description(&Manifest::default(), None);
        let parser =
            RdfParser::from_format(RdfFormat::Turtle).with_base_iri("http://example.org/kg/").unwrap();
        let quads: Result<Vec<_>, _> = parser.for_slice(&text).collect();
        let quads = quads.unwrap();
        assert!(quads.iter().any(|quad| quad.predicate.as_str() == "http://rdfs.org/ns/void#triples"
            && quad.object.to_string().starts_with("\"0\"")));
        assert!(quads.iter().any(|quad| quad.object.to_string() == "<http://example.org/kg/packs/>"));
    }
}
