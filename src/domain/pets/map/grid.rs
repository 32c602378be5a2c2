//! The cells of a zoom, and the whole cells of a viewport.

use entity::pet;
use sea_orm::Condition;

use crate::kernel::geo::{Bounds, Point, WORLD_UNITS, map_cell};

/// Units of a cell at zoom 0: 40 pixels of a world that is 512 pixels wide.
const CELL_AT_ZERO: i32 = WORLD_UNITS / 512 * 40;
/// The zoom at which clusters are no longer drawn.
const OPEN: u32 = 17;

/// Whole cells around a viewport.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    zoom: u32,
    bounds: Bounds,
}

/// The width of a cell in units, at least one.
fn cell_of(zoom: u32) -> i32 {
    (CELL_AT_ZERO >> zoom).max(1)
}

impl Grid {
    /// The grid of a zoom, or of the deepest one at which not much more than `most` cells lie in the bounds.
    pub fn of(bounds: Bounds, zoom: u32, most: usize) -> Self {
        let mut grid = Self { zoom, bounds };
        // Most cells of a map are empty, so a few times as many are looked at.
        let enough = i64::try_from(most).unwrap_or(i64::MAX).saturating_mul(8);
        while let Some(coarser) = grid.coarser().filter(|_| enough < grid.count()) {
            grid = coarser;
        }
        grid
    }

    /// The zoom whose cells these are.
    pub fn zoom(&self) -> u32 {
        self.zoom
    }

    /// The width of a cell in units.
    pub fn cell(&self) -> i32 {
        cell_of(self.zoom)
    }

    /// Cells of twice the width, if there are any.
    pub fn coarser(&self) -> Option<Self> {
        Some(Self {
            zoom: self.zoom.checked_sub(1)?,
            bounds: self.bounds,
        })
    }

    /// Rows in one of the cells.
    pub fn condition(&self) -> Condition {
        let columns = self.columns().into_iter().fold(Condition::any(), |any, (west, east)| {
            any.add(pet::COLUMN.map_x.between(west, east))
        });
        let (north, south) = self.rows();
        Condition::all()
            .add(columns)
            .add(pet::COLUMN.map_y.between(north, south))
    }

    fn count(&self) -> i64 {
        let cell = i64::from(self.cell());
        let width: i64 = self
            .columns()
            .iter()
            .map(|(west, east)| i64::from(east - west) + 1)
            .sum();
        let (north, south) = self.rows();
        (width / cell).max(1) * ((i64::from(south - north) + 1) / cell).max(1)
    }

    /// First and last unit from west to east, twice over the antimeridian.
    fn columns(&self) -> Vec<(i32, i32)> {
        let column = |longitude| units(self.bounds.south, longitude).0;
        let ranges = self.bounds.longitude_ranges().into_iter();
        ranges
            .map(|(west, east)| self.whole(column(west), column(east)))
            .collect()
    }

    /// First and last unit from north to south.
    fn rows(&self) -> (i32, i32) {
        let row = |latitude| units(latitude, self.bounds.west).1;
        self.whole(row(self.bounds.north), row(self.bounds.south))
    }

    /// The range widened to whole cells.
    fn whole(&self, from: i32, to: i32) -> (i32, i32) {
        let cell = self.cell();
        let last = (to / cell * cell).saturating_add(cell - 1);
        (from / cell * cell, last.min(WORLD_UNITS - 1))
    }
}

/// The first zoom after `zoom` at which the two ends of a cluster lie in different cells; 17 where they never do.
pub(super) fn expansion_zoom(zoom: u32, (west, east): (i32, i32), (north, south): (i32, i32)) -> u32 {
    let apart = |zoom: &u32| {
        let cell = cell_of(*zoom);
        west / cell != east / cell || north / cell != south / cell
    };
    (zoom + 1..OPEN).find(apart).unwrap_or(OPEN)
}

/// Column and row of a point whose coordinates are in range, as those of bounds are.
fn units(latitude: f64, longitude: f64) -> (i32, i32) {
    Point::new(latitude, longitude).map_or((0, 0), map_cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(south: f64, west: f64, north: f64, east: f64) -> Bounds {
        Bounds::new(south, west, north, east).unwrap()
    }

    #[test]
    fn a_viewport_that_moves_within_a_cell_shows_the_same_cells() {
        let before = Grid::of(bounds(30.0, -98.0, 30.5, -97.0), 10, 2_000);
        let after = Grid::of(bounds(30.000_1, -97.999_9, 30.500_1, -96.999_9), 10, 2_000);

        assert_eq!(before.columns(), after.columns());
        assert_eq!(before.rows(), after.rows());
    }

    #[test]
    fn a_viewport_over_the_antimeridian_has_two_ranges_of_columns() {
        let grid = Grid::of(bounds(-10.0, 170.0, 10.0, -170.0), 4, 2_000);

        let columns = grid.columns();
        assert_eq!(columns.len(), 2);
        assert_eq!(columns[0].1, WORLD_UNITS - 1);
        assert_eq!(columns[1].0, 0);
    }

    #[test]
    fn the_whole_world_at_a_deep_zoom_gets_coarser_cells() {
        let grid = Grid::of(bounds(-90.0, -180.0, 90.0, 180.0), 22, 2_000);

        assert!(grid.count() <= 16_000, "{}", grid.count());
        assert!(16_000 < Grid::of(grid.bounds, 22, usize::MAX).count());
    }

    #[test]
    fn a_cluster_opens_where_its_ends_part() {
        let cell = cell_of(9);

        assert_eq!(expansion_zoom(8, (0, cell), (0, 0)), 9);
        assert_eq!(expansion_zoom(8, (5, 5), (7, 7)), 17);
    }
}
