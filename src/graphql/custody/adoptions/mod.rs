//! Adoptions in the schema: what forbids them, and what becomes of them.

mod block;
mod check;
mod loaders;
mod mutation;
mod success;

pub use block::AdoptionBlock;
pub use check::{AdoptionCheck, adoption_checks_due};
pub use loaders::{BlocksOfStays, ChecksOfStays};
pub use mutation::AdoptionMutation;
pub use success::AdoptionSuccess;
