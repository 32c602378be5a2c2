//! The result of drawing a map viewport.

use crate::PinRef;
use geometry::Point;

/// Limits for a drawing. If it exceeds one, the next coarser zoom is drawn instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Most {
    /// Maximum number of clusters.
    pub clusters: usize,
    /// Maximum number of single pins.
    pub pins: usize,
}

/// The clusters and single pins whose drawn point is in a viewport.
#[derive(Debug, Clone)]
pub struct Drawing<'a> {
    /// The zoom that was drawn: the requested one, or a coarser one if a limit was exceeded. Zoom 0 is drawn whatever
    /// its size.
    pub zoom: u32,
    /// Clusters, in an order that is the same for every call and on every node.
    pub clusters: Vec<Cluster>,
    /// Reports outside of clusters, also in a stable order.
    pub pins: Vec<PinRef<'a>>,
    /// Number of reports in all clusters and pins.
    pub total: usize,
}

/// Two or more reports that are too close together to be drawn separately.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cluster {
    /// The mean position of the members on the map.
    pub center: Point,
    /// Number of members.
    pub count: u32,
    /// Number of members of each kind: lost, found, sighted, sheltered.
    pub counts: [u32; 4],
    /// The first zoom at which they are drawn as more than one item; 17 if only the zoom without clusters separates
    /// them.
    pub expansion_zoom: u32,
}
