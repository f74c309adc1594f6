use std::io::BufRead;
use std::path::Path;

use oxigraph::io::{RdfFormat, RdfParseError, RdfParser};
use oxigraph::model::NamedOrBlankNode;

use super::super::Error;
use super::triples::Triple;
use super::{Intake, ntriples, problem_of, read_error};

/// Errors one after the other, after which a file is taken to be no RDF at all.
const HOPELESS: u32 = 1000;

/// Reads RDF in any syntax, triple by triple.
pub(super) fn read(
    path: &Path,
    input: impl BufRead,
    format: RdfFormat,
    intake: &mut Intake<'_>,
) -> Result<(), Error> {
    let mut rows = Vec::new();
    let mut errors = 0;
    for (count, quad) in RdfParser::from_format(format).lenient().for_reader(input).enumerate() {
        if count.is_multiple_of(4096) {
            intake.progress();
        }
        let quad = match quad {
            Ok(quad) => quad,
            Err(RdfParseError::Io(error)) => return Err(read_error(path, error)),
            Err(RdfParseError::Syntax(error)) => {
                let line = error.location().map_or(0, |location| location.start.line + 1);
                intake.problem(path, line, problem_of(&error))?;
                errors += 1;
                if errors == HOPELESS {
                    break;
                }
                continue;
            }
        };
        errors = 0;
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
        if let Some(object) = ntriples::object(&quad.object) {
            let triple = Triple { subject: subject.as_str(), predicate: quad.predicate.as_str(), object };
            ntriples::add(triple, intake.options, &mut rows);
            for row in rows.drain(..) {
                intake.add(row)?;
            }
        }
    }
    Ok(())
}
