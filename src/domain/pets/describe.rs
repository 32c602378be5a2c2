//! Descriptions of a report that need no database access.

use entity::pet;

use geometry::{DistanceUnit, Point, distance_meters};

/// The breed for people, such as `Beagle / Boxer mix`; never empty.
pub fn breed_label(pet: &pet::Model) -> String {
    match (&pet.breed_primary, &pet.breed_secondary) {
        (Some(primary), Some(secondary)) => format!("{primary} / {secondary} mix"),
        (Some(primary), None) if pet.breed_mixed => format!("{primary} mix"),
        (Some(primary), None) => primary.clone(),
        (None, _) if pet.breed_mixed => "Mixed breed".to_owned(),
        (None, _) => pet.breed_raw.clone().unwrap_or_else(|| "Unknown breed".to_owned()),
    }
}

/// The distance from a point to the public place of a report, rounded for the unit; the same for everybody. None if the
/// place is not on the map.
pub fn distance_from(pet: &pet::Model, from: Point, unit: DistanceUnit) -> Option<f64> {
    let there = Point::new(pet.public_latitude?, pet.public_longitude?).ok()?;
    Some(unit.rounded(distance_meters(from, there)))
}
