//! Finds the seeds of all zooms at once.
//!
//! At zoom 17 every report is a seed. Going to coarser zooms, a seed of the next finer zoom stays a seed unless another
//! seed with a higher priority is within the radius; otherwise it joins the nearest seed. As priorities are
//! pseudo-random, this is the well-known random greedy independent set: adding or removing a report only changes it
//! locally.
//!
//! Reports are processed in spatial order rather than by priority, which keeps the data in the CPU cache. A report that
//! depends on a neighbour of higher priority settles that neighbour first.

use super::{
    placed::Placed,
    squares::{Run, Squares},
};
use crate::{
    FINEST_CLUSTER_ZOOM,
    projection::{distance_squared, radius},
    reports::{column::Column, rows::NOBODY},
};

/// Longer runs are sorted by priority. They only occur where many reports are close together, and there the first few
/// decide for all.
const LONG_RUN: u32 = 64;

/// The result of [`Forest::of`], indexed like the list of reports given to it.
pub struct Forest {
    /// The coarsest zoom at which each report is a seed.
    pub tops: Column<u8>,
    /// The seed that each report belongs to at zoom `top` − 1 and coarser.
    pub parents: Column<u32>,
    /// For zooms 0 to 16, the seeds of the next finer zoom that are not seeds at this one.
    pub joining: Vec<Vec<u32>>,
    /// The seeds of zoom 0.
    pub roots: Vec<u32>,
}

impl Forest {
    /// Finds all seeds. The reports must be ordered so that those of any tile are contiguous, at every zoom.
    pub fn of(placed: &Column<Placed>) -> Self {
        let count = placed.len();
        let mut forest = Self {
            tops: Column::of(vec![0; count], 0),
            parents: Column::of(vec![NOBODY; count], NOBODY),
            joining: Vec::new(),
            roots: Vec::new(),
        };
        let mut search = Search::among(placed);
        let mut joined = Vec::new();
        for zoom in (0..=FINEST_CLUSTER_ZOOM as u8).rev() {
            search.divide(30 - u32::from(zoom));
            forest.join(&search, joined, zoom + 1);
            joined = search.thin_out(zoom);
            for report in &joined {
                forest.tops.set(*report, zoom + 1);
            }
        }
        search.divide(31);
        forest.join(&search, joined, 0);
        forest.roots = search.reports;
        forest.joining.reverse();
        forest
    }

    /// Assigns every report in `joining` to its nearest seed at the zoom.
    fn join(&mut self, seeds: &Search<'_>, joining: Vec<u32>, zoom: u8) {
        if u32::from(zoom) <= FINEST_CLUSTER_ZOOM {
            for report in &joining {
                self.parents.set(*report, seeds.nearest(*report, radius(zoom)));
            }
            self.joining.push(joining);
        }
    }
}

/// Progress of a report at the current zoom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Seed,
    Joins,
}

/// The seeds of one zoom, from which those of the next coarser zoom are selected.
struct Search<'a> {
    placed: &'a Column<Placed>,
    /// The seeds in spatial order.
    reports: Vec<u32>,
    /// The data of these seeds, stored contiguously.
    near: Column<Placed>,
    states: Column<State>,
    squares: Squares,
}

impl<'a> Search<'a> {
    /// All reports, which are the seeds of zoom 17.
    fn among(placed: &'a Column<Placed>) -> Self {
        Self {
            placed,
            reports: (0..placed.len() as u32).collect(),
            near: Column::of(Vec::with_capacity(placed.len()), Placed::NOBODY),
            states: Column::of(Vec::with_capacity(placed.len()), State::Joins),
            squares: Squares::with_room(placed.len()),
        }
    }

    /// Groups the seeds into squares of 2^shift units.
    fn divide(&mut self, shift: u32) {
        self.near
            .refill(self.reports.iter().map(|report| *self.placed.at(*report)));
        self.states.refill(self.reports.iter().map(|_| State::Open));
        self.squares.divide(shift, self.near.rows());
        for run in self.squares.runs().iter().filter(|run| LONG_RUN < run.end - run.first) {
            let heap = self
                .reports
                .get_mut(run.first as usize..run.end as usize)
                .unwrap_or_default();
            heap.sort_unstable_by_key(|report| self.placed.at(*report).rank);
            self.near
                .run_mut(run.first, run.end - run.first)
                .sort_unstable_by_key(|placed| placed.rank);
        }
    }

    /// Keeps the seeds of the next coarser zoom and returns the others.
    fn thin_out(&mut self, zoom: u8) -> Vec<u32> {
        let radius = radius(zoom);
        for place in 0..self.reports.len() as u32 {
            self.settle(place, radius);
        }
        let mut joining = Vec::new();
        let mut states = self.states.rows().iter();
        self.reports.retain(|report| {
            let stays = states.next() == Some(&State::Seed);
            if !stays {
                joining.push(*report);
            }
            stays
        });
        joining
    }

    /// Decides whether a report is a seed. It recurses into neighbours of higher priority; with random priorities that
    /// goes a few dozen levels deep.
    fn settle(&mut self, place: u32, radius: u32) -> bool {
        if *self.states.at(place) == State::Open {
            let own = *self.near.at(place);
            let runs = self.squares.around(own.at, radius);
            let joins = runs.into_iter().any(|run| self.has_better_seed(run, own, radius));
            self.states.set(place, if joins { State::Joins } else { State::Seed });
        }
        *self.states.at(place) == State::Seed
    }

    fn has_better_seed(&mut self, run: Run, own: Placed, radius: u32) -> bool {
        let reach = u64::from(radius).pow(2);
        for place in run.first..run.end {
            let other = *self.near.at(place);
            if other.rank < own.rank {
                let may_be = *self.states.at(place) != State::Joins;
                if may_be && distance_squared(own.at, other.at) <= reach && self.settle(place, radius) {
                    return true;
                }
            } else if LONG_RUN < run.end - run.first {
                break;
            }
        }
        false
    }

    /// The seed nearest to a report; at equal distance the one with the highest priority.
    fn nearest(&self, report: u32, radius: u32) -> u32 {
        let own = *self.placed.at(report);
        let mut best = (u64::MAX, u32::MAX, NOBODY);
        for run in self.squares.around(own.at, radius) {
            for place in run.first..run.end {
                let seed = self.near.at(place);
                best = best.min((distance_squared(own.at, seed.at), seed.rank, place));
            }
        }
        self.reports.get(best.2 as usize).copied().unwrap_or(NOBODY)
    }
}
