//! Takes connections in and serves them.
//!
//! Promises: who says nothing, or not all of a request's head, is hung up on in time, between two requests as before the
//! first; one address cannot take all the room; whatever goes wrong with one connection, and even when the system gives
//! no more files, the next one is taken in. What is refused has a line in the log once a minute, and is counted.

use std::{collections::HashMap, io::ErrorKind, net::SocketAddr, pin::pin, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use metrics::describe_counter;
use tokio::{
    net::{TcpListener, TcpStream},
    time::{Instant, sleep},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::ServiceExt;

use super::room::{self, Full, OpenFile, Room};
use crate::kernel::network::subscriber_network;

/// How long the head of a request may take, from the moment when it could begin.
pub const SILENCE: Duration = Duration::from_secs(30);

/// How long what was sent may stay without sign of the other side, so that who stops reading does not hold an answer.
#[cfg(target_os = "linux")]
const UNHEARD: Duration = Duration::from_secs(30);
/// Before the next try when the system gives no more connections.
const PAUSE: Duration = Duration::from_millis(100);
/// The log has one line of a kind in so long.
const BETWEEN_LINES: Duration = Duration::from_secs(60);
const REFUSED: &str = "sweetie_connections_refused_total";
const SILENT: &str = "sweetie_connections_silent_total";

/// Says what the names mean.
pub fn describe_metrics() {
    room::describe_metrics();
    describe_counter!(
        REFUSED,
        "Connections refused, by reason: address (too many of one), room (as many as there may be), system (no more files)."
    );
    describe_counter!(
        SILENT,
        "Connections ended because the head of a request did not come in time."
    );
}

/// Serves until it is told to stop, then takes no more in, and returns when the last request is answered.
pub async fn listen(listener: TcpListener, router: Router, room: Room, silence: Duration, stop: CancellationToken) {
    let connections = TaskTracker::new();
    let mut complaints = Complaints::default();
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) if is_theirs(error.kind()) => continue,
            Err(error) => {
                complaints.system(&error);
                sleep(PAUSE).await;
                continue;
            }
        };
        match room.take(peer.ip()) {
            Ok((file, seat)) => {
                let conversation = converse(stream, peer, router.clone(), (file, silence), stop.clone());
                connections.spawn(async move {
                    conversation.await;
                    drop(seat);
                });
            }
            Err(full) => complaints.full(full, peer),
        }
    }
    drop(listener);
    connections.close();
    connections.wait().await;
}

async fn converse(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    (file, silence): (OpenFile, Duration),
    stop: CancellationToken,
) {
    prepare(&stream);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(file.clone());
        router.clone().oneshot(request.map(Body::new))
    });
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(silence);
    let connection = server.serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection.with_upgrades());
    let done = tokio::select! {
        done = connection.as_mut() => done,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    match done {
        Err(error) if error.is_timeout() => metrics::counter!(SILENT).increment(1),
        Err(error) => tracing::trace!(%error, "a connection broke"),
        Ok(()) => {}
    }
}

/// Nagle's algorithm would hold a small message back until the peer has confirmed the one before, which takes a peer that
/// waits for more some 40 ms.
fn prepare(stream: &TcpStream) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection will send small messages late");
    }
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::net::sockopt::set_tcp_user_timeout(stream, UNHEARD.as_millis() as u32) {
        tracing::debug!(%error, "a connection will wait long for who does not read");
    }
}

/// Whether a connection was over before it was taken in, which is nobody else's affair.
fn is_theirs(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
    )
}

/// When the log was told last, by reason.
#[derive(Default)]
struct Complaints(HashMap<&'static str, Instant>);

impl Complaints {
    fn full(&mut self, full: Full, peer: SocketAddr) {
        match full {
            Full::Address => {
                if self.is_due("address") {
                    let network = subscriber_network(peer.ip());
                    tracing::warn!(%network, "one address has as many connections open as it may; more are refused");
                }
            }
            Full::House => {
                if self.is_due("room") {
                    tracing::warn!("as many connections are open as there may be; more are refused");
                }
            }
        }
    }

    fn system(&mut self, error: &std::io::Error) {
        if self.is_due("system") {
            tracing::error!(%error, "connections cannot be taken in; trying again");
        }
    }

    /// Counts one more, and says whether the log is to have a line.
    fn is_due(&mut self, reason: &'static str) -> bool {
        metrics::counter!(REFUSED, "reason" => reason).increment(1);
        let now = Instant::now();
        let is_due = self.0.get(reason).is_none_or(|told| *told + BETWEEN_LINES <= now);
        if is_due {
            self.0.insert(reason, now);
        }
        is_due
    }
}
