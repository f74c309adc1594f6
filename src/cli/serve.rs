//! `tidings serve`: answers SPARQL over HTTP.

use std::net::{SocketAddr, TcpListener};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use tidings::serve::{Limits, Server};
use tidings::store::Folder;

use super::asking::AskArgs;

/// Answers SPARQL queries over HTTP (SPARQL 1.1 Protocol, read-only) at /query and /sparql
///
/// SIGINT and SIGTERM end it, after the answers that are being sent; SIGHUP makes it read the graph folder again.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ServeArgs {
    /// The graph folder
    #[arg(long, value_name = "DIR")]
    kg: PathBuf,
    /// The address to listen at; 0.0.0.0:PORT lets other machines in, port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7878")]
    bind: SocketAddr,
    /// Stops a query after this many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    timeout: u64,
    /// Refuses to give more rows or triples than this
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    max_results: usize,
    /// Queries that run at the same time [default: one for each core, at least 2]
    #[arg(long, value_name = "N")]
    max_queries: Option<NonZeroUsize>,
    #[command(flatten)]
    asking: AskArgs,
}

const EXAMPLES: &str = "\
Examples:
  tidings serve --kg kg
  tidings serve --kg kg --bind 127.0.0.1:8080 --timeout 10 --max-results 10000
  curl -G localhost:7878/query --data-urlencode 'query=ASK { ?x a td:Country }'";

/// Runs it until a signal ends it.
#[expect(clippy::print_stderr, reason = "where the server listens and what it reloads is told while it runs")]
pub(crate) fn run(args: ServeArgs) -> anyhow::Result<()> {
    let folder = Folder::open(&args.kg)?;
    let graph = args.asking.open(&folder)?;
    let queries =
        args.max_queries.unwrap_or_else(|| super::threads(None).max(NonZeroUsize::MIN.saturating_add(1)));
    let limits = Limits {
        time: Duration::from_secs(args.timeout),
        results: args.max_results,
        queries,
        ..Limits::default()
    };
    let server = Server::new(graph, limits);
    let listener = TcpListener::bind(args.bind).with_context(|| format!("can't listen at {}", args.bind))?;
    let address = listener.local_addr()?;
    let articles = folder.manifest().len();
    let ready = || eprintln!("tidings: {articles} articles at http://{address}/query; Ctrl-C ends");
    let reload = move |server: &Server| match Folder::open(&args.kg)
        .and_then(|folder| Ok((folder.manifest().len(), args.asking.open(&folder)?)))
    {
        Ok((articles, graph)) => {
            server.replace(graph);
            eprintln!("tidings: read the graph again: {articles} articles");
        }
        Err(error) => eprintln!("tidings: the graph stays as it was: {:#}", anyhow::Error::from(error)),
    };
    tidings::serve::run(&server, listener, ready, reload)?;
    eprintln!("tidings: ended");
    Ok(())
}
