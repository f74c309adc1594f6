//! Turtle and TriG for people.

use std::io::{self, Write};

use oxigraph::model::{GraphNameRef, LiteralRef, NamedOrBlankNodeRef, Quad, TermRef};

use super::layout::{Subject, subjects};
use super::names::Names;
use crate::graph::vocab::{rdf, xsd};

/// Columns up to which the objects of a predicate stand on one line.
const WIDTH: usize = 110;

/// Writes the union of all graphs.
pub(super) fn write_turtle(out: &mut impl Write, names: &mut Names, quads: &[Quad]) -> io::Result<()> {
    let subjects = subjects(quads.iter().map(Quad::as_ref));
    names.set_articles(&iris(&subjects));
    let body = blocks(names, &subjects, "");
    let declarations = names.declarations();
    let gap = if declarations.is_empty() || body.is_empty() { "" } else { "\n" };
    write!(out, "{declarations}{gap}{body}")
}

/// Writes graphs one after the other, each with the declarations that it needs before it.
pub(super) fn write_trig(out: &mut impl Write, names: &mut Names, mut quads: &[Quad]) -> io::Result<()> {
    while let Some(first) = quads.first() {
        let end = quads.iter().position(|quad| quad.graph_name != first.graph_name).unwrap_or(quads.len());
        let (graph, rest) = quads.split_at(end);
        write_graph(out, names, first.graph_name.as_ref(), graph)?;
        quads = rest;
    }
    Ok(())
}

fn write_graph(
    out: &mut impl Write,
    names: &mut Names,
    name: GraphNameRef<'_>,
    quads: &[Quad],
) -> io::Result<()> {
    let subjects = subjects(quads.iter().map(Quad::as_ref));
    names.set_articles(&iris(&subjects));
    let name = match name {
        GraphNameRef::NamedNode(iri) => Some(names.write(iri.as_str())),
        GraphNameRef::BlankNode(node) => Some(node.to_string()),
        GraphNameRef::DefaultGraph => None,
    };
    let body = blocks(names, &subjects, if name.is_some() { "    " } else { "" });
    let declarations = names.declarations();
    let gap = if declarations.is_empty() { "" } else { "\n" };
    match name {
        Some(name) => write!(out, "{declarations}{gap}{name} {{\n{body}}}\n\n"),
        None => writeln!(out, "{declarations}{gap}{body}"),
    }
}

fn iris<'a>(subjects: &[Subject<'a>]) -> Vec<&'a str> {
    let iri = |subject: &Subject<'a>| match subject.node {
        NamedOrBlankNodeRef::NamedNode(node) => Some(node.as_str()),
        NamedOrBlankNodeRef::BlankNode(_) => None,
    };
    subjects.iter().filter_map(iri).collect()
}

/// A block a subject, with empty lines between them.
fn blocks(names: &mut Names, subjects: &[Subject<'_>], indent: &str) -> String {
    let blocks: Vec<String> = subjects.iter().map(|subject| block(names, subject, indent)).collect();
    blocks.join("\n")
}

fn block(names: &mut Names, subject: &Subject<'_>, indent: &str) -> String {
    let node = match subject.node {
        NamedOrBlankNodeRef::NamedNode(node) => names.write(node.as_str()),
        NamedOrBlankNodeRef::BlankNode(node) => node.to_string(),
    };
    let mut text = format!("{indent}{node} ");
    for (i, (predicate, objects)) in subject.predicates.iter().enumerate() {
        if i > 0 {
            text.extend([" ;\n", indent, "    "]);
        }
        let predicate =
            if *predicate == rdf::TYPE { "a".to_owned() } else { names.write(predicate.as_str()) };
        let objects: Vec<String> = objects.iter().map(|&object| term(names, object)).collect();
        text.push_str(&predicate);
        text.push_str(&list(&objects, indent.len() + 4 + predicate.len(), indent));
    }
    text.push_str(" .\n");
    text
}

/// Objects on one line if there is room, else one a line.
fn list(objects: &[String], column: usize, indent: &str) -> String {
    let length: usize = objects.iter().map(|object| object.chars().count() + 2).sum();
    if objects.len() == 1 || column + length <= WIDTH {
        return format!(" {}", objects.join(", "));
    }
    let start = format!("\n{indent}        ");
    format!("{start}{}", objects.join(&format!(",{start}")))
}

fn term(names: &mut Names, term: TermRef<'_>) -> String {
    match term {
        TermRef::NamedNode(node) => names.write(node.as_str()),
        TermRef::Literal(literal) => self::literal(names, literal),
        TermRef::Triple(triple) => {
            let subject = self::term(names, triple.subject.as_ref().into());
            let predicate = names.write(triple.predicate.as_str());
            format!("<<( {subject} {predicate} {} )>>", self::term(names, triple.object.as_ref()))
        }
        // Blank nodes are written as in N-Triples, which is Turtle too.
        TermRef::BlankNode(node) => node.to_string(),
    }
}

fn literal(names: &mut Names, literal: LiteralRef<'_>) -> String {
    let (value, datatype) = (literal.value(), literal.datatype());
    let is_short = match datatype {
        xsd::INTEGER => is_integer(value),
        xsd::DECIMAL => is_decimal(value),
        xsd::BOOLEAN => matches!(value, "true" | "false"),
        _ => false,
    };
    if is_short {
        return value.to_owned();
    }
    // As in N-Triples, which escapes what must be; only the datatype is abbreviated.
    let plain = literal.to_string();
    match plain.strip_suffix(&format!("^^{datatype}")) {
        Some(quoted) => format!("{quoted}^^{}", names.write(datatype.as_str())),
        None => plain,
    }
}

fn unsigned(value: &str) -> &str {
    value.strip_prefix(['+', '-']).unwrap_or(value)
}

fn is_integer(value: &str) -> bool {
    let digits = unsigned(value);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

fn is_decimal(value: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    unsigned(value)
        .split_once('.')
        .is_some_and(|(whole, rest)| digits(whole) && !rest.is_empty() && digits(rest))
}
