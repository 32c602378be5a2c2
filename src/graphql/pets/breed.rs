//! Breed in the schema.

use async_graphql::SimpleObject;
use entity::pet;

use crate::domain::pets;

/// Breed of an animal.
#[derive(SimpleObject, Clone, Debug)]
pub struct Breed {
    /// Name in the list of breeds; null when none is known.
    primary: Option<String>,
    /// The second of two breeds.
    secondary: Option<String>,
    /// Whether it is a mix.
    mixed: bool,
    /// For people, such as `Beagle / Boxer mix`; never empty.
    label: String,
}

impl Breed {
    /// The breed of a report.
    pub fn of(pet: &pet::Model) -> Self {
        Self {
            primary: pet.breed_primary.clone(),
            secondary: pet.breed_secondary.clone(),
            mixed: pet.breed_mixed,
            label: pets::breed_label(pet),
        }
    }
}
