//! Floor 6: the server as seen from the network.

pub mod graphql;

mod auth;
mod cost_budget;
mod health;
mod layers;
mod markup;
mod media;
mod metrics;
mod pages;
mod pet_page;
mod presence;
mod refusal;
mod revocations;
mod server;
mod share;
mod standing;
mod ticket;
mod uploads;
mod webhooks;

pub use server::{Server, server};
