//! Animals that are handed over to shelters, in the schema.

mod loaders;
mod mutation;
mod object;

pub use mutation::TransferMutation;
pub use object::{Transfer, TransferDirection, transfer_connection};
