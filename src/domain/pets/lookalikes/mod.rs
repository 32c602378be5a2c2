//! Reports whose photos look alike, by an index that every node keeps in memory.
//!
//! Promises: what was committed before a search began is found by it, on the node that committed it and on any other;
//! reports that are over are not found. The index is built from the tables when it is needed first and then follows the
//! log by its number, see [`follow`](catch_up).

mod follow;
mod load;
mod near;

pub use follow::catch_up;
pub use load::{Shown, load_all, load_for};
pub use near::{most_alike, near_duplicates};
