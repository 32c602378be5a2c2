//! The members of each cluster, counted by kind, and their mean position, for every zoom at which these differ.

use crate::{
    projection::offset,
    reports::{column::Column, rows::HotRow},
};

/// Number of zooms with clusters, and so the maximum number of tallies of one seed.
const ZOOMS: usize = crate::FINEST_CLUSTER_ZOOM as usize + 1;

/// Sums over the members of a cluster. They wrap around, so that a negative change is added like any other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Number of members of each kind.
    pub counts: [u32; 4],
    /// Sum of their offsets from the seed, eastward and southward, in units.
    pub offsets: (i64, i64),
}

impl Tally {
    /// Sums over no members.
    pub const NOTHING: Self = Self {
        counts: [0; 4],
        offsets: (0, 0),
    };

    /// Sums over a single report.
    pub fn of(hot_row: &HotRow) -> Self {
        let mut tally = Self::NOTHING;
        tally.add_one(hot_row.attributes.kind_number(), (0, 0));
        tally
    }

    /// Counts one report.
    #[inline]
    pub fn add_one(&mut self, kind: usize, (across, down): (i64, i64)) {
        if let Some(count) = self.counts.get_mut(kind) {
            *count += 1;
        }
        self.offsets = (self.offsets.0 + across, self.offsets.1 + down);
    }

    /// Number of members.
    #[inline]
    pub fn total(&self) -> u32 {
        self.counts.iter().fold(0, |sum, count| sum.wrapping_add(*count))
    }

    /// The sum of both.
    #[inline]
    pub fn plus(&self, other: &Self) -> Self {
        let mut sum = *self;
        for (count, more) in sum.counts.iter_mut().zip(other.counts) {
            *count = count.wrapping_add(more);
        }
        sum.offsets = (
            sum.offsets.0.wrapping_add(other.offsets.0),
            sum.offsets.1.wrapping_add(other.offsets.1),
        );
        sum
    }

    /// A tally that subtracts what this one adds.
    pub fn negated(&self) -> Self {
        Self {
            counts: self.counts.map(u32::wrapping_neg),
            offsets: (self.offsets.0.wrapping_neg(), self.offsets.1.wrapping_neg()),
        }
    }

    /// The same members with offsets from another seed.
    #[inline]
    pub fn seen_from(&self, seed: &HotRow, other: &HotRow) -> Self {
        let (across, down) = offset(seed.at, other.at);
        let count = i64::from(self.total().cast_signed());
        Self {
            counts: self.counts,
            offsets: (
                self.offsets.0.wrapping_add(count * across),
                self.offsets.1.wrapping_add(count * down),
            ),
        }
    }

    /// Column and row of the mean position.
    #[inline]
    pub fn mean(&self, seed: &HotRow) -> (f64, f64) {
        let count = f64::from(self.total());
        let (across, down) = self.offsets;
        (
            f64::from(seed.at.0) + across as f64 / count,
            f64::from(seed.at.1) + down as f64 / count,
        )
    }
}

/// The tallies of all seeds. A seed has one for each zoom at which seeds of the next finer zoom join it, coarsest
/// first. A tally also holds for the coarser zooms up to the next one. `HotRow::zooms` says which zooms have one,
/// `HotRow::tallies` where they are.
#[derive(Debug, Clone)]
pub struct Tallies {
    rows: Column<Tally>,
    /// Free ranges of rows, by length.
    free: [Vec<u32>; ZOOMS + 1],
}

impl Default for Tallies {
    fn default() -> Self {
        Self::of(Column::new(Tally::NOTHING))
    }
}

impl Tallies {
    /// Tallies built in one go.
    pub fn of(rows: Column<Tally>) -> Self {
        Self {
            rows,
            free: Default::default(),
        }
    }

    /// The tally of a seed at a zoom, with the finest zoom that it holds for; `None` if the seed has no other members.
    #[inline]
    pub fn at_zoom(&self, seed: &HotRow, zoom: u8) -> Option<(&Tally, u8)> {
        let finer = seed.zooms() >> zoom;
        (finer != 0).then(|| {
            let finest = zoom + finer.trailing_zeros() as u8;
            (self.rows.at(seed.tallies + place(seed.zooms(), finest)), finest)
        })
    }

    /// The tally of all reports that the seed represents.
    pub fn whole(&self, seed: &HotRow) -> Tally {
        match seed.zooms() {
            0 => Tally::of(seed),
            _ => *self.rows.at(seed.tallies),
        }
    }

    /// Adds members that join a seed at a zoom, or changes existing ones.
    pub fn add(&mut self, seed: &mut HotRow, zoom: u8, more: &Tally) {
        if seed.zooms() >> zoom & 1 == 0 {
            self.open(seed, zoom);
        }
        for tally in self.rows.run_mut(seed.tallies, place(seed.zooms(), zoom) + 1) {
            *tally = tally.plus(more);
        }
    }

    /// Removes members that joined a seed at a zoom.
    pub fn take(&mut self, seed: &mut HotRow, zoom: u8, less: &Tally) {
        self.add(seed, zoom, &less.negated());
        let own = self.at_zoom(seed, zoom).map_or(1, |(tally, _)| tally.total());
        let finer = self.at_zoom(seed, zoom + 1).map_or(1, |(tally, _)| tally.total());
        if own == finer {
            self.close(seed, zoom);
        }
    }

    /// Adds a change to every tally of a seed, for example when its own kind changes.
    pub fn change_all(&mut self, seed: &HotRow, change: &Tally) {
        for tally in self.rows.run_mut(seed.tallies, seed.zooms().count_ones()) {
            *tally = tally.plus(change);
        }
    }

    /// Allocated memory in bytes.
    pub fn bytes(&self) -> usize {
        let free: usize = self.free.iter().map(Vec::capacity).sum();
        self.rows.bytes() + free * size_of::<u32>()
    }

    /// Adds a tally for one more zoom, starting as a copy of that of the next finer zoom.
    fn open(&mut self, seed: &mut HotRow, zoom: u8) {
        let first = self
            .at_zoom(seed, zoom)
            .map_or_else(|| Tally::of(seed), |(tally, _)| *tally);
        let (old, count) = (seed.tallies, seed.zooms().count_ones());
        let mut rows: Vec<Tally> = self.rows.run(old, count).to_vec();
        rows.insert(place(seed.zooms(), zoom) as usize, first);
        self.store(seed, seed.zooms() | 1 << zoom, &rows);
        self.give_back(old, count);
    }

    fn close(&mut self, seed: &mut HotRow, zoom: u8) {
        let (old, count) = (seed.tallies, seed.zooms().count_ones());
        let mut rows: Vec<Tally> = self.rows.run(old, count).to_vec();
        rows.remove(place(seed.zooms(), zoom) as usize);
        self.store(seed, seed.zooms() & !(1 << zoom), &rows);
        self.give_back(old, count);
    }

    fn store(&mut self, seed: &mut HotRow, zooms: u32, rows: &[Tally]) {
        seed.set_zooms(zooms);
        let free = self.free.get_mut(rows.len()).and_then(Vec::pop);
        seed.tallies = free.unwrap_or_else(|| self.rows.extend(rows.iter().copied()));
        for (place, row) in self.rows.run_mut(seed.tallies, rows.len() as u32).iter_mut().zip(rows) {
            *place = *row;
        }
    }

    fn give_back(&mut self, first: u32, count: u32) {
        if 0 < count
            && let Some(free) = self.free.get_mut(count as usize)
        {
            free.push(first);
        }
    }
}

/// Number of tallies stored before that of a zoom, given the zooms that have one.
#[inline]
pub fn place(zooms: u32, zoom: u8) -> u32 {
    (zooms & ((1 << zoom) - 1)).count_ones()
}
