//! An in-memory index of all open reports, for maps and lists.
//!
//! It holds the public part of each report (masked points only), answers map viewports with clusters and single pins,
//! and pages through lists by time or distance with a filter. Its answers depend only on the set of reports, not on the
//! order in which they were added or on the node. It does no I/O; its owner feeds it from the tables and the event log.
//!
//! The clustering algorithm is described in `docs/adr/0009-map-clusters.md`. Data: `reports` holds the reports by slot
//! and their order in time, `clusters` their positions and the sums of each cluster. Updates: `build` creates everything
//! at once, `insert` adds and removes single reports. Queries: `draw`, `lists`, `filter`.

mod build;
mod clusters;
mod draw;
mod filter;
mod index;
mod insert;
mod lists;
mod live;
mod projection;
mod reports;

#[cfg(test)]
mod tests;

pub use build::Builder;
pub use draw::{Cluster, Drawing, Most};
pub use filter::{Area, Facts, IndexFilter};
pub use index::PetIndex;
pub use lists::{Run, Window};
pub use live::{Behind, Change, Everybody, LivePetIndex};
pub use reports::{Pin, PinRef};

/// The finest zoom with clusters. Beyond it, every report is a pin.
pub const FINEST_CLUSTER_ZOOM: u32 = 16;
