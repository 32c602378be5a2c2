//! The index.

use std::collections::BTreeMap;

use entity::id::PetId;

use super::{
    Cluster, Drawing, FINEST_CLUSTER_ZOOM, Glimpse, Most, Pin, Run, Sieve, Window,
    area::chord,
    ground::{Frame, point_at, radius, spot_of},
};
use crate::kernel::geo::{Bounds, Point};

/// Every open report; see the module.
#[derive(Debug, Clone, Default)]
pub struct Atlas {
    pins: BTreeMap<PetId, Pin>,
}

/// Collects reports for an [`Atlas`] that is built at once. Of two reports with one id the last counts.
#[derive(Debug, Default)]
pub struct Builder {
    pins: BTreeMap<PetId, Pin>,
}

impl Builder {
    /// Takes a report in.
    pub fn add(&mut self, pin: Pin) {
        self.pins.insert(pin.id, pin);
    }

    /// Lays everything out.
    pub fn finish(self) -> Atlas {
        Atlas { pins: self.pins }
    }
}

/// A placed report on the ground.
struct Leaf<'a> {
    pin: &'a Pin,
    spot: (u32, u32),
    priority: u64,
    /// The seed that it belongs to at the zoom that is looked at.
    seed: usize,
}

impl Atlas {
    /// Begins an atlas that is built at once, which is many times faster than putting the reports in one by one.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Inserts a report or replaces the one with its id; answers what was there before.
    pub fn put(&mut self, pin: Pin) -> Option<Pin> {
        self.pins.insert(pin.id, pin)
    }

    /// Takes a report out; answers what was there.
    pub fn remove(&mut self, id: PetId) -> Option<Pin> {
        self.pins.remove(&id)
    }

    /// One report.
    pub fn get(&self, id: PetId) -> Option<Pin> {
        self.pins.get(&id).cloned()
    }

    /// How many reports there are.
    pub fn len(&self) -> usize {
        self.pins.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.pins.is_empty()
    }

    /// Everything that is allocated, in bytes, within a few per cent.
    pub fn memory_bytes(&self) -> usize {
        self.pins.len() * 2 * size_of::<Pin>()
    }

    /// Whether so much was changed since it was built that [`Atlas::rebuilt`] pays.
    pub fn is_worn(&self) -> bool {
        false
    }

    /// The same content, laid out anew.
    pub fn rebuilt(&self) -> Self {
        self.clone()
    }

    /// What to draw of a viewport at a zoom; from 17 every report is a pin.
    pub fn draw(&self, bounds: &Bounds, zoom: u32, sieve: &Sieve, most: Most) -> Drawing<'_> {
        let mut zoom = zoom;
        loop {
            let drawing = self.draw_at(bounds, zoom, sieve);
            let fits = drawing.clusters.len() <= most.clusters && drawing.pins.len() <= most.pins;
            if fits || zoom == 0 {
                return drawing;
            }
            zoom = (zoom - 1).min(FINEST_CLUSTER_ZOOM);
        }
    }

    /// Last reported first; the id, greatest first, orders those of one instant.
    pub fn newest(&self, sieve: &Sieve, window: &Window<(i64, PetId)>) -> Run<'_> {
        let mut rows: Vec<_> = self
            .passing(sieve)
            .map(|pin| ((pin.reported_at.0, pin.id), pin))
            .collect();
        rows.sort_by(|(one, _), (other, _)| other.cmp(one));
        let ahead = |one: &(i64, PetId), other: &(i64, PetId)| other < one;
        run(rows, window, ahead)
    }

    /// Nearest first, by the squared chord from `from` (see `Window`); the id orders those of one distance. Reports
    /// without a point are left out.
    pub fn nearest(&self, from: Point, sieve: &Sieve, window: &Window<(f64, PetId)>) -> Run<'_> {
        let measured = self
            .passing(sieve)
            .filter_map(|pin| Some(((chord(pin.point?, from), pin.id), pin)));
        let mut rows: Vec<_> = measured.collect();
        let ahead =
            |one: &(f64, PetId), other: &(f64, PetId)| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)).is_lt();
        rows.sort_by(|(one, _), (other, _)| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        run(rows, window, ahead)
    }

    /// How many reports pass.
    pub fn count(&self, sieve: &Sieve) -> usize {
        self.passing(sieve).count()
    }

    /// Shows every report that passes, in no order.
    pub fn each(&self, sieve: &Sieve, mut visit: impl FnMut(Glimpse<'_>)) {
        self.passing(sieve).for_each(|pin| visit(Glimpse(pin)));
    }

    fn passing(&self, sieve: &Sieve) -> impl Iterator<Item = &Pin> {
        self.pins.values().filter(move |pin| sieve.admits(pin))
    }

    fn draw_at(&self, bounds: &Bounds, zoom: u32, sieve: &Sieve) -> Drawing<'_> {
        let mut drawing = Drawing {
            zoom,
            clusters: Vec::new(),
            pins: Vec::new(),
            total: 0,
        };
        let frame = Frame::of(bounds);
        let (leaves, groups) = self.grouped(zoom);
        for (seed, members) in groups {
            let passing: Vec<&Leaf> = members
                .iter()
                .filter_map(|member| leaves.get(*member))
                .filter(|leaf| sieve.admits(leaf.pin))
                .collect();
            if let [alone] = passing.as_slice() {
                if alone.pin.point.is_some_and(|point| bounds.contains(point)) {
                    drawing.pins.push(Glimpse(alone.pin));
                    drawing.total += 1;
                }
                continue;
            }
            let Some(seed) = leaves.get(seed) else { continue };
            let (column, row) = mean(seed.spot, &passing);
            if !passing.is_empty() && frame.holds((column, row)) {
                drawing.total += passing.len();
                drawing.clusters.push(Cluster {
                    center: point_at(column, row),
                    count: passing.len() as u32,
                    counts: counts(&passing),
                    expansion_zoom: self.parting(zoom, &passing),
                });
            }
        }
        drawing
    }

    /// The first zoom at which these reports have more than one seed.
    fn parting(&self, zoom: u32, members: &[&Leaf<'_>]) -> u32 {
        let parted = |zoom: &u32| {
            let (leaves, _) = self.grouped(*zoom);
            let seeds: std::collections::BTreeSet<usize> = leaves
                .iter()
                .filter(|leaf| members.iter().any(|member| member.pin.id == leaf.pin.id))
                .map(|leaf| leaf.seed)
                .collect();
            1 < seeds.len()
        };
        (zoom + 1..=FINEST_CLUSTER_ZOOM)
            .find(parted)
            .unwrap_or(FINEST_CLUSTER_ZOOM + 1)
    }

    /// All placed reports by priority, and those of each seed of a zoom.
    fn grouped(&self, zoom: u32) -> (Vec<Leaf<'_>>, BTreeMap<usize, Vec<usize>>) {
        let placed = self.pins.values().filter_map(|pin| Some((pin, spot_of(pin.point?))));
        let mut leaves: Vec<Leaf> = placed
            .map(|(pin, spot)| Leaf {
                pin,
                spot,
                priority: priority(pin.id),
                seed: 0,
            })
            .collect();
        leaves.sort_by_key(|leaf| std::cmp::Reverse((leaf.priority, leaf.pin.id)));
        let spots: Vec<_> = leaves.iter().map(|leaf| leaf.spot).collect();
        let mut seeds: Vec<usize> = (0..spots.len()).collect();
        let mut parents: Vec<usize> = seeds.clone();
        for level in (zoom..=FINEST_CLUSTER_ZOOM).rev() {
            let reach = u64::from(radius(level)).pow(2);
            let mut kept: Vec<usize> = Vec::new();
            for seed in &seeds {
                let distance = |other: &usize| distance_squared(spots.get(*seed), spots.get(*other));
                match kept
                    .iter()
                    .map(|other| (distance(other), *other))
                    .min()
                    .filter(|(near, _)| *near <= reach)
                {
                    None => kept.push(*seed),
                    Some((_, nearest)) => {
                        if let Some(parent) = parents.get_mut(*seed) {
                            *parent = nearest
                        }
                    }
                }
            }
            // A seed that came later may be nearer, but none of them comes before one that it would have kept out.
            for seed in &seeds {
                let Some(parent) = parents.get_mut(*seed).filter(|parent| *parent != seed) else {
                    continue;
                };
                let distance = |other: &usize| distance_squared(spots.get(*seed), spots.get(*other));
                *parent = kept
                    .iter()
                    .map(|other| (distance(other), *other))
                    .min()
                    .map_or(*parent, |(_, nearest)| nearest);
            }
            seeds = kept;
        }
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, leaf) in leaves.iter_mut().enumerate() {
            let mut seed = index;
            while let Some(parent) = parents.get(seed).filter(|parent| **parent != seed) {
                seed = *parent;
            }
            leaf.seed = seed;
            groups.entry(seed).or_default().push(index);
        }
        (leaves, groups)
    }
}

fn distance_squared(one: Option<&(u32, u32)>, other: Option<&(u32, u32)>) -> u64 {
    let (Some(one), Some(other)) = (one, other) else {
        return u64::MAX;
    };
    let across = u64::from(one.0.wrapping_sub(other.0).cast_signed().unsigned_abs());
    let down = u64::from(one.1.abs_diff(other.1));
    across * across + down * down
}

fn mean(seed: (u32, u32), members: &[&Leaf<'_>]) -> (f64, f64) {
    let across: i64 = members
        .iter()
        .map(|leaf| i64::from(leaf.spot.0.wrapping_sub(seed.0).cast_signed()))
        .sum();
    let down: i64 = members
        .iter()
        .map(|leaf| i64::from(leaf.spot.1) - i64::from(seed.1))
        .sum();
    let count = members.len() as f64;
    (
        f64::from(seed.0) + across as f64 / count,
        f64::from(seed.1) + down as f64 / count,
    )
}

fn counts(members: &[&Leaf<'_>]) -> [u32; 4] {
    let mut counts = [0; 4];
    for leaf in members {
        if let Some(count) = counts.get_mut(leaf.pin.kind as usize) {
            *count += 1;
        }
    }
    counts
}

/// Who is a seed before whom: a number as good as drawn by lot, the same on every node. The finalizer of splitmix64 on
/// both halves of the id (Steele, Lea and Flood 2014).
fn priority(id: PetId) -> u64 {
    let (high, low) = id.0.as_u64_pair();
    mixed(mixed(high).wrapping_add(low))
}

fn mixed(bits: u64) -> u64 {
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// The rows of a window out of all rows in the order of the list.
fn run<'a, K: Copy>(rows: Vec<(K, &'a Pin)>, window: &Window<K>, ahead: impl Fn(&K, &K) -> bool) -> Run<'a> {
    let inside = |key: &K| {
        window.after.is_none_or(|after| ahead(&after, key)) && window.before.is_none_or(|before| ahead(key, &before))
    };
    let mut items: Vec<Glimpse> = rows
        .iter()
        .filter(|(key, _)| inside(key))
        .map(|(_, pin)| Glimpse(pin))
        .collect();
    let more = 0 < window.limit && window.limit < items.len();
    if window.backward {
        items.drain(..items.len().saturating_sub(window.limit));
    } else {
        items.truncate(window.limit);
    }
    Run { items, more }
}
