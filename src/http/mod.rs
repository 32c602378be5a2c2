//! Floor 6: the server as seen from the network.

pub mod graphql;

mod auth;
mod connection_limit;
mod cost_budget;
mod forwarded;
mod health;
mod layers;
mod limits;
mod listener;
mod markup;
mod media;
mod metrics;
mod origins;
mod pace;
mod pages;
mod peer;
mod pet_page;
mod presence;
mod refusal;
mod revocations;
mod room;
mod server;
mod share;
mod status_metrics;
mod ticket;
mod uploads;
mod webhooks;

pub use listener::{SILENCE, listen};
pub use room::Room;
pub use server::{Server, server};

/// Limit on one address's connections that are not sockets, as a multiple of its limit on sockets: a browser opens
/// up to six, and all the people in an office share them.
pub const CONNECTIONS_PER_SOCKET: usize = 5;
