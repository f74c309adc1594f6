use std::convert::Infallible;
use std::hash::{Hash, Hasher};
use std::thread::sleep;

use oxigraph::model::{NamedNode, Term};
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use spareval::{InternalQuad, QueryableDataset};

use super::*;

fn within(time: Duration) -> Guard {
    Guard::new(CancellationToken::new(), Some(Instant::now() + time), None)
}

#[test]
fn a_cancelled_query_is_stopped_for_good() {
    let token = CancellationToken::new();
    let guard = Guard::new(token.clone(), None, None);
    assert_eq!((guard.check(), guard.stopped()), (Ok(()), None));
    token.cancel();
    assert_eq!((guard.check(), guard.stopped()), (Err(Stop::Cancelled), Some(Stop::Cancelled)));
    let guard = within(Duration::ZERO);
    assert_eq!(guard.look(), Err(Stop::Deadline));
    guard.cancel();
    assert!(guard.token().is_cancelled());
    assert_eq!(guard.clone().check(), Err(Stop::Deadline), "the first reason stays");
}

#[test]
fn the_deadline_is_seen_whether_calls_are_quick_or_slow() {
    for pause in [Duration::ZERO, Duration::from_millis(15)] {
        let guard = within(Duration::from_millis(150));
        let began = Instant::now();
        while guard.check().is_ok() {
            if !pause.is_zero() {
                sleep(pause);
            }
        }
        assert_eq!(guard.stopped(), Some(Stop::Deadline));
        let late = began.elapsed();
        assert!((150..1500).contains(&late.as_millis()), "{late:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn memory_that_grows_too_much_stops() {
    let large = Guard::new(CancellationToken::new(), None, Some(1 << 50));
    let guard = Guard::new(CancellationToken::new(), None, Some(64 << 20));
    let bytes = vec![1_u8; 256 << 20];
    sleep(2 * PACE);
    let limit = 64 << 20;
    assert_eq!(guard.look(), Err(Stop::Memory { limit }), "{}", bytes.len());
    assert_eq!(guard.check().unwrap_err().to_string(), "the query took more than 64 MiB of memory");
    assert_eq!(large.look(), Ok(()));
}

#[test]
fn sizes_are_told_in_units() {
    assert_eq!([1 << 30, 3 << 29, 1 << 20, 20_000].map(in_units), ["1 GiB", "1.5 GiB", "1 MiB", "20 kB"]);
}

#[test]
fn only_a_stopped_query_swallows_panics() {
    let guard = Guard::new(CancellationToken::new(), None, None);
    assert_eq!(guard.run(|| 7), Ok(7));
    let panicked = catch_unwind(AssertUnwindSafe(|| guard.run(|| resume_unwind(Box::new("broken")))));
    assert!(panicked.is_err());
    // Nothing watches any more.
    (0..10 * TICKS).for_each(|_| tick());
    guard.cancel();
    assert_eq!(guard.run(|| 7), Err(Stop::Cancelled), "a stopped query's answer is not to be believed");
    let ticking = within(Duration::from_millis(20));
    let forever = || -> () {
        loop {
            tick();
        }
    };
    assert_eq!(ticking.run(forever), Err(Stop::Deadline));
}

/// A term by its number, which ticks.
struct Id(u32);

impl Clone for Id {
    fn clone(&self) -> Self {
        tick();
        Self(self.0)
    }
}

impl PartialEq for Id {
    fn eq(&self, other: &Self) -> bool {
        tick();
        self.0 == other.0
    }
}

impl Eq for Id {}

impl Hash for Id {
    fn hash<H: Hasher>(&self, state: &mut H) {
        tick();
        self.0.hash(state);
    }
}

/// A chain of `len` nodes by one property, which ends its iterators once the query is stopped.
#[derive(Clone)]
struct Chain {
    len: u32,
    guard: Guard,
}

/// The property; nodes have the numbers below.
const PROPERTY: u32 = u32::MAX;

impl<'a> QueryableDataset<'a> for Chain {
    type InternalTerm = Id;
    type Error = Infallible;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Id>,
        predicate: Option<&Id>,
        object: Option<&Id>,
        _: Option<Option<&Id>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Id>, Infallible>> + use<'a> {
        let start = subject.map(|id| id.0).or(object.map(|id| id.0.wrapping_sub(1)));
        let range = start.map_or(0..self.len, |start| start..start.saturating_add(1).min(self.len));
        let (object, guard) = (object.map(|id| id.0), self.guard.clone());
        let is_property = predicate.is_none_or(|id| id.0 == PROPERTY);
        range
            .filter(move |node| is_property && object.is_none_or(|object| object == node + 1))
            .map_while(move |node| guard.check().ok().map(|()| node))
            .map(|node| {
                let (subject, predicate, object) = (Id(node), Id(PROPERTY), Id(node + 1));
                Ok(InternalQuad { subject, predicate, object, graph_name: None })
            })
    }

    fn internalize_term(&self, term: Term) -> Result<Id, Infallible> {
        let Term::NamedNode(name) = term else { return Ok(Id(0)) };
        Ok(Id(name.as_str().rsplit('/').next().and_then(|number| number.parse().ok()).unwrap_or(PROPERTY)))
    }

    fn externalize_term(&self, Id(number): Id) -> Result<Term, Infallible> {
        Ok(NamedNode::new_unchecked(format!("http://example.org/{number}")).into())
    }
}

/// How many rows a query has over a chain.
fn ask(len: u32, query: &str, guard: &Guard) -> Result<usize, Stop> {
    let dataset = Chain { len, guard: guard.clone() };
    guard.run(|| {
        let prepared = SparqlEvaluator::new()
            .with_cancellation_token(guard.token().clone())
            .with_prefix("", "http://example.org/")
            .unwrap()
            .parse_query(query)
            .unwrap();
        match prepared.on_queryable_dataset(dataset).execute() {
            Ok(QueryResults::Solutions(rows)) => rows.count(),
            _ => 0,
        }
    })
}

#[test]
fn whatever_the_evaluator_does_a_stopped_query_ends_soon() {
    let values: String = (0..2000).map(|node| format!(":{node}")).collect::<Vec<_>>().join(" ");
    let values = |name: &str| format!("VALUES ?{name} {{ {values} }}");
    let (a, b, c) = (values("a"), values("b"), values("c"));
    for query in [
        // Closures over all pairs, with the data.
        "SELECT * { ?x (:p|^:p)* ?y }",
        "SELECT (COUNT(*) AS ?n) { ?x (:p/:p?)+ ?y }",
        // Products of what was collected, with little data or none.
        "SELECT * { ?a :p ?b . ?c :p ?d . ?e :p ?f . ?g :p ?h } ORDER BY ?h",
        "SELECT (COUNT(*) AS ?n) { ?a :p ?b . ?c :p ?d . ?e :p ?f }",
        "SELECT DISTINCT ?b ?d { ?a :p ?b . ?c :p ?d . ?e :p ?f }",
        &format!("SELECT (COUNT(*) AS ?n) {{ {a} {b} {c} }}"),
        &format!("SELECT * {{ {{ {a} {b} }} MINUS {{ ?c :p ?d }} }}"),
        &format!("SELECT ?a (GROUP_CONCAT(STR(?b)) AS ?all) {{ {a} {b} {c} }} GROUP BY ?a"),
        // Millions of rows to be put in order.
        "SELECT * { ?a :p ?b . ?c :p ?d } ORDER BY DESC(STR(?d)) ?a LIMIT 1",
    ] {
        let guard = within(Duration::from_millis(300));
        let began = Instant::now();
        let result = ask(3000, query, &guard);
        let time = began.elapsed();
        assert_eq!(result, Err(Stop::Deadline), "{query}");
        assert!(time < Duration::from_secs(3), "{time:?}: {query:.80}");
    }
}

#[test]
fn a_query_that_is_not_stopped_has_its_answer() {
    let guard = Guard::new(CancellationToken::new(), None, Some(1 << 40));
    assert_eq!(ask(10, "SELECT * { ?x :p+ ?y }", &guard), Ok(55));
    assert_eq!(ask(10, "SELECT * { ?a :p ?b . ?c :p ?d } ORDER BY ?d", &guard), Ok(100));
}
