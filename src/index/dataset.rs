//! What Oxigraph's evaluator asks of an index.

use std::hash::{Hash, Hasher};
use std::rc::Rc;
use std::sync::Arc;

use oxigraph::model::Term;
use oxigraph::sparql::CancellationToken;
use spareval::{InternalQuad, QueryableDataset};

use super::snapshot::{Pattern, Quads, Snapshot};
use super::term::{NO_TERM, decode, encode};
use super::{Damaged, Id};

/// A snapshot that is asked by one query.
pub(crate) struct IndexDataset {
    snapshot: Arc<Snapshot>,
    /// Where the default graph is the union of all graphs, with each triple once: the graphs that are not in it.
    outside: Option<Rc<[Id]>>,
    stop: CancellationToken,
}

/// A term while a query runs.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// One that is in the index.
    Known(Id),
    /// The bytes of one that isn't.
    Other(Rc<[u8]>),
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Known(one), Self::Known(other)) => one == other,
            (Self::Other(one), Self::Other(other)) => one == other,
            _ => false,
        }
    }
}

impl Eq for Value {}

impl Hash for Value {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Known(id) => state.write_u64(*id),
            Self::Other(bytes) => bytes.hash(state),
        }
    }
}

/// Why the evaluation ends early.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Stopped {
    /// The query was cancelled.
    #[error("the query was stopped")]
    Cancelled,
    /// The index is not as it was written.
    #[error(transparent)]
    Damaged(#[from] Damaged),
}

impl IndexDataset {
    /// `outside`: where the default graph is the union of all graphs, the graphs that are not in it; `None`: it is a
    /// graph of its own.
    pub(crate) fn new(snapshot: Arc<Snapshot>, outside: Option<Vec<Id>>, stop: CancellationToken) -> Self {
        Self { snapshot, outside: outside.map(Rc::from), stop }
    }

    /// The quads that fit; a term that is not in the index is in no quad.
    #[expect(
        clippy::option_option,
        reason = "the evaluator tells any graph, the default graph and a named one so"
    )]
    fn find(
        &self,
        terms: [Option<&Value>; 3],
        graph: Option<Option<&Value>>,
    ) -> Result<Option<Found>, Stopped> {
        let mut ids = [None; 3];
        for (id, term) in ids.iter_mut().zip(terms) {
            match term {
                None => {}
                Some(Value::Known(known)) => *id = Some(*known),
                Some(Value::Other(_)) => return Ok(None),
            }
        }
        let kind = match graph {
            None => Kind::Named,
            Some(None) => {
                self.outside.as_ref().map_or(Kind::One, |outside| Kind::Union(Rc::clone(outside), None))
            }
            Some(Some(_)) => Kind::One,
        };
        let graph = match graph {
            None => None,
            Some(None) => Some(0).filter(|_| self.outside.is_none()),
            Some(Some(Value::Known(graph))) => Some(*graph),
            Some(Some(Value::Other(_))) => return Ok(None),
        };
        let [subject, predicate, object] = ids;
        let quads = self.snapshot.quads(Pattern { subject, predicate, object, graph })?;
        Ok(Some(Found { quads, kind, stop: self.stop.clone(), is_over: false }))
    }
}

/// Of which graphs quads are given.
enum Kind {
    /// All named graphs.
    Named,
    /// The graph that was looked for.
    One,
    /// The union of all but these: a triple once, whichever graphs it is in. With the last triple.
    Union(Rc<[Id]>, Option<[Id; 3]>),
}

/// Quads for the evaluator. They end at once when the query is stopped: it would go through all the rest otherwise.
struct Found {
    quads: Quads,
    kind: Kind,
    stop: CancellationToken,
    is_over: bool,
}

impl Found {
    fn step(&mut self) -> Result<Option<InternalQuad<Value>>, Stopped> {
        if self.stop.is_cancelled() {
            return Err(Stopped::Cancelled);
        }
        while let Some([subject, predicate, object, graph]) = self.quads.next()? {
            match &mut self.kind {
                Kind::Named if graph == 0 => continue,
                Kind::Union(outside, _) if outside.contains(&graph) => continue,
                // The graph comes last in the orders that are used here, so the same triples follow each other.
                Kind::Union(_, last) => {
                    let before = last.replace([subject, predicate, object]);
                    if before == Some([subject, predicate, object]) {
                        continue;
                    }
                }
                _ => {}
            }
            let is_default = graph == 0 || matches!(self.kind, Kind::Union(..));
            return Ok(Some(InternalQuad {
                subject: Value::Known(subject),
                predicate: Value::Known(predicate),
                object: Value::Known(object),
                graph_name: (!is_default).then_some(Value::Known(graph)),
            }));
        }
        Ok(None)
    }
}

impl Iterator for Found {
    type Item = Result<InternalQuad<Value>, Stopped>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let step = self.step().transpose();
        self.is_over = !matches!(step, Some(Ok(_)));
        step
    }
}

impl QueryableDataset<'static> for IndexDataset {
    type InternalTerm = Value;
    type Error = Stopped;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Value>,
        predicate: Option<&Value>,
        object: Option<&Value>,
        graph_name: Option<Option<&Value>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Value>, Stopped>> + use<> {
        let (found, error) = match self.find([subject, predicate, object], graph_name) {
            Ok(found) => (found, None),
            Err(error) => (None, Some(Err(error))),
        };
        error.into_iter().chain(found.into_iter().flatten())
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<Value, Stopped>> + use<> {
        let (graphs, error) = match self.snapshot.graphs() {
            Ok(graphs) => (graphs, None),
            Err(error) => (Vec::new(), Some(Err(error.into()))),
        };
        error.into_iter().chain(graphs.into_iter().map(|graph| Ok(Value::Known(graph))))
    }

    fn contains_internal_graph_name(&self, graph_name: &Value) -> Result<bool, Stopped> {
        match graph_name {
            Value::Known(graph) => Ok(self.snapshot.quads_of_graph(*graph)? > 0),
            Value::Other(_) => Ok(false),
        }
    }

    fn internalize_term(&self, term: Term) -> Result<Value, Stopped> {
        let mut bytes = Vec::new();
        encode(term.as_ref(), &mut bytes);
        Ok(match self.snapshot.id(&bytes)? {
            Some(id) => Value::Known(id),
            None => Value::Other(bytes.into()),
        })
    }

    fn externalize_term(&self, term: Value) -> Result<Term, Stopped> {
        // Products of what was read before are filtered without touching quads: they end here.
        if self.stop.is_cancelled() {
            return Err(Stopped::Cancelled);
        }
        Ok(match term {
            Value::Known(id) => self.snapshot.term(id)?,
            Value::Other(bytes) => decode(&bytes).ok_or_else(|| Damaged::new("memory".as_ref(), NO_TERM))?,
        })
    }
}
