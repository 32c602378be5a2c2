//! The public part of an open report.

use entity::{
    ColorSet, Timestamp,
    id::{PetId, ShelterId},
    vocabulary::{
        AgeGroup, Altered, CoatLength, CoatPattern, PetKind, PetSize, PetStatus, PlacePrecision, Sex, Species,
    },
};

use geometry::Point;

/// The public part of an open report, as lists and pins show it.
#[derive(Debug, Clone, PartialEq)]
pub struct Pin {
    /// Id of the report.
    pub id: PetId,
    /// Kind of report: lost, found, sighted or sheltered.
    pub kind: PetKind,
    /// Open or matched; the index holds no other states.
    pub status: PetStatus,
    /// Species.
    pub species: Species,
    /// Sex.
    pub sex: Sex,
    /// Whether it is spayed or neutered.
    pub altered: Altered,
    /// Size.
    pub size: PetSize,
    /// Age.
    pub age_group: AgeGroup,
    /// Coat length.
    pub coat: CoatLength,
    /// Coat pattern.
    pub pattern: CoatPattern,
    /// Base colours.
    pub colors: ColorSet,
    /// Whether the animal has a microchip; `None` if unknown.
    pub microchipped: Option<bool>,
    /// Whether the animal is in danger.
    pub urgent: bool,
    /// Primary breed, in its stored spelling.
    pub breed_primary: Option<String>,
    /// Second breed of a mix, in its stored spelling.
    pub breed_secondary: Option<String>,
    /// Whether the animal is a mix.
    pub breed_mixed: bool,
    /// The shelter that cares for the animal.
    pub shelter_id: Option<ShelterId>,
    /// The animal's name.
    pub name: Option<String>,
    /// Town and region.
    pub place_label: String,
    /// Precision of the reported place.
    pub precision: PlacePrecision,
    /// The masked point; a report without one only appears in lists.
    pub point: Option<Point>,
    /// Time at which the animal was last seen, found or taken in.
    pub seen_at: Timestamp,
    /// Time at which the report was made.
    pub reported_at: Timestamp,
    /// Stands for the marks that its public texts name. The index only keeps it.
    pub marks_signature: u64,
}
