//! Sharing in the schema.

mod mutation;
mod stats;

pub use mutation::SharingMutation;
pub use stats::{ShareStats, share_stats};
