//! Web Mercator, the square projection that web maps are drawn in, in integer units.

use std::f64::consts::PI;

use super::Point;

/// Width of the world in units: 2^26, which makes a unit 0.6 m at the equator. A tile of zoom z is 2^(26 − z) units
/// wide.
pub const WORLD_UNITS: i32 = 1 << 26;

/// Latitude of the edge of the square: atan(sinh π) in degrees. Places closer to a pole are drawn on the edge.
pub const MAX_MERCATOR_LATITUDE: f64 = 85.051_128_78;

/// Column (eastward from the antimeridian) and row (southward from the northern edge), both from 0 to 2^26 − 1.
pub fn map_cell(point: Point) -> (i32, i32) {
    let latitude = point
        .latitude
        .clamp(-MAX_MERCATOR_LATITUDE, MAX_MERCATOR_LATITUDE)
        .to_radians();
    let column = point.longitude / 360.0 + 0.5;
    let row = 0.5 - latitude.tan().asinh() / (2.0 * PI);
    (unit(column), unit(row))
}

/// The centre of a cell. Columns and rows outside the world are clamped to its edge.
pub fn point_of_cell((column, row): (i32, i32)) -> Point {
    let part = |index: i32| (f64::from(index.clamp(0, WORLD_UNITS - 1)) + 0.5) / f64::from(WORLD_UNITS);
    let latitude = (PI * (1.0 - 2.0 * part(row))).sinh().atan().to_degrees();
    Point::wrapped(latitude, (part(column) - 0.5) * 360.0)
}

/// Converts a fraction of the world to units; the far edge belongs to the last unit.
fn unit(part: f64) -> i32 {
    ((part * f64::from(WORLD_UNITS)).floor() as i32).clamp(0, WORLD_UNITS - 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_world_is_a_square_with_greenwich_in_the_middle() {
        let cell = |latitude, longitude| map_cell(Point::new(latitude, longitude).unwrap());
        assert_eq!(cell(0.0, 0.0), (WORLD_UNITS / 2, WORLD_UNITS / 2));
        assert_eq!(cell(90.0, -180.0), (0, 0));
        assert_eq!(cell(-90.0, 180.0), (WORLD_UNITS - 1, WORLD_UNITS - 1));
        assert_eq!(cell(90.0, 0.0), cell(86.0, 0.0));
    }

    #[test]
    fn seattle_lies_in_the_tile_that_maps_draw_it_in() {
        // Zoom 10: column 164, row 357.
        let (column, row) = map_cell(Point::new(47.6062, -122.3321).unwrap());
        assert_eq!((column >> 16, row >> 16), (164, 357));
    }

    proptest! {
        #[test]
        fn the_middle_of_a_cell_lies_in_it(column in 0..WORLD_UNITS, row in 0..WORLD_UNITS) {
            prop_assert_eq!(map_cell(point_of_cell((column, row))), (column, row));
        }

        #[test]
        fn there_and_back_is_less_than_a_unit_away(latitude in -85.05..85.05, longitude in -180.0..=180.0) {
            let at = Point::new(latitude, longitude).unwrap();
            let back = point_of_cell(map_cell(at));
            let unit = 360.0 / f64::from(WORLD_UNITS);
            prop_assert!((back.longitude - at.longitude).abs() <= unit);
            prop_assert!((back.latitude - at.latitude).abs() <= unit);
        }
    }
}
