//! What operators see of the transport; `docs/OPERATIONS.md` says what it means.

use std::time::Instant;

use async_graphql::{Request, parser::types::Selection};
use metrics::{Gauge, describe_counter, describe_gauge, describe_histogram};

use super::{Code, Kind};

const OPERATIONS: &str = "sweetie_graphql_operations_total";
const SECONDS: &str = "sweetie_graphql_operation_seconds";
const SOCKETS: &str = "sweetie_sockets";
const STREAMS: &str = "sweetie_streams";

/// Says what the names mean, and shows those that are known without anything having happened.
pub fn describe_metrics() {
    describe_counter!(
        OPERATIONS,
        "Operations answered, by transport, kind, and OK or the code of the first error."
    );
    describe_histogram!(SECONDS, "How long queries and mutations took, by transport and kind.");
    describe_gauge!(SOCKETS, "Open sockets of this node.");
    describe_gauge!(STREAMS, "Running subscriptions of this node, by field.");
    metrics::gauge!(SOCKETS).increment(0.0);
}

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
    metrics::counter!(OPERATIONS, "transport" => transport.as_str(), "kind" => kind, "code" => code).increment(1);
}

/// Records how long a query or mutation took.
pub fn took(transport: Transport, kind: Kind, since: Instant) {
    metrics::histogram!(SECONDS, "transport" => transport.as_str(), "kind" => kind.as_str()).record(since.elapsed());
}

/// Counts in a gauge for as long as it lives.
pub struct Counted(Gauge);

impl Counted {
    /// An open socket.
    pub fn socket() -> Self {
        Self::new(metrics::gauge!(SOCKETS))
    }

    /// A running subscription.
    pub fn subscription(request: &mut Request) -> Self {
        Self::new(metrics::gauge!(STREAMS, "field" => root_field(request)))
    }

    fn new(gauge: Gauge) -> Self {
        gauge.increment(1.0);
        Self(gauge)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.decrement(1.0);
    }
}

/// The one root field of a subscription; the guard has put it first and has seen to it that the schema knows it.
fn root_field(request: &mut Request) -> String {
    let document = request.parsed_query().ok();
    let operation = document.and_then(|document| document.operations.iter().next());
    let first = operation.and_then(|(_, operation)| operation.node.selection_set.node.items.first());
    match first.map(|selection| &selection.node) {
        Some(Selection::Field(field)) => field.node.name.node.to_string(),
        _ => "unknown".to_owned(),
    }
}
