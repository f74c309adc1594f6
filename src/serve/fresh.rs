//! Serves the newest state of the graph.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, timeout};

use super::Server;
use crate::store::Graph;

/// Time between two looks.
const PAUSE: Duration = Duration::from_secs(1);
/// Time that a query waits for a newer graph.
const PATIENCE: Duration = Duration::from_millis(500);
/// A look that takes long must not take more than its part of the time.
const PART: u32 = 10;

/// Where a newer graph comes from.
pub(super) struct Fresh {
    find: Box<dyn Fn() -> Option<Graph> + Send + Sync>,
    /// When to look again. Held while somebody looks.
    next: Arc<Mutex<Instant>>,
}

impl Fresh {
    pub(super) fn new(find: impl Fn() -> Option<Graph> + Send + Sync + 'static) -> Self {
        Self { find: Box::new(find), next: Arc::new(Mutex::new(Instant::now() + PAUSE)) }
    }
}

impl Server {
    /// Looks for a newer graph, if it is time to.
    pub(super) async fn refresh(&self) {
        let Some(fresh) = self.fresh.clone() else { return };
        let Ok(mut next) = fresh.next.clone().try_lock_owned() else { return };
        let began = Instant::now();
        if began < *next {
            return;
        }
        *next = began + PAUSE;
        let server = self.clone();
        let look = spawn_blocking(move || {
            if let Some(graph) = (fresh.find)() {
                server.replace(graph);
            }
            *next = Instant::now() + PAUSE.max(began.elapsed() * PART);
        });
        // Late, or failed: the old one answers.
        let _ = timeout(PATIENCE, look).await;
    }
}
