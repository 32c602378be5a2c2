//! The index and its bookkeeping.

use entity::id::PetId;

use super::{
    Pin,
    clusters::{quadtrees::Quadtrees, tallies::Tallies},
    draw::ClusterCache,
    reports::{rows::Rows, timeline::Timeline},
};

/// An index with fewer removed and rewritten reports than this is never rebuilt.
const FEW_CHANGES: usize = 4_096;

/// An index with fewer added reports than this is never rebuilt because of them. They waste nothing, and a rebuild in
/// the midst of an import would hold everything twice.
const FEW_ADDITIONS: usize = 262_144;

/// The index of all open reports; see the module.
#[derive(Debug, Clone, Default)]
pub struct PetIndex {
    pub(super) rows: Rows,
    pub(super) quadtrees: Quadtrees,
    pub(super) tallies: Tallies,
    pub(super) timeline: Timeline,
    /// Number of changes since the index was built.
    pub(super) changes: usize,
    /// Those of them that left something unused behind: a slot or a text.
    pub(super) leftovers: usize,
    pub(super) cluster_cache: ClusterCache,
}

impl PetIndex {
    pub(super) fn of(rows: Rows, quadtrees: Quadtrees, tallies: Tallies, timeline: Timeline) -> Self {
        Self {
            rows,
            quadtrees,
            tallies,
            timeline,
            changes: 0,
            leftovers: 0,
            cluster_cache: ClusterCache::default(),
        }
    }

    /// A copy of one report.
    pub fn get(&self, id: PetId) -> Option<Pin> {
        self.rows.slot_of(id).map(|slot| self.rows.pin(slot))
    }

    /// Number of reports.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are no reports.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Allocated memory in bytes, accurate to a few per cent.
    pub fn memory_bytes(&self) -> usize {
        self.rows.bytes()
            + self.quadtrees.bytes()
            + self.tallies.bytes()
            + self.timeline.bytes()
            + self.cluster_cache.bytes()
    }

    /// Whether enough has changed since the build for [`PetIndex::rebuilt`] to pay off: a quarter of the reports. Until
    /// then, free slots and unused texts cost some memory, and scans are somewhat slower.
    pub fn is_worn(&self) -> bool {
        let few = self.len() / 4;
        few + FEW_CHANGES < self.leftovers || few + FEW_ADDITIONS < self.additions()
    }

    /// Whether so many reports were added since the build that drawing through filters becomes slower: most of these
    /// are stored far from their neighbours on the map.
    pub(super) fn is_scattered(&self) -> bool {
        self.len() / 4 + FEW_CHANGES < self.additions()
    }

    /// Number of reports added since the build.
    fn additions(&self) -> usize {
        self.changes - self.leftovers
    }
}
