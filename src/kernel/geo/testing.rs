//! Generators for property tests with places.

use proptest::prelude::*;

use super::Point;

/// Any point; the poles and the antimeridian are drawn more often than by chance.
pub fn point() -> impl Strategy<Value = Point> {
    let latitude =
        prop_oneof![8 => -90.0..=90.0, 1 => 89.9..=90.0, 1 => -90.0..=-89.9, 1 => Just(90.0), 1 => Just(-90.0)];
    let longitude = prop_oneof![8 => -180.0..=180.0, 1 => 179.9..=180.0, 1 => -180.0..=-179.9, 1 => Just(0.0)];
    (latitude, longitude).prop_map(|(latitude, longitude)| Point::new(latitude, longitude).expect("drawn in range"))
}
