//! Answers a request.

use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CONTENT_TYPE, HOST};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use http_body::Frame;
use oxigraph::sparql::CancellationToken;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task;
use tokio::time::{Instant, sleep_until, timeout_at};

use super::Server;
use super::description::describe;
use super::negotiation::choose;
use super::request::{Asked, Refusal, read};
use crate::store::{AnswerFormat, Graph, Query, QueryError};

/// Bytes of an answer that are sent together; an answer that fails within the first ones has its true status.
const CHUNK: usize = 1 << 16;

/// A part of an answer, or why there is no more.
type Part = Result<Bytes, QueryError>;

/// Answers a request to the endpoint.
pub(super) async fn handle(State(server): State<Server>, request: Request) -> Response {
    respond(&server, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn respond(server: &Server, request: Request) -> Result<Response, Refusal> {
    let accept = header(&request, &ACCEPT);
    let host = header(&request, &HOST).unwrap_or_else(|| "localhost".to_owned());
    let endpoint = format!("http://{host}{}", request.uri().path());
    let asked = read(request, server.limits.body).await?;
    let gives_graph = match &asked {
        Asked::Description => true,
        Asked::Query(query) => query.gives_graph(),
    };
    let not_acceptable = |text| Refusal::new(StatusCode::NOT_ACCEPTABLE, text);
    let (format, media_type) = choose(accept.as_deref(), gives_graph).map_err(not_acceptable)?;
    let body = match asked {
        Asked::Description => describe(&endpoint, format.graph).into(),
        Asked::Query(query) => evaluate(server, *query, format).await?,
    };
    let mut response = body.into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    Ok(response)
}

fn header(request: &Request, name: &HeaderName) -> Option<String> {
    request.headers().get(name)?.to_str().ok().map(str::to_owned)
}

/// Evaluates when it is its turn; gives the body once its first part, its end or a failure is there.
async fn evaluate(server: &Server, query: Query, format: AnswerFormat) -> Result<Body, Refusal> {
    let limits = server.limits;
    let deadline = Instant::now() + limits.time;
    let turn = timeout_at(deadline, server.turns.clone().acquire_owned()).await.map_err(|_| {
        Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "too many queries are running; try again later")
    })?;
    let stop = CancellationToken::new();
    let (sender, mut receiver) = channel(2);
    let evaluation = {
        let (graph, stop) = (server.graph(), stop.clone());
        move || {
            let end = sender.clone();
            if let Err(error) = write(&graph, &query, format, stop, sender, limits.results) {
                // Nobody listens any more once the client has gone.
                let _ = end.blocking_send(Err(error));
            }
            drop(turn);
        }
    };
    task::spawn_blocking(evaluation);
    let guard = Guard(stop.clone());
    tokio::spawn(async move {
        sleep_until(deadline).await;
        stop.cancel();
    });
    match timeout_at(deadline, receiver.recv()).await {
        Err(_) => Err(stopped(limits.time)),
        Ok(Some(Err(error))) => Err(refusal(&error, limits.time)),
        Ok(first) => Ok(Body::new(Stream { first: first.and_then(Result::ok), receiver, _guard: guard })),
    }
}

/// Evaluates and sends the answer in parts.
fn write(
    graph: &Graph,
    query: &Query,
    format: AnswerFormat,
    stop: CancellationToken,
    sender: Sender<Part>,
    limit: usize,
) -> Result<(), QueryError> {
    let mut out = io::BufWriter::with_capacity(CHUNK, Parts(sender));
    let written = graph.answer(query, stop)?.write(format, &mut out, Some(limit));
    match written {
        Ok(()) => Ok(out.flush()?),
        Err(error) => {
            // What is left in the buffer is no whole answer.
            let _ = out.into_parts();
            Err(error)
        }
    }
}

fn stopped(limit: Duration) -> Refusal {
    let text = format!(
        "the query was stopped after {} s, this server's limit; make it simpler, or add a LIMIT",
        limit.as_secs()
    );
    Refusal::new(StatusCode::SERVICE_UNAVAILABLE, text)
}

fn refusal(error: &QueryError, limit: Duration) -> Refusal {
    match error {
        QueryError::Cancelled => stopped(limit),
        // The protocol: a server that refuses to go on with a query says 500.
        error => Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
    }
}

/// Sends what is written.
struct Parts(Sender<Part>);

impl Write for Parts {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let part = Ok(Bytes::copy_from_slice(bytes));
        self.0.blocking_send(part).map_err(|_| io::ErrorKind::BrokenPipe)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Stops the evaluation when nobody waits for it any more.
struct Guard(CancellationToken);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// The body of an answer, sent while it is found. A failure breaks the connection off.
struct Stream {
    first: Option<Bytes>,
    receiver: Receiver<Part>,
    _guard: Guard,
}

impl http_body::Body for Stream {
    type Data = Bytes;
    type Error = QueryError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, QueryError>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        let part = ready!(self.receiver.poll_recv(context));
        Poll::Ready(part.map(|part| part.map(Frame::data)))
    }
}
