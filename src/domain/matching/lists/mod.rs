//! The matches that are kept of every lost report: its best pairs, and those that concern somebody.

mod floors;
mod keep_matches;

pub use floors::{ListFloors, above_floors, enterable};
pub(super) use keep_matches::{drop_unknown, keep_matches};
