//! Short names for IRIs, as queries and tables use them.

use crate::graph::vocab::PREFIXES;

/// Prefixes that queries may use beside those that graphs are written with.
const MORE: &[(&str, &str)] =
    &[("dcterms", "http://purl.org/dc/terms/"), ("geof", "http://www.opengis.net/def/function/geosparql/")];

/// All prefixes that need no declaration in a query, with their namespaces.
pub fn prefixes() -> impl Iterator<Item = (&'static str, &'static str)> {
    PREFIXES.iter().chain(MORE).copied()
}

/// The IRI that `prefix:local` stands for; `None` where the prefix is not known.
pub fn expand(name: &str) -> Option<String> {
    let (prefix, local) = name.split_once(':')?;
    let (_, namespace) = prefixes().find(|&(known, _)| known == prefix)?;
    Some(format!("{namespace}{local}"))
}

/// `iri` as `prefix:local` where it can be written so and read again.
pub fn shorten(iri: &str) -> Option<String> {
    prefixes().find_map(|(prefix, namespace)| {
        let local = iri.strip_prefix(namespace)?;
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        (!local.is_empty() && local.chars().all(is_plain) && !local.starts_with('-'))
            .then(|| format!("{prefix}:{local}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shortened_is_expanded_again() {
        for iri in ["https://w3id.org/tidings/ontology#Person", "http://www.wikidata.org/entity/Q794"] {
            assert_eq!(expand(&shorten(iri).unwrap()).unwrap(), iri);
        }
        assert_eq!(shorten("https://schema.org/a/b"), None);
        assert_eq!(shorten("https://schema.org/"), None);
        assert_eq!(expand("http://example.org/"), None);
    }
}
