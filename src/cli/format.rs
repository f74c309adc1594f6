//! The formats of RDF as values of `--format`.

use clap::ValueEnum;
use tidings::export::Format;

/// A format of RDF, by the name that a user gives it.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RdfFormat {
    /// Turtle, for people; all articles together
    #[value(alias = "ttl")]
    Turtle,
    /// TriG: a named graph an article
    Trig,
    /// N-Triples
    #[value(alias = "ntriples")]
    Nt,
    /// N-Quads: a named graph an article
    #[value(alias = "nquads")]
    Nq,
    /// RDF/XML
    #[value(alias = "xml")]
    Rdfxml,
    /// JSON-LD
    Jsonld,
}

impl From<RdfFormat> for Format {
    fn from(format: RdfFormat) -> Self {
        match format {
            RdfFormat::Turtle => Self::Turtle,
            RdfFormat::Trig => Self::TriG,
            RdfFormat::Nt => Self::NTriples,
            RdfFormat::Nq => Self::NQuads,
            RdfFormat::Rdfxml => Self::RdfXml,
            RdfFormat::Jsonld => Self::JsonLd,
        }
    }
}
