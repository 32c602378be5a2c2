//! An in-memory index of all open reports, for maps and lists.
//!
//! It holds the public part of each report (masked points only), answers map viewports with clusters and single pins,
//! and pages through lists by time or distance with a filter. Its answers depend only on the set of reports, not on the
//! order in which they were added or on the node. It does no I/O; its owner feeds it from the tables and the event log.
//!
//! The clustering algorithm is described in `docs/adr/0009-map-clusters.md`. Data: `rows` holds the reports by slot,
//! `sheets` their positions, `tallies` the sums of each cluster, `timeline` their order in time. Updates: `build`
//! creates everything at once, `change` applies one report. Queries: `draw`, `newest`, `nearest`, `sift`.

mod area;
mod build;
mod change;
mod column;
mod draw;
mod drawing;
mod glimpse;
mod ground;
mod index;
mod marks;
mod nearest;
mod newest;
mod outline;
mod pin;
mod rows;
mod seat;
mod sheet;
mod sheets;
mod shortlist;
mod sieve;
mod sift;
mod tallies;
mod timeline;
mod window;
mod words;

#[cfg(test)]
mod tests;

pub use area::Area;
pub use build::Builder;
pub use drawing::{Cluster, Drawing, Most};
pub use glimpse::Glimpse;
pub use index::Atlas;
pub use pin::Pin;
pub use sieve::Sieve;
pub use window::{Run, Window};

/// The finest zoom with clusters. Beyond it, every report is a pin.
pub const FINEST_CLUSTER_ZOOM: u32 = 16;
