//! Reports whose photos look alike, by an index that every node keeps in memory.
//!
//! Promises: what was committed on a node before a search began there is found by it, and on other nodes soon after;
//! reports that are over are not found. The index is a read model: see `deps/read_model.rs`.

mod follow;
mod load;
mod near;

pub use load::{Shown, load_all, load_for};
pub use near::{most_alike, near_duplicates};
