//! Floor 6: the server as seen from the network.

pub mod graphql;

mod auth;
mod health;
mod layers;
mod metrics;
mod pages;
mod revocations;
mod server;

pub use server::{Server, server};
