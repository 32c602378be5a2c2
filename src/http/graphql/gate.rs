//! Who may come in: the seam between the transport and the accounts.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
    time::Duration,
};

use async_graphql::Request;
use async_trait::async_trait;
use axum::http::HeaderMap;
use chrono::{DateTime, Utc};
use tokio::sync::{OwnedSemaphorePermit, watch};

/// Says who is asking. Called once per HTTP request and once per socket.
#[async_trait]
pub trait Gate: Send + Sync {
    /// Admits or refuses whoever sent these credentials. Without `authorization` that is a visitor, who is admitted
    /// like everybody else unless a limit says otherwise.
    async fn admit(&self, credentials: Credentials) -> Result<Admitted, Refused>;

    /// Called before each operation, over HTTP and on a socket alike, with the price that the guard worked out for
    /// it. Limits that count operations belong here: a socket is admitted once and may then run any number of them.
    async fn spend(&self, _admitted: &Admitted, _cost: u64) -> Result<(), Refused> {
        Ok(())
    }

    /// Called before each operation that will run, with its price: spends it and waits until there is room for so much
    /// work. What it gives is kept until a query or mutation is done; a subscription gives it back as it begins.
    async fn turn(&self, _admitted: &Admitted, _cost: u64) -> Result<Turn, OverBudget> {
        Ok(Turn::default())
    }

    /// Called for each socket that begins: the id of the history that the numbers of streams belong to.
    async fn epoch(&self) -> Result<String, Refused>;

    /// Called for each socket that was admitted; what it gives is dropped when the socket ends.
    fn enter(&self, _admitted: &Admitted) -> Option<SocketGuard> {
        None
    }

    /// The current time, by the same clock that [`Admitted::expires_at`] was worked out with.
    fn now(&self) -> DateTime<Utc>;
}

/// An operation's share of the work that is done at once.
#[derive(Debug, Default)]
pub struct Turn {
    _held: Vec<OwnedSemaphorePermit>,
}

impl Turn {
    /// A share that is free again when this is dropped.
    pub fn holding(permits: Vec<OwnedSemaphorePermit>) -> Self {
        Self { _held: permits }
    }
}

/// An operation costs more than there is room for now. 429 with `Retry-After`, or an error of the operation on a socket.
#[derive(Debug, Clone)]
pub struct OverBudget {
    /// Which budget, with its limit.
    pub message: String,
    /// When there is room for it, rounded up to seconds in the answer.
    pub after: Duration,
}

impl From<&OverBudget> for Refused {
    fn from(over: &OverBudget) -> Self {
        Self::RateLimited {
            after: over.after,
            what: over.message.clone(),
            headers: Box::default(),
        }
    }
}

/// Lives as long as a socket.
pub type SocketGuard = Box<dyn std::any::Any + Send + Sync>;

/// What a client says about itself, unchecked.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The whole `Authorization` value, for example `Bearer …`: from the header, or from the field `authorization`
    /// of a socket's `connection_init`, which wins when both are there.
    pub authorization: Option<String>,
    /// The peer's address as the server sees it (`ConnectInfo`); unspecified (`0.0.0.0`) when unknown.
    pub address: IpAddr,
    /// The `User-Agent` header.
    pub user_agent: Option<String>,
    /// The id under which this request is answered and logged.
    pub request_id: String,
}

/// Puts the viewer and fresh loaders into a request.
pub type Attach = Arc<dyn Fn(Request) -> Request + Send + Sync>;

/// Somebody who may ask.
#[derive(Clone)]
pub struct Admitted {
    /// The key under which requests, operations and sockets of one account are counted; `None` for a visitor.
    pub account: Option<String>,
    /// The address that a visitor's operations are counted for.
    pub address: IpAddr,
    /// When the token ends; a socket is closed with 4403 then. `None`: never.
    pub expires_at: Option<DateTime<Utc>>,
    /// Turns true when the token is revoked or the account's role changes; a socket is closed with 4403 then.
    pub revoked: Option<watch::Receiver<bool>>,
    /// Called for every operation, and again whenever a stream goes on after a rest.
    pub attach: Attach,
    /// Added to the HTTP answer: where `RateLimit` and `RateLimit-Policy` go.
    pub headers: HeaderMap,
}

impl Admitted {
    /// An admission without account, end or headers; set the public fields for more.
    pub fn new(attach: Attach) -> Self {
        Self {
            account: None,
            address: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            expires_at: None,
            revoked: None,
            attach,
            headers: HeaderMap::new(),
        }
    }
}

/// Why somebody may not ask.
#[derive(Debug, Clone)]
pub enum Refused {
    /// The credentials are wrong, expired or revoked; the text is shown to the client. 401 or 4403.
    Unauthenticated(String),
    /// Too many requests; try again after this long. 429 with `Retry-After`, or 1013.
    RateLimited {
        /// How long to wait, rounded up to seconds in the answer.
        after: Duration,
        /// The limit, in words.
        what: String,
        /// `RateLimit` and `RateLimit-Policy`.
        headers: Box<HeaderMap>,
    },
    /// The gate itself cannot answer now (its database is away). 503, or 1013.
    Unavailable,
}
