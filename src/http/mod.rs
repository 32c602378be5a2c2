//! Floor 6: the server as seen from the network.

pub mod graphql;

mod auth;
mod connection;
mod cost_budget;
mod files;
mod imports;
mod jwks;
mod layers;
mod limits;
mod monitoring;
mod origins;
mod pages;
mod presence;
mod refusal;
mod revocations;
mod security_headers;
mod server;
mod webhooks;

pub use connection::{Room, SILENCE, listen};
pub use server::{Server, server};

/// Limit on one address's connections that are not sockets, as a multiple of its limit on sockets: a browser opens
/// up to six, and all the people in an office share them.
pub const CONNECTIONS_PER_SOCKET: usize = 5;
