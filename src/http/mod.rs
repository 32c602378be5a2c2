//! Floor 6: the server as seen from the network.

pub mod graphql;

mod auth;
mod health;
mod layers;
mod media;
mod metrics;
mod pages;
mod refusal;
mod revocations;
mod server;
mod ticket;
mod uploads;

pub use server::{Server, server};
