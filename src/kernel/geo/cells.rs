//! Map cells that route notifications about an area to its listeners.
//!
//! The world is divided like map tiles: level 0 is one cell, and each level divides every cell into four. A listener to
//! a box registers in the (at most four) cells of one level that cover it. A point lies in one cell of each level, so
//! the listeners it may concern are those registered in one of thirteen cells. An index finds them however many other
//! listeners there are.

use std::collections::BTreeSet;

use super::{Bounds, Point, WORLD_UNITS, map_cell};

/// The finest level. Its cells are at most 10 km wide; smaller areas register in whole cells.
const FINEST: u32 = 12;
/// Maximum number of cells for one area.
const MOST_CELLS: usize = 4;

/// The one cell that covers the whole world.
pub fn whole_world() -> i64 {
    number(0, 0, 0)
}

/// At most four cells that together cover a box.
pub fn covering(bounds: &Bounds) -> BTreeSet<i64> {
    let finer = (1..=FINEST).rev().find_map(|level| cells_of(bounds, level));
    finer.unwrap_or_else(|| BTreeSet::from([whole_world()]))
}

/// The cells that contain a point, one for each level.
pub fn around(point: Point) -> impl Iterator<Item = i64> {
    let (column, row) = map_cell(point);
    (0..=FINEST).map(move |level| number(level, column >> shift(level), row >> shift(level)))
}

/// The cells of a level that cover a box; `None` if there are more than [`MOST_CELLS`].
fn cells_of(bounds: &Bounds, level: u32) -> Option<BTreeSet<i64>> {
    let shift = shift(level);
    let mut cells = BTreeSet::new();
    for (west, east) in bounds.longitude_ranges() {
        let (first_column, first_row) = map_cell(Point::new(bounds.north, west).ok()?);
        let (last_column, last_row) = map_cell(Point::new(bounds.south, east).ok()?);
        for column in (first_column >> shift)..=(last_column >> shift) {
            for row in (first_row >> shift)..=(last_row >> shift) {
                cells.insert(number(level, column, row));
                if MOST_CELLS < cells.len() {
                    return None;
                }
            }
        }
    }
    Some(cells)
}

/// Number of times a cell of this level must be halved to reach one map unit.
fn shift(level: u32) -> u32 {
    WORLD_UNITS.ilog2() - level
}

/// Packs level, column and row into one number.
fn number(level: u32, column: i32, row: i32) -> i64 {
    let bits = WORLD_UNITS.ilog2();
    i64::from(level) << (2 * bits) | i64::from(column) << bits | i64::from(row)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_box_is_heard_of_wherever_a_report_lies_in_it(
            south in -90.0..90.0_f64, height in 0.0..180.0_f64, west in -180.0..180.0_f64, width in 0.0..360.0_f64,
            up in 0.0..=1.0, along in 0.0..=1.0,
        ) {
            let north = (south + height).min(90.0);
            let turned = |longitude: f64| if 180.0 < longitude { longitude - 360.0 } else { longitude };
            let bounds = Bounds::new(south, west, north, turned(west + width)).unwrap();
            let point = Point::new(south + (north - south) * up, turned(west + width * along)).unwrap();
            prop_assume!(bounds.contains(point) && point.longitude.abs() < 180.0);
            let cells = covering(&bounds);
            prop_assert!(cells.len() <= MOST_CELLS);
            prop_assert!(around(point).any(|cell| cells.contains(&cell)));
        }
    }
}
