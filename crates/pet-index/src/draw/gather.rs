//! Clusters of the reports that pass a filter, collected report by report.

use std::ops::ControlFlow;

use hashbrown::HashTable;

use super::{
    Found, Sketch, View,
    cluster_cache::{Gathered, Key},
    group::Group,
};
use crate::{
    PetIndex,
    clusters::tallies::{Tallies, Tally},
    filter::CompiledFilter,
    projection::{Zone, offset, radius},
    reports::rows::{HotRow, NOBODY, Rows, mixed},
};

/// Number of recently seen seeds that are remembered with their groups; a power of two.
const REMEMBERED: usize = 256;

/// Coarsest zooms, 0 to 8: here a viewport may hold so much of the world that it pays to group all of it.
const WIDE: u8 = 8;

/// Groups by seed.
struct Groups<'a> {
    rows: &'a Rows,
    tallies: &'a Tallies,
    zoom: u8,
    groups: Vec<Group>,
    places: HashTable<u32>,
    /// A cache from seeds of finer zooms to their groups. Most reports join a seed that was seen just before.
    known: [(u32, u32); REMEMBERED],
}

impl PetIndex {
    /// Like `sketch`, for the reports that pass a filter.
    pub(super) fn sketch_filtered(&self, view: &View<'_>, zoom: u8, compiled: &CompiledFilter) -> Option<Sketch> {
        let reach = i64::from(radius(zoom));
        // A centre is within two radii of its seed, and so are the members. If a cluster has a member more than four
        // radii outside, all its members are on that side of the viewport, and so is its centre.
        let zone = view.frame.zone(4 * reach).unwrap_or(Zone::WORLD);
        if let Some(gathered) = self.gathered(&zone, zoom, compiled) {
            let groups = gathered.get_or_init(|| self.gather(zoom, compiled));
            return self.sketch_groups(view, groups.iter().filter(|group| zone.holds(group.at)));
        }
        // A group whose seed is this far inside is certain to be drawn.
        let inside = view.frame.zone(-2 * reach);
        let enough = view.most.clusters.saturating_add(view.most.pins);
        let mut certain = 0;
        let mut groups = Groups::of(self, zoom);
        let stopped = self.scan(Some(compiled), Some(&zone), |slot, hot_row| {
            if let (Some(at), Some(inside)) = (groups.add(slot, hot_row), &inside) {
                certain += usize::from(inside.holds(at));
            }
            if enough < certain {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        if stopped.is_break() {
            return None;
        }
        self.sketch_groups(view, groups.groups.iter())
    }

    /// The cached groups of the whole world, or the place where they should be computed; `None` if caching does not
    /// pay.
    fn gathered(&self, zone: &Zone, zoom: u8, compiled: &CompiledFilter) -> Option<Gathered> {
        let key = Key {
            mask: compiled.marks_only().filter(|_| zoom <= WIDE)?,
            zoom,
            changes: self.changes,
        };
        self.cluster_cache
            .find(key, self.quadtrees.all().about(zone), self.len())
    }

    fn gather(&self, zoom: u8, compiled: &CompiledFilter) -> Vec<Group> {
        let mut groups = Groups::of(self, zoom);
        let _ = self.scan(Some(compiled), Some(&Zone::WORLD), |slot, hot_row| {
            groups.add(slot, hot_row);
            ControlFlow::<()>::Continue(())
        });
        groups.groups
    }

    fn sketch_groups<'g>(&self, view: &View<'_>, groups: impl Iterator<Item = &'g Group>) -> Option<Sketch> {
        let mut sketch = Sketch::default();
        for group in groups {
            self.add_group(&mut sketch, view, group);
            if sketch.is_too_much(view.most) {
                return None;
            }
        }
        Some(sketch)
    }

    fn add_group(&self, sketch: &mut Sketch, view: &View<'_>, group: &Group) {
        if group.tally.total() == 1 {
            return self.add_pin(sketch, view, group.last);
        }
        let mean = group.tally.mean(self.rows.hot_rows.at(group.seed));
        if view.frame.holds(mean) {
            sketch.clusters.push(Found {
                slot: group.seed,
                mean,
                tally: group.tally,
                expansion_zoom: group.parting,
            });
        }
    }
}

impl<'a> Groups<'a> {
    fn of(pet_index: &'a PetIndex, zoom: u8) -> Self {
        Self {
            rows: &pet_index.rows,
            tallies: &pet_index.tallies,
            zoom,
            groups: Vec::new(),
            places: HashTable::new(),
            known: [(NOBODY, 0); REMEMBERED],
        }
    }

    /// Adds a report to its group. If the group is new, returns the position of its seed.
    #[inline]
    fn add(&mut self, slot: u32, hot_row: &HotRow) -> Option<(u32, u32)> {
        let joins = if self.zoom < hot_row.top() {
            hot_row.parent
        } else {
            slot
        };
        let before = self.groups.len();
        let place = self.known_group(joins).unwrap_or_else(|| self.look_up(slot, joins));
        let group = self.groups.get_mut(place as usize)?;
        group
            .tally
            .add_one(hot_row.attributes.kind_number(), offset(hot_row.at, group.at));
        // All members have one seed if each has the same as the previous member, which is nearby.
        if group.soonest < group.parting {
            group.parting = group.parting.min(parting(self.rows, group.last, slot));
        }
        group.last = slot;
        (before <= place as usize).then_some(group.at)
    }

    #[inline]
    fn known_group(&self, seed: u32) -> Option<u32> {
        let known = self.known.get(seed as usize % REMEMBERED)?;
        (known.0 == seed).then_some(known.1)
    }

    fn remember(&mut self, seed: u32, group: u32) {
        if let Some(known) = self.known.get_mut(seed as usize % REMEMBERED) {
            *known = (seed, group);
        }
    }

    /// The group of a report that joins a seed, created if necessary.
    fn look_up(&mut self, slot: u32, joins: u32) -> u32 {
        let mut seed = joins;
        let place = loop {
            if let Some(place) = self.known_group(seed) {
                break place;
            }
            let hot_row = self.rows.hot_rows.at(seed);
            if hot_row.top() <= self.zoom || hot_row.parent == NOBODY {
                break self.find_or_open(slot, seed);
            }
            seed = hot_row.parent;
        };
        self.remember(seed, place);
        self.remember(joins, place);
        place
    }

    fn find_or_open(&mut self, slot: u32, seed: u32) -> u32 {
        let groups = &self.groups;
        let seed_at = |place: &u32| groups.get(*place as usize).map_or(NOBODY, |group| group.seed);
        let hash = mixed(u64::from(seed));
        if let Some(place) = self.places.find(hash, |place| seed_at(place) == seed) {
            return *place;
        }
        let place = groups.len() as u32;
        self.places
            .insert_unique(hash, place, |place| mixed(u64::from(seed_at(place))));
        let hot_row = self.rows.hot_rows.at(seed);
        let never = super::FINEST_CLUSTER_ZOOM as u8 + 1;
        self.groups.push(Group {
            seed,
            at: hot_row.at,
            tally: Tally::NOTHING,
            last: slot,
            parting: never,
            soonest: self
                .tallies
                .at_zoom(hot_row, self.zoom)
                .map_or(never, |(_, finest)| finest + 1),
        });
        place
    }
}

/// The first zoom at which two reports of one cluster have different seeds.
fn parting(rows: &Rows, one: u32, other: u32) -> u8 {
    let (mut one, mut other, mut zoom) = (one, other, super::FINEST_CLUSTER_ZOOM as u8 + 1);
    while one != other {
        let (first, second) = (rows.hot_rows.at(one), rows.hot_rows.at(other));
        if first.parent == NOBODY && second.parent == NOBODY {
            break;
        }
        // The one that stops being a seed at the finer zoom moves to its parent first.
        if second.top() < first.top() {
            (zoom, one) = (first.top(), first.parent);
        } else {
            (zoom, other) = (second.top(), second.parent);
        }
    }
    zoom
}
