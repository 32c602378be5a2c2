//! Updates the seeds and clusters around a report that is added or removed.
//!
//! Going from zoom 17 to coarser zooms, only reports within the radius of a changed seed can change, and only those of
//! lower priority. So each zoom is settled in order of priority, each report once. As priorities are pseudo-random,
//! that is a handful of reports on average, wherever they are.

use std::{
    collections::{BTreeMap, BTreeSet, BinaryHeap},
    ops::ControlFlow,
};

use entity::id::PetId;

use super::quadtree::Entry;
use crate::{
    FINEST_CLUSTER_ZOOM, PetIndex,
    projection::{Zone, distance_squared, radius},
    reports::rows::{NOBODY, NOWHERE},
};

/// The zoom at which every report is a seed.
const EVERYONE: u8 = FINEST_CLUSTER_ZOOM as u8 + 1;

/// A report that became a seed at a zoom, or stopped being one.
#[derive(Debug, Clone, Copy)]
struct Toggle {
    entry: Entry,
    zoom: u8,
    gained: bool,
}

/// A report to be settled at a zoom, ordered by priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    rank: u32,
    id: PetId,
    slot: u32,
    /// It is no longer a seed of the next finer zoom, so it cannot be one at this zoom.
    leaves: bool,
}

/// A change in progress. The quadtrees are updated as new seeds are found; the rows keep the old seeds until the end.
pub struct Shift<'a> {
    pet_index: &'a mut PetIndex,
    /// The new coarsest zooms of the reports that changed.
    tops: BTreeMap<u32, u8>,
    toggles: Vec<Toggle>,
}

impl<'a> Shift<'a> {
    /// A change that has not started yet.
    pub fn of(pet_index: &'a mut PetIndex) -> Self {
        Self {
            pet_index,
            tops: BTreeMap::new(),
            toggles: Vec::new(),
        }
    }

    /// Adds a report that already has its rows to the clusters.
    pub fn arrive(mut self, entry: Entry) {
        self.turn(entry, EVERYONE, true);
        self.settle();
        self.regroup();
    }

    /// Removes a placed report from the clusters; its rows must still exist.
    pub fn leave(mut self, entry: Entry) {
        self.turn(entry, NOWHERE, false);
        self.settle();
        self.regroup();
    }

    /// Finds the new seeds of all zooms.
    fn settle(&mut self) {
        let mut begin = 0;
        for zoom in (0..EVERYONE).rev() {
            let finer = begin..self.toggles.len();
            if finer.is_empty() {
                break;
            }
            begin = finer.end;
            let mut waiting = BinaryHeap::new();
            for toggle in self.toggles.get(finer).unwrap_or_default() {
                // A report that stopped being a seed at the finer zoom matters here only if it was a seed at this zoom
                // too.
                let slot = toggle.entry.slot();
                if toggle.gained || self.pet_index.rows.hot_rows.at(slot).top() <= zoom {
                    waiting.push(self.candidate(slot, !toggle.gained));
                }
            }
            self.settle_zoom(zoom, waiting);
        }
    }

    fn settle_zoom(&mut self, zoom: u8, mut waiting: BinaryHeap<Candidate>) {
        let mut settled = BTreeSet::new();
        while let Some(candidate) = waiting.pop() {
            if !settled.insert(candidate.slot) {
                continue;
            }
            let entry = self.entry(candidate.slot);
            let was = candidate.leaves || entry.top() <= zoom;
            let is = !candidate.leaves && !self.has_better_seed(entry, zoom);
            if was == is {
                continue;
            }
            match (candidate.leaves, is) {
                (true, _) => self.toggles.push(Toggle {
                    entry,
                    zoom,
                    gained: false,
                }),
                (false, true) => self.turn(entry, zoom, true),
                (false, false) => self.turn_off(entry, zoom),
            }
            // A new seed can only end other seeds; a seed that ended can only free others.
            let affected = |other: Entry| (other.top() <= zoom) == is;
            for other in self.around(entry, zoom, zoom + u8::from(!is), affected) {
                if !settled.contains(&other.slot()) && self.pet_index.rows.outranks(candidate.slot, other.slot()) {
                    waiting.push(self.candidate(other.slot(), false));
                }
            }
        }
    }

    fn candidate(&self, slot: u32, leaves: bool) -> Candidate {
        Candidate {
            rank: self.pet_index.rows.hot_rows.at(slot).rank,
            id: self.pet_index.rows.cold_rows.at(slot).id,
            slot,
            leaves,
        }
    }

    /// The current quadtree entry of a report.
    fn entry(&self, slot: u32) -> Entry {
        let hot_row = self.pet_index.rows.hot_rows.at(slot);
        let top = self.tops.get(&slot).copied().unwrap_or(hot_row.top());
        Entry::new(hot_row.at, slot, top)
    }

    /// Records that a report became a seed at the zoom `top`, or was removed if `top` is [`NOWHERE`].
    fn turn(&mut self, entry: Entry, top: u8, gained: bool) {
        self.pet_index.quadtrees.change(entry, top);
        self.tops.insert(entry.slot(), top);
        let zoom = if gained { top } else { EVERYONE };
        self.toggles.push(Toggle { entry, zoom, gained });
    }

    /// Records that a report is no longer a seed at a zoom.
    fn turn_off(&mut self, entry: Entry, zoom: u8) {
        self.pet_index.quadtrees.change(entry, zoom + 1);
        self.tops.insert(entry.slot(), zoom + 1);
        self.toggles.push(Toggle {
            entry,
            zoom,
            gained: false,
        });
    }

    fn has_better_seed(&self, entry: Entry, zoom: u8) -> bool {
        let reach = u64::from(radius(zoom)).pow(2);
        let zone = Zone::around(entry.at, radius(zoom));
        let found = self.pet_index.quadtrees.seeds(zoom, &zone, |other| {
            let is_better = distance_squared(entry.at, other.at) <= reach
                && self.pet_index.rows.outranks(other.slot(), entry.slot());
            if is_better {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        found.is_break()
    }

    /// Seeds of `finest` that are within the radius of `zoom` and satisfy the predicate.
    fn around(&self, entry: Entry, zoom: u8, finest: u8, is_wanted: impl Fn(Entry) -> bool) -> Vec<Entry> {
        let reach = u64::from(radius(zoom)).pow(2);
        let mut found = Vec::new();
        let zone = Zone::around(entry.at, radius(zoom));
        let _ = self.pet_index.quadtrees.seeds(finest, &zone, |other| {
            let is_near = distance_squared(entry.at, other.at) <= reach;
            if is_near && other.slot() != entry.slot() && is_wanted(other) {
                found.push(other);
            }
            ControlFlow::<()>::Continue(())
        });
        found
    }

    /// Reassigns every report whose nearest seed may have changed, and updates the sums of the clusters.
    fn regroup(&mut self) {
        let mut moving: BTreeSet<u32> = self.tops.keys().copied().collect();
        for toggle in &self.toggles {
            if toggle.zoom < EVERYONE {
                moving.extend(self.moved_by(toggle));
            }
        }
        for slot in &moving {
            self.detach(*slot);
        }
        for (slot, top) in &self.tops {
            if let Some(hot_row) = self.pet_index.rows.hot_rows.at_mut(*slot) {
                hot_row.set_top(*top);
            }
        }
        for slot in moving {
            self.attach(slot);
        }
    }

    /// The reports that join another seed at the toggle's zoom because of it.
    fn moved_by(&self, toggle: &Toggle) -> Vec<u32> {
        let (seed, rows) = (toggle.entry, &self.pet_index.rows);
        let moves = |other: Entry| {
            let parent = rows.hot_rows.at(other.slot()).parent;
            if !toggle.gained {
                return other.top() == toggle.zoom + 1 && parent == seed.slot();
            }
            let new = distance_squared(other.at, seed.at);
            let old = distance_squared(other.at, rows.hot_rows.at(parent).at);
            other.top() == toggle.zoom + 1 && (new < old || new == old && rows.outranks(seed.slot(), parent))
        };
        let around = self.around(seed, toggle.zoom, toggle.zoom + 1, moves);
        around.into_iter().map(Entry::slot).collect()
    }

    fn detach(&mut self, slot: u32) {
        let members = self.pet_index.tallies.whole(self.pet_index.rows.hot_rows.at(slot));
        self.pet_index.uncarry(slot, &members);
        if let Some(hot_row) = self.pet_index.rows.hot_rows.at_mut(slot) {
            hot_row.parent = NOBODY;
        }
    }

    fn attach(&mut self, slot: u32) {
        let hot_row = *self.pet_index.rows.hot_rows.at(slot);
        if (1..=EVERYONE).contains(&hot_row.top()) {
            let parent = self.nearest_seed(Entry::new(hot_row.at, slot, hot_row.top()), hot_row.top() - 1);
            if let Some(hot_row) = self.pet_index.rows.hot_rows.at_mut(slot) {
                hot_row.parent = parent;
            }
            let members = self.pet_index.tallies.whole(&hot_row);
            self.pet_index.carry(slot, &members);
        }
    }

    fn nearest_seed(&self, entry: Entry, zoom: u8) -> u32 {
        let (rows, mut nearest) = (&self.pet_index.rows, (u64::MAX, NOBODY));
        for seed in self.around(entry, zoom, zoom, |_| true) {
            let distance = distance_squared(entry.at, seed.at);
            if distance < nearest.0 || distance == nearest.0 && rows.outranks(seed.slot(), nearest.1) {
                nearest = (distance, seed.slot());
            }
        }
        nearest.1
    }
}
