//! The atlas: every open report in memory, for maps and lists.
//!
//! It holds the public part of each report (masked points only), answers a map's viewport with clusters and single
//! pins, and walks lists by time or distance through a filter. What it answers is a function of the set of reports
//! alone: not of the order in which they came, nor of the node that is asked. No input or output happens here; whoever
//! owns an atlas feeds it from the tables and the event log.

mod area;
mod book;
mod drawing;
mod ground;
mod pin;
mod sieve;
mod window;

pub use area::Area;
pub use book::{Atlas, Builder};
pub use drawing::{Cluster, Drawing, Most};
pub use pin::{Glimpse, Pin};
pub use sieve::Sieve;
pub use window::{Run, Window};

/// The finest zoom at which reports are joined into clusters; beyond it every report is a pin.
pub const FINEST_CLUSTER_ZOOM: u32 = 16;
