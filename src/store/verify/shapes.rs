//! The shapes of `ontology/shapes.ttl`, and what a graph has that does not fit them.
//!
//! Of SHACL Core this knows what that file uses, and refuses a file that uses more. There is a validator of all of SHACL in
//! Rust (`shacl`, of the rudof project); it brings some three hundred crates, an HTTP client among them. The tests check the
//! same file against the same graphs with pySHACL.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use fancy_regex::Regex;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, TermRef};

use super::super::statement::{Described, by_subject};
use crate::graph::vocab::rdfs;
use crate::ontology::{Ontology, VOCABULARY};

const SH: &str = "http://www.w3.org/ns/shacl#";
const SHAPES: &str = include_str!("../../../ontology/shapes.ttl");

static BUILTIN: LazyLock<Shapes> =
    LazyLock::new(|| Shapes::read(SHAPES).expect("the embedded shapes are checked by a test"));

/// Shapes by the classes whose instances have them.
pub(super) struct Shapes {
    of_class: HashMap<NamedNode, Vec<Alternatives>>,
    /// Each class with those above it.
    classes: HashMap<NamedNode, HashSet<NamedNode>>,
}

/// Property shapes of which a node has one at least.
type Alternatives = Vec<PropertyShape>;

/// What the values of one property are like.
struct PropertyShape {
    path: NamedNode,
    constraints: Vec<Constraint>,
}

enum Constraint {
    MinCount(usize),
    MaxCount(usize),
    Datatype(NamedNode),
    Class(NamedNode),
    Kind(String),
    In(Vec<Term>),
    Least(f64),
    Most(f64),
    Pattern(Box<Regex>),
    LessThan(NamedNode),
}

impl Shapes {
    pub(super) fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// The built-in shapes, for graphs with the classes of this vocabulary.
    pub(super) fn of(ontology: &Ontology) -> Self {
        Self::with_classes(SHAPES, ontology.quads()).expect("the embedded shapes are checked by a test")
    }

    /// Reads shapes in Turtle, for graphs with the built-in classes; the error is a sentence.
    fn read(turtle: &str) -> Result<Self, String> {
        let mut classes = Vec::new();
        for text in VOCABULARY {
            classes.extend(parse(text)?);
        }
        Self::with_classes(turtle, classes.into_iter())
    }

    fn with_classes(turtle: &str, ontology: impl Iterator<Item = Quad>) -> Result<Self, String> {
        let quads = parse(turtle)?;
        let described = by_subject(&quads);
        let mut of_class: HashMap<NamedNode, Vec<Alternatives>> = HashMap::new();
        for (node, about) in &described {
            for class in values(about, "targetClass") {
                let TermRef::NamedNode(class) = class else { return Err(format!("{node} targets {class}")) };
                let shapes = of_class.entry(class.into_owned()).or_default();
                for shape in values(about, "property") {
                    shapes.push(vec![property_shape(&described, shape)?]);
                }
                for list in values(about, "or") {
                    let members = list_of(&described, list);
                    let members = members.iter().map(|shape| property_shape(&described, shape.as_ref()));
                    shapes.push(members.collect::<Result<_, _>>()?);
                }
            }
        }
        for shapes in of_class.values_mut() {
            shapes.sort_by_cached_key(|shapes| shapes.first().map(|shape| shape.path.as_str().to_owned()));
        }
        let mut classes = Self { of_class, classes: HashMap::new() };
        classes.read_classes(ontology);
        Ok(classes)
    }

    fn read_classes(&mut self, ontology: impl Iterator<Item = Quad>) {
        let mut parents: HashMap<NamedNode, Vec<NamedNode>> = HashMap::new();
        for quad in ontology {
            if let (rdfs::SUB_CLASS_OF, NamedOrBlankNode::NamedNode(class), Term::NamedNode(parent)) =
                (quad.predicate.as_ref(), quad.subject, quad.object)
            {
                parents.entry(class).or_default().push(parent);
            }
        }
        for class in parents.keys() {
            let mut above = HashSet::from([class.clone()]);
            let mut open = vec![class];
            while let Some(class) = open.pop() {
                for parent in parents.get(class).into_iter().flatten() {
                    if above.insert(parent.clone()) {
                        open.push(parent);
                    }
                }
            }
            self.classes.insert(class.clone(), above);
        }
    }

    /// The classes of a node and those above them.
    fn classes_of<'a>(&'a self, about: &[&'a Quad]) -> HashSet<NamedNodeRef<'a>> {
        let mut classes = HashSet::new();
        for quad in about.iter().filter(|quad| quad.predicate == rdf::TYPE) {
            if let Term::NamedNode(class) = &quad.object {
                classes.insert(class.as_ref());
                classes.extend(self.classes.get(class).into_iter().flatten().map(NamedNode::as_ref));
            }
        }
        classes
    }

    /// What does not fit: the node and a phrase.
    pub(super) fn check(&self, described: &Described<'_>) -> Vec<(String, String)> {
        let mut wrong = Vec::new();
        for (node, about) in described {
            for class in self.classes_of(about) {
                for shapes in self.of_class.get(&class.into_owned()).into_iter().flatten() {
                    let problems = shapes.iter().map(|shape| self.problems(shape, described, about));
                    // The last of several alternatives is what a node needs that is none of the others.
                    let problems = problems.reduce(|a, b| if a.is_empty() { a } else { b });
                    wrong.extend(problems.into_iter().flatten().map(|problem| (node.to_string(), problem)));
                }
            }
        }
        wrong
    }

    fn problems(&self, shape: &PropertyShape, described: &Described<'_>, about: &[&Quad]) -> Vec<String> {
        let values: Vec<&Term> =
            about.iter().filter(|q| q.predicate == shape.path).map(|q| &q.object).collect();
        let problems = shape.constraints.iter().filter_map(|c| self.problem(c, &values, described, about));
        problems.map(|problem| format!("{} {problem}", short(&shape.path))).collect()
    }

    fn problem(
        &self,
        constraint: &Constraint,
        values: &[&Term],
        described: &Described<'_>,
        about: &[&Quad],
    ) -> Option<String> {
        let other = |fits: &dyn Fn(&Term) -> bool| values.iter().find(|value| !fits(value));
        let number = |term: &Term| match term {
            Term::Literal(literal) => literal.value().parse::<f64>().ok(),
            _ => None,
        };
        match constraint {
            Constraint::MinCount(least) if values.len() < *least => {
                Some(format!("has {} values, and needs {least}", values.len()))
            }
            Constraint::MaxCount(most) if values.len() > *most => {
                Some(format!("has {} values, and may have {most}", values.len()))
            }
            Constraint::MinCount(_) | Constraint::MaxCount(_) => None,
            Constraint::Datatype(datatype) => {
                let fits = |term: &Term| matches!(term, Term::Literal(literal) if literal.datatype() == datatype.as_ref());
                other(&fits).map(|value| format!("is {value}, and should be of {}", short(datatype)))
            }
            Constraint::Class(class) => {
                let fits = |term: &Term| {
                    let Term::NamedNode(node) = term else { return false };
                    let about = described.get(&NamedOrBlankNode::from(node.clone()));
                    about.is_some_and(|about| self.classes_of(about).contains(&class.as_ref()))
                };
                other(&fits).map(|value| format!("is {value}, which is no {}", short(class)))
            }
            Constraint::Kind(kind) => {
                let fits = |term: &Term| match term {
                    Term::NamedNode(_) => kind.contains("IRI"),
                    Term::Literal(_) => kind.contains("Literal"),
                    _ => false,
                };
                other(&fits).map(|value| format!("is {value}, and should be {kind}"))
            }
            Constraint::In(known) => other(&|term| known.contains(term)).map(|value| {
                let known: Vec<String> = known.iter().map(ToString::to_string).collect();
                format!("is {value}, and should be {}", known.join(" or "))
            }),
            Constraint::Least(least) => other(&|term| number(term).is_some_and(|n| n >= *least))
                .map(|value| format!("is {value}, less than {least}")),
            Constraint::Most(most) => other(&|term| number(term).is_some_and(|n| n <= *most))
                .map(|value| format!("is {value}, more than {most}")),
            Constraint::Pattern(pattern) => {
                let fits = |term: &Term| matches!(term, Term::Literal(literal) if pattern.is_match(literal.value()).unwrap_or(false));
                other(&fits).map(|value| format!("is {value}, which does not match `{}`", pattern.as_str()))
            }
            Constraint::LessThan(path) => {
                let others = || about.iter().filter(|q| q.predicate == *path).map(|q| &q.object);
                let fits = |term: &Term| others().all(|other| number(term) < number(other));
                other(&fits).map(|value| format!("is {value}, not less than {}", short(path)))
            }
        }
    }
}

fn parse(turtle: &str) -> Result<Vec<Quad>, String> {
    let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle);
    quads.collect::<Result<_, _>>().map_err(|error| error.to_string())
}

/// The values of a property of SHACL.
fn values<'q>(about: &[&'q Quad], name: &str) -> Vec<TermRef<'q>> {
    let of_property = |quad: &&&Quad| quad.predicate.as_str().strip_prefix(SH) == Some(name);
    about.iter().filter(of_property).map(|quad| quad.object.as_ref()).collect()
}

fn node(term: TermRef<'_>) -> Option<NamedOrBlankNode> {
    match term {
        TermRef::NamedNode(node) => Some(node.into_owned().into()),
        TermRef::BlankNode(node) => Some(node.into_owned().into()),
        _ => None,
    }
}

fn property_shape(described: &Described<'_>, shape: TermRef<'_>) -> Result<PropertyShape, String> {
    let about =
        node(shape).and_then(|node| described.get(&node)).ok_or_else(|| format!("{shape} is no shape"))?;
    let mut path = None;
    let mut constraints = Vec::new();
    for quad in about {
        let name = quad.predicate.as_str().strip_prefix(SH).unwrap_or_default();
        let problem = || format!("sh:{name} {} is not understood", quad.object);
        let iri = || match &quad.object {
            Term::NamedNode(node) => Ok(node.clone()),
            _ => Err(problem()),
        };
        let text = || match &quad.object {
            Term::Literal(literal) => Ok(literal.value()),
            _ => Err(problem()),
        };
        let number = || text()?.parse::<f64>().map_err(|_| problem());
        constraints.push(match name {
            "path" => {
                path = Some(iri()?);
                continue;
            }
            "minCount" => Constraint::MinCount(text()?.parse().map_err(|_| problem())?),
            "maxCount" => Constraint::MaxCount(text()?.parse().map_err(|_| problem())?),
            "datatype" => Constraint::Datatype(iri()?),
            "class" => Constraint::Class(iri()?),
            "nodeKind" => Constraint::Kind(iri()?.as_str().replace(SH, "")),
            "in" => Constraint::In(list_of(described, quad.object.as_ref())),
            "minInclusive" => Constraint::Least(number()?),
            "maxInclusive" => Constraint::Most(number()?),
            "pattern" => Constraint::Pattern(Box::new(Regex::new(text()?).map_err(|_| problem())?)),
            "lessThan" => Constraint::LessThan(iri()?),
            _ => return Err(problem()),
        });
    }
    Ok(PropertyShape { path: path.ok_or_else(|| format!("{shape} has no sh:path"))?, constraints })
}

/// The members of an RDF list.
fn list_of<'q>(described: &Described<'q>, mut rest: TermRef<'q>) -> Vec<Term> {
    let mut members = Vec::new();
    while let Some(about) = node(rest).and_then(|node| described.get(&node)) {
        let value = |property| about.iter().find(|quad| quad.predicate == property).map(|quad| &quad.object);
        let (Some(first), Some(next)) = (value(rdf::FIRST), value(rdf::REST)) else { break };
        members.push(first.clone());
        rest = next.as_ref();
    }
    members
}

fn short(iri: &NamedNode) -> String {
    super::super::shorten(iri.as_str()).unwrap_or_else(|| iri.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(turtle: &str) -> Vec<String> {
        let prefixes =
            "@prefix td: <https://w3id.org/tidings/ontology#> . @prefix oa: <http://www.w3.org/ns/oa#> .
            @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @base <http://e/> .\n";
        let quads = parse(&format!("{prefixes}{turtle}")).unwrap();
        let mut problems: Vec<String> = Shapes::builtin()
            .check(&by_subject(&quads))
            .into_iter()
            .map(|(node, p)| format!("{node} {p}"))
            .collect();
        problems.sort();
        problems
    }

    #[test]
    fn a_graph_that_fits_has_no_problems() {
        let selector =
            "a oa:TextQuoteSelector, oa:TextPositionSelector ; oa:exact 'ab' ; oa:start 0 ; oa:end 2";
        assert_eq!(problems(&format!("<q> {selector} . <x> a td:City ; rdfs:label 'X' .")), [""; 0]);
    }

    #[test]
    fn what_does_not_fit_is_named() {
        assert_eq!(
            problems("<q> a oa:TextPositionSelector ; oa:exact 'ab' ; oa:start 2, 3 ; oa:end 2 ."),
            [
                "<http://e/q> oa:start has 2 values, and may have 1",
                "<http://e/q> oa:start is \"2\"^^<http://www.w3.org/2001/XMLSchema#integer>, not less than oa:end"
            ]
        );
        let told = "<v> a td:OpenStatement ; td:attributedTo <x> ; td:lemma 'go'";
        let unsaid = "<http://e/v> td:attribution has 0 values, and needs 1".to_owned();
        assert!(problems(&format!("{told} .")).contains(&unsaid));
        assert!(!problems(&format!("{told} ; td:attribution <a> .")).contains(&unsaid));
        assert_eq!(problems("<x> a td:City ."), ["<http://e/x> rdfs:label has 0 values, and needs 1"]);
        let article = "<a> a td:Article ; td:contentDigest 'xyz' ; td:textLength -1 .";
        let found = problems(article);
        assert!(found[0].contains("td:contentDigest is \"xyz\", which does not match"), "{found:?}");
        assert!(found[1].contains("td:textLength is") && found[1].ends_with("less than 0"), "{found:?}");
    }

    #[test]
    fn shapes_that_are_not_understood_are_refused() {
        let read = |text: &str| {
            let prefixes = "@prefix sh: <http://www.w3.org/ns/shacl#> . @base <http://e/> .\n";
            Shapes::read(&format!("{prefixes}{text}")).err().unwrap_or_default()
        };
        assert_eq!(read("<s> sh:targetClass <c> ; sh:property [ sh:path <p> ; sh:minCount 1 ] ."), "");
        assert!(
            read("<s> sh:targetClass <c> ; sh:property [ sh:path <p> ; sh:closed true ] .")
                .contains("sh:closed")
        );
        assert!(read("<s> sh:targetClass <c> ; sh:property [ sh:minCount 1 ] .").contains("sh:path"));
    }
}
