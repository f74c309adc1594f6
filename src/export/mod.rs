//! Quads as text, in every format of RDF.
//!
//! N-Triples, N-Quads, RDF/XML and JSON-LD are written by `oxigraph`'s serialisers; Turtle and TriG, which people read, by
//! our own: only the prefixes that are used, grouped by subject, entities before the places in the text where they are
//! mentioned.

mod layout;
mod names;
mod turtle;

use std::io::{self, Write};
use std::str::FromStr;

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer, WriterQuadSerializer};
use oxigraph::model::{Quad, QuadRef};

use crate::graph::Base;
use crate::graph::vocab::PREFIXES;
use names::Names;

/// A format of RDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the formats are standards")]
pub enum Format {
    Turtle,
    TriG,
    NTriples,
    NQuads,
    RdfXml,
    JsonLd,
}

/// All formats with their short names (which are the file extensions too) and media types.
const FORMATS: [(Format, &str, &str); 6] = [
    (Format::Turtle, "ttl", "text/turtle"),
    (Format::TriG, "trig", "application/trig"),
    (Format::NTriples, "nt", "application/n-triples"),
    (Format::NQuads, "nq", "application/n-quads"),
    (Format::RdfXml, "rdf", "application/rdf+xml"),
    (Format::JsonLd, "jsonld", "application/ld+json"),
];

impl Format {
    /// All formats.
    pub fn all() -> impl Iterator<Item = Self> {
        FORMATS.iter().map(|&(format, ..)| format)
    }

    /// The extension of its files, without the dot.
    pub fn extension(self) -> &'static str {
        FORMATS[self as usize].1
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        FORMATS[self as usize].2
    }

    /// Whether it keeps apart which graph a statement is in; the others hold the union of all graphs.
    pub fn has_graphs(self) -> bool {
        matches!(self, Self::TriG | Self::NQuads)
    }

    /// Whether two files, one after the other, are a file of the format too.
    pub fn is_lines(self) -> bool {
        matches!(self, Self::NTriples | Self::NQuads)
    }
}

impl FromStr for Format {
    type Err = ();

    /// Reads a short name (`ttl`), the name (`turtle`) or a media type.
    fn from_str(name: &str) -> Result<Self, ()> {
        let long = match name {
            "turtle" => Some(Self::Turtle),
            "ntriples" => Some(Self::NTriples),
            "nquads" => Some(Self::NQuads),
            "rdfxml" | "xml" => Some(Self::RdfXml),
            "json-ld" => Some(Self::JsonLd),
            _ => None,
        };
        let found = || FORMATS.iter().find(|(_, short, media)| *short == name || *media == name);
        long.or_else(|| found().map(|&(format, ..)| format)).ok_or(())
    }
}

/// Writes quads, one graph after the other.
///
/// N-Triples, N-Quads, TriG, RDF/XML and JSON-LD are written as the quads come. Turtle holds all of them until
/// [`finish`](Self::finish), since what several articles say of one entity stands together.
pub struct Writer<W: Write>(Inner<W>);

enum Inner<W: Write> {
    Serializer(WriterQuadSerializer<W>, Format),
    Turtle(W, Names, Vec<Quad>),
    TriG(W, Names),
}

impl<W: Write> Writer<W> {
    /// A writer to `out`; names that start with `base` are abbreviated.
    ///
    /// # Panics
    /// Never: the prefixes are valid.
    pub fn new(out: W, format: Format, base: &Base) -> Self {
        let serializer = |format: RdfFormat| {
            let prefixes = PREFIXES.iter().map(|&(prefix, iri)| (prefix, iri.to_owned()));
            let entities = [("entity", base.mint("entity/").into_string())];
            prefixes.chain(entities).fold(RdfSerializer::from_format(format), |serializer, (prefix, iri)| {
                serializer.with_prefix(prefix, iri).expect("the namespaces are IRIs")
            })
        };
        Self(match format {
            Format::Turtle => Inner::Turtle(out, Names::new(base), Vec::new()),
            Format::TriG => Inner::TriG(out, Names::new(base)),
            Format::NTriples => Inner::Serializer(serializer(RdfFormat::NTriples).for_writer(out), format),
            Format::NQuads => Inner::Serializer(serializer(RdfFormat::NQuads).for_writer(out), format),
            Format::RdfXml => Inner::Serializer(serializer(RdfFormat::RdfXml).for_writer(out), format),
            Format::JsonLd => {
                let profile = JsonLdProfileSet::empty();
                Inner::Serializer(serializer(RdfFormat::JsonLd { profile }).for_writer(out), format)
            }
        })
    }

    /// Writes the quads of one or several graphs. Subjects keep their order within their kind, so that who wants a fixed
    /// order gives them in one.
    ///
    /// # Errors
    /// When `out` can't be written.
    pub fn write(&mut self, quads: &[Quad]) -> io::Result<()> {
        match &mut self.0 {
            Inner::Serializer(serializer, format) => {
                for quad in quads {
                    let quad: QuadRef<'_> = quad.as_ref();
                    if format.has_graphs() {
                        serializer.serialize_quad(quad)?;
                    } else {
                        serializer.serialize_triple(oxigraph::model::TripleRef::from(quad))?;
                    }
                }
                Ok(())
            }
            Inner::Turtle(_, _, all) => {
                all.extend_from_slice(quads);
                Ok(())
            }
            Inner::TriG(out, names) => turtle::write_trig(out, names, quads),
        }
    }

    /// Writes what is left and gives back `out`.
    ///
    /// # Errors
    /// When `out` can't be written.
    pub fn finish(self) -> io::Result<W> {
        match self.0 {
            Inner::Serializer(serializer, _) => serializer.finish(),
            Inner::Turtle(mut out, mut names, quads) => {
                turtle::write_turtle(&mut out, &mut names, &quads)?;
                Ok(out)
            }
            Inner::TriG(out, _) => Ok(out),
        }
    }
}

#[cfg(test)]
mod tests;
