//! The matches that are kept of every lost report: its best pairs, and those that concern somebody.

mod drop_unknown;
mod floors;
mod keep_matches;

pub(super) use drop_unknown::drop_unknown;
pub use floors::{ListFloors, above_floors, enterable};
pub(super) use keep_matches::keep_matches;
