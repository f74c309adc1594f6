//! `tidings serve`, through a real socket.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::{Duration, Instant};

use super::{annotation, place_with_graph, tidings, tidings_reading};

/// A running server, killed at the end of the test.
pub(super) struct Server {
    process: Child,
    address: String,
    /// Kept open: the server goes on to tell what it does.
    _messages: BufReader<ChildStderr>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    pub(super) fn start(place: &std::path::Path, args: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_tidings"))
            .current_dir(place)
            .args(["serve", "--bind", "127.0.0.1:0"])
            .args(args)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut messages = BufReader::new(process.stderr.take().unwrap());
        messages.read_line(&mut line).unwrap();
        assert!(line.starts_with("tidings: 3 articles at http://127.0.0.1:"), "{line}");
        let address = line.split_once("http://").unwrap().1.split_once('/').unwrap().0.to_owned();
        Self { process, address, _messages: messages }
    }

    /// The whole response to a request in HTTP/1.1.
    pub(super) fn send(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.replace('\n', "\r\n").as_bytes()).unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        response
    }
}

#[test]
fn answers_over_a_socket() {
    let place = place_with_graph();
    let server = Server::start(place.path(), &["--kg", "kg"]);
    let query = "SELECT%20(COUNT(*)%20AS%20%3Fn)%20%7B%3Fx%20a%20td%3ACity%7D";
    let get = format!("GET /query?query={query} HTTP/1.1\nHost: x\nAccept: text/csv\nConnection: close\n\n");
    let response = server.send(&get);
    assert!(response.starts_with("HTTP/1.1 200 OK\r\n") && response.contains("n\r\n3\r\n"), "{response}");
    let body = "ASK { ?x a td:City }";
    let post = format!(
        "POST /sparql HTTP/1.1\nHost: x\nContent-Type: application/sparql-query\nContent-Length: {}\nConnection: close\n\n{body}",
        body.len()
    );
    assert!(server.send(&post).contains(r#""boolean":true}"#));
    let bad = "GET /query?query=SELECT HTTP/1.1\nHost: x\nConnection: close\n\n";
    assert!(server.send(bad).starts_with("HTTP/1.1 400 "));
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_gracefully() {
    let place = place_with_graph();
    let mut server = Server::start(place.path(), &["--kg", "kg", "--timeout", "5"]);
    let status = Command::new("kill").args(["-TERM", &server.process.id().to_string()]).status().unwrap();
    assert!(status.success());
    assert!(server.process.wait().unwrap().success());
}

/// Asks whether there is anything.
const ASK: &str = "GET /query?query=ASK%7B%3Fx%20%3Fy%20%3Fz%7D HTTP/1.1\nHost: x\nConnection: close\n\n";

impl Server {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream
    }

    /// Asks, and fails unless the answer comes soon.
    #[track_caller]
    fn answers_soon(&self) {
        let began = Instant::now();
        let response = self.send(ASK);
        assert!(response.contains(r#""boolean":true}"#), "{response}");
        let time = began.elapsed();
        assert!(time < Duration::from_secs(2), "{time:?}");
    }
}

/// All that still comes; a connection that is broken off is at its end.
fn rest(mut stream: TcpStream) -> Vec<u8> {
    let mut all = Vec::new();
    match stream.read_to_end(&mut all) {
        Err(error) if error.kind() != std::io::ErrorKind::ConnectionReset => panic!("{error}"),
        _ => all,
    }
}

#[test]
fn a_thousand_idle_connections_are_nothing() {
    let place = place_with_graph();
    let server = Server::start(place.path(), &["--kg", "kg", "--timeout", "3"]);
    // Where the test itself may not open as many, those that it may.
    let idle: Vec<TcpStream> = (0..1000).map_while(|_| TcpStream::connect(&server.address).ok()).collect();
    let idle = idle.into_iter().skip(20).collect::<Vec<_>>();
    assert!(idle.len() > 200, "{}", idle.len());
    for _ in 0..5 {
        server.answers_soon();
    }
    // They are closed after a while without a request.
    let began = Instant::now();
    for mut stream in idle {
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        assert_eq!(stream.read(&mut [0; 8]).unwrap_or(0), 0);
    }
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}

#[test]
fn slow_requests_are_cut_off() {
    let place = place_with_graph();
    let server = Server::start(place.path(), &["--kg", "kg", "--timeout", "1"]);
    let mut slow: Vec<TcpStream> = (0..50).map(|_| server.connect()).collect();
    let began = Instant::now();
    let mut open = true;
    while open && began.elapsed() < Duration::from_secs(10) {
        // One more byte of the head.
        open = slow.iter_mut().all(|stream| stream.write_all(b"G").is_ok());
        std::thread::sleep(Duration::from_millis(200));
    }
    assert!(!open, "still open after {:?}", began.elapsed());
    let mut half = server.connect();
    let head = "POST /query HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\nASK";
    half.write_all(head.as_bytes()).unwrap();
    let response = String::from_utf8(rest(half)).unwrap();
    assert!(response.starts_with("HTTP/1.1 408 "), "{response}");
    server.answers_soon();
}

#[test]
fn clients_that_do_not_read_block_nobody_and_are_dropped() {
    let place = place_with_graph();
    let args = ["--kg", "kg", "--timeout", "2", "--max-queries", "1", "--max-results", "1000000000"];
    let server = Server::start(place.path(), &args);
    let query = "SELECT%20*%20%7B%3Fa%20%3Fb%20%3Fc.%3Fd%20%3Fe%20%3Ff.%3Fg%20%3Fh%20%3Fi%7D";
    let get = format!("GET /query?query={query} HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n\r\n");
    let unread: Vec<TcpStream> = (0..5)
        .map(|_| {
            let mut stream = server.connect();
            stream.write_all(get.as_bytes()).unwrap();
            stream
        })
        .collect();
    std::thread::sleep(Duration::from_millis(300));
    server.answers_soon();
    // The time of the query, and that of the connection.
    std::thread::sleep(Duration::from_secs(5));
    for stream in unread {
        let answer = rest(stream);
        assert!(!answer.ends_with(b"0\r\n\r\n"), "a part of the answer was taken for the whole");
    }
    server.answers_soon();
}

#[test]
fn too_many_connections_are_told_so() {
    let place = place_with_graph();
    let server = Server::start(place.path(), &["--kg", "kg", "--max-connections", "3", "--timeout", "2"]);
    let open: Vec<TcpStream> = (0..3).map(|_| server.connect()).collect();
    std::thread::sleep(Duration::from_millis(200));
    let response = server.send(ASK);
    assert!(response.starts_with("HTTP/1.1 503 ") && response.contains("has 3 connections"), "{response}");
    drop(open);
    std::thread::sleep(Duration::from_millis(200));
    server.answers_soon();
}

#[test]
fn a_folder_that_changed_is_read_again() {
    let place = place_with_graph();
    let server = Server::start(place.path(), &["--kg", "kg"]);
    let line = annotation("n-4", ("Norway", "Q20"), "Bergen");
    tidings_reading(place.path(), &["ingest", "--annotations", "-", "--kg", "kg"], line.as_bytes()).good();
    let query = "SELECT%20(COUNT(*)%20AS%20%3Fn)%20%7B%3Fx%20a%20td%3ACity%7D";
    let get = format!("GET /query?query={query} HTTP/1.1\nHost: x\nAccept: text/csv\nConnection: close\n\n");
    let began = Instant::now();
    while !server.send(&get).contains("n\r\n4\r\n") {
        assert!(began.elapsed() < Duration::from_secs(10), "{}", server.send(&get));
        std::thread::sleep(Duration::from_millis(100));
    }
    // What can't be read leaves it as it was.
    std::fs::write(place.path().join("kg/manifest.tsv"), "broken\n").unwrap();
    std::thread::sleep(Duration::from_millis(1200));
    assert!(server.send(&get).contains("n\r\n4\r\n"));
    let wrong = tidings(place.path(), &["serve", "--kg", "kg"]);
    assert_ne!(wrong.code, 0);
}
