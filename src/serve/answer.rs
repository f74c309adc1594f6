//! Answers a request.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CONTENT_TYPE, HOST};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::description::describe;
use super::evaluation::{Failure, begin};
use super::negotiation::choose;
use super::request::{Asked, Refusal, read};
use super::{Limits, Server};
use crate::store::{AnswerFormat, Query, Stop};

/// Answers a request to the endpoint.
pub(super) async fn handle(State(server): State<Server>, request: Request) -> Response {
    respond(&server, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn respond(server: &Server, request: Request) -> Result<Response, Refusal> {
    let accept = header(&request, &ACCEPT);
    let host = header(&request, &HOST).unwrap_or_else(|| "localhost".to_owned());
    let endpoint = format!("http://{host}{}", request.uri().path());
    let asked = read(request, server.limits).await?;
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

/// Gives the body once its first part, its end or a failure is there.
async fn evaluate(server: &Server, query: Query, format: AnswerFormat) -> Result<Body, Refusal> {
    server.refresh().await;
    let mut answer = begin(server, query, format).await?;
    match answer.wait().await {
        Ok(()) => Ok(Body::new(answer)),
        Err(failure) => Err(refusal(&failure, server.limits)),
    }
}

fn refusal(failure: &Failure, limits: Limits) -> Refusal {
    let text = match failure {
        Failure::Stopped(Stop::Deadline) => {
            format!("the query was stopped after {} s", limits.time.as_secs_f32())
        }
        Failure::Stopped(stop @ Stop::Memory { .. }) => format!("{stop} and was stopped"),
        // The protocol: a server that refuses to go on with a query says 500.
        failure => return Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, failure.to_string()),
    };
    let text = format!("{text}, this server's limit; make it simpler, or add a LIMIT");
    Refusal::new(StatusCode::SERVICE_UNAVAILABLE, text)
}
