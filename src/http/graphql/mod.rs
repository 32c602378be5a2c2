//! The front door of the GraphQL API: `POST /graphql`, `GET /graphql` and the `graphql-transport-ws` socket.
//!
//! Guarantees:
//! - No document reaches the executor that has not been parsed, validated and weighed by the [`Guard`], on any path.
//! - A document may be named instead of sent: by the hash under which it was registered, or by its id in a list of trusted
//!   ones ([`Documents`]). It passes the guard all the same.
//! - Every error carries `extensions.code`. An error without one is ours: it is logged once and answered as
//!   `INTERNAL_SERVER_ERROR` with the request's id and nothing else.
//! - Nothing a client sends crashes the process, holds a connection for ever, or slows down another client.
//!
//! Refused: batches, multipart, other content types than `application/json`, compressed bodies, anything
//! but queries over GET, every WebSocket subprotocol but `graphql-transport-ws`.
//!
//! Answers to operations are written by `async-graphql-axum`. The reasons for not leaving the rest to it are in
//! `docs/adr/0016-async-graphql-axum.md`.
//!
//! It knows neither accounts nor tokens: the [`Gate`] says who is asking and puts that into each request. The
//! application builds one [`GraphqlEndpoint`] and mounts [`router`].
//!
//! The schema must be built with these settings, because the guard has already done (better) what they would do:
//! `.validation_mode(ValidationMode::Fast)`, `.limit_recursive_depth(64)` (above [`Limits::nesting`]),
//! `.disable_suggestions()`; no `limit_depth`, `limit_complexity`, `limit_directives` or `limit_aliases`; and no
//! extensions, since a single one takes every field off the fast path.

mod documents;
mod endpoint;
mod engine;
mod envelope;
mod gate;
mod guard;
mod limits;
mod outcome;
mod over_http;
mod problem;
pub mod request_id;
mod socket;
mod telemetry;

pub use documents::{Documents, TrustedDocuments};
pub use endpoint::{GraphqlEndpoint, credentials};
pub use engine::Engine;
pub use envelope::{DocumentName, Envelope};
pub use gate::{Admitted, Attach, Credentials, Gate, OverBudget, Refused, SocketGuard, Turn};
pub use guard::{Approved, Guard, Kind, SchemaRefused};
pub use limits::Limits;
pub use over_http::router;
pub use problem::{Code, Problem, whole_seconds};
pub use socket::SocketSettings;
pub use telemetry::describe_metrics;
