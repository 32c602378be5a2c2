//! What the score reads of a report.

use entity::pet;

use super::score::Subject;
use crate::kernel::geo::Point;

/// The report as the score sees it: with its public point, never the true one.
pub fn subject(pet: &pet::Model) -> Subject {
    let point = pet.public_latitude.zip(pet.public_longitude);
    Subject {
        id: pet.id.0,
        kind: pet.kind,
        species: pet.species,
        name: pet.name.clone(),
        breed_primary: pet.breed_primary.clone(),
        breed_secondary: pet.breed_secondary.clone(),
        mixed: pet.breed_mixed,
        sex: pet.sex,
        altered: pet.altered,
        size: pet.size,
        age_group: pet.age_group,
        coat: pet.coat,
        colors: pet.colors,
        pattern: pet.pattern,
        markings: pet.markings.clone(),
        collar: pet.collar.clone(),
        weight_grams: pet.weight_grams,
        microchip: pet.microchip.clone(),
        point: point.and_then(|(latitude, longitude)| Point::new(latitude, longitude).ok()),
        precision: pet.precision,
        seen_at: pet.seen_at,
    }
}
