//! `tidings serve`: answers SPARQL over HTTP.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use anyhow::Context;
use clap::Args;
use tidings::serve::{Limits, Server};
use tidings::store::{Folder, Graph};

use super::asking::AskArgs;
use super::kb_build::size;

/// Answers SPARQL queries over HTTP (SPARQL 1.1 Protocol, read-only) at /query and /sparql
///
/// A graph folder that changes is read again by itself, at the next query; SIGHUP makes it read at once. SIGINT and SIGTERM
/// end it, after the answers that are being sent.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ServeArgs {
    /// The graph folder
    #[arg(long, value_name = "DIR")]
    kg: PathBuf,
    /// The address to listen at; 0.0.0.0:PORT lets other machines in, port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7878")]
    bind: SocketAddr,
    /// Stops a query after this many seconds, and drops a client that takes longer to read what was sent
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..))]
    timeout: u64,
    /// Stops a query when the program has grown by this much since it began (512MB, 2GiB; 0: no limit). Queries that run at
    /// once share it. Only on Linux
    #[arg(long, value_name = "SIZE", default_value = "1GiB", value_parser = size)]
    max_memory: usize,
    /// Refuses to give more rows or triples than this
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    max_results: usize,
    /// Queries that run at the same time [default: one for each core, at least 2]
    #[arg(long, value_name = "N")]
    max_queries: Option<NonZeroUsize>,
    /// Queries that wait for their turn (5 seconds at most), or for a client that reads slowly; more are refused at once
    #[arg(long, value_name = "N", default_value_t = 64)]
    max_queue: usize,
    /// Connections that are open at once; fewer where the system allows fewer open files
    #[arg(long, value_name = "N", default_value = "4096")]
    max_connections: NonZeroUsize,
    #[command(flatten)]
    asking: AskArgs,
}

const EXAMPLES: &str = "\
Examples:
  tidings serve --kg kg
  tidings serve --kg kg --bind 127.0.0.1:8080 --timeout 10 --max-results 10000
  curl -G localhost:7878/query --data-urlencode 'query=ASK { ?x a td:Country }'";

/// Runs it until a signal ends it.
#[expect(clippy::print_stderr, reason = "where the server listens is told while it runs")]
pub(crate) fn run(args: ServeArgs) -> anyhow::Result<()> {
    let source = Source { kg: args.kg, asking: args.asking, seen: Mutex::default(), told: Mutex::default() };
    let (articles, graph) = source.read()?;
    let defaults = Limits::default();
    let time = Duration::from_secs(args.timeout);
    let limits = Limits {
        time,
        request: defaults.request.min(time),
        memory: (args.max_memory > 0).then_some(args.max_memory as u64),
        results: args.max_results,
        queries: args
            .max_queries
            .unwrap_or_else(|| super::threads(None).max(NonZeroUsize::MIN.saturating_add(1))),
        queue: args.max_queue,
        connections: args.max_connections.get(),
        ..defaults
    };
    let source = Arc::new(source);
    let changed = Arc::clone(&source);
    let server = Server::new(graph, limits).with_fresh(move || changed.read_if_changed());
    let listener = TcpListener::bind(args.bind).with_context(|| format!("can't listen at {}", args.bind))?;
    let address = listener.local_addr()?;
    let ready = || eprintln!("tidings: {articles} articles at http://{address}/query; Ctrl-C ends");
    let reload = move |server: &Server| {
        if let Some(graph) = source.read_again() {
            server.replace(graph);
        }
    };
    let crowded = |most| {
        eprintln!(
            "tidings: {most} connections are open, more are refused; allow more with --max-connections or `ulimit -n`"
        );
    };
    tidings::serve::run(&server, listener, ready, reload, crowded)?;
    eprintln!("tidings: ended");
    Ok(())
}

/// What tells that a file is another one than before: when it was written, and its size.
type Stamp = Option<(SystemTime, u64)>;

/// The folder that is served.
struct Source {
    kg: PathBuf,
    asking: AskArgs,
    /// What it was like when it was read last.
    seen: Mutex<[Stamp; 2]>,
    /// The last message.
    told: Mutex<String>,
}

impl Source {
    /// Files that say what the graph is.
    fn stamps(&self) -> [Stamp; 2] {
        ["manifest.tsv", "corrections.nq"].map(|name| {
            let file = fs::metadata(self.kg.join(name)).ok()?;
            Some((file.modified().ok()?, file.len()))
        })
    }

    /// The number of articles, and the graph.
    fn read(&self) -> Result<(usize, Graph), tidings::store::Error> {
        // Before reading: what changes meanwhile is a reason to read again.
        let stamps = self.stamps();
        let folder = Folder::open(&self.kg)?;
        let graph = self.asking.open(&folder)?;
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = stamps;
        Ok((folder.manifest().len(), graph))
    }

    fn read_if_changed(&self) -> Option<Graph> {
        let seen = *self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        (self.stamps() != seen).then(|| self.read_again()).flatten()
    }

    /// Reads it and tells so; what can't be read is told once.
    #[expect(clippy::print_stderr, reason = "what the server reads again is told while it runs")]
    fn read_again(&self) -> Option<Graph> {
        let (graph, message) = match self.read() {
            Ok((articles, graph)) => (Some(graph), format!("read the graph again: {articles} articles")),
            Err(error) => (None, format!("the graph stays as it was: {:#}", anyhow::Error::from(error))),
        };
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if graph.is_some() || *told != message {
            eprintln!("tidings: {message}");
        }
        *told = message;
        graph
    }
}
