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
        PASSAGE = "Passage",
        MENTION = "Mention",
        READING = "Reading",
        REFERS_TO = "refersTo",
        NAMED_PLACE = "namedPlace",
        HAS_MEMBER = "hasMember",
        NAME_TYPE = "nameType",
        CONTENT_DIGEST = "contentDigest",
        TEXT_LENGTH = "textLength",
        PIPELINE_DIGEST = "pipelineDigest",
        KNOWLEDGE_BASE_DIGEST = "knowledgeBaseDigest",
        ENTITY = "Entity",
        NOT_AN_ENTITY = "NotAnEntity",
        IN_COUNTRY = "country",
        PERSON = "Person",
        GROUP = "Group",
        ETHNIC_OR_RELIGIOUS_GROUP = "EthnicOrReligiousGroup",
        ORGANIZATION = "Organization",
        COMPANY = "Company",
        GOVERNMENT_BODY = "GovernmentBody",
        INTERNATIONAL_ORGANIZATION = "InternationalOrganization",
        POLITICAL_PARTY = "PoliticalParty",
        MILITARY = "Military",
        ARMED_GROUP = "ArmedGroup",
        MEDIA_ORGANIZATION = "MediaOrganization",
        EDUCATIONAL_INSTITUTION = "EducationalInstitution",
        SPORTS_TEAM = "SportsTeam",
        PLACE = "Place",
        COUNTRY = "Country",
        TERRITORY = "Territory",
        HISTORICAL_COUNTRY = "HistoricalCountry",
        REGION = "Region",
        CITY = "City",
        WATER_BODY = "WaterBody",
        LANDFORM = "Landform",
        FACILITY = "Facility",
        EVENT = "Event",
        LAW = "Law",
        TREATY = "Treaty",
        WORK = "Work",
        PRODUCT = "Product",
        POSITION = "Position",
        LANGUAGE = "Language",
        RELIGION = "Religion",
        IDEOLOGY = "Ideology",
        STATEMENT = "Statement",
        INFERRED_STATEMENT = "InferredStatement",
        ASSERTED_EVENT = "AssertedEvent",
        UNASSERTED_EVENT = "UnassertedEvent",
        EVENT_CLASS = "eventClass",
        SAME_EVENT_AS = "sameEventAs",
        ABOUT = "about",
        NUMBER = "number",
        NUMBER_AT_LEAST = "numberAtLeast",
        NUMBER_AT_MOST = "numberAtMost",
        OPEN_STATEMENT = "OpenStatement",
        LEMMA = "lemma",
        ARGUMENT = "argument",
        ARGUMENT_CLASS = "Argument",
        FUNCTION = "function",
        FILLER = "filler",
        WORDS = "words",
        CONFIDENCE = "confidence",
        HAS_CERTAINTY = "certainty",
        HAS_POLARITY = "polarity",
        ATTRIBUTED_TO = "attributedTo",
        CERTAINTY_LEVEL = "CertaintyLevel",
        CERTAIN = "Certain",
        PROBABLE = "Probable",
        POSSIBLE = "Possible",
        POLARITY_VALUE = "PolarityValue",
        AFFIRMED = "Affirmed",
        NEGATED = "Negated",
        HAS_MOOD = "mood",
        MOOD = "Mood",
        FUTURE = "Future",
        INTENDED = "Intended",
        CONDITIONAL = "Conditional",
        ATTRIBUTION_CLASS = "Attribution",
        QUOTATION = "Quotation",
        ATTRIBUTION = "attribution",
        HAS_STANCE = "stance",
        CUE = "cue",
        WITHIN = "within",
        SINCE = "since",
        UNTIL = "until",
        TIMEX = "timex",
    }
}

vocabulary! {
    /// RDF.
    rdf, "http://www.w3.org/1999/02/22-rdf-syntax-ns#", {
        TYPE = "type",
        STATEMENT = "Statement",
        SUBJECT = "subject",
        PREDICATE = "predicate",
        OBJECT = "object",
        REIFIES = "reifies",
    }
}

vocabulary! {
    /// RDF Schema.
    rdfs, "http://www.w3.org/2000/01/rdf-schema#", {
        LABEL = "label",
        COMMENT = "comment",
        SUB_CLASS_OF = "subClassOf",
        SUB_PROPERTY_OF = "subPropertyOf",
    }
}

vocabulary! {
    /// The Web Ontology Language.
    owl, "http://www.w3.org/2002/07/owl#", {
        SAME_AS = "sameAs",
        DIFFERENT_FROM = "differentFrom",
        INVERSE_OF = "inverseOf",
        SYMMETRIC_PROPERTY = "SymmetricProperty",
        OBJECT_PROPERTY = "ObjectProperty",
        DATATYPE_PROPERTY = "DatatypeProperty",
    }
}

vocabulary! {
    /// SKOS.
    skos, "http://www.w3.org/2004/02/skos/core#", {
        ALT_LABEL = "altLabel",
        PREF_LABEL = "prefLabel",
        CLOSE_MATCH = "closeMatch",
    }
}

vocabulary! {
    /// The datatypes of XML Schema.
    xsd, "http://www.w3.org/2001/XMLSchema#", {
        DATE = "date",
        DATE_TIME = "dateTime",
        BOOLEAN = "boolean",
        DECIMAL = "decimal",
        DURATION = "duration",
        INTEGER = "integer",
        G_YEAR = "gYear",
        G_YEAR_MONTH = "gYearMonth",
    }
}

vocabulary! {
    /// schema.org.
    schema, "https://schema.org/", {
        ADDITIONAL_TYPE = "additionalType",
        ARTICLE_BODY = "articleBody",
        AUTHOR = "author",
        DATE_PUBLISHED = "datePublished",
        HEADLINE = "headline",
        IDENTIFIER = "identifier",
        IN_LANGUAGE = "inLanguage",
        MENTIONS = "mentions",
        NEWS_ARTICLE = "NewsArticle",
        PUBLISHER = "publisher",
        SOFTWARE_VERSION = "softwareVersion",
        URL = "url",
    }
}

vocabulary! {
    /// Web Annotation: places in a text.
    oa, "http://www.w3.org/ns/oa#", {
        HAS_SOURCE = "hasSource",
        HAS_SELECTOR = "hasSelector",
        TEXT_QUOTE_SELECTOR = "TextQuoteSelector",
        TEXT_POSITION_SELECTOR = "TextPositionSelector",
        EXACT = "exact",
        PREFIX = "prefix",
        SUFFIX = "suffix",
        START = "start",
        END = "end",
    }
}

vocabulary! {
    /// PROV-O: provenance.
    prov, "http://www.w3.org/ns/prov#", {
        ACTIVITY = "Activity",
        SOFTWARE_AGENT = "SoftwareAgent",
        USED = "used",
        WAS_ASSOCIATED_WITH = "wasAssociatedWith",
        WAS_DERIVED_FROM = "wasDerivedFrom",
        WAS_ATTRIBUTED_TO = "wasAttributedTo",
    }
}

vocabulary! {
    /// The Simple Event Model.
    sem, "http://semanticweb.cs.vu.nl/2009/11/sem/", {
        EVENT = "Event",
        HAS_PLACE = "hasPlace",
        HAS_TIME = "hasTime",
    }
}

vocabulary! {
    /// OWL-Time.
    time, "http://www.w3.org/2006/time#", {
        TEMPORAL_ENTITY = "TemporalEntity",
        PROPER_INTERVAL = "ProperInterval",
        INSTANT = "Instant",
        HAS_BEGINNING = "hasBeginning",
        HAS_END = "hasEnd",
        HAS_XSD_DURATION = "hasXSDDuration",
        IN_XSD_DATE = "inXSDDate",
    }
}

vocabulary! {
    /// Dublin Core.
    dcterms, "http://purl.org/dc/terms/", {
        CREATED = "created",
    }
}

vocabulary! {
    /// WGS84 coordinates.
    geo, "http://www.w3.org/2003/01/geo/wgs84_pos#", {
        LAT = "lat",
        LONG = "long",
    }
}

vocabulary! {
    /// GeoSPARQL.
    geosparql, "http://www.opengis.net/ont/geosparql#", {
        HAS_GEOMETRY = "hasGeometry",
        GEOMETRY = "Geometry",
        AS_WKT = "asWKT",
        WKT_LITERAL = "wktLiteral",
    }
}

/// The prefixes that people know the vocabularies by, with their namespaces, in the order in which they are declared.
pub const PREFIXES: &[(&str, &str)] = &[
    ("td", td::NAMESPACE),
    ("schema", schema::NAMESPACE),
    ("rdf", rdf::NAMESPACE),
    ("rdfs", rdfs::NAMESPACE),
    ("owl", owl::NAMESPACE),
    ("skos", skos::NAMESPACE),
    ("xsd", xsd::NAMESPACE),
    ("prov", prov::NAMESPACE),
    ("oa", oa::NAMESPACE),
    ("sem", sem::NAMESPACE),
    ("time", time::NAMESPACE),
    ("geo", geo::NAMESPACE),
    ("geosparql", geosparql::NAMESPACE),
    ("wd", "http://www.wikidata.org/entity/"),
    ("dbr", "http://dbpedia.org/resource/"),
    ("gn", "https://sws.geonames.org/"),
    ("void", "http://rdfs.org/ns/void#"),
];

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use oxigraph::io::{RdfFormat, RdfParser};
    use oxigraph::model::{NamedOrBlankNode, Quad, Term};

    use super::*;

    fn ontology() -> Vec<Quad> {
        RdfParser::from_format(RdfFormat::Turtle)
            .for_slice(crate::ontology::CORE)
            .collect::<Result<_, _>>()
            .unwrap()
    }

    /// The predicates stated of each term of the ontology.
    fn terms() -> BTreeMap<String, BTreeSet<String>> {
        let mut terms = BTreeMap::<_, BTreeSet<_>>::new();
        for quad in ontology() {
            if let NamedOrBlankNode::NamedNode(subject) = &quad.subject
                && let Some(name) = subject.as_str().strip_prefix(td::NAMESPACE)
            {
                terms.entry(name.to_owned()).or_default().insert(quad.predicate.into_string());
            }
        }
        terms
    }

    #[test]
    fn the_constants_are_exactly_the_terms_of_the_ontology() {
        let constants: BTreeSet<_> = td::TERMS.iter().map(|&t| t.to_owned()).collect();
        assert_eq!(constants.len(), td::TERMS.len(), "a term has two constants");
        assert_eq!(constants, terms().into_keys().collect());
    }

    #[test]
    fn every_term_has_a_label_and_a_comment() {
        for (name, predicates) in terms() {
            assert!(predicates.contains(rdfs::LABEL.as_str()), "td:{name} has no label");
            assert!(predicates.contains(rdfs::COMMENT.as_str()), "td:{name} has no comment");
        }
    }

    #[test]
    fn every_property_has_a_domain_and_a_range() {
        for (name, predicates) in terms().into_iter().filter(|(name, _)| name.starts_with(char::is_lowercase))
        {
            for needed in ["domain", "range"] {
                assert!(
                    predicates.contains(&format!("{}{needed}", rdfs::NAMESPACE)),
                    "td:{name} has no {needed}"
                );
            }
        }
    }

    #[test]
    fn the_ontology_names_only_terms_that_it_defines() {
        let terms = terms();
        for quad in ontology() {
            if let Term::NamedNode(object) = &quad.object
                && let Some(name) = object.as_str().strip_prefix(td::NAMESPACE)
            {
                assert!(terms.contains_key(name), "td:{name} is named but not defined");
            }
        }
    }
}
