//! The atlas: every open report in memory, for maps and lists.
//!
//! It holds the public part of each report (masked points only), answers a map's viewport with clusters and single
//! pins, and walks lists by time or distance through a filter. What it answers is a function of the set of reports
//! alone: not of the order in which they came, nor of the node that is asked. No input or output happens here; whoever
//! owns an atlas feeds it from the tables and the event log.
//!
//! How clusters are made is in `docs/adr/0009-map-clusters.md`. The parts: `rows` the reports by slot, `sheets` where
//! they lie, `tallies` what clusters hold, `timeline` when they came, `build` all of that at once, `change` one report
//! at a time, and what is asked of it: `draw`, `newest`, `nearest`, `sift`.

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
pub use sieve::{Facts, Sieve};
pub use window::{Run, Window};

/// The finest zoom at which reports are joined into clusters; beyond it every report is a pin.
pub const FINEST_CLUSTER_ZOOM: u32 = 16;
