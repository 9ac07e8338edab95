//! How does the service stop? Softly first: nothing new is taken and what runs may finish. Then hard.

use std::fmt::Debug;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::time::Duration;

use axum::Router;
use axum::serve::Listener;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// How it stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stopped {
    /// Everything that had begun was answered.
    Softly,
    /// Some requests were cut off; what they had written is whole or absent.
    Hard,
}

/// When no new requests are to be taken.
type Begun = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Serves until SIGTERM or SIGINT. A second signal, or the end of `patience`, cuts off what still runs.
pub(crate) async fn serve(listener: TcpListener, router: Router, patience: Duration) -> io::Result<Stopped> {
    let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
    until_signalled(patience, |begun| axum::serve(listener, service).with_graceful_shutdown(begun).into_future()).await
}

/// The same over any kind of listener, for a router that does not ask where requests come from.
pub(crate) async fn serve_plain<L>(listener: L, router: Router, patience: Duration) -> io::Result<Stopped>
where
    L: Listener<Addr: Debug>,
{
    until_signalled(patience, |begun| axum::serve(listener, router).with_graceful_shutdown(begun).into_future()).await
}

async fn until_signalled<S>(patience: Duration, serve: impl FnOnce(Begun) -> S) -> io::Result<Stopped>
where
    S: Future<Output = io::Result<()>>,
{
    let (soft, mut begun) = watch::channel(false);
    let signals = tokio::spawn(async move {
        signal()?.await;
        // Listened for only now, or the first signal would count as the second too.
        let second = signal()?;
        tracing::info!("stopping: no new requests are taken");
        let _ = soft.send(true);
        tokio::select! {
            () = tokio::time::sleep(patience) => {}
            () = second => {}
        }
        Ok::<(), io::Error>(())
    });
    let server = serve(Box::pin(async move {
        // The sender is gone only when the signals cannot be heard; then the error below tells of it.
        let _ = begun.wait_for(|begun| *begun).await;
    }));
    tokio::select! {
        ended = server => ended.map(|()| Stopped::Softly),
        heard = signals => match heard {
            Ok(heard) => heard.map(|()| Stopped::Hard),
            Err(_) => Ok(Stopped::Hard),
        },
    }
}

/// The next SIGTERM or SIGINT. Listening begins with the call, not with the first poll.
#[cfg(unix)]
fn signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without the signal the service runs until it is ended.
        let _ = tokio::signal::ctrl_c().await;
    })
}
