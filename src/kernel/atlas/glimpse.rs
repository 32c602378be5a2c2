//! A look at one report of an atlas.

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

/// A borrowed look at one report of an atlas.
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

    /// The whole report, copied.
    pub fn pin(&self) -> Pin {
        self.rows.pin(self.slot)
    }

    /// The report.
    pub fn id(&self) -> PetId {
        self.card().id
    }

    /// What it says of its animal.
    pub fn kind(&self) -> PetKind {
        self.marks().kind()
    }

    /// Open or matched.
    pub fn status(&self) -> PetStatus {
        self.marks().status()
    }

    /// Kind of animal.
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

    /// Length of its coat.
    pub fn coat(&self) -> CoatLength {
        self.marks().coat()
    }

    /// How its colours lie.
    pub fn pattern(&self) -> CoatPattern {
        self.marks().pattern()
    }

    /// Its base colours.
    pub fn colors(&self) -> ColorSet {
        self.marks().colors()
    }

    /// Whether it has a chip; `None` is not known.
    pub fn microchipped(&self) -> Option<bool> {
        self.marks().microchipped()
    }

    /// Whether it is in danger.
    pub fn urgent(&self) -> bool {
        self.marks().urgent()
    }

    /// Breed, in the stored spelling.
    pub fn breed_primary(&self) -> Option<&'a str> {
        self.text(self.card().breed_primary)
    }

    /// Second breed of a mix.
    pub fn breed_secondary(&self) -> Option<&'a str> {
        self.text(self.card().breed_secondary)
    }

    /// Whether it is a mix.
    pub fn breed_mixed(&self) -> bool {
        self.marks().breed_mixed()
    }

    /// In whose care it is.
    pub fn shelter_id(&self) -> Option<ShelterId> {
        self.rows.shelter_id(self.slot)
    }

    /// What it is called.
    pub fn name(&self) -> Option<&'a str> {
        self.text(self.card().name)
    }

    /// Town and region.
    pub fn place_label(&self) -> &'a str {
        self.text(self.card().place_label).unwrap_or_default()
    }

    /// How exactly the place is known.
    pub fn precision(&self) -> PlacePrecision {
        self.marks().precision()
    }

    /// The masked point, exactly as it was put in.
    pub fn point(&self) -> Option<Point> {
        self.card().point()
    }

    /// Last seen, found or taken in.
    pub fn seen_at(&self) -> Timestamp {
        Timestamp(self.card().seen_at)
    }

    /// When the report came in.
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
