//! Terms as bytes: equal terms have equal bytes, and the bytes give the term back.
//!
//! Numbers, dates and the like are kept by value, as Oxigraph's stores do: `"01"^^xsd:int` is the integer 1, and matches it.
//! So the same query finds the same here and there.

use oxigraph::model::vocab::xsd;
use oxigraph::model::{BlankNode, Literal, NamedNode, NamedOrBlankNode, Term, TermRef, Triple};
use spareval::ExpressionTerm;

use super::varint;

// First byte of a term. Terms of a kind lie together in a dictionary, and begin alike.
const IRI: u8 = 1;
const BLANK: u8 = 2;
pub(super) const STRING: u8 = 3;
const LANGUAGE: u8 = 4;
const TYPED: u8 = 5;
const TRIPLE: u8 = 6;
const LEFT_TO_RIGHT: u8 = 7;
const RIGHT_TO_LEFT: u8 = 8;

/// What it says when the bytes are no term.
pub(super) const NO_TERM: &str = "a term of it can't be read";

/// Appends the bytes of `term`.
pub(super) fn encode(term: TermRef<'_>, out: &mut Vec<u8>) {
    match term {
        TermRef::NamedNode(node) => tagged(IRI, node.as_str(), out),
        TermRef::BlankNode(node) => tagged(BLANK, node.as_str(), out),
        TermRef::Literal(literal) => match (literal.language(), literal.direction()) {
            (Some(language), None) => pair(LANGUAGE, language, literal.value(), out),
            (Some(language), Some(direction)) => {
                let tag = match direction {
                    oxigraph::model::BaseDirection::Ltr => LEFT_TO_RIGHT,
                    oxigraph::model::BaseDirection::Rtl => RIGHT_TO_LEFT,
                };
                pair(tag, language, literal.value(), out);
            }
            _ if literal.datatype() == xsd::STRING => tagged(STRING, literal.value(), out),
            _ => match Term::from(ExpressionTerm::from(Term::from(literal.into_owned()))) {
                Term::Literal(literal) => pair(TYPED, literal.datatype().as_str(), literal.value(), out),
                _ => unreachable!("the value of a literal is a literal"),
            },
        },
        TermRef::Triple(triple) => {
            out.push(TRIPLE);
            for part in
                [triple.subject.as_ref().into(), triple.predicate.as_ref().into(), triple.object.as_ref()]
            {
                let mut bytes = Vec::new();
                encode(part, &mut bytes);
                varint::push(out, bytes.len() as u64);
                out.extend(bytes);
            }
        }
    }
}

fn tagged(tag: u8, text: &str, out: &mut Vec<u8>) {
    out.push(tag);
    out.extend(text.as_bytes());
}

/// The qualifier comes first, so that literals of one language or datatype begin alike.
fn pair(tag: u8, qualifier: &str, value: &str, out: &mut Vec<u8>) {
    out.push(tag);
    varint::push(out, qualifier.len() as u64);
    out.extend(qualifier.as_bytes());
    out.extend(value.as_bytes());
}

/// The term of these bytes; `None` where they are no term's.
pub(super) fn decode(bytes: &[u8]) -> Option<Term> {
    let (&tag, rest) = bytes.split_first()?;
    let text = |bytes: &[u8]| Some(std::str::from_utf8(bytes).ok()?.to_owned());
    Some(match tag {
        IRI => NamedNode::new_unchecked(text(rest)?).into(),
        BLANK => BlankNode::new_unchecked(text(rest)?).into(),
        STRING => Literal::new_simple_literal(text(rest)?).into(),
        TRIPLE => {
            let mut at = 0;
            let mut part = || {
                let len = usize::try_from(varint::read(rest, &mut at)?).ok()?;
                let bytes = rest.get(at..at.checked_add(len)?)?;
                at += len;
                decode(bytes)
            };
            let subject = match part()? {
                Term::NamedNode(node) => NamedOrBlankNode::NamedNode(node),
                Term::BlankNode(node) => NamedOrBlankNode::BlankNode(node),
                _ => return None,
            };
            let Term::NamedNode(predicate) = part()? else { return None };
            Triple::new(subject, predicate, part()?).into()
        }
        _ => {
            let mut at = 0;
            let len = usize::try_from(varint::read(rest, &mut at)?).ok()?;
            let end = at.checked_add(len)?;
            let (qualifier, value) = (text(rest.get(at..end)?)?, text(rest.get(end..)?)?);
            match tag {
                LANGUAGE => Literal::new_language_tagged_literal_unchecked(value, qualifier).into(),
                TYPED => Literal::new_typed_literal(value, NamedNode::new_unchecked(qualifier)).into(),
                LEFT_TO_RIGHT | RIGHT_TO_LEFT => {
                    let direction = match tag {
                        LEFT_TO_RIGHT => oxigraph::model::BaseDirection::Ltr,
                        _ => oxigraph::model::BaseDirection::Rtl,
                    };
                    Literal::new_directional_language_tagged_literal_unchecked(value, qualifier, direction)
                        .into()
                }
                _ => return None,
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use oxigraph::model::vocab::xsd;

    use super::*;

    fn bytes(term: &Term) -> Vec<u8> {
        let mut bytes = Vec::new();
        encode(term.as_ref(), &mut bytes);
        bytes
    }

    #[test]
    fn every_kind_of_term_comes_back() {
        let node = NamedNode::new("http://example.org/a").unwrap();
        let terms: Vec<Term> = vec![
            node.clone().into(),
            BlankNode::new("b").unwrap().into(),
            Literal::from("").into(),
            Literal::from("a\0b ü").into(),
            Literal::new_language_tagged_literal("chat", "fr-CA").unwrap().into(),
            Literal::new_directional_language_tagged_literal(
                "chat",
                "fr",
                oxigraph::model::BaseDirection::Rtl,
            )
            .unwrap()
            .into(),
            Literal::from(17).into(),
            Literal::new_typed_literal("x", node.clone()).into(),
            Literal::new_typed_literal("not a number", xsd::INTEGER).into(),
            Triple::new(
                node.clone(),
                node.clone(),
                Triple::new(node.clone(), node.clone(), Literal::from("x")),
            )
            .into(),
        ];
        for (at, term) in terms.iter().enumerate() {
            assert_eq!(decode(&bytes(term)).as_ref(), Some(term));
            assert!(terms.iter().enumerate().all(|(other, t)| other == at || bytes(t) != bytes(term)));
        }
    }

    #[test]
    fn values_count_and_not_how_they_are_written() {
        let typed = |value: &str, datatype| Term::from(Literal::new_typed_literal(value, datatype));
        assert_eq!(bytes(&typed("01", xsd::INT)), bytes(&typed("1", xsd::INTEGER)));
        assert_ne!(bytes(&typed("1.0", xsd::DECIMAL)), bytes(&typed("1", xsd::INTEGER)));
        assert_eq!(bytes(&typed("a", xsd::STRING)), bytes(&Literal::from("a").into()));
    }

    #[test]
    fn what_is_no_term_is_none() {
        for bytes in [&b""[..], b"\x09x", b"\x05\xff", b"\x05\x05ab", b"\x01\xff", b"\x06\x01\x03"] {
            assert_eq!(decode(bytes), None, "{bytes:?}");
        }
    }
}
