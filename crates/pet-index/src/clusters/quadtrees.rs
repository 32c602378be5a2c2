//! Quadtrees of the seeds of certain zooms.
//!
//! One tree of all reports would suffice for every zoom, but the few seeds of a coarse zoom are far apart in it. A tree
//! of these seeds alone is small enough to stay in the CPU cache. Zooms without their own tree use that of the next
//! finer zoom and skip entries that are no longer seeds.

use std::ops::ControlFlow;

use super::quadtree::{Entry, Quadtree};
use crate::{FINEST_CLUSTER_ZOOM, projection::Zone, reports::rows::NOWHERE};

/// The zooms that have their own tree in an index that started empty, besides the tree of all reports.
const COARSER: [u8; 6] = [14, 12, 10, 8, 6, 4];

/// The tree of all placed reports and the trees of the seeds of certain zooms.
#[derive(Debug, Clone)]
pub struct Quadtrees {
    all: Quadtree,
    /// Each with the finest zoom whose seeds it holds, finest first.
    coarser: Vec<(u8, Quadtree)>,
}

impl Default for Quadtrees {
    fn default() -> Self {
        Self {
            all: Quadtree::default(),
            coarser: COARSER.map(|finest| (finest, Quadtree::default())).into(),
        }
    }
}

impl Quadtrees {
    /// Builds the trees. The entries must be ordered so that those of any tile are contiguous.
    ///
    /// A zoom gets its own tree if that is at most half as large as the previous one. So all trees together hold at
    /// most twice as many entries as there are reports, and no zoom skips more entries than it shows.
    pub fn of(entries: Vec<Entry>) -> Self {
        let mut coarser: Vec<(u8, Quadtree)> = Vec::new();
        let mut last = entries.clone();
        for zoom in (0..=FINEST_CLUSTER_ZOOM as u8).rev() {
            let seeds = last.iter().filter(|entry| entry.top() <= zoom);
            if 2 * seeds.clone().count() <= last.len() {
                last = seeds.copied().collect();
                coarser.push((zoom, Quadtree::of(last.clone())));
            }
        }
        Self {
            all: Quadtree::of(entries),
            coarser,
        }
    }

    /// The tree of all placed reports.
    pub fn all(&self) -> &Quadtree {
        &self.all
    }

    /// Calls `take` for every seed of a zoom inside a zone until it breaks off.
    #[inline]
    pub fn seeds<B>(&self, zoom: u8, zone: &Zone, take: impl FnMut(Entry) -> ControlFlow<B>) -> ControlFlow<B> {
        let fine_enough = self.coarser.iter().take_while(|(finest, _)| zoom <= *finest);
        let quadtree = fine_enough.last().map_or(&self.all, |(_, quadtree)| quadtree);
        quadtree.visit(zoom, zone, take)
    }

    /// Changes the coarsest zoom at which a report is a seed. An entry at [`NOWHERE`] is added; a new `top` of
    /// [`NOWHERE`] removes it.
    pub fn change(&mut self, entry: Entry, top: u8) {
        let (before, after) = (entry.top(), Entry::new(entry.at, entry.slot(), top));
        let all = (FINEST_CLUSTER_ZOOM as u8 + 1, &mut self.all);
        let coarser = self.coarser.iter_mut().map(|(finest, quadtree)| (*finest, quadtree));
        for (finest, quadtree) in std::iter::once(all).chain(coarser) {
            match (before <= finest, top <= finest) {
                (false, true) => quadtree.insert(after),
                (true, false) => quadtree.remove(entry),
                (true, true) => quadtree.retag(entry, top),
                (false, false) => break,
            }
        }
        debug_assert!(before != NOWHERE || top != NOWHERE);
    }

    /// Allocated memory in bytes.
    pub fn bytes(&self) -> usize {
        self.all.bytes() + self.coarser.iter().map(|(_, quadtree)| quadtree.bytes()).sum::<usize>()
    }
}
