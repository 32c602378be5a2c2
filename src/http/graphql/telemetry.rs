//! What operators see of the transport.
//!
//! - `graphql_operations_total{transport,kind,code}`: operations answered; `code` is `OK` or that of the first error
//! - `graphql_operation_seconds{transport,kind}`: how long queries and mutations took
//! - `graphql_sockets`: open sockets; `graphql_subscriptions`: running subscriptions

use std::time::Instant;

use super::{Code, Kind};

/// How a request came in.
#[derive(Debug, Clone, Copy)]
pub enum Transport {
    /// POST or GET.
    Http,
    /// A socket.
    Socket,
}

impl Transport {
    fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Socket => "socket",
        }
    }
}

/// Counts one answered operation; `kind` is `None` if it never got that far, `code` if it went well.
pub fn answered(transport: Transport, kind: Option<Kind>, code: Option<Code>) {
    let kind = kind.map_or("none", Kind::as_str);
    let code = code.map_or("OK", Code::as_str);
    metrics::counter!("graphql_operations_total", "transport" => transport.as_str(), "kind" => kind, "code" => code)
        .increment(1);
}

/// Records how long a query or mutation took.
pub fn took(transport: Transport, kind: Kind, since: Instant) {
    metrics::histogram!("graphql_operation_seconds", "transport" => transport.as_str(), "kind" => kind.as_str())
        .record(since.elapsed());
}

/// Counts in a gauge for as long as it lives.
#[derive(Debug)]
pub struct Counted(&'static str);

impl Counted {
    /// An open socket.
    pub fn socket() -> Self {
        Self::new("graphql_sockets")
    }

    /// A running subscription.
    pub fn subscription() -> Self {
        Self::new("graphql_subscriptions")
    }

    fn new(gauge: &'static str) -> Self {
        metrics::gauge!(gauge).increment(1.0);
        Self(gauge)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        metrics::gauge!(self.0).decrement(1.0);
    }
}
