//! The outside world: one folder per port, with its trait, its real adapters and a default that has no dependencies.
//!
//! Use cases see only the traits; `app.rs` chooses the adapters. Every adapter takes its own small settings struct
//! and reads neither configuration files nor the environment.

pub mod blobs;
pub mod bus;
pub mod clock;
pub mod geocoder;
pub mod identity_provider;
pub mod ids;
pub mod limiter;
pub mod mail;
pub mod network_places;
pub mod outbound;
pub mod persisted_documents;
pub mod presence;
pub mod redis;
pub mod sms;
pub mod vision;

mod durable_file;
mod remnants;
mod retry_after;
#[cfg(test)]
mod scratch_folder;

pub use remnants::Swept;
#[cfg(test)]
pub(crate) use scratch_folder::ScratchFolder;

/// The cause of a failure outside this program; logged, and never shown to a client.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
