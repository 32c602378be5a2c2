//! What can be said of a report without asking the database.

use entity::pet;

use super::policy;
use crate::{
    domain::staff::Standing,
    kernel::geo::{DistanceUnit, Point, distance_meters},
};

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

/// How far a report is from a point, rounded as its unit is shown: from the masked point but for those who may know the
/// exact one. None when the place is not on the map.
pub fn distance_from(standing: &Standing, pet: &pet::Model, from: Point, unit: DistanceUnit) -> Option<f64> {
    let (latitude, longitude) = if policy::may_see_exact(standing, pet) {
        (pet.latitude, pet.longitude)
    } else {
        (pet.public_latitude, pet.public_longitude)
    };
    let there = Point::new(latitude?, longitude?).ok()?;
    Some(unit.rounded(distance_meters(from, there)))
}
