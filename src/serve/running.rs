//! Runs a server until it is told to end.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener};
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::signal;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

use super::connection::Connection;
use super::{Limits, Server, nesting};

/// Time that running answers have to end in, once the server is to end.
const PATIENCE: Duration = Duration::from_secs(5);
/// Open files that are not connections: the graph's, the program's.
const OTHER_FILES: usize = 100;
/// Time until too many connections are told again.
const TOLD: Duration = Duration::from_secs(60);

/// Serves on `listener` until SIGINT or SIGTERM (on Windows: Ctrl-C); answers that are being sent then have five seconds to
/// end. `ready` is called once signals are waited for, `reload` at each SIGHUP, in a thread of its own, and `crowded` with
/// the limit of connections when one more was refused, at most once a minute.
///
/// # Errors
/// When the listener can't be used or signals can't be waited for.
pub fn run(
    server: &Server,
    listener: TcpListener,
    ready: impl FnOnce(),
    reload: impl Fn(&Server) + Send + Sync + 'static,
    crowded: impl Fn(usize),
) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(nesting::STACK)
        .max_blocking_threads(
            server.limits.queries.get().saturating_add(server.limits.queue).saturating_add(8),
        )
        .build()?;
    let result = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        watch_for_reload(server.clone(), reload)?;
        let end = end_signal()?;
        ready();
        accept(server, listener, end, crowded).await;
        Ok(())
    });
    // An evaluation that does not see its end in time must not hold the program.
    runtime.shutdown_background();
    result
}

/// Serves the connections that come until `end`, then lets those that are open end their answers.
async fn accept(
    server: &Server,
    listener: tokio::net::TcpListener,
    end: impl Future<Output = ()>,
    crowded: impl Fn(usize),
) {
    let limits = server.limits;
    let most = open_files()
        .map_or(limits.connections, |files| limits.connections.min(files.saturating_sub(OTHER_FILES).max(1)));
    let mut told: Option<Instant> = None;
    let mut connections = JoinSet::new();
    let (ending, ends) = watch::channel(());
    let router = server.router();
    let mut end = pin!(end);
    loop {
        tokio::select! {
            () = &mut end => break,
            Some(_) = connections.join_next() => (),
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) if connections.len() < most => {
                    connections.spawn(serve(stream, router.clone(), limits, ends.clone()));
                }
                Ok((stream, _)) => {
                    refuse(stream, most);
                    if told.is_none_or(|told| told.elapsed() > TOLD) {
                        told = Some(Instant::now());
                        crowded(most);
                    }
                }
                Err(error) if is_of_one_connection(&error) => (),
                // No more files, or no memory: others may give some back.
                Err(_) => sleep(Duration::from_millis(100)).await,
            }
        }
    }
    drop((listener, ending));
    let all = async { while connections.join_next().await.is_some() {} };
    // Those that take longer are dropped.
    let _ = timeout(PATIENCE, all).await;
}

fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

/// Serves one connection until it is closed; once the sender of `ends` has gone, until its answer is sent.
async fn serve(stream: TcpStream, router: Router, limits: Limits, mut ends: watch::Receiver<()>) {
    let _ = stream.set_nodelay(true);
    let stream = TokioIo::new(Connection::new(stream, limits.time));
    let mut builder = http1::Builder::new();
    // Runs while a connection has no request, too.
    builder.timer(TokioTimer::new()).header_read_timeout(limits.request);
    let mut connection = pin!(builder.serve_connection(stream, TowerToHyperService::new(router)));
    // A client that has gone or sends no HTTP is nothing to tell.
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = ends.changed() => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

/// Tells the client that there are too many connections, without waiting for it.
fn refuse(stream: TcpStream, most: usize) {
    let text = format!("this server has {most} connections and takes no more; try again later\n");
    let response = format!(
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 10\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{text}",
        text.len()
    );
    if let Ok(mut stream) = stream.into_std() {
        let _ = stream.write_all(response.as_bytes());
        let _ = stream.shutdown(Shutdown::Write);
        // What stays unread would make the system take the response back.
        let _ = stream.read(&mut [0; 4096]);
    }
}

/// How many files may be open; as many as the system lets this program have.
#[cfg(unix)]
fn open_files() -> Option<usize> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let raised = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).is_ok();
    let files = if raised { maximum } else { current };
    files.map(|files| usize::try_from(files).unwrap_or(usize::MAX))
}

#[cfg(not(unix))]
fn open_files() -> Option<usize> {
    None
}

#[cfg(unix)]
fn end_signal() -> io::Result<impl Future<Output = ()>> {
    let mut terminate = signal::unix::signal(signal::unix::SignalKind::terminate())?;
    let mut interrupt = signal::unix::signal(signal::unix::SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => (),
            _ = interrupt.recv() => (),
        }
    })
}

#[cfg(not(unix))]
fn end_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        if signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

#[cfg(unix)]
fn watch_for_reload(server: Server, reload: impl Fn(&Server) + Send + Sync + 'static) -> io::Result<()> {
    let mut hangup = signal::unix::signal(signal::unix::SignalKind::hangup())?;
    let reload = std::sync::Arc::new(reload);
    tokio::spawn(async move {
        while hangup.recv().await.is_some() {
            let (server, reload) = (server.clone(), reload.clone());
            // A reload that panics leaves the graph as it was.
            let _ = tokio::task::spawn_blocking(move || reload(&server)).await;
        }
    });
    Ok(())
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "as on Unix, where signals may fail")]
fn watch_for_reload(_: Server, _: impl Fn(&Server) + Send + Sync + 'static) -> io::Result<()> {
    Ok(())
}
