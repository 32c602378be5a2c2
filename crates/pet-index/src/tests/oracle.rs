//! The slow reference implementation: lists are scanned and sorted, and clusters are found by comparing all pairs.

use std::collections::{BTreeMap, BTreeSet};

use entity::id::PetId;

use super::super::{
    Cluster, FINEST_CLUSTER_ZOOM, IndexFilter, Most, Pin, Window,
    projection::{Frame, point_at, project, radius},
};
use crate::reports::rows::priority;
use geometry::{Bounds, Point};

/// The contents of a drawing.
#[derive(Debug, PartialEq)]
pub struct Picture {
    pub zoom: u32,
    pub clusters: Vec<Cluster>,
    pub pins: Vec<PetId>,
    pub total: usize,
}

/// The reference index.
pub struct Oracle {
    pins: Vec<Pin>,
    /// Placed reports by priority, highest first.
    leaves: Vec<Leaf>,
    /// For zooms 0 to 17, the seed of each leaf.
    seeds: Vec<Vec<usize>>,
}

struct Leaf {
    pin: Pin,
    point: Point,
    hot_row: (u32, u32),
}

impl Oracle {
    pub fn of(world: &BTreeMap<PetId, Pin>) -> Self {
        let pins: Vec<Pin> = world.values().cloned().collect();
        let mut leaves: Vec<Leaf> = pins
            .iter()
            .filter_map(|pin| {
                let (pin, point) = (pin.clone(), pin.point?);
                Some(Leaf {
                    pin,
                    point,
                    hot_row: project(point),
                })
            })
            .collect();
        leaves.sort_by_key(|leaf| std::cmp::Reverse(((priority(leaf.pin.id) >> 32) as u32, leaf.pin.id)));
        let seeds = seeds(&leaves);
        Self { pins, leaves, seeds }
    }

    pub fn passing(&self, filter: &IndexFilter) -> BTreeSet<PetId> {
        self.pins
            .iter()
            .filter(|pin| filter.admits(*pin))
            .map(|pin| pin.id)
            .collect()
    }

    pub fn draw(&self, bounds: &Bounds, zoom: u32, filter: &IndexFilter, most: Most) -> Picture {
        let picture = self.draw_at(bounds, zoom, filter);
        let fits = picture.clusters.len() <= most.clusters && picture.pins.len() <= most.pins;
        if fits || zoom == 0 {
            return picture;
        }
        self.draw(bounds, (zoom - 1).min(FINEST_CLUSTER_ZOOM), filter, most)
    }

    fn draw_at(&self, bounds: &Bounds, zoom: u32, filter: &IndexFilter) -> Picture {
        let (mut clusters, mut pins) = (Vec::new(), Vec::new());
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (leaf, seed) in self.seeds[zoom.min(17) as usize].iter().enumerate() {
            if filter.admits(&self.leaves[leaf].pin) {
                groups.entry(*seed).or_default().push(leaf);
            }
        }
        for (seed, members) in groups {
            if let [alone] = members.as_slice() {
                if bounds.contains(self.leaves[*alone].point) {
                    pins.push(*alone);
                }
                continue;
            }
            let mean = self.mean(seed, &members);
            if Frame::of(bounds).holds(mean) {
                clusters.push(self.cluster(mean, zoom, &members));
            }
        }
        pins.sort_unstable();
        let total = pins.len() + clusters.iter().map(|cluster| cluster.count as usize).sum::<usize>();
        let pins = pins.into_iter().map(|leaf| self.leaves[leaf].pin.id).collect();
        Picture {
            zoom,
            clusters,
            pins,
            total,
        }
    }

    fn cluster(&self, (column, row): (f64, f64), zoom: u32, members: &[usize]) -> Cluster {
        let mut counts = [0; 4];
        members
            .iter()
            .for_each(|leaf| counts[self.leaves[*leaf].pin.kind as usize] += 1);
        let seeds_at = |zoom: u32| {
            members
                .iter()
                .map(|leaf| self.seeds[zoom as usize][*leaf])
                .collect::<BTreeSet<_>>()
        };
        Cluster {
            center: point_at(column, row),
            count: members.len() as u32,
            counts,
            expansion_zoom: (zoom + 1..=17).find(|zoom| 1 < seeds_at(*zoom).len()).unwrap(),
        }
    }

    fn mean(&self, seed: usize, members: &[usize]) -> (f64, f64) {
        let seed = self.leaves[seed].hot_row;
        let hot_rows = || members.iter().map(|leaf| self.leaves[*leaf].hot_row);
        let across: i64 = hot_rows()
            .map(|hot_row| i64::from(hot_row.0.wrapping_sub(seed.0) as i32))
            .sum();
        let down: i64 = hot_rows().map(|hot_row| i64::from(hot_row.1) - i64::from(seed.1)).sum();
        let count = members.len() as f64;
        (
            f64::from(seed.0) + across as f64 / count,
            f64::from(seed.1) + down as f64 / count,
        )
    }

    pub fn newest(&self, filter: &IndexFilter, window: &Window<(i64, PetId)>) -> (Vec<PetId>, bool) {
        let passing = self.pins.iter().filter(|pin| filter.admits(*pin));
        let mut rows: Vec<_> = passing.map(|pin| (pin.reported_at.0, pin.id)).collect();
        rows.sort_by(|one, other| other.cmp(one));
        let rows = rows
            .into_iter()
            .filter(|row| window.after.is_none_or(|after| *row < after))
            .filter(|row| window.before.is_none_or(|before| before < *row));
        page(rows.map(|(_, id)| id).collect(), window.limit, window.backward)
    }

    pub fn nearest(&self, from: Point, filter: &IndexFilter, window: &Window<(f64, PetId)>) -> (Vec<PetId>, bool) {
        let passing = self.leaves.iter().filter(|leaf| filter.admits(&leaf.pin));
        let mut rows: Vec<_> = passing
            .map(|leaf| (leaf.point.chord_squared_to(from), leaf.pin.id))
            .collect();
        rows.sort_by(|one, other| one.partial_cmp(other).unwrap());
        let rows = rows
            .into_iter()
            .filter(|row| window.after.is_none_or(|after| after < *row))
            .filter(|row| window.before.is_none_or(|before| *row < before));
        page(rows.map(|(_, id)| id).collect(), window.limit, window.backward)
    }
}

fn page(mut ids: Vec<PetId>, limit: usize, backward: bool) -> (Vec<PetId>, bool) {
    let more = 0 < limit && limit < ids.len();
    if backward {
        ids.drain(..ids.len().saturating_sub(limit));
    } else {
        ids.truncate(limit);
    }
    (ids, more)
}

/// The seed of each leaf at every zoom, straight from the definition.
fn seeds(leaves: &[Leaf]) -> Vec<Vec<usize>> {
    let distance = |one: usize, other: usize| {
        let (one, other) = (leaves[one].hot_row, leaves[other].hot_row);
        let across = i128::from(one.0.wrapping_sub(other.0) as i32);
        let down = i128::from(one.1) - i128::from(other.1);
        across * across + down * down
    };
    let mut levels = vec![(0..leaves.len()).collect::<Vec<_>>()];
    let mut seeds: Vec<usize> = (0..leaves.len()).collect();
    for zoom in (0..17).rev() {
        let reach = i128::from(radius(zoom)).pow(2);
        let mut kept: Vec<usize> = Vec::new();
        for seed in &seeds {
            if kept.iter().all(|other| reach < distance(*seed, *other)) {
                kept.push(*seed);
            }
        }
        let nearest = |leaf: usize| *kept.iter().min_by_key(|seed| (distance(leaf, **seed), **seed)).unwrap();
        let level = levels.last().unwrap().iter();
        let level = level
            .map(|seed| if kept.contains(seed) { *seed } else { nearest(*seed) })
            .collect();
        levels.push(level);
        seeds = kept;
    }
    levels.reverse();
    levels
}
