//! A hash grid over the projection that finds reports by square.

use super::placed::Placed;
use crate::reports::{
    column::Column,
    rows::{NOBODY, mixed},
};

/// A block of 2^3 × 2^3 squares shares a part of the table, because a lookup of one square also looks up its
/// neighbours.
const BLOCK_BITS: u32 = 3;

/// Maximum number of lists in the table. A larger table no longer fits in the CPU cache and is no faster.
const MOST_LISTS: usize = 1 << 21;

/// A contiguous run of reports in one square.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    square: (u32, u32),
    /// Index of the first report.
    pub first: u32,
    /// Index after the last report.
    pub end: u32,
    /// The previous run in the same list.
    before: u32,
}

impl Run {
    const NONE: Self = Self {
        square: (0, 0),
        first: 0,
        end: 0,
        before: NOBODY,
    };
}

/// All squares of one size that contain reports.
#[derive(Debug)]
pub struct Squares {
    /// Squares are 2^shift units wide.
    shift: u32,
    /// The last run of each list.
    lists: Column<u32>,
    runs: Column<Run>,
}

impl Squares {
    /// An empty grid with room for this many reports.
    pub fn with_room(reports: usize) -> Self {
        Self {
            shift: 31,
            lists: Column::of(vec![NOBODY; lists_for(reports)], NOBODY),
            runs: Column::of(Vec::with_capacity(reports), Run::NONE),
        }
    }

    /// Rebuilds the grid with squares of 2^shift units. The reports must be ordered so that those in one square are
    /// contiguous.
    pub fn divide(&mut self, shift: u32, reports: &[Placed]) {
        self.shift = shift;
        self.lists.refill(std::iter::repeat_n(NOBODY, lists_for(reports.len())));
        self.runs.refill(std::iter::empty());
        for (place, report) in (0..).zip(reports) {
            self.add(place, (report.at.0 >> shift, report.at.1 >> shift));
        }
    }

    /// The runs of all squares.
    pub fn runs(&self) -> &[Run] {
        self.runs.rows()
    }

    /// The runs of the up to four squares that overlap the circle. A square has to be at least twice as wide as the
    /// radius.
    #[inline]
    pub fn around(&self, at: (u32, u32), radius: u32) -> [Run; 4] {
        let (west, east) = (
            at.0.wrapping_sub(radius) >> self.shift,
            at.0.wrapping_add(radius) >> self.shift,
        );
        let (north, south) = (
            at.1.saturating_sub(radius) >> self.shift,
            at.1.saturating_add(radius) >> self.shift,
        );
        let mut runs = [Run::NONE; 4];
        let [first, second, third, fourth] = &mut runs;
        *first = self.run((west, north));
        if east != west {
            *second = self.run((east, north));
        }
        if south != north {
            *third = self.run((west, south));
            if east != west {
                *fourth = self.run((east, south));
            }
        }
        runs
    }

    fn add(&mut self, place: u32, square: (u32, u32)) {
        let last = (self.runs.len() as u32).wrapping_sub(1);
        if let Some(run) = self.runs.at_mut(last).filter(|run| run.square == square) {
            run.end = place + 1;
            return;
        }
        let list = self.list(square);
        let run = self.runs.push(Run {
            square,
            first: place,
            end: place + 1,
            before: *self.lists.at(list),
        });
        self.lists.set(list, run);
    }

    #[inline]
    fn run(&self, square: (u32, u32)) -> Run {
        let mut run = *self.runs.at(*self.lists.at(self.list(square)));
        while run.square != square && run.before != NOBODY {
            run = *self.runs.at(run.before);
        }
        if run.square == square { run } else { Run::NONE }
    }

    #[inline]
    fn list(&self, (column, row): (u32, u32)) -> u32 {
        let block = mixed(u64::from(column >> BLOCK_BITS) << 32 | u64::from(row >> BLOCK_BITS)) as u32;
        let side = (1 << BLOCK_BITS) - 1;
        let within = (row & side) << BLOCK_BITS | column & side;
        (block << (2 * BLOCK_BITS) | within) & (self.lists.len() as u32 - 1)
    }
}

fn lists_for(reports: usize) -> usize {
    (2 * reports)
        .next_power_of_two()
        .clamp(1 << (2 * BLOCK_BITS), MOST_LISTS)
}
