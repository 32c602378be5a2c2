//! Shelter staff: where members work, and what that permits them to do.
//!
//! It ranks below pets and shelters, because both use it. Its answers reflect the tables as they are now: nothing is
//! cached beyond one use case or one request.

mod actor;
mod membership;
mod store;

pub use actor::Actor;
pub use membership::Membership;
pub use store::{is_verified, memberships_of, shelters_of, staff_of, staff_role, works_for};
