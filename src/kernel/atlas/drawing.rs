//! What a map draws of a viewport.

use super::Glimpse;
use crate::kernel::geo::Point;

/// How much one drawing may hold. While there would be more, the next coarser zoom is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Most {
    /// The most clusters.
    pub clusters: usize,
    /// The most single pins.
    pub pins: usize,
}

/// Clusters and single pins whose drawn point lies in a viewport.
#[derive(Debug, Clone)]
pub struct Drawing<'a> {
    /// The zoom at which it was drawn: the one that was asked for, or a coarser one where there would have been too
    /// much. Zoom 0 is drawn however much there is.
    pub zoom: u32,
    /// Reports that lie together, in an order that is the same in every call and on every node.
    pub clusters: Vec<Cluster>,
    /// Reports that lie alone, in such an order as well.
    pub pins: Vec<Glimpse<'a>>,
    /// How many reports these are in all.
    pub total: usize,
}

/// Two or more reports that lie too close together to be drawn one by one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cluster {
    /// The mean of their positions on the map.
    pub center: Point,
    /// How many.
    pub count: u32,
    /// How many of each kind: lost, found, sighted, sheltered.
    pub counts: [u32; 4],
    /// The first zoom at which they are drawn as more than one thing; 17 where only the zoom without clusters parts
    /// them.
    pub expansion_zoom: u32,
}
