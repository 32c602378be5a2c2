//! What the inventory takes for each animal.

use entity::{Timestamp, shelter_animal, stay, vocabulary::PetKind};

/// An animal with everything that the inventory says about it.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    /// Its row.
    pub animal: &'a shelter_animal::Model,
    /// Its stays in the order in which they shall stand in the file.
    pub stays: &'a [ListedStay<'a>],
    /// For an animal without a stay, the report about it; not looked at if there is a stay.
    pub report: Option<ListedReport<'a>>,
    /// Addresses of its pictures, the cover first; the first ten are listed.
    pub photo_urls: &'a [String],
}

/// A stay, and where the animal was found before it.
#[derive(Debug, Clone, Copy)]
pub struct ListedStay<'a> {
    /// Its row.
    pub stay: &'a stay::Model,
    /// The place in its report; empty if it has none.
    pub found_at: FoundAt<'a>,
}

/// A report about an animal that the shelter does not have.
#[derive(Debug, Clone, Copy)]
pub struct ListedReport<'a> {
    /// Lost or found; the other kinds are listed without a word.
    pub kind: PetKind,
    /// When it was lost or found; in the file this is the date of intake.
    pub seen_at: Timestamp,
    /// The place in the report.
    pub found_at: FoundAt<'a>,
}

/// A true place; secret.
#[derive(Debug, Clone, Copy, Default)]
pub struct FoundAt<'a> {
    /// Address in one line.
    pub address: Option<&'a str>,
    /// Postal code.
    pub postal_code: Option<&'a str>,
    /// Latitude and longitude in degrees.
    pub point: Option<(f64, f64)>,
}
