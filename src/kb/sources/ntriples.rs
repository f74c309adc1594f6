use std::io::BufRead;
use std::path::Path;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedOrBlankNode, Term};

use super::super::{Error, Row};
use super::triples::{self, Object, Triple};
use super::{Intake, Options, lines, problem_of};

/// Reads triples, one in a line.
pub(super) fn read(path: &Path, input: impl BufRead + Send, intake: &mut Intake<'_>) -> Result<(), Error> {
    lines::read(path, input, 1, &NTriples { options: intake.options }, intake)
}

struct NTriples<'a> {
    options: &'a Options,
}

impl lines::Lines for NTriples<'_> {
    const RUNS: bool = true;

    fn rows(&self, line: &str, rows: &mut Vec<Row>) -> Result<(), String> {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        match plain(line) {
            Some(triple) => add(triple, self.options, rows),
            // Escapes, datatypes and whatever else is rare is left to a full parser; and so are errors.
            None => self.parse(line, rows)?,
        }
        Ok(())
    }
}

impl NTriples<'_> {
    fn parse(&self, line: &str, rows: &mut Vec<Row>) -> Result<(), String> {
        for quad in RdfParser::from_format(RdfFormat::NTriples).lenient().for_slice(line) {
            let quad = quad.map_err(|error| problem_of(&error))?;
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
            if let Some(object) = object(&quad.object) {
                let triple = Triple { subject: subject.as_str(), predicate: quad.predicate.as_str(), object };
                add(triple, self.options, rows);
            }
        }
        Ok(())
    }
}

/// Adds what a triple says of its subject and its object.
pub(super) fn add(triple: Triple<'_>, options: &Options, rows: &mut Vec<Row>) {
    rows.extend(triples::page(triple));
    rows.extend(triples::row(triple, options));
}

/// An object of the store's model.
pub(super) fn object(term: &Term) -> Option<Object<'_>> {
    match term {
        Term::NamedNode(node) => Some(Object::Iri(node.as_str())),
        Term::Literal(literal) => {
            Some(Object::Literal { value: literal.value(), language: literal.language() })
        }
        _ => None,
    }
}

/// A triple in the most frequent form: IRIs without escapes, and a text without escapes that may have a language.
fn plain(line: &str) -> Option<Triple<'_>> {
    let (subject, rest) = iri(line)?;
    let (predicate, rest) = iri(rest.strip_prefix(' ')?)?;
    let rest = rest.strip_prefix(' ')?;
    let (object, rest) = match rest.strip_prefix('"') {
        None => {
            let (iri, rest) = iri(rest)?;
            (Object::Iri(iri), rest)
        }
        Some(rest) => {
            let (value, rest) = rest.split_once('"').filter(|(value, _)| !value.contains('\\'))?;
            let (language, rest) = match rest.strip_prefix('@') {
                Some(rest) => rest.split_once(' ').map(|(language, rest)| (Some(language), rest))?,
                None => (None, rest.strip_prefix(' ')?),
            };
            let is_tag =
                |tag: &str| !tag.is_empty() && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            if !language.is_none_or(is_tag) {
                return None;
            }
            return (rest == ".").then_some(Triple {
                subject,
                predicate,
                object: Object::Literal { value, language },
            });
        }
    };
    (rest == " .").then_some(Triple { subject, predicate, object })
}

fn iri(text: &str) -> Option<(&str, &str)> {
    let (iri, rest) = text.strip_prefix('<')?.split_once('>')?;
    let is_plain =
        |byte: u8| !matches!(byte, 0..=0x20 | b'<' | b'"' | b'{' | b'}' | b'|' | b'^' | b'`' | b'\\');
    (iri.contains(':') && iri.bytes().all(is_plain)).then_some((iri, rest))
}

/// Whether a Turtle file holds one full triple in each of its first lines, as the dumps of DBpedia do.
pub(super) fn is_one_triple_a_line(start: &str) -> bool {
    let mut lines = start.split_inclusive('\n').filter(|line| line.ends_with('\n')).map(str::trim);
    let mut seen = 0;
    let triples = lines.by_ref().filter(|line| !line.is_empty() && !line.starts_with('#')).take(3);
    for line in triples {
        seen += 1;
        let whole = line.starts_with('<') && line.ends_with(" .") && line.matches("> <").count() >= 1;
        if !whole {
            return false;
        }
    }
    seen > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_forms_are_read_without_the_parser() {
        let line = "<http://a.org/x> <http://a.org/p> \"Baku\"@en .";
        let object = Object::Literal { value: "Baku", language: Some("en") };
        assert_eq!(
            plain(line),
            Some(Triple { subject: "http://a.org/x", predicate: "http://a.org/p", object })
        );
        for other in [
            "<http://a.org/x> <http://a.org/p> \"Ba\\\"ku\" .",
            "<http://a.org/x> <http://a.org/p> \"1\"^^<http://a.org/t> .",
            "<http://a.org/x> <http://a.org/p> .",
            "<http://a.org/x y> <http://a.org/p> <http://a.org/z> .",
        ] {
            assert_eq!(plain(other), None, "{other}");
        }
        assert!(is_one_triple_a_line("# started\n<http://a> <http://b> <http://c> .\n<http://a"));
        assert!(!is_one_triple_a_line("@prefix a: <http://a> .\na:b a:c a:d .\n"));
    }
}
