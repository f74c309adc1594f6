//! Queries: reading them, asking them, and writing out what they give.

use std::io::{self, Write};
use std::sync::Arc;

use oxigraph::model::{GraphName, NamedNode, Variable};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{
    CancellationToken, QueryEvaluationError, QueryResults, QuerySolution, QueryTripleIter, SparqlEvaluator,
};
use spargebra::SparqlParser;
use spargebra::algebra::{GraphPattern, QueryDataset};

use super::prefixes::prefixes;
use super::syntax::SyntaxError;
use super::{Error, Graph};
use crate::export;
use crate::graph::Base;
use crate::index::{IndexDataset, Stopped};

/// A SPARQL query that was read, with the project's prefixes declared.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    pub(super) algebra: spargebra::Query,
}

/// What a query's default and named graphs are, where the request says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dataset {
    /// Graphs whose union is the default graph.
    pub default: Vec<NamedNode>,
    /// Graphs that `GRAPH` reaches.
    pub named: Vec<NamedNode>,
}

impl Query {
    /// Reads a SPARQL 1.1 query.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        match parser().parse_query(text) {
            Ok(algebra) => Ok(Self { algebra }),
            Err(_) if Self::is_update(text) => Err(SyntaxError::of_whole(
                "this is an update, and the graph is only read here; change it with `tidings ingest` and `tidings \
                 remove`",
            )),
            Err(error) => Err(SyntaxError::locate(text, parser(), &error.to_string())),
        }
    }

    /// Whether `text` is a SPARQL update.
    pub fn is_update(text: &str) -> bool {
        !text.trim().is_empty()
            && parser().parse_update(text).is_ok_and(|update| !update.operations.is_empty())
    }

    /// Whether it gives a graph (CONSTRUCT, DESCRIBE), and not rows or a yes or no.
    pub fn gives_graph(&self) -> bool {
        matches!(self.algebra, spargebra::Query::Construct { .. } | spargebra::Query::Describe { .. })
    }

    /// The same query with its first `limit` results only.
    #[must_use]
    pub fn with_limit(mut self, limit: usize) -> Self {
        let pattern = self.pattern_mut();
        let inner = Box::new(std::mem::replace(pattern, GraphPattern::Bgp { patterns: Vec::new() }));
        *pattern = GraphPattern::Slice { inner, start: 0, length: Some(limit) };
        self
    }

    /// The pattern that is searched for.
    pub(super) fn pattern_mut(&mut self) -> &mut GraphPattern {
        use spargebra::Query::{Ask, Construct, Describe, Select};
        let (Select { pattern, .. }
        | Construct { pattern, .. }
        | Describe { pattern, .. }
        | Ask { pattern, .. }) = &mut self.algebra;
        pattern
    }

    /// The same query over another data set; an empty one changes nothing.
    #[must_use]
    pub fn with_dataset(mut self, new: Dataset) -> Self {
        if new != Dataset::default() {
            use spargebra::Query::{Ask, Construct, Describe, Select};
            let (Select { dataset, .. }
            | Construct { dataset, .. }
            | Describe { dataset, .. }
            | Ask { dataset, .. }) = &mut self.algebra;
            *dataset = Some(QueryDataset { default: new.default, named: Some(new.named) });
        }
        self
    }
}

fn parser() -> SparqlParser {
    prefixes().fold(SparqlParser::new(), |parser, (prefix, namespace)| {
        parser.with_prefix(prefix, namespace).expect("the project's namespaces are IRIs")
    })
}

/// Why a query gave no full answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// It was cancelled, as by a time limit.
    #[error("the query was stopped before its end")]
    Cancelled,
    /// It gave more than it was allowed to.
    #[error("the query gives more than {limit} results; add a LIMIT to it, or allow more")]
    TooMany {
        /// What was allowed.
        limit: usize,
    },
    /// It can't be evaluated here.
    #[error("the query can't be answered: {0}")]
    Evaluation(QueryEvaluationError),
    /// The index is not as it was written.
    #[error("{0}")]
    Index(String),
    /// The answer can't be written.
    #[error("can't write the answer")]
    Write(#[from] io::Error),
}

impl From<QueryEvaluationError> for QueryError {
    fn from(error: QueryEvaluationError) -> Self {
        match error {
            QueryEvaluationError::Cancelled => Self::Cancelled,
            QueryEvaluationError::Dataset(error) => match error.downcast::<Stopped>().map(|stopped| *stopped)
            {
                Ok(Stopped::Cancelled) => Self::Cancelled,
                Ok(Stopped::Damaged(damaged)) => Self::Index(Error::from(damaged).to_string()),
                Err(error) => Self::Evaluation(QueryEvaluationError::Dataset(error)),
            },
            error => Self::Evaluation(error),
        }
    }
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerFormat {
    /// For rows, and yes or no.
    pub rows: QueryResultsFormat,
    /// For graphs.
    pub graph: export::Format,
}

impl From<QueryResultsFormat> for AnswerFormat {
    fn from(rows: QueryResultsFormat) -> Self {
        Self { rows, graph: export::Format::Turtle }
    }
}

impl From<export::Format> for AnswerFormat {
    fn from(graph: export::Format) -> Self {
        Self { rows: QueryResultsFormat::Csv, graph }
    }
}

/// The variables of an answer, and its rows.
pub type Rows = (Vec<Variable>, Vec<QuerySolution>);

/// What a query gives, while it is evaluated.
pub struct Answers(pub(super) QueryResults<'static>);

impl Graph {
    /// Begins to answer `query`. Once `stop` is cancelled, the evaluation ends with [`QueryError::Cancelled`] the next time
    /// it touches the data.
    pub fn answer(&self, query: &Query, stop: CancellationToken) -> Result<Answers, QueryError> {
        let outside = self.outside().map_err(|error| QueryError::Index(error.to_string()))?;
        let dataset = IndexDataset::new(Arc::clone(self.snapshot()), Some(outside), stop.clone());
        let evaluator = SparqlEvaluator::new().with_cancellation_token(stop);
        Ok(Answers(evaluator.for_query(query.algebra.clone()).on_queryable_dataset(dataset).execute()?))
    }
}

impl Answers {
    /// Writes all of it; more than `limit` results are an error.
    pub fn write(
        self,
        format: AnswerFormat,
        out: &mut impl Write,
        limit: Option<usize>,
    ) -> Result<(), QueryError> {
        match self.0 {
            QueryResults::Boolean(value) => {
                QueryResultsSerializer::from_format(format.rows).serialize_boolean_to_writer(out, value)?;
            }
            QueryResults::Solutions(solutions) => {
                let serializer = QueryResultsSerializer::from_format(format.rows);
                let mut writer =
                    serializer.serialize_solutions_to_writer(out, solutions.variables().to_vec())?;
                for (count, solution) in solutions.enumerate() {
                    within(limit, count)?;
                    writer.serialize(&solution?)?;
                }
                writer.finish()?;
            }
            QueryResults::Graph(triples) => write_graph(triples, format.graph, out, limit)?,
        }
        Ok(())
    }

    /// The variables and all rows; `None`: the answer is a graph. Yes or no is one row without a variable, or no row.
    pub fn into_rows(self) -> Result<Option<Rows>, QueryError> {
        match self.0 {
            QueryResults::Boolean(value) => {
                let row = QuerySolution::from((Vec::new(), Vec::new()));
                Ok(Some((Vec::new(), if value { vec![row] } else { Vec::new() })))
            }
            QueryResults::Solutions(solutions) => {
                let variables = solutions.variables().to_vec();
                Ok(Some((variables, solutions.collect::<Result<_, _>>()?)))
            }
            QueryResults::Graph(_) => Ok(None),
        }
    }
}

fn write_graph(
    triples: QueryTripleIter<'_>,
    format: export::Format,
    out: &mut impl Write,
    limit: Option<usize>,
) -> Result<(), QueryError> {
    let mut writer = export::Writer::new(out, format, &Base::default());
    for (count, triple) in triples.enumerate() {
        within(limit, count)?;
        writer.write(&[triple?.in_graph(GraphName::DefaultGraph)])?;
    }
    writer.finish()?;
    Ok(())
}

/// Whether one more than `count` results are allowed.
fn within(limit: Option<usize>, count: usize) -> Result<(), QueryError> {
    match limit {
        Some(limit) if count >= limit => Err(QueryError::TooMany { limit }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use oxigraph::model::{Literal, Quad};

    use super::*;

    /// The statement `n` of each of `len` graphs, and one that all share.
    fn graph(len: i64) -> Graph {
        let property = NamedNode::new("http://example.org/p").unwrap();
        Graph::from_quads((0..len).map(|n| {
            let article = NamedNode::new(format!("http://example.org/{n}")).unwrap();
            Quad::new(article.clone(), property.clone(), Literal::from(n), article)
        }))
        .unwrap()
    }

    fn ask(graph: &Graph, query: &Query, format: impl Into<AnswerFormat>) -> Result<String, QueryError> {
        let mut out = Vec::new();
        graph.answer(query, CancellationToken::new())?.write(format.into(), &mut out, Some(100))?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn updates_and_other_servers_are_refused() {
        let error = Query::parse("DELETE WHERE { ?s ?p ?o }").unwrap_err().to_string();
        assert!(error.contains("`tidings remove`"), "{error}");
        let federated = Query::parse("SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }").unwrap();
        let error = ask(&graph(1), &federated, QueryResultsFormat::Csv).unwrap_err();
        assert!(matches!(error, QueryError::Evaluation(_)), "{error}");
    }

    #[test]
    fn the_common_prefixes_need_no_declaration() {
        Query::parse(
            "SELECT * { ?x a td:Person ; rdfs:label ?l ; owl:sameAs wd:Q794 ; geo:lat ?a ; sem:x ?b }",
        )
        .unwrap();
    }

    #[test]
    fn a_request_may_choose_the_graphs() {
        let graph = graph(3);
        let name = |n: usize| NamedNode::new(format!("http://example.org/{n}")).unwrap();
        let all = Query::parse("SELECT ?o { ?s ?p ?o } ORDER BY ?o").unwrap();
        let csv = QueryResultsFormat::Csv;
        assert_eq!(ask(&graph, &all, csv).unwrap(), "o\r\n0\r\n1\r\n2\r\n");
        let chosen = Dataset { default: vec![name(1), name(2)], named: Vec::new() };
        assert_eq!(ask(&graph, &all.with_dataset(chosen), csv).unwrap(), "o\r\n1\r\n2\r\n");
        let named = Query::parse("SELECT ?g { GRAPH ?g { ?s ?p ?o } }").unwrap();
        let chosen = Dataset { default: Vec::new(), named: vec![name(1)] };
        assert_eq!(ask(&graph, &named.with_dataset(chosen), csv).unwrap(), "g\r\nhttp://example.org/1\r\n");
    }

    #[test]
    fn a_limit_gives_the_first_results() {
        for query in ["SELECT ?o { ?s ?p ?o } ORDER BY ?o", "SELECT ?o { ?s ?p ?o } ORDER BY ?o LIMIT 9"] {
            let query = Query::parse(query).unwrap().with_limit(2);
            assert_eq!(ask(&graph(20), &query, QueryResultsFormat::Csv).unwrap(), "o\r\n0\r\n1\r\n");
        }
    }

    #[test]
    fn too_many_results_are_an_error() {
        let graph = graph(101);
        for query in ["SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"] {
            let error = ask(&graph, &Query::parse(query).unwrap(), QueryResultsFormat::Json).unwrap_err();
            assert!(matches!(error, QueryError::TooMany { limit: 100 }), "{error}");
        }
        let hundred = Query::parse("SELECT * { ?s ?p ?o } LIMIT 100").unwrap();
        assert_eq!(ask(&graph, &hundred, QueryResultsFormat::Csv).unwrap().lines().count(), 101);
    }

    #[test]
    fn a_costly_query_is_stopped() {
        let graph = graph(2_000);
        let costly = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?c + ?f + ?i < 0) }";
        let stop = CancellationToken::new();
        let remote = stop.clone();
        let timer = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(50));
            remote.cancel();
        });
        let answers = graph.answer(&Query::parse(costly).unwrap(), stop).unwrap();
        let error = answers.write(QueryResultsFormat::Csv.into(), &mut Vec::new(), None).unwrap_err();
        assert!(matches!(error, QueryError::Cancelled), "{error}");
        timer.join().unwrap();
    }

    #[test]
    fn graphs_are_written_in_any_format_of_rdf() {
        let query = Query::parse("CONSTRUCT { ?s a td:Article } { ?s ?p 1 }").unwrap();
        assert!(query.gives_graph());
        let turtle = ask(&graph(3), &query, export::Format::Turtle).unwrap();
        assert!(turtle.contains("<http://example.org/1> a td:Article"), "{turtle}");
        let lines = ask(&graph(3), &query, export::Format::NTriples).unwrap();
        assert_eq!(lines.lines().count(), 1, "{lines}");
    }
}
