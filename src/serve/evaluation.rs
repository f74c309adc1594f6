//! Evaluates a query in a thread of its own, while its answer is sent.
//!
//! A query has a place from its arrival to its end, and a turn while it computes. There are only so many turns; a query
//! whose client does not read fast enough gives its turn back until the client has read. Without a place left, a query is
//! refused at once. A supervisor looks at the clock and the memory meanwhile: what it stops is told to the client at once,
//! also when the evaluation takes longer to see it.

use std::io::{self, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::Bytes;
use axum::http::StatusCode;
use http_body::Frame;
use oxigraph::sparql::CancellationToken;
use tokio::runtime::Handle;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};
use tokio::task::{self, JoinHandle};
use tokio::time::{Instant, MissedTickBehavior, interval, timeout_at};

use super::Server;
use super::request::Refusal;
use crate::store::{AnswerFormat, Guard, Query, QueryError, Stop};

/// Bytes of an answer that are sent together; an answer that fails within the first ones has its true status.
const CHUNK: usize = 1 << 16;
/// Parts of an answer that wait to be sent.
const PARTS: usize = 2;
/// How often the supervisor looks.
const PACE: Duration = Duration::from_millis(25);

/// Why an answer is not whole.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The query was stopped.
    #[error("{0}")]
    Stopped(Stop),
    /// The query failed.
    #[error("{0}")]
    Query(QueryError),
    /// The evaluation panicked.
    #[error("the query can't be answered: the evaluation failed, which is an error of this program")]
    Broken,
}

/// Begins to evaluate when it is the query's turn.
pub(super) async fn begin(server: &Server, query: Query, format: AnswerFormat) -> Result<Answer, Refusal> {
    let limits = server.limits;
    let busy = |text: &str| {
        Refusal::new(StatusCode::SERVICE_UNAVAILABLE, format!("too many queries {text}; try again later"))
    };
    let arrived = Instant::now();
    let deadline = arrived + limits.time;
    let place = server.places.clone().try_acquire_owned().map_err(|_| busy("are running and waiting"))?;
    let until = deadline.min(arrived + limits.wait);
    let Ok(Ok(turn)) = timeout_at(until, server.turns.clone().acquire_owned()).await else {
        return Err(busy("are running"));
    };
    let guard = Guard::new(CancellationToken::new(), Some(deadline.into_std()), limits.memory);
    let (sender, parts) = mpsc::channel(PARTS);
    let mut out = Parts {
        buffer: Vec::with_capacity(CHUNK),
        sender,
        turn: Some(turn),
        turns: server.turns.clone(),
        deadline,
        runtime: Handle::current(),
    };
    let (graph, watching) = (server.graph(), guard.clone());
    let evaluation = move || {
        let answered = watching.run(|| {
            let answers = graph.answer(&query, watching.token().clone())?;
            answers.write(format, &mut out, Some(limits.results))
        });
        match answered {
            Err(stop) => Err(Failure::Stopped(stop)),
            // A client that did not read until the end of its time.
            Ok(Err(error)) => Err(watching.look().err().map_or(Failure::Query(error), Failure::Stopped)),
            Ok(Ok(())) => out.send(false).map_err(|error| Failure::Query(error.into())),
        }
    };
    let (sender, end) = oneshot::channel();
    tokio::spawn(supervise(task::spawn_blocking(evaluation), guard.clone(), place, sender));
    Ok(Answer { first: None, parts, end, whole: false, guard })
}

/// Tells the end of an evaluation, or that it is stopped. The place is free once it has ended.
async fn supervise(
    mut running: JoinHandle<Result<(), Failure>>,
    guard: Guard,
    place: OwnedSemaphorePermit,
    end: oneshot::Sender<Result<(), Failure>>,
) {
    let mut looks = interval(PACE);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // Whoever waited for the end may have gone.
    loop {
        tokio::select! {
            ended = &mut running => {
                drop(place);
                let _ = end.send(ended.unwrap_or(Err(Failure::Broken)));
                return;
            }
            _ = looks.tick() => if let Err(stop) = guard.look() {
                let _ = end.send(Err(Failure::Stopped(stop)));
                let _ = running.await;
                return;
            }
        }
    }
}

/// Sends what is written, in parts. What is left in the buffer when it fails is not sent.
struct Parts {
    buffer: Vec<u8>,
    sender: mpsc::Sender<Bytes>,
    turn: Option<OwnedSemaphorePermit>,
    turns: Arc<Semaphore>,
    deadline: Instant,
    runtime: Handle,
}

impl Parts {
    /// Sends the buffer; if `more` follows, it is this query's turn after that.
    fn send(&mut self, more: bool) -> io::Result<()> {
        let part = Bytes::from(std::mem::take(&mut self.buffer));
        let part = match self.sender.try_send(part) {
            Ok(()) => return Ok(()),
            Err(TrySendError::Closed(_)) => return Err(io::ErrorKind::BrokenPipe.into()),
            Err(TrySendError::Full(part)) => part,
        };
        self.turn = None;
        let sending = async {
            self.sender.send(part).await.map_err(|_| io::ErrorKind::BrokenPipe)?;
            if more {
                self.turn = self.turns.clone().acquire_owned().await.ok();
            }
            Ok(())
        };
        let sent = self.runtime.block_on(async { timeout_at(self.deadline, sending).await });
        sent.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl Write for Parts {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK {
            self.send(true)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// An answer, sent as a body while it is found. A failure breaks the connection off.
pub(super) struct Answer {
    first: Option<Bytes>,
    parts: mpsc::Receiver<Bytes>,
    end: oneshot::Receiver<Result<(), Failure>>,
    /// Whether the evaluation ended well: what is left of the parts is all.
    whole: bool,
    guard: Guard,
}

impl Answer {
    /// Waits for the first part, the end or a failure.
    pub(super) async fn wait(&mut self) -> Result<(), Failure> {
        self.first = std::future::poll_fn(|context| self.poll_part(context)).await.transpose()?;
        Ok(())
    }

    fn poll_part(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Failure>>> {
        if !self.whole {
            if let Poll::Ready(Some(part)) = self.parts.poll_recv(context) {
                return Poll::Ready(Some(Ok(part)));
            }
            // No part is there now, or no more will come. Only a supervisor that has gone leaves no word.
            let end = ready!(Pin::new(&mut self.end).poll(context)).unwrap_or(Err(Failure::Broken));
            self.whole = true;
            if let Err(failure) = end {
                self.parts.close();
                return Poll::Ready(Some(Err(failure)));
            }
        }
        self.parts.poll_recv(context).map(|part| part.map(Ok))
    }
}

impl http_body::Body for Answer {
    type Data = Bytes;
    type Error = Failure;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Failure>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        self.poll_part(context).map(|part| part.map(|part| part.map(Frame::data)))
    }
}

impl Drop for Answer {
    /// Stops the evaluation when nobody waits for it any more.
    fn drop(&mut self) {
        self.guard.cancel();
    }
}
