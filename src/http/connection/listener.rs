//! Accepts connections and serves them.
//!
//! A client that sends nothing, or only part of a request's head, is disconnected after a while, between two requests
//! as well as before the first; one address cannot use up all connections; whatever happens to one connection, and
//! even if the system runs out of file descriptors, the next one is accepted. Refusals are counted, and logged once a
//! minute.

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

/// Time limit for the head of a request, from the moment when it could begin.
pub const SILENCE: Duration = Duration::from_secs(30);

/// How long sent data may stay unacknowledged, so that a client that stops reading does not block an answer.
#[cfg(target_os = "linux")]
const UNHEARD: Duration = Duration::from_secs(30);
/// Pause before the next attempt when the system cannot accept connections.
const PAUSE: Duration = Duration::from_millis(100);
/// Minimum time between two log lines of the same kind.
const BETWEEN_LINES: Duration = Duration::from_secs(60);
const REFUSED: &str = "sweetie_connections_refused_total";
const SILENT: &str = "sweetie_connections_silent_total";

/// Registers the descriptions of the metrics.
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

/// Serves until told to stop, then accepts no more connections and returns when the last request is answered.
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
            Ok((file, permit)) => {
                let conversation = converse(stream, peer, router.clone(), (file, silence), stop.clone());
                connections.spawn(async move {
                    conversation.await;
                    drop(permit);
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

/// Nagle's algorithm would delay a small message until the peer has acknowledged the previous one, which takes about
/// 40 ms with a peer that delays its acknowledgements.
fn prepare(stream: &TcpStream) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection will send small messages late");
    }
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::net::sockopt::set_tcp_user_timeout(stream, UNHEARD.as_millis() as u32) {
        tracing::debug!(%error, "a connection will wait long for who does not read");
    }
}

/// Whether a connection failed before it was accepted, which concerns only its client.
fn is_theirs(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
    )
}

/// When each reason was last logged.
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

    /// Counts one more, and returns whether it is time to log it.
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
