//! The description of a graph folder for people and catalogues.

use super::manifest::Manifest;

/// The vocabularies `void:` and `dcat:` about a graph folder, as Turtle with addresses relative to the folder.
pub(super) fn description(manifest: &Manifest) -> String {
    let documents = manifest.len();
    let triples = manifest.quads();
    format!(
        r#"@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix void: <http://rdfs.org/ns/void#> .

<#graph> a void:Dataset, dcat:Dataset ;
    dcterms:title "Knowledge graph of {documents} news articles"@en ;
    dcterms:description "One named graph an article, made by tidings. Each file under articles/ holds the graph of one article as sorted, compressed N-Quads; manifest.tsv names them."@en ;
    void:triples {triples} ;
    void:documents {documents} ;
    void:feature <http://www.w3.org/ns/formats/N-Quads> ;
    void:vocabulary <https://w3id.org/tidings/ontology#>, <https://schema.org/>, <http://www.w3.org/ns/prov#>, <http://www.w3.org/ns/oa#> ;
    dcat:distribution <#files> .

<#files> a dcat:Distribution ;
    dcterms:title "The articles' graphs"@en ;
    dcat:accessURL <articles/> ;
    dcat:mediaType <https://www.iana.org/assignments/media-types/application/n-quads> ;
    dcat:compressFormat <https://www.iana.org/assignments/media-types/application/gzip> .
"#
    )
}

#[cfg(test)]
mod tests {
    use oxigraph::io::{RdfFormat, RdfParser};

    use super::*;

    #[test]
    fn is_turtle_that_counts_articles_and_quads() {
        let text = description(&Manifest::default());
        let parser =
            RdfParser::from_format(RdfFormat::Turtle).with_base_iri("http://example.org/kg/").unwrap();
        let quads: Result<Vec<_>, _> = parser.for_slice(&text).collect();
        let quads = quads.unwrap();
        assert!(quads.iter().any(|quad| quad.predicate.as_str() == "http://rdfs.org/ns/void#triples"
            && quad.object.to_string().starts_with("\"0\"")));
        assert!(quads.iter().any(|quad| quad.object.to_string() == "<http://example.org/kg/articles/>"));
    }
}
