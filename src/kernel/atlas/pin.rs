//! One open report as everybody may see it.

use entity::{
    ColorSet, Timestamp,
    id::{PetId, ShelterId},
    vocabulary::{AgeGroup, Altered, CoatLength, CoatPattern, PetKind, PetSize, PetStatus, Sex, Species},
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
    /// The masked point; `None` is known to lists only.
    pub point: Option<Point>,
    /// Last seen, found or taken in.
    pub seen_at: Timestamp,
    /// When the report came in.
    pub reported_at: Timestamp,
}

/// A borrowed look at one report of an atlas.
#[derive(Debug, Clone, Copy)]
pub struct Glimpse<'a>(pub(super) &'a Pin);

impl<'a> Glimpse<'a> {
    /// The whole report, copied.
    pub fn pin(&self) -> Pin {
        self.0.clone()
    }

    /// The report.
    pub fn id(&self) -> PetId {
        self.0.id
    }

    /// What it says of its animal.
    pub fn kind(&self) -> PetKind {
        self.0.kind
    }

    /// Open or matched.
    pub fn status(&self) -> PetStatus {
        self.0.status
    }

    /// Kind of animal.
    pub fn species(&self) -> Species {
        self.0.species
    }

    /// Sex.
    pub fn sex(&self) -> Sex {
        self.0.sex
    }

    /// Whether it is spayed or neutered.
    pub fn altered(&self) -> Altered {
        self.0.altered
    }

    /// Size.
    pub fn size(&self) -> PetSize {
        self.0.size
    }

    /// Age.
    pub fn age_group(&self) -> AgeGroup {
        self.0.age_group
    }

    /// Length of its coat.
    pub fn coat(&self) -> CoatLength {
        self.0.coat
    }

    /// How its colours lie.
    pub fn pattern(&self) -> CoatPattern {
        self.0.pattern
    }

    /// Its base colours.
    pub fn colors(&self) -> ColorSet {
        self.0.colors
    }

    /// Whether it has a chip; `None` is not known.
    pub fn microchipped(&self) -> Option<bool> {
        self.0.microchipped
    }

    /// Whether it is in danger.
    pub fn urgent(&self) -> bool {
        self.0.urgent
    }

    /// Breed, in the stored spelling.
    pub fn breed_primary(&self) -> Option<&'a str> {
        self.0.breed_primary.as_deref()
    }

    /// Second breed of a mix.
    pub fn breed_secondary(&self) -> Option<&'a str> {
        self.0.breed_secondary.as_deref()
    }

    /// Whether it is a mix.
    pub fn breed_mixed(&self) -> bool {
        self.0.breed_mixed
    }

    /// In whose care it is.
    pub fn shelter_id(&self) -> Option<ShelterId> {
        self.0.shelter_id
    }

    /// What it is called.
    pub fn name(&self) -> Option<&'a str> {
        self.0.name.as_deref()
    }

    /// Town and region.
    pub fn place_label(&self) -> &'a str {
        &self.0.place_label
    }

    /// The masked point, exactly as it was put in.
    pub fn point(&self) -> Option<Point> {
        self.0.point
    }

    /// Last seen, found or taken in.
    pub fn seen_at(&self) -> Timestamp {
        self.0.seen_at
    }

    /// When the report came in.
    pub fn reported_at(&self) -> Timestamp {
        self.0.reported_at
    }
}
