//! A reference to one report in the index.

use std::fmt;

use entity::{
    ColorSet, Timestamp,
    id::{PetId, ShelterId},
    vocabulary::{
        AgeGroup, Altered, CoatLength, CoatPattern, PetKind, PetSize, PetStatus, PlacePrecision, Sex, Species,
    },
};

use super::{
    Pin,
    attributes::PackedAttributes,
    rows::{ColdRow, Rows},
    words::Word,
};
use geometry::Point;

/// Borrowed access to one report in the index.
#[derive(Clone, Copy)]
pub struct PinRef<'a> {
    rows: &'a Rows,
    slot: u32,
}

impl fmt::Debug for PinRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PinRef").field(&self.id()).finish()
    }
}

impl<'a> PinRef<'a> {
    pub(crate) fn of(rows: &'a Rows, slot: u32) -> Self {
        Self { rows, slot }
    }

    /// Copies the report.
    pub fn pin(&self) -> Pin {
        self.rows.pin(self.slot)
    }

    /// Id of the report.
    pub fn id(&self) -> PetId {
        self.cold_row().id
    }

    /// Kind of report: lost, found, sighted or sheltered.
    pub fn kind(&self) -> PetKind {
        self.attributes().kind()
    }

    /// Open or matched.
    pub fn status(&self) -> PetStatus {
        self.attributes().status()
    }

    /// Species.
    pub fn species(&self) -> Species {
        self.attributes().species()
    }

    /// Sex.
    pub fn sex(&self) -> Sex {
        self.attributes().sex()
    }

    /// Whether it is spayed or neutered.
    pub fn altered(&self) -> Altered {
        self.attributes().altered()
    }

    /// Size.
    pub fn size(&self) -> PetSize {
        self.attributes().size()
    }

    /// Age.
    pub fn age_group(&self) -> AgeGroup {
        self.attributes().age_group()
    }

    /// Coat length.
    pub fn coat(&self) -> CoatLength {
        self.attributes().coat()
    }

    /// Coat pattern.
    pub fn pattern(&self) -> CoatPattern {
        self.attributes().pattern()
    }

    /// Base colours.
    pub fn colors(&self) -> ColorSet {
        self.attributes().colors()
    }

    /// Whether the animal has a microchip; `None` if unknown.
    pub fn microchipped(&self) -> Option<bool> {
        self.attributes().microchipped()
    }

    /// Whether the animal is in danger.
    pub fn urgent(&self) -> bool {
        self.attributes().urgent()
    }

    /// Primary breed, in its stored spelling.
    pub fn breed_primary(&self) -> Option<&'a str> {
        self.text(self.cold_row().breed_primary)
    }

    /// Second breed of a mix, in its stored spelling.
    pub fn breed_secondary(&self) -> Option<&'a str> {
        self.text(self.cold_row().breed_secondary)
    }

    /// Whether the animal is a mix.
    pub fn breed_mixed(&self) -> bool {
        self.attributes().breed_mixed()
    }

    /// The shelter that cares for the animal.
    pub fn shelter_id(&self) -> Option<ShelterId> {
        self.rows.shelter_id(self.slot)
    }

    /// The animal's name.
    pub fn name(&self) -> Option<&'a str> {
        self.text(self.cold_row().name)
    }

    /// Town and region.
    pub fn place_label(&self) -> &'a str {
        self.text(self.cold_row().place_label).unwrap_or_default()
    }

    /// Precision of the reported place.
    pub fn precision(&self) -> PlacePrecision {
        self.attributes().precision()
    }

    /// The masked point, exactly as it was stored.
    pub fn point(&self) -> Option<Point> {
        self.cold_row().point()
    }

    /// Time at which the animal was last seen, found or taken in.
    pub fn seen_at(&self) -> Timestamp {
        Timestamp(self.cold_row().seen_at)
    }

    /// Time at which the report was made.
    pub fn reported_at(&self) -> Timestamp {
        Timestamp(self.cold_row().reported_at)
    }

    /// Stands for the marks that its public texts name.
    pub fn marks_signature(&self) -> u64 {
        self.cold_row().marks_signature
    }

    fn attributes(&self) -> PackedAttributes {
        self.rows.hot_rows.at(self.slot).attributes
    }

    fn cold_row(&self) -> &'a ColdRow {
        self.rows.cold_rows.at(self.slot)
    }

    fn text(&self, word: Word) -> Option<&'a str> {
        self.rows.words.get(word)
    }
}
