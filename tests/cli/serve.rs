//! `tidings serve`, through a real socket.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command, Stdio};

use super::place_with_graph;

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
