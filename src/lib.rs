//! Finding Sweetie: a GraphQL server that reunites lost pets with their people.
//!
//! `docs/ARCHITECTURE.md` draws the floors; imports go down only, and `tests/it/architecture.rs` keeps it so.

pub mod app;
pub mod cli;
pub mod config;
pub mod demo;
pub mod deps;
pub mod domain;
pub mod events;
pub mod graphql;
pub mod http;
pub mod kernel;
pub mod ports;
pub mod work;
