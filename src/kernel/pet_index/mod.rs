//! An in-memory index of all open reports, for maps and lists.
//!
//! It holds the public part of each report (masked points only), answers map viewports with clusters and single pins,
//! and pages through lists by time or distance with a filter. Its answers depend only on the set of reports, not on the
//! order in which they were added or on the node. It does no I/O; its owner feeds it from the tables and the event log.
//!
//! The clustering algorithm is described in `docs/adr/0009-map-clusters.md`. Data: `rows` holds the reports by slot,
//! `quadtrees` their positions, `tallies` the sums of each cluster, `timeline` their order in time. Updates: `build`
//! creates everything at once, `change` applies one report. Queries: `draw`, `newest`, `nearest`, `scan`.

mod area;
mod attributes;
mod build;
mod change;
mod column;
mod draw;
mod drawing;
mod filter;
mod index;
mod insert;
mod nearest;
mod newest;
mod outline;
mod pin;
mod pin_ref;
mod projection;
mod quadtree;
mod quadtrees;
mod rows;
mod scan;
mod shortlist;
mod tallies;
mod timeline;
mod window;
mod words;

#[cfg(test)]
mod tests;

pub use area::Area;
pub use build::Builder;
pub use drawing::{Cluster, Drawing, Most};
pub use filter::IndexFilter;
pub use index::PetIndex;
pub use pin::Pin;
pub use pin_ref::PinRef;
pub use window::{Run, Window};

/// The finest zoom with clusters. Beyond it, every report is a pin.
pub const FINEST_CLUSTER_ZOOM: u32 = 16;
