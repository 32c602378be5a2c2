//! Breed in the schema.

use async_graphql::SimpleObject;
use entity::{pet, shelter_animal};

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

    /// The breed of an animal of a shelter.
    pub fn of_animal(animal: &shelter_animal::Model) -> Self {
        let (primary, secondary) = (animal.breed_primary.clone(), animal.breed_secondary.clone());
        let names = (primary.as_deref(), secondary.as_deref());
        Self {
            label: pets::label_of_breed(names, animal.breed_mixed, animal.breed_raw.as_deref()),
            mixed: animal.breed_mixed,
            primary,
            secondary,
        }
    }
}
