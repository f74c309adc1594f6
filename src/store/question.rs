//! Ready-made questions: queries with a name, a description and parameters.
//!
//! A question is a query of `ontology/questions` that runs in any SPARQL tool as it is. Its first comment line is its
//! title, the next ones its description. A parameter is a variable that a `VALUES` line binds to its default and that an
//! `@param` line describes:
//!
//! ```text
//! # People of a country
//! # Persons whose country is the given one.
//! # @param country: name of the country
//! SELECT ?person WHERE { VALUES ?country { "Iran" } … }
//! ```
//!
//! Other values take the place of the default in the query that was read, never in its text.
//!
//! To add one: put the file there, add its name to the list below, and an expectation to the test of the command line.

use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode};
use spargebra::algebra::GraphPattern;
use spargebra::term::GroundTerm;

use super::prefixes::{expand, shorten};
use super::{Error, Graph, Query};

macro_rules! questions {
    ($($name:literal,)*) => {
        &[$(($name, include_str!(concat!("../../ontology/questions/", $name, ".rq"))),)*]
    };
}

/// Names and texts, in the order in which they are listed.
const QUESTIONS: &[(&str, &str)] = questions! {
    "articles",
    "articles-about",
    "most-mentioned",
    "entities-of-class",
    "entity",
    "people-of-country",
    "mentioned-with",
    "quotes",
    "places",
    "links",
    "unlinked",
    "publishers",
    "relations-of",
    "who-holds-office",
    "events-of",
    "timeline",
    "said-by",
    "claims-about",
    "contested",
    "corroborated",
    "what-changed",
};

/// The parameter that is a name of an entity.
const NAME: &str = "name";

/// A ready-made question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What it is asked by.
    pub name: &'static str,
    /// What it asks, in one line.
    pub title: &'static str,
    /// More about it; may be empty.
    pub description: String,
    /// What can be set.
    pub parameters: Vec<Parameter>,
    /// The query with the defaults.
    pub text: &'static str,
}

/// Something that can be set in a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The variable, without `?`.
    pub name: &'static str,
    /// What it means.
    pub description: &'static str,
    /// The value where none is given, as it would be given.
    pub default: String,
}

/// Why a question can't be asked so.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ParameterError {
    /// The question has no such parameter.
    #[error("question `{question}` has no parameter `{name}`; it has {known}")]
    Unknown {
        /// The question.
        question: &'static str,
        /// What was given.
        name: String,
        /// What there is.
        known: String,
    },
    /// The value is not of the parameter's kind.
    #[error("`{value}` is no value for parameter `{name}`: expected {expected}")]
    Value {
        /// The parameter.
        name: String,
        /// What was given.
        value: String,
        /// What it should be.
        expected: &'static str,
    },
}

/// All ready-made questions.
pub fn questions() -> impl Iterator<Item = Question> {
    QUESTIONS.iter().map(|&(name, text)| Question::read(name, text))
}

impl Question {
    /// The question called `name`.
    pub fn named(name: &str) -> Option<Self> {
        questions().find(|question| question.name == name)
    }

    /// Takes a question's comments apart.
    fn read(name: &'static str, text: &'static str) -> Self {
        let mut comments = text.lines().map_while(|line| line.strip_prefix('#')).map(str::trim);
        let title = comments.next().expect("a question has a title");
        let (parameters, description): (Vec<&str>, Vec<&str>) =
            comments.partition(|line| line.starts_with("@param "));
        let mut query = Query::parse(text).expect("a ready-made question is a query");
        let parameters = parameters.into_iter().map(|line| {
            let (name, description) = line
                .strip_prefix("@param ")
                .and_then(|line| line.split_once(": "))
                .expect("a parameter has a name and a description");
            let default =
                values_of(&mut query, name).and_then(|values| values.first()?.first()?.as_ref().map(show));
            Parameter { name, description, default: default.expect("a parameter has a VALUES line") }
        });
        Self { name, title, parameters: parameters.collect(), description: description.join(" "), text }
    }

    /// The same parameters with all spellings of a name that `graph` has: a name is found in upper and lower case.
    pub fn spelled(
        &self,
        parameters: &[(String, String)],
        graph: &Graph,
    ) -> Result<Vec<(String, String)>, Error> {
        let mut spelled = Vec::with_capacity(parameters.len());
        for (parameter, value) in parameters {
            let spellings = if parameter == NAME { graph.spellings(value)? } else { Vec::new() };
            let found = spellings.into_iter().map(|spelling| (parameter.clone(), spelling));
            let before = spelled.len();
            spelled.extend(found);
            if spelled.len() == before {
                spelled.push((parameter.clone(), value.clone()));
            }
        }
        Ok(spelled)
    }

    /// The query with these parameters; a parameter that is given several times may be any of the values.
    ///
    /// # Panics
    /// Never: the embedded questions are queries, and each of their parameters has a default.
    pub fn query(&self, parameters: &[(String, String)]) -> Result<Query, ParameterError> {
        let mut query = Query::parse(self.text).expect("a ready-made question is a query");
        for Parameter { name, .. } in &self.parameters {
            let given: Vec<&str> = parameters
                .iter()
                .filter(|(given, _)| given == name)
                .map(|(_, value)| value.as_str())
                .collect();
            if given.is_empty() {
                continue;
            }
            let rows = values_of(&mut query, name).expect("a parameter has a VALUES line");
            let default =
                rows.first().and_then(|row| row.first()?.clone()).expect("a parameter has a default");
            let terms = given.into_iter().map(|value| Ok(vec![Some(term_like(&default, name, value)?)]));
            *rows = terms.collect::<Result<_, ParameterError>>()?;
        }
        let unknown =
            parameters.iter().find(|(given, _)| !self.parameters.iter().any(|known| known.name == given));
        if let Some((name, _)) = unknown {
            let known: Vec<String> =
                self.parameters.iter().map(|known| format!("`{}`", known.name)).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            return Err(ParameterError::Unknown { question: self.name, name: name.clone(), known });
        }
        Ok(query)
    }
}

/// A term as somebody would type it.
fn show(term: &GroundTerm) -> String {
    match term {
        GroundTerm::NamedNode(node) => shorten(node.as_str()).unwrap_or_else(|| node.as_str().to_owned()),
        GroundTerm::Literal(literal) => literal.value().to_owned(),
        GroundTerm::Triple(triple) => triple.to_string(),
    }
}

/// `value` as a term of the same kind as `default`.
fn term_like(default: &GroundTerm, name: &str, value: &str) -> Result<GroundTerm, ParameterError> {
    let wrong = |expected| ParameterError::Value { name: name.to_owned(), value: value.to_owned(), expected };
    match default {
        GroundTerm::NamedNode(_) => {
            let iri = expand(value).unwrap_or_else(|| value.to_owned());
            let iri = NamedNode::new(iri).map_err(|_| wrong("an IRI, or a name such as `td:Person`"))?;
            Ok(iri.into())
        }
        GroundTerm::Literal(literal) if literal.datatype() == xsd::INTEGER => {
            let number: i64 = value.parse().map_err(|_| wrong("a whole number"))?;
            Ok(Literal::from(number).into())
        }
        _ => Ok(Literal::new_simple_literal(value).into()),
    }
}

/// The rows of the `VALUES` of one variable.
fn values_of<'a>(query: &'a mut Query, name: &str) -> Option<&'a mut Vec<Vec<Option<GroundTerm>>>> {
    find_values(query.pattern_mut(), name)
}

fn find_values<'a>(
    pattern: &'a mut GraphPattern,
    name: &str,
) -> Option<&'a mut Vec<Vec<Option<GroundTerm>>>> {
    match pattern {
        GraphPattern::Values { variables, bindings } => {
            matches!(&variables[..], [only] if only.as_str() == name).then_some(bindings)
        }
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } => None,
        GraphPattern::Join { left, right }
        | GraphPattern::LeftJoin { left, right, .. }
        | GraphPattern::Lateral { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right } => find_values(left, name).or_else(|| find_values(right, name)),
        GraphPattern::Filter { inner, .. }
        | GraphPattern::Graph { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::Group { inner, .. }
        | GraphPattern::Service { inner, .. } => find_values(inner, name),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    #[test]
    fn every_file_of_the_folder_is_a_question() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/ontology/questions");
        let files: BTreeSet<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .filter_map(|name| name.strip_suffix(".rq").map(str::to_owned))
            .collect();
        assert_eq!(files, questions().map(|question| question.name.to_owned()).collect());
        for question in questions() {
            assert!(!question.title.is_empty() && !question.description.is_empty(), "{}", question.name);
            assert!(question.text.contains("PREFIX"), "{} runs only here", question.name);
        }
    }

    #[test]
    fn a_value_takes_the_place_of_the_default_as_a_term() {
        let question = Question::named("people-of-country").unwrap();
        assert_eq!(question.parameters[0].name, "country");
        let hostile = "x\" } DROP ALL # \\";
        let mut query = question.query(&pairs(&[("country", hostile), ("country", "Iraq")])).unwrap();
        let rows = [hostile, "Iraq"].map(|name| vec![Some(Literal::new_simple_literal(name).into())]);
        assert_eq!(values_of(&mut query, "country").unwrap(), &rows);
    }

    #[test]
    fn a_class_is_given_by_its_short_name_or_its_iri() {
        let question = Question::named("entities-of-class").unwrap();
        assert!(question.parameters[0].default.starts_with("td:"));
        for name in ["td:City", "https://w3id.org/tidings/ontology#City"] {
            let mut query = question.query(&pairs(&[("class", name)])).unwrap();
            let city = crate::graph::vocab::td::CITY.into_owned();
            assert_eq!(values_of(&mut query, "class").unwrap(), &[vec![Some(city.into())]]);
        }
        let error = question.query(&pairs(&[("class", "a city")])).unwrap_err();
        assert!(error.to_string().contains("`td:Person`"), "{error}");
    }

    #[test]
    fn names_the_parameters_there_are() {
        let error = Question::named("entities-of-class").unwrap().query(&pairs(&[("clas", "td:City")]));
        assert_eq!(
            error.unwrap_err().to_string(),
            "question `entities-of-class` has no parameter `clas`; it has `class`"
        );
        let error = Question::named("places").unwrap().query(&pairs(&[("a", "b")])).unwrap_err();
        assert!(error.to_string().ends_with("it has none"), "{error}");
    }
}
