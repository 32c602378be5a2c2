//! `/graphql` over WebSocket: the protocol `graphql-transport-ws`, the only one.
//!
//! A socket is one task that reads, writes and keeps time; every operation on it is a task of its own that hands its
//! messages over through a short queue. A client that does not read fills the queue, which pauses its own streams;
//! when nothing could be sent for [`SocketSettings::send_timeout`] the socket is dropped. Nobody else notices. A stream
//! that has nothing to hand on is dropped and begun anew later, see [`crate::events::Hibernation`].

mod close;
mod handshake;
mod member;
mod message;
mod operation;
mod session;
mod streams;

#[cfg(test)]
mod tests;

use std::time::Duration;

use tokio_util::{sync::CancellationToken, task::TaskTracker};

pub use handshake::{is_upgrade, upgrade};
use streams::Streams;

use crate::http::connection::{AddressConnectionLimit, ConnectionLimit};

/// How sockets behave.
#[derive(Debug, Clone)]
pub struct SocketSettings {
    /// How long a new socket may take until `connection_init`; then it is closed with 4408.
    pub init_timeout: Duration,
    /// How often the server pings; after two pings without any sign of life the socket is closed.
    pub ping_interval: Duration,
    /// How long one message may take to be sent; then the socket is dropped.
    pub send_timeout: Duration,
    /// The values of `Origin` that are accepted, such as `https://example.org`. A client that sends none is not a
    /// browser and is accepted.
    pub allowed_origins: Vec<String>,
    /// Open sockets of all who share an address; one more is refused with 429.
    pub per_address: usize,
    /// Open sockets of the visitors among them; one more is closed with 1013.
    pub of_visitors: usize,
    /// Open sockets per account; one more is closed with 1013.
    pub per_account: usize,
    /// Operations that run on one socket at the same time; one more gets an error.
    pub operations: usize,
    /// Subscriptions of one account at the same time, on all of its sockets; one more gets an error.
    pub streams_per_account: usize,
    /// The same of one address for all who are not logged in.
    pub streams_per_visitor: usize,
    /// Messages that wait to be sent on one socket; its streams pause when there are as many.
    pub queue: usize,
    /// Bytes of those messages together; a longer one waits alone.
    pub queue_bytes: u32,
    /// Bytes of one message from a client.
    pub message_bytes: usize,
    /// Bytes of a socket's read buffer, which is there even while nothing is read (the library's default is 128 KiB).
    pub read_buffer: usize,
}

impl Default for SocketSettings {
    fn default() -> Self {
        Self {
            init_timeout: Duration::from_secs(3),
            ping_interval: Duration::from_secs(20),
            send_timeout: Duration::from_secs(10),
            allowed_origins: Vec::new(),
            per_address: 2_000,
            of_visitors: 100,
            per_account: 20,
            operations: 100,
            streams_per_account: 500,
            streams_per_visitor: 200,
            queue: 16,
            queue_bytes: 128 * 1024,
            message_bytes: 128 * 1024,
            read_buffer: 1024,
        }
    }
}

/// The open sockets of the process.
pub struct Sockets {
    settings: SocketSettings,
    addresses: AddressConnectionLimit,
    visitors: AddressConnectionLimit,
    accounts: ConnectionLimit,
    streams: Streams,
    closing: CancellationToken,
    tasks: TaskTracker,
}

impl Sockets {
    /// None open yet.
    pub fn new(settings: SocketSettings) -> Self {
        Self {
            addresses: AddressConnectionLimit::new(settings.per_address),
            visitors: AddressConnectionLimit::new(settings.of_visitors),
            accounts: ConnectionLimit::new(settings.per_account),
            streams: Streams::new(&settings),
            settings,
            closing: CancellationToken::new(),
            tasks: TaskTracker::new(),
        }
    }

    /// Closes them all and waits until they are gone.
    pub async fn shutdown(&self) {
        self.closing.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }

    #[cfg(test)]
    async fn tasks_are_gone(&self) {
        self.tasks.close();
        self.tasks.wait().await;
    }
}
