//! The terms that graphs are written in, one module a vocabulary.

use oxigraph::model::NamedNodeRef;

/// Declares a vocabulary: a module with its namespace and a constant a term.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $module:ident, $namespace:literal, { $($constant:ident = $term:literal,)* }) => {
        $(#[$doc])*
        pub mod $module {
            use super::NamedNodeRef;

            /// What all terms start with.
            pub const NAMESPACE: &str = $namespace;

            $(
                #[doc = concat!("`", stringify!($module), ":", $term, "`")]
                pub const $constant: NamedNodeRef<'static> =
                    NamedNodeRef::new_unchecked(concat!($namespace, $term));
            )*

            /// The local names of all terms above.
            pub const TERMS: &[&str] = &[$($term,)*];
        }
    };
}

vocabulary! {
    /// The ontology of tidings, `ontology/tidings.ttl`.
    td, "https://w3id.org/tidings/ontology#", {
        ARTICLE = "Article",
    }
}

vocabulary! {
    /// RDF.
    rdf, "http://www.w3.org/1999/02/22-rdf-syntax-ns#", {
        TYPE = "type",
    }
}

vocabulary! {
    /// RDF Schema.
    rdfs, "http://www.w3.org/2000/01/rdf-schema#", {
        LABEL = "label",
        COMMENT = "comment",
    }
}

vocabulary! {
    /// schema.org.
    schema, "https://schema.org/", {
        NEWS_ARTICLE = "NewsArticle",
        HEADLINE = "headline",
        DATE_PUBLISHED = "datePublished",
        URL = "url",
        PUBLISHER = "publisher",
        AUTHOR = "author",
        IN_LANGUAGE = "inLanguage",
        NAME = "name",
    }
}
