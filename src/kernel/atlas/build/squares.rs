//! Which reports lie in which square of the ground.

use super::{
    super::{
        column::Column,
        rows::{NOBODY, mixed},
    },
    seeds::Placed,
};

/// Squares of 2^3 columns and rows share a piece of the table, because who asks for one asks for its neighbours.
const BLOCK_BITS: u32 = 3;

/// The most lists in a table: beyond the processor's cache a longer one is no faster.
const MOST_LISTS: usize = 1 << 21;

/// Reports that follow each other and lie in one square.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    square: (u32, u32),
    /// Place of the first one.
    pub first: u32,
    /// Place behind the last one.
    pub end: u32,
    /// Another run of the same list.
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

/// The squares of one size that reports lie in.
#[derive(Debug)]
pub struct Squares {
    /// A square is 2^shift units wide.
    shift: u32,
    /// The last run of each list.
    lists: Column<u32>,
    runs: Column<Run>,
}

impl Squares {
    /// No squares, with room for those of so many reports.
    pub fn with_room(reports: usize) -> Self {
        Self {
            shift: 31,
            lists: Column::of(vec![NOBODY; lists_for(reports)], NOBODY),
            runs: Column::of(Vec::with_capacity(reports), Run::NONE),
        }
    }

    /// Divides the ground anew, into squares of 2^shift units. The reports follow each other in such an order that
    /// those in one square do.
    pub fn divide(&mut self, shift: u32, reports: &[Placed]) {
        self.shift = shift;
        self.lists.refill(std::iter::repeat_n(NOBODY, lists_for(reports.len())));
        self.runs.refill(std::iter::empty());
        for (place, report) in (0..).zip(reports) {
            self.add(place, (report.at.0 >> shift, report.at.1 >> shift));
        }
    }

    /// All runs.
    pub fn runs(&self) -> &[Run] {
        self.runs.rows()
    }

    /// The runs of the squares that lie within a radius, of which a square must be at least twice as wide: up to four.
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
