//! Reports with similar photos, found by an index that every node keeps in memory.
//!
//! Guarantees: A search finds everything that was committed on the same node before it began, and changes on other
//! nodes shortly afterwards. Closed and hidden reports are not found, whoever searches. The index is a read model: see
//! `deps/log/read_model.rs`.

mod follow;
mod load;
mod near;

pub use load::{Shown, load_all, load_for};
pub use near::{copies_among_open, most_alike, near_duplicates, photo_evidence, reports_with_copies};
