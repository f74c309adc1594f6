//! Runs a server until it is told to end.

use std::io;
use std::net::TcpListener;
use std::time::Duration;

use tokio::signal;
use tokio::sync::oneshot;

use super::Server;

/// Time that running answers have to end in, once the server is to end.
const PATIENCE: Duration = Duration::from_secs(5);

/// Serves on `listener` until SIGINT or SIGTERM (on Windows: Ctrl-C); answers that are being sent then have five seconds to
/// end. `ready` is called once signals are waited for, `reload` at each SIGHUP, in a thread of its own.
///
/// # Errors
/// When the listener can't be used or signals can't be waited for.
pub fn run(
    server: &Server,
    listener: TcpListener,
    ready: impl FnOnce(),
    reload: impl Fn(&Server) + Send + Sync + 'static,
) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let result = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        watch_for_reload(server.clone(), reload)?;
        let end = end_signal()?;
        ready();
        let (sender, receiver) = oneshot::channel();
        let serving = axum::serve(listener, server.router()).with_graceful_shutdown(async {
            end.await;
            // The other end is there as long as this runs.
            let _ = sender.send(());
        });
        let patience = async {
            match receiver.await {
                Ok(()) => tokio::time::sleep(PATIENCE).await,
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! {
            result = serving => result,
            () = patience => Ok(()),
        }
    });
    // An evaluation that does not see its end in time must not hold the program.
    runtime.shutdown_background();
    result
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
