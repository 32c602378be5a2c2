//! Who works for which shelter, and what that lets a viewer do.
//!
//! It ranks below pets and shelters, because both ask it. It promises an answer from the tables as they are now: what
//! was looked up once is not kept beyond one use case or one request.

mod standing;
mod store;

pub use standing::{Membership, Standing};
pub use store::{is_verified, memberships_of, shelters_of, staff_of, staff_role, works_for};
