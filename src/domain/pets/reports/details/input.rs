//! What people may say of an animal.

use entity::{
    Timestamp,
    id::PhotoId,
    vocabulary::{AgeGroup, Altered, CoatLength, CoatPattern, Color, PetSize, Sex, Species},
};

use crate::domain::pets::place::LocationInput;

/// Change of a column that may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Change<T> {
    /// Keeps the value.
    #[default]
    Keep,
    /// Removes the value.
    Clear,
    /// Sets this value.
    To(T),
}

/// A breed in somebody's words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BreedWords {
    /// At most 100 characters.
    pub primary: Option<String>,
    /// The second of two breeds; at most 100 characters.
    pub secondary: Option<String>,
    /// Whether it is a mix.
    pub mixed: bool,
}

/// Everything that can be said of an animal; what is left out stays as it is, or unknown in a new report.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Details {
    /// Species.
    pub species: Option<Species>,
    /// At most 60 characters.
    pub name: Change<String>,
    /// At most 5,000 characters; contact details are hidden.
    pub description: Change<String>,
    /// Breed as people write it.
    pub breed: Change<BreedWords>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Whether it is spayed or neutered.
    pub altered: Option<Altered>,
    /// Size.
    pub size: Option<PetSize>,
    /// Age.
    pub age_group: Option<AgeGroup>,
    /// Coat.
    pub coat: Option<CoatLength>,
    /// At most 11 base colours.
    pub colors: Option<Vec<Color>>,
    /// Pattern.
    pub pattern: Option<CoatPattern>,
    /// At most 500 characters; contact details are hidden.
    pub markings: Change<String>,
    /// At most 200 characters; contact details are hidden.
    pub collar: Change<String>,
    /// 1 to 2,000,000.
    pub weight_grams: Change<i32>,
    /// A number in any punctuation, or two of them, or yes or no.
    pub microchip: Change<String>,
    /// At most 3 of at most 200 characters.
    pub private_marks: Option<Vec<String>>,
    /// Whole US dollars, 0 to 1,000,000.
    pub reward: Change<i32>,
    /// The shelter's term for the intake, at most 100 characters; only for an animal in its care.
    pub intake_type: Change<String>,
    /// From 2000 to now.
    pub seen_at: Option<Timestamp>,
    /// Where it was seen.
    pub location: Option<LocationInput>,
    /// At most 10 photos in their order.
    pub photo_ids: Option<Vec<PhotoId>>,
    /// Whether every hour counts.
    pub urgent: Option<bool>,
}
