//! One open report as everybody may see it.

use entity::{
    ColorSet, Timestamp,
    id::{PetId, ShelterId},
    vocabulary::{
        AgeGroup, Altered, CoatLength, CoatPattern, PetKind, PetSize, PetStatus, PlacePrecision, Sex, Species,
    },
};

use crate::kernel::geo::Point;

/// What everybody may see of one open report: the public part, as lists and pins show it.
#[derive(Debug, Clone, PartialEq)]
pub struct Pin {
    /// The report.
    pub id: PetId,
    /// What it says of its animal.
    pub kind: PetKind,
    /// Open or matched; the atlas holds no others.
    pub status: PetStatus,
    /// Kind of animal.
    pub species: Species,
    /// Sex.
    pub sex: Sex,
    /// Whether it is spayed or neutered.
    pub altered: Altered,
    /// Size.
    pub size: PetSize,
    /// Age.
    pub age_group: AgeGroup,
    /// Length of its coat.
    pub coat: CoatLength,
    /// How its colours lie.
    pub pattern: CoatPattern,
    /// Its base colours.
    pub colors: ColorSet,
    /// Whether it has a chip; `None` is not known.
    pub microchipped: Option<bool>,
    /// Whether it is in danger.
    pub urgent: bool,
    /// Breed, in the stored spelling.
    pub breed_primary: Option<String>,
    /// Second breed of a mix.
    pub breed_secondary: Option<String>,
    /// Whether it is a mix.
    pub breed_mixed: bool,
    /// In whose care it is.
    pub shelter_id: Option<ShelterId>,
    /// What it is called.
    pub name: Option<String>,
    /// Town and region.
    pub place_label: String,
    /// How exactly the place is known.
    pub precision: PlacePrecision,
    /// The masked point; `None` is known to lists only.
    pub point: Option<Point>,
    /// Last seen, found or taken in.
    pub seen_at: Timestamp,
    /// When the report came in.
    pub reported_at: Timestamp,
}
