//! Clusters of those that pass a sieve, gathered report by report.

use std::ops::ControlFlow;

use hashbrown::HashTable;

use super::{
    super::{
        Atlas,
        ground::{Zone, offset, radius},
        rows::{NOBODY, Rows, mixed},
        sift::Sifter,
        tallies::Tally,
    },
    Found, Sketch, View,
};

/// The passing members of one cluster.
struct Group {
    seed: u32,
    tally: Tally,
    first: u32,
    /// The first zoom at which those so far have more than one seed.
    parting: u8,
}

/// Groups by their seeds.
struct Groups<'a> {
    rows: &'a Rows,
    zoom: u8,
    groups: Vec<Group>,
    places: HashTable<u32>,
    /// The last report, the one that it joined and the group that both belong to: the next report often joins one
    /// of the two.
    last: (u32, u32, usize),
}

impl Atlas {
    /// As `sketch`, with a sieve.
    pub(super) fn sketch_sifted(&self, view: &View<'_>, zoom: u8, sifter: &Sifter<'_>) -> Option<Sketch> {
        let reach = i64::from(radius(zoom));
        // A centre lies within two radii of its seed and so do the members. A cluster with a member farther out than
        // four radii has all of them on that side of the viewport, and its centre too.
        let zone = view.frame.zone(4 * reach)?;
        // What has its seed so far inside is drawn for certain.
        let inside = view.frame.zone(-2 * reach);
        let enough = view.most.clusters.saturating_add(view.most.pins);
        let mut certain = 0;
        let mut groups = Groups::of(&self.rows, zoom);
        let stopped = self.sift(Some(sifter), Some(&zone), |slot| {
            if groups.add(slot) {
                certain += groups.last_is_in(inside.as_ref());
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
        let mut sketch = Sketch::default();
        for group in groups.groups {
            self.add_group(&mut sketch, view, group);
        }
        (!sketch.is_too_much(view.most)).then_some(sketch)
    }

    fn add_group(&self, sketch: &mut Sketch, view: &View<'_>, group: Group) {
        if group.tally.total() == 1 {
            return self.add_pin(sketch, view, group.first);
        }
        let mean = group.tally.mean(self.rows.spots.at(group.seed));
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
    fn of(rows: &'a Rows, zoom: u8) -> Self {
        Self {
            rows,
            zoom,
            groups: Vec::new(),
            places: HashTable::new(),
            last: (NOBODY, NOBODY, 0),
        }
    }

    /// Adds a report to its group; says whether the group is new.
    #[inline]
    fn add(&mut self, slot: u32) -> bool {
        let spot = self.rows.spots.at(slot);
        let (last, parent, _) = self.last;
        // A seed's own parent is in another group.
        let joins = if self.zoom < spot.top() { spot.parent } else { NOBODY };
        let joins_last = joins != NOBODY && (joins == parent || joins == last);
        let is_new = !joins_last && self.look_up(slot);
        self.last = (slot, joins, self.last.2);
        if let Some(group) = self.groups.get_mut(self.last.2) {
            let seed = self.rows.spots.at(group.seed);
            group.tally.add_one(spot.marks.kind_number(), offset(spot.at, seed.at));
            // Where they part right at the next zoom it cannot be any sooner.
            if self.zoom + 1 < group.parting && slot != group.first {
                group.parting = group.parting.min(parting(self.rows, group.first, slot));
            }
        }
        is_new
    }

    /// Makes the group of a report the last one.
    fn look_up(&mut self, slot: u32) -> bool {
        let seed = self.rows.seed_of(slot, self.zoom);
        let groups = &self.groups;
        let seed_at = |place: &u32| groups.get(*place as usize).map_or(NOBODY, |group| group.seed);
        let found = self
            .places
            .find(mixed(u64::from(seed)), |place| seed_at(place) == seed)
            .copied();
        let place = found.unwrap_or(groups.len() as u32);
        if found.is_none() {
            let hash = |place: &u32| mixed(u64::from(seed_at(place)));
            self.places.insert_unique(mixed(u64::from(seed)), place, hash);
            self.groups.push(Group {
                seed,
                tally: Tally::NOTHING,
                first: slot,
                parting: super::FINEST_CLUSTER_ZOOM as u8 + 1,
            });
        }
        self.last.2 = place as usize;
        found.is_none()
    }

    fn last_is_in(&self, zone: Option<&Zone>) -> usize {
        let seed = self.groups.get(self.last.2).map_or(NOBODY, |group| group.seed);
        usize::from(zone.is_some_and(|zone| zone.holds(self.rows.spots.at(seed).at)))
    }
}

/// The first zoom at which two reports of one cluster have different seeds.
fn parting(rows: &Rows, one: u32, other: u32) -> u8 {
    let (mut one, mut other, mut zoom) = (one, other, super::FINEST_CLUSTER_ZOOM as u8 + 1);
    while one != other {
        let (first, second) = (rows.spots.at(one), rows.spots.at(other));
        if first.parent == NOBODY && second.parent == NOBODY {
            break;
        }
        // Who ceases to be a seed at the finer zoom moves to its parent first.
        if second.top() < first.top() {
            (zoom, one) = (first.top(), first.parent);
        } else {
            (zoom, other) = (second.top(), second.parent);
        }
    }
    zoom
}
