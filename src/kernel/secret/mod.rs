//! What is made with the installation's secret: keys for purposes, signing keys, encrypted texts, tickets; and hashes of
//! tokens.

mod keys;
pub mod sealed;
pub mod signing_keys;
pub mod ticket;

pub use keys::{Secret, fingerprint, hex, keyed_hash};
