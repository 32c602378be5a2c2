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
    marks::Marks,
    rows::{Card, Rows},
    words::Word,
};
use crate::kernel::geo::Point;

/// Borrowed access to one report in the index.
#[derive(Clone, Copy)]
pub struct Glimpse<'a> {
    rows: &'a Rows,
    slot: u32,
}

impl fmt::Debug for Glimpse<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Glimpse").field(&self.id()).finish()
    }
}

impl<'a> Glimpse<'a> {
    pub(super) fn of(rows: &'a Rows, slot: u32) -> Self {
        Self { rows, slot }
    }

    /// Copies the report.
    pub fn pin(&self) -> Pin {
        self.rows.pin(self.slot)
    }

    /// Id of the report.
    pub fn id(&self) -> PetId {
        self.card().id
    }

    /// Kind of report: lost, found, sighted or sheltered.
    pub fn kind(&self) -> PetKind {
        self.marks().kind()
    }

    /// Open or matched.
    pub fn status(&self) -> PetStatus {
        self.marks().status()
    }

    /// Species.
    pub fn species(&self) -> Species {
        self.marks().species()
    }

    /// Sex.
    pub fn sex(&self) -> Sex {
        self.marks().sex()
    }

    /// Whether it is spayed or neutered.
    pub fn altered(&self) -> Altered {
        self.marks().altered()
    }

    /// Size.
    pub fn size(&self) -> PetSize {
        self.marks().size()
    }

    /// Age.
    pub fn age_group(&self) -> AgeGroup {
        self.marks().age_group()
    }

    /// Coat length.
    pub fn coat(&self) -> CoatLength {
        self.marks().coat()
    }

    /// Coat pattern.
    pub fn pattern(&self) -> CoatPattern {
        self.marks().pattern()
    }

    /// Base colours.
    pub fn colors(&self) -> ColorSet {
        self.marks().colors()
    }

    /// Whether the animal has a microchip; `None` if unknown.
    pub fn microchipped(&self) -> Option<bool> {
        self.marks().microchipped()
    }

    /// Whether the animal is in danger.
    pub fn urgent(&self) -> bool {
        self.marks().urgent()
    }

    /// Primary breed, in its stored spelling.
    pub fn breed_primary(&self) -> Option<&'a str> {
        self.text(self.card().breed_primary)
    }

    /// Second breed of a mix, in its stored spelling.
    pub fn breed_secondary(&self) -> Option<&'a str> {
        self.text(self.card().breed_secondary)
    }

    /// Whether the animal is a mix.
    pub fn breed_mixed(&self) -> bool {
        self.marks().breed_mixed()
    }

    /// The shelter that cares for the animal.
    pub fn shelter_id(&self) -> Option<ShelterId> {
        self.rows.shelter_id(self.slot)
    }

    /// The animal's name.
    pub fn name(&self) -> Option<&'a str> {
        self.text(self.card().name)
    }

    /// Town and region.
    pub fn place_label(&self) -> &'a str {
        self.text(self.card().place_label).unwrap_or_default()
    }

    /// Precision of the reported place.
    pub fn precision(&self) -> PlacePrecision {
        self.marks().precision()
    }

    /// The masked point, exactly as it was stored.
    pub fn point(&self) -> Option<Point> {
        self.card().point()
    }

    /// Time at which the animal was last seen, found or taken in.
    pub fn seen_at(&self) -> Timestamp {
        Timestamp(self.card().seen_at)
    }

    /// Time at which the report was made.
    pub fn reported_at(&self) -> Timestamp {
        Timestamp(self.card().reported_at)
    }

    fn marks(&self) -> Marks {
        self.rows.spots.at(self.slot).marks
    }

    fn card(&self) -> &'a Card {
        self.rows.cards.at(self.slot)
    }

    fn text(&self, word: Word) -> Option<&'a str> {
        self.rows.words.get(word)
    }
}
