//! The seeds of every zoom, found at once.
//!
//! Zoom 17 has all reports. Going outward, a report of the next finer zoom is a seed of a zoom unless one with a higher
//! priority is and lies within the radius; otherwise it belongs to the nearest seed. With priorities as good as drawn
//! by lot this is the well-known random greedy independent set: a report that comes or goes changes it only nearby.

use super::super::{
    FINEST_CLUSTER_ZOOM,
    column::Column,
    ground::{distance_squared, radius},
    rows::{NOBODY, mixed},
};

/// What [`Forest::of`] finds; reports are numbered by priority, the highest first.
pub struct Forest {
    /// The coarsest zoom at which each is a seed.
    pub tops: Vec<u8>,
    /// The seed that each belongs to from zoom `top` − 1 outward.
    pub parents: Vec<u32>,
    /// For zooms 0 to 16, the seeds of the next finer zoom that are none of this one.
    pub joining: Vec<Vec<u32>>,
    /// The seeds of zoom 0.
    pub roots: Vec<u32>,
}

impl Forest {
    /// Finds all seeds; the reports are given by where they are, the highest priority first.
    pub fn of(spots: &Column<(u32, u32)>) -> Self {
        let count = spots.len();
        let finest = FINEST_CLUSTER_ZOOM as u8 + 1;
        let mut forest = Self {
            tops: vec![0; count],
            parents: vec![NOBODY; count],
            joining: Vec::new(),
            roots: (0..count as u32).collect(),
        };
        let mut grid = Grid::for_most(spots);
        for zoom in (0..finest).rev() {
            let joining = grid.thin_out(&mut forest.roots, zoom);
            for report in &joining {
                let place = *report as usize;
                if let (Some(top), Some(parent)) = (forest.tops.get_mut(place), forest.parents.get_mut(place)) {
                    (*top, *parent) = (zoom + 1, grid.nearest(*report, zoom));
                }
            }
            forest.joining.push(joining);
        }
        forest.joining.reverse();
        forest
    }
}

/// The seeds of one zoom by the square that they lie in. Squares share a list where their hashes meet: who looks for
/// neighbours measures the distance anyway.
struct Grid<'a> {
    spots: &'a Column<(u32, u32)>,
    /// The last seed of each list.
    heads: Column<u32>,
    /// The seed before each in its list.
    before: Column<u32>,
}

impl<'a> Grid<'a> {
    fn for_most(spots: &'a Column<(u32, u32)>) -> Self {
        Self {
            spots,
            heads: Column::new(NOBODY),
            before: Column::blank(spots.len(), NOBODY),
        }
    }

    /// Keeps the seeds of a zoom among those of the next finer one, both by priority, and answers the others.
    fn thin_out(&mut self, seeds: &mut Vec<u32>, zoom: u8) -> Vec<u32> {
        let lists = (2 * seeds.len()).next_power_of_two().min(1 << 21);
        self.heads = Column::of(vec![NOBODY; lists], NOBODY);
        let mut joining = Vec::new();
        seeds.retain(|report| {
            let is_seed = self.near(*report, zoom).next().is_none();
            if is_seed {
                self.plant(*report, zoom);
            } else {
                joining.push(*report);
            }
            is_seed
        });
        joining
    }

    /// The nearest seed within the radius, of equally near ones that of the highest priority.
    fn nearest(&self, report: u32, zoom: u8) -> u32 {
        let near = self.near(report, zoom);
        near.min().map_or(NOBODY, |(_, seed)| seed)
    }

    fn plant(&mut self, seed: u32, zoom: u8) {
        let at = *self.spots.at(seed);
        let list = self.list(square(at.0, zoom), square(at.1, zoom));
        self.before.set(seed, *self.heads.at(list));
        self.heads.set(list, seed);
    }

    /// The seeds within the radius of a report with their squared distances.
    #[inline]
    fn near(&self, report: u32, zoom: u8) -> impl Iterator<Item = (u64, u32)> {
        let at = *self.spots.at(report);
        let radius = radius(zoom);
        let reach = u64::from(radius).pow(2);
        let (west, east) = (at.0.wrapping_sub(radius), at.0.wrapping_add(radius));
        let (top, bottom) = (at.1.saturating_sub(radius), at.1.saturating_add(radius));
        let columns = pair(square(west, zoom), square(east, zoom));
        let rows = pair(square(top, zoom), square(bottom, zoom));
        let squares = rows
            .into_iter()
            .flatten()
            .flat_map(move |row| columns.into_iter().flatten().map(move |column| (column, row)));
        squares
            .flat_map(move |(column, row)| self.seeds_in(column, row))
            .map(move |seed| (distance_squared(at, *self.spots.at(seed)), seed))
            .filter(move |(distance, _)| *distance <= reach)
    }

    #[inline]
    fn seeds_in(&self, column: u32, row: u32) -> impl Iterator<Item = u32> {
        let head = *self.heads.at(self.list(column, row));
        let follow = |seed: &u32| Some(*self.before.at(*seed)).filter(|before| *before != NOBODY);
        std::iter::successors(Some(head).filter(|head| *head != NOBODY), follow)
    }

    #[inline]
    fn list(&self, column: u32, row: u32) -> u32 {
        (mixed(u64::from(column) << 32 | u64::from(row)) as usize & (self.heads.len() - 1)) as u32
    }
}

/// The square that a column or row lies in: the least power of two that is wider than the radius on both sides, so
/// that a disc reaches into two columns and two rows of squares at most.
#[inline]
fn square(line: u32, zoom: u8) -> u32 {
    line >> (30 - zoom)
}

#[inline]
fn pair(one: u32, other: u32) -> [Option<u32>; 2] {
    [Some(one), (one != other).then_some(other)]
}
