//! Where on the map a search listens.
//!
//! The world is cut into cells as map tiles are: level 0 is one cell, and each level cuts every cell into four. A search
//! listens in the at most four cells of one level that cover its area, a search without an area in the one cell of level
//! 0. A report lies in one cell of each level, so the searches that it may fit are those that listen in one of thirteen
//! cells: an index finds them among any number of others.

use std::collections::BTreeSet;

use entity::{
    pet,
    vocabulary::{PetKind, Species},
};
use sea_orm::Iterable;

use crate::{
    domain::pets::search::{Area, Filter},
    kernel::geo::{Bounds, Point, WORLD_UNITS, map_cell},
};

/// The finest level; its cells are at most 10 km wide, and smaller areas listen in whole ones.
const FINEST: u32 = 12;
/// Most cells of one search.
const MOST_CELLS: usize = 4;

/// The cells in which a search with that filter listens.
pub fn covering(filter: &Filter) -> BTreeSet<i64> {
    let bounds = match &filter.area {
        Some(Area::Bounds(bounds)) => *bounds,
        Some(Area::Circle(circle)) => circle.bounding_box(),
        Some(Area::Polygon(polygon)) => polygon.bounding_box(),
        Some(Area::Near { .. }) | None => return BTreeSet::from([number(0, 0, 0)]),
    };
    let finer = (1..=FINEST).rev().find_map(|level| cells_of(&bounds, level));
    finer.unwrap_or_else(|| BTreeSet::from([number(0, 0, 0)]))
}

/// The cells that a report lies in, one of each level; only the whole world for a report that is not on the map.
pub fn around(pet: &pet::Model) -> Vec<i64> {
    let point = pet.public_latitude.zip(pet.public_longitude);
    let point = point.and_then(|(latitude, longitude)| Point::new(latitude, longitude).ok());
    match point {
        Some(point) => (0..=FINEST).map(|level| cell_of(point, level)).collect(),
        None => vec![number(0, 0, 0)],
    }
}

/// A bit for each kind that fits.
pub fn kinds_mask(filter: &Filter) -> i32 {
    let all = || PetKind::iter().collect();
    let kinds: Vec<PetKind> = filter.kinds.clone().unwrap_or_else(all);
    kinds.into_iter().fold(0, |mask, kind| mask | kind_bit(kind))
}

/// The bit of a kind; part of what is stored, like the order of the vocabulary.
pub fn kind_bit(kind: PetKind) -> i32 {
    1 << kind as i32
}

/// A bit for each species that fits.
pub fn species_mask(filter: &Filter) -> i32 {
    let all = || Species::iter().collect();
    let species: Vec<Species> = filter.species.clone().unwrap_or_else(all);
    species.into_iter().fold(0, |mask, species| mask | species_bit(species))
}

/// The bit of a species.
pub fn species_bit(species: Species) -> i32 {
    1 << species as i32
}

/// The cells of a level that cover a box; none when those are too many.
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

fn cell_of(point: Point, level: u32) -> i64 {
    let (column, row) = map_cell(point);
    number(level, column >> shift(level), row >> shift(level))
}

/// How many halvings of the world's units lie below a level.
fn shift(level: u32) -> u32 {
    WORLD_UNITS.ilog2() - level
}

/// Level, column and row in one number.
fn number(level: u32, column: i32, row: i32) -> i64 {
    let bits = WORLD_UNITS.ilog2();
    i64::from(level) << (2 * bits) | i64::from(column) << bits | i64::from(row)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::kernel::geo::{Circle, destination};

    fn listens_at(filter: &Filter, point: Point) -> bool {
        let cells = covering(filter);
        (0..=FINEST).any(|level| cells.contains(&cell_of(point, level)))
    }

    fn within(area: Area) -> Filter {
        Filter {
            area: Some(area),
            ..Filter::default()
        }
    }

    #[test]
    fn a_search_without_an_area_listens_everywhere() {
        let everything = Filter::default();
        assert_eq!(covering(&everything).len(), 1);
        for (latitude, longitude) in [(90.0, 0.0), (-90.0, 180.0), (30.2, -97.7)] {
            assert!(listens_at(&everything, Point::new(latitude, longitude).unwrap()));
        }
        assert_eq!(
            (kinds_mask(&everything), species_mask(&everything)),
            (0b1111, 0b1_1111_1111)
        );
    }

    #[test]
    fn a_search_of_one_town_does_not_listen_in_the_next_state() {
        let austin = Point::new(30.2672, -97.7431).unwrap();
        let filter = within(Area::Circle(Circle::new(austin, 16_000.0).unwrap()));
        assert!(listens_at(&filter, austin));
        assert!(!listens_at(&filter, destination(austin, 90.0, 200_000.0)));
    }

    proptest! {
        #[test]
        fn a_circle_is_heard_of_wherever_a_report_lies_in_it(
            latitude in -89.0..89.0, longitude in -179.999..179.999, radius in 1.0..161_000.0, bearing in 0.0..360.0, part in 0.0..=1.0,
        ) {
            let center = Point::new(latitude, longitude).unwrap();
            let filter = within(Area::Circle(Circle::new(center, radius).unwrap()));
            prop_assert!(covering(&filter).len() <= MOST_CELLS);
            prop_assert!(listens_at(&filter, destination(center, bearing, radius * part)));
        }

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
            prop_assert!(listens_at(&within(Area::Bounds(bounds)), point));
        }
    }
}
