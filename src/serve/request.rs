//! What a request asks: the operation `query` of the SPARQL 1.1 Protocol in its three forms.

use axum::body::{Bytes, to_bytes};
use axum::extract::Request;
use axum::http::header::{ALLOW, CONNECTION, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use oxigraph::model::NamedNode;
use tokio::time::timeout;

use super::{Limits, nesting};
use crate::store::{Dataset, Query};

/// Triple patterns that a query may join in one place ([`Query::breadth`]).
const BREADTH: usize = 100;

/// What is asked.
#[derive(Debug)]
pub(super) enum Asked {
    /// This query.
    Query(Box<Query>),
    /// What this service is.
    Description,
}

/// Why a request is refused.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub status: StatusCode,
    pub text: String,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, text: impl Into<String>) -> Self {
        Self { status, text: text.into() }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, format!("{}\n", self.text)).into_response();
        if self.status == StatusCode::METHOD_NOT_ALLOWED {
            let methods = HeaderValue::from_static("GET, HEAD, POST, OPTIONS");
            response.headers_mut().insert(ALLOW, methods);
        }
        if self.status == StatusCode::REQUEST_TIMEOUT {
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("10"));
        }
        response
    }
}

/// Reads a request, whose body must be there in time.
pub(super) async fn read(request: Request, limits: Limits) -> Result<Asked, Refusal> {
    let (parts, body) = request.into_parts();
    let in_address = pairs(parts.uri.query().unwrap_or_default().as_bytes());
    if parts.method == Method::GET || parts.method == Method::HEAD {
        return asked(&in_address, None);
    }
    if parts.method != Method::POST {
        let text = format!("{} is not offered; the graph is only read, with GET or POST", parts.method);
        return Err(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, text));
    }
    let media_type = media_type(&parts.headers);
    if media_type == "application/sparql-update" {
        return Err(update_refused());
    }
    let is_form = media_type == "application/x-www-form-urlencoded";
    if !is_form && media_type != "application/sparql-query" {
        let text = format!(
            "a body of type `{media_type}` is not understood; send application/sparql-query or \
             application/x-www-form-urlencoded"
        );
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, text));
    }
    let limit = limits.body;
    let late = format!("the body was not there after {} s", limits.request.as_secs_f32());
    let body: Bytes = timeout(limits.request, to_bytes(body, limit))
        .await
        .map_err(|_| Refusal::new(StatusCode::REQUEST_TIMEOUT, late))?
        .map_err(|_| {
            let text = format!("the body is larger than {limit} bytes, or broke off");
            Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, text)
        })?;
    if is_form {
        return asked(&pairs(&body), None);
    }
    let text = std::str::from_utf8(&body)
        .map_err(|error| Refusal::new(StatusCode::BAD_REQUEST, format!("the query is not UTF-8: {error}")))?;
    asked(&in_address, Some(text))
}

fn update_refused() -> Refusal {
    let text = "updates are not offered: the graph is only read here; change it with `tidings ingest` and `tidings remove`";
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, text)
}

/// The body's media type without its parameters, in lower case.
fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn pairs(encoded: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(encoded).into_owned().collect()
}

/// What the parameters ask; `body`: the query, where it is not among them.
fn asked(parameters: &[(String, String)], body: Option<&str>) -> Result<Asked, Refusal> {
    let bad = |text: String| Refusal::new(StatusCode::BAD_REQUEST, text);
    let all = |name: &'static str| {
        parameters.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    };
    if all("update").next().is_some() {
        return Err(update_refused());
    }
    let mut queries = body.into_iter().chain(all("query"));
    let Some(text) = queries.next() else {
        return if parameters.is_empty() {
            Ok(Asked::Description)
        } else {
            Err(bad("the request has no parameter `query`".to_owned()))
        };
    };
    if queries.next().is_some() {
        return Err(bad("the request has more than one query".to_owned()));
    }
    let graphs = |name: &'static str| -> Result<Vec<NamedNode>, Refusal> {
        let iri = |iri: &str| {
            NamedNode::new(iri).map_err(|error| bad(format!("{name} `{iri}` is not an IRI: {error}")))
        };
        all(name).map(iri).collect()
    };
    let dataset = Dataset { default: graphs("default-graph-uri")?, named: graphs("named-graph-uri")? };
    nesting::check(text).map_err(bad)?;
    let query = Query::parse(text).map_err(|error| bad(error.to_string()))?;
    if query.breadth() > BREADTH {
        return Err(bad(format!("the query joins more than {BREADTH} triple patterns in one place")));
    }
    Ok(Asked::Query(Box::new(query.with_dataset(dataset))))
}
