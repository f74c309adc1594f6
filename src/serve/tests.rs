use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode};
use oxigraph::model::{Literal, NamedNode, Quad};
use tower::ServiceExt;

use super::*;

fn graph(len: i64) -> Graph {
    let property = NamedNode::new("http://example.org/p").unwrap();
    let quads = (0..len).map(|n| {
        let article = NamedNode::new(format!("http://example.org/{n}")).unwrap();
        Quad::new(article.clone(), property.clone(), Literal::from(n), article)
    });
    Graph::from_quads(quads).unwrap()
}

/// Status, media type and text of the answer of a server with three articles.
async fn ask(request: Request<Body>) -> (u16, String, String) {
    read(Server::new(graph(3), Limits::default()).router().oneshot(request).await.unwrap()).await
}

async fn read(response: Response<Body>) -> (u16, String, String) {
    let media_type =
        response.headers().get("content-type").map_or("", |value| value.to_str().unwrap()).to_owned();
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, media_type, String::from_utf8(body.to_vec()).unwrap())
}

fn encoded(query: &str) -> String {
    form_urlencoded::byte_serialize(query.as_bytes()).collect()
}

fn get(query: &str, accept: &str) -> Request<Body> {
    let uri = format!("/query?query={}", encoded(query));
    Request::get(uri).header("accept", accept).body(Body::empty()).unwrap()
}

fn post(media_type: &str, body: impl Into<Body>) -> Request<Body> {
    Request::post("/sparql")
        .header("content-type", media_type)
        .header("accept", "text/csv")
        .body(body.into())
        .unwrap()
}

#[tokio::test]
async fn the_three_forms_of_a_query_have_the_same_answer() {
    let query = "SELECT ?o { ?s ?p ?o } ORDER BY ?o LIMIT 2";
    let expected = (200, "text/csv".to_owned(), "o\r\n0\r\n1\r\n".to_owned());
    assert_eq!(ask(get(query, "text/csv")).await, expected);
    let form = format!("query={}", encoded(query));
    assert_eq!(ask(post("application/x-www-form-urlencoded; charset=utf-8", form)).await, expected);
    assert_eq!(ask(post("application/sparql-query", query)).await, expected);
}

#[tokio::test]
async fn every_format_of_rows_and_of_graphs_is_given() {
    for (accept, start) in [
        ("application/sparql-results+json", r#"{"head":{"vars":["o"]}"#),
        ("application/sparql-results+xml", "<?xml"),
        ("text/csv", "o\r\n"),
        ("text/tab-separated-values", "?o\n"),
    ] {
        let (status, media_type, text) = ask(get("SELECT ?o { ?s ?p ?o }", accept)).await;
        assert_eq!((status, media_type.as_str()), (200, accept));
        assert!(text.starts_with(start), "{text}");
    }
    for accept in [
        "text/turtle",
        "application/n-triples",
        "application/rdf+xml",
        "application/ld+json",
        "application/trig",
        "application/n-quads",
    ] {
        let (status, media_type, text) = ask(get("CONSTRUCT WHERE { ?s ?p ?o }", accept)).await;
        assert_eq!((status, media_type.as_str()), (200, accept));
        assert!(text.contains("http://example.org/2"), "{text}");
    }
}

#[tokio::test]
async fn wrong_requests_are_refused_with_status_and_reason() {
    let query = "ASK { ?s ?p ?o }";
    let with =
        |method: &str, uri: &str| Request::builder().method(method).uri(uri).body(Body::empty()).unwrap();
    for (request, status, reason) in [
        (get("SELECT ?x { ?x", "*/*"), 400, "line 1, column 15"),
        (get("DELETE WHERE { ?s ?p ?o }", "*/*"), 400, "only read"),
        (with("GET", "/query?default-graph-uri=http%3A%2F%2Fa"), 400, "no parameter `query`"),
        (with("GET", "/query?query=ASK%7B%7D&query=ASK%7B%7D"), 400, "more than one query"),
        (with("GET", "/query?query=ASK%7B%7D&named-graph-uri=x"), 400, "named-graph-uri `x` is not an IRI"),
        (get(query, "text/html"), 406, "no format of `text/html`"),
        (with("PUT", "/query"), 405, "PUT is not offered"),
        (post("application/sparql-update", "CLEAR ALL"), 405, "only read"),
        (post("application/x-www-form-urlencoded", "update=CLEAR+ALL"), 405, "only read"),
        (post("text/plain", query), 415, "`text/plain` is not understood"),
        (post("application/sparql-query", vec![b' '; 2 << 20]), 413, "larger than 1048576 bytes"),
        (post("application/sparql-query", vec![0xff]), 400, "not UTF-8"),
        (get("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "*/*"), 500, "can't be answered"),
    ] {
        let (found, media_type, text) = ask(request).await;
        assert_eq!(found, status, "{text}");
        assert!(text.contains(reason) && media_type.starts_with("text/plain"), "{text}");
    }
    assert_eq!(ask(with("GET", "/nothing")).await.0, 404);
}

#[tokio::test]
async fn the_request_chooses_the_graphs() {
    let uri = |parameters: &str| {
        let query = encoded("SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }");
        let uri = format!("/query?query={query}{parameters}");
        Request::get(uri).header("accept", "text/csv").body(Body::empty()).unwrap()
    };
    let one = encoded("http://example.org/1");
    let (_, _, text) = ask(uri(&format!("&default-graph-uri={one}&named-graph-uri={one}"))).await;
    assert_eq!(text, "n\r\n2\r\n");
    let (_, _, text) = ask(uri(&format!("&named-graph-uri={one}"))).await;
    assert_eq!(text, "n\r\n1\r\n");
}

#[tokio::test]
async fn without_a_query_the_service_describes_itself() {
    let request =
        Request::get("/query").header("host", "kg.example:80").header("accept", "application/n-triples");
    let (status, media_type, text) = ask(request.body(Body::empty()).unwrap()).await;
    assert_eq!((status, media_type.as_str()), (200, "application/n-triples"));
    assert!(
        text.contains("#endpoint> <http://kg.example:80/query>") && text.contains("#UnionDefaultGraph>"),
        "{text}"
    );
}

#[tokio::test]
async fn other_sites_may_ask() {
    let server = Server::new(graph(1), Limits::default());
    let mut request = get("ASK {}", "*/*");
    request.headers_mut().insert("origin", "https://elsewhere.example".parse().unwrap());
    let response = server.router().oneshot(request).await.unwrap();
    assert_eq!(response.headers()["access-control-allow-origin"], "*");
}

#[tokio::test]
async fn a_query_that_takes_too_long_is_stopped() {
    let limits = Limits { time: Duration::from_millis(100), ..Limits::default() };
    let server = Server::new(graph(2_000), limits);
    let costly = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?c + ?f + ?i < 0) }";
    let response = server.router().oneshot(get(costly, "*/*")).await.unwrap();
    let (status, _, text) = read(response).await;
    assert_eq!(status, 503, "{text}");
    assert!(text.contains("stopped after"), "{text}");
    // The evaluation gives its turn back.
    let turns = server.turns.clone();
    let all = turns.acquire_many(u32::try_from(limits.queries.get()).unwrap());
    assert!(tokio::time::timeout(Duration::from_secs(5), all).await.is_ok());
}

#[tokio::test]
async fn only_so_many_queries_run_and_wait() {
    let limits = Limits {
        time: Duration::from_secs(20),
        wait: Duration::from_millis(200),
        queries: NonZeroUsize::MIN,
        queue: 1,
        ..Limits::default()
    };
    let server = Server::new(graph(3), limits);
    let ask = || server.router().oneshot(get("ASK {}", "*/*"));
    // One runs: the next waits for a moment, and is refused.
    let place = server.places.clone().acquire_owned().await.unwrap();
    let turn = server.turns.clone().acquire_owned().await.unwrap();
    let began = std::time::Instant::now();
    let response = ask().await.unwrap();
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(response.headers().contains_key("retry-after"));
    let waited = began.elapsed();
    assert!((150..5000).contains(&waited.as_millis()), "{waited:?}");
    // One runs and one waits: the next is refused at once.
    let second = server.places.clone().acquire_owned().await.unwrap();
    let (status, _, text) = read(ask().await.unwrap()).await;
    assert_eq!((status, text.as_str()), (503, "too many queries are running and waiting; try again later\n"));
    assert!(began.elapsed() < waited + Duration::from_millis(150), "{:?}", began.elapsed());
    drop((place, second, turn));
    assert_eq!(ask().await.unwrap().status(), StatusCode::OK);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_query_that_takes_too_much_memory_is_stopped() {
    let server = Server::new(graph(2_000), Limits { memory: Some(100 << 20), ..Limits::default() });
    let large = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c";
    let (status, _, text) = read(server.router().oneshot(get(large, "*/*")).await.unwrap()).await;
    assert_eq!(status, 503, "{text}");
    assert!(text.contains("more than 100 MiB of memory"), "{text}");
}

/// A query whose answer has millions of rows.
const LONG: &str = "SELECT * { ?a ?b ?c . ?d ?e ?f }";

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_does_not_read_holds_no_turn_and_has_no_whole_answer() {
    let limits = Limits {
        time: Duration::from_secs(2),
        queries: NonZeroUsize::MIN,
        queue: 1,
        results: usize::MAX,
        ..Limits::default()
    };
    let server = Server::new(graph(3_000), limits);
    let unread = server.router().oneshot(get(LONG, "text/csv")).await.unwrap();
    assert_eq!(unread.status(), StatusCode::OK);
    let other = server.router().oneshot(get("ASK {}", "*/*")).await.unwrap();
    assert_eq!(other.status(), StatusCode::OK, "the turn was given back");
    tokio::time::sleep(limits.time + Duration::from_millis(500)).await;
    assert_eq!((server.places.available_permits(), server.turns.available_permits()), (2, 1), "it ended");
    assert!(to_bytes(unread.into_body(), usize::MAX).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_nobody_waits_for_ends() {
    let server = Server::new(graph(3_000), Limits { results: usize::MAX, ..Limits::default() });
    drop(server.router().oneshot(get(LONG, "text/csv")).await.unwrap());
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        if server.places.available_permits() == server.limits.queries.get() + server.limits.queue {
            return;
        }
    }
    panic!("it goes on");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_reader_has_the_whole_answer() {
    let limits = Limits { queries: NonZeroUsize::MIN, ..Limits::default() };
    let server = Server::new(graph(400), limits);
    let mut body = server.router().oneshot(get(LONG, "text/csv")).await.unwrap().into_body();
    let mut lines = 0;
    while let Some(frame) =
        std::future::poll_fn(|context| http_body::Body::poll_frame(std::pin::Pin::new(&mut body), context))
            .await
    {
        tokio::time::sleep(Duration::from_millis(5)).await;
        lines += frame.unwrap().into_data().unwrap().split(|&byte| byte == b'\n').count() - 1;
    }
    let (_, _, count) = read(
        server
            .router()
            .oneshot(get("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }", "text/csv"))
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(count, format!("n\r\n{}\r\n", lines - 1));
}

#[tokio::test]
async fn queries_that_nobody_survives_are_refused() {
    for (query, reason) in [
        (format!("ASK {{ ?s ?p {} }}", "(".repeat(5_000)), "brackets inside each other"),
        (format!("ASK {{ {} }}", vec!["{}"; 1_000].join(" UNION ")), "operators and groups"),
        (format!("ASK {{ {} }}", "?s ?p ?o . ".repeat(101)), "more than 100 triple patterns"),
    ] {
        let (status, _, text) = ask(post("application/sparql-query", query)).await;
        assert_eq!(status, 400, "{text}");
        assert!(text.contains(reason), "{text}");
    }
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let limits = Limits { request: Duration::from_millis(50), ..Limits::default() };
    let (sender, receiver) = tokio::sync::mpsc::channel::<()>(1);
    let body = Body::new(Silent(receiver));
    let request = post("application/sparql-query", body);
    let response = Server::new(graph(1), limits).router().oneshot(request).await.unwrap();
    assert_eq!(response.headers()["connection"], "close");
    assert_eq!(read(response).await.0, 408);
    drop(sender);
}

/// A body of which nothing comes.
struct Silent(tokio::sync::mpsc::Receiver<()>);

impl http_body::Body for Silent {
    type Data = axum::body::Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Self::Data>, Self::Error>>> {
        self.0.poll_recv(context).map(|_| None)
    }
}

#[tokio::test]
async fn a_newer_graph_is_looked_for_once_a_second() {
    let looks = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let seen = looks.clone();
    let server = Server::new(graph(3), Limits::default()).with_fresh(move || {
        seen.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        Some(graph(7))
    });
    let count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }";
    let ask = async || read(server.router().oneshot(get(count, "text/csv")).await.unwrap()).await.2;
    assert_eq!(ask().await, "n\r\n3\r\n");
    tokio::time::sleep(Duration::from_millis(1100)).await;
    assert_eq!(ask().await, "n\r\n7\r\n");
    assert_eq!(ask().await, "n\r\n7\r\n");
    assert_eq!(looks.load(std::sync::atomic::Ordering::SeqCst), 1);
}

#[tokio::test]
async fn too_many_results_are_refused_and_never_cut_off_silently() {
    let server = Server::new(graph(20_000), Limits { results: 5_000, ..Limits::default() });
    let few = server.router().oneshot(get("SELECT ?o { ?s ?p ?o } LIMIT 5000", "text/csv")).await.unwrap();
    assert_eq!(read(few).await.2.lines().count(), 5_001);
    let small = server.router().oneshot(get("SELECT ?o { ?s ?p ?o }", "text/csv")).await.unwrap();
    assert_eq!(read(small).await.0, 500);
    // Much was sent before the limit was reached: the body breaks off.
    let large = server.router().oneshot(get("SELECT * { ?s ?p ?o }", "application/json")).await.unwrap();
    assert_eq!(large.status(), StatusCode::OK);
    assert!(to_bytes(large.into_body(), usize::MAX).await.is_err());
}

#[tokio::test]
async fn a_replaced_graph_is_served() {
    let server = Server::new(graph(3), Limits::default());
    server.replace(graph(7));
    let response =
        server.router().oneshot(get("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv")).await.unwrap();
    assert_eq!(read(response).await.2, "n\r\n7\r\n");
}
