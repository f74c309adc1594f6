//! The SPARQL 1.1 Protocol for queries, over HTTP. The graph is only read.
//!
//! `/query` and `/sparql` take `GET ?query=`, `POST` of a form and `POST` of a query as it is; the answer is in the format
//! that the request's `Accept` prefers. A query is evaluated in a thread of its own, and its answer is sent while it is
//! found. An answer that fits the first 64 KiB, or fails within them, has its true status; later failures break the
//! connection off, so that a part is never taken for the whole.
//!
//! Each query has a time limit and a limit of results, and only some run at once. A time limit is kept in any case: the
//! client is told in time. The evaluation itself stops the next time it touches the data; sorting a large result, or a
//! regular expression over a long text, first runs to its end and meanwhile counts as running.

mod answer;
mod description;
mod negotiation;
mod request;
mod running;

use std::num::NonZeroUsize;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::Router;
use axum::routing::{any, get};
use tokio::sync::Semaphore;
use tower_http::cors::CorsLayer;

use crate::store::Graph;

pub use running::run;

/// Limits that a server keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Time for each query, and for it to wait for its turn.
    pub time: Duration,
    /// Rows or triples of an answer.
    pub results: usize,
    /// Queries that run at the same time.
    pub queries: NonZeroUsize,
    /// Bytes of a request's body.
    pub body: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(60),
            results: 1_000_000,
            queries: NonZeroUsize::new(4).expect("4 is not 0"),
            body: 1 << 20,
        }
    }
}

/// What all requests share.
#[derive(Clone)]
pub struct Server {
    graph: Arc<RwLock<Graph>>,
    limits: Limits,
    turns: Arc<Semaphore>,
}

impl Server {
    /// Serves `graph`.
    pub fn new(graph: Graph, limits: Limits) -> Self {
        let turns = Arc::new(Semaphore::new(limits.queries.get()));
        Self { graph: Arc::new(RwLock::new(graph)), limits, turns }
    }

    /// Serves another graph from now on; queries that run keep theirs.
    pub fn replace(&self, graph: Graph) {
        *self.graph.write().unwrap_or_else(PoisonError::into_inner) = graph;
    }

    /// The graph, as it is now.
    fn graph(&self) -> Graph {
        self.graph.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The routes.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/", get(|| async { "tidings: ask this graph in SPARQL at /query\n" }))
            .route("/query", any(answer::handle))
            .route("/sparql", any(answer::handle))
            .layer(CorsLayer::permissive())
            .with_state(self.clone())
    }
}

#[cfg(test)]
mod tests;
