//! What operators and their machines ask: is the server well, and how busy is it.

pub mod health;
pub mod metrics;
mod node_status;
