//! Descriptions of a report that need no database access.

use entity::pet;

use geometry::{DistanceUnit, Point, distance_meters};

/// The breed for people, such as `Beagle / Boxer mix`; never empty.
pub fn breed_label(pet: &pet::Model) -> String {
    let names = (pet.breed_primary.as_deref(), pet.breed_secondary.as_deref());
    label_of_breed(names, pet.breed_mixed, pet.breed_raw.as_deref())
}

/// The same for its parts: both names, whether it is a mix, and the words as entered.
pub fn label_of_breed(names: (Option<&str>, Option<&str>), mixed: bool, raw: Option<&str>) -> String {
    match names {
        (Some(primary), Some(secondary)) => format!("{primary} / {secondary} mix"),
        (Some(primary), None) if mixed => format!("{primary} mix"),
        (Some(primary), None) => primary.to_owned(),
        (None, _) if mixed => "Mixed breed".to_owned(),
        (None, _) => raw.unwrap_or("Unknown breed").to_owned(),
    }
}

/// The distance from a point to the public place of a report, rounded for the unit; the same for everybody. None if the
/// place is not on the map.
pub fn distance_from(pet: &pet::Model, from: Point, unit: DistanceUnit) -> Option<f64> {
    let there = Point::new(pet.public_latitude?, pet.public_longitude?).ok()?;
    Some(unit.rounded(distance_meters(from, there)))
}
