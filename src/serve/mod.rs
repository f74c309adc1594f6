//! The SPARQL 1.1 Protocol for queries, over HTTP. The graph is only read.
//!
//! `/query` and `/sparql` take `GET ?query=`, `POST` of a form and `POST` of a query as it is; the answer is in the format
//! that the request's `Accept` prefers. A query is evaluated in a thread of its own, and its answer is sent while it is
//! found. An answer that fits the first 64 KiB, or fails within them, has its true status; later failures break the
//! connection off, so that a part is never taken for the whole.
//!
//! Each query has limits of time, memory and results, and only some run at once; some more wait, and the rest are refused
//! at once. The client is told in time in any case, also where the evaluation takes longer to see that it is stopped
//! (`evaluation`). Queries that the parser or the optimizer would not survive are refused (`nesting`). A client that is
//! slow to send its request or to take its answer is dropped, and holds nobody's turn (`connection`).

mod answer;
mod connection;
mod description;
mod evaluation;
mod fresh;
mod negotiation;
mod nesting;
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

use fresh::Fresh;
pub use running::run;

/// Limits that a server keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Time for each query, its waiting and its sending included; and for a client to take what was sent.
    pub time: Duration,
    /// Time for a query to wait for its turn.
    pub wait: Duration,
    /// Time for a request's head to arrive, and for its body. A connection without a request is closed after it.
    pub request: Duration,
    /// Bytes by which the program's memory may grow while a query runs; queries that run at once share them. Kept on Linux.
    pub memory: Option<u64>,
    /// Rows or triples of an answer.
    pub results: usize,
    /// Queries that run at the same time.
    pub queries: NonZeroUsize,
    /// Queries that wait for their turn, or for a client that reads slowly.
    pub queue: usize,
    /// Connections that are open at once; fewer where the system does not allow as many open files.
    pub connections: usize,
    /// Bytes of a request's body.
    pub body: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(60),
            wait: Duration::from_secs(5),
            request: Duration::from_secs(15),
            memory: Some(1 << 30),
            results: 1_000_000,
            queries: NonZeroUsize::new(4).expect("4 is not 0"),
            queue: 64,
            connections: 4096,
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
    /// Of queries that run or wait.
    places: Arc<Semaphore>,
    fresh: Option<Arc<Fresh>>,
}

impl Server {
    /// Serves `graph`.
    pub fn new(graph: Graph, limits: Limits) -> Self {
        let turns = Arc::new(Semaphore::new(limits.queries.get()));
        let places = Arc::new(Semaphore::new(limits.queries.get().saturating_add(limits.queue)));
        Self { graph: Arc::new(RwLock::new(graph)), limits, turns, places, fresh: None }
    }

    /// Asks `find` for a newer graph when a query comes, at most once a second, and serves what it gives from then on.
    /// `find` should be quick to see that there is none. While it takes longer the old graph answers, and it is not asked
    /// again before ten times as long has passed.
    #[must_use]
    pub fn with_fresh(self, find: impl Fn() -> Option<Graph> + Send + Sync + 'static) -> Self {
        Self { fresh: Some(Arc::new(Fresh::new(find))), ..self }
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
