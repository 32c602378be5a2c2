//! Where a place is, from its words, and what a point is called.

mod address;
mod nominatim;
mod offline;
mod online;
mod states;
mod table;
mod town_name;

pub use nominatim::{Nominatim, NominatimSettings};
pub use offline::OfflineGeocoder;
pub use online::{FoundPlace, LookUpError, MOST_PLACES, OnlineGeocoder};

use entity::vocabulary::PlacePrecision;

/// Finds places. Answers at once and never asks the network.
pub trait Geocoder: Send + Sync {
    /// The middle of a postal code. Takes US ZIP codes, with or without the four digits of ZIP+4.
    fn postal_code(&self, code: &str) -> Option<ResolvedPlace>;

    /// The best place for an address as people write it: its postal code, or else its town. None if it names neither.
    fn address(&self, text: &str) -> Option<ResolvedPlace>;

    /// The place of a text that says nothing but a postal code, or a town and its state.
    fn town_or_code(&self, text: &str) -> Option<ResolvedPlace>;

    /// The towns of all states that are called so, those with the most postal codes first.
    fn towns_named(&self, name: &str) -> Vec<ResolvedPlace>;

    /// What the neighbourhood of a point (degrees, WGS 84) is called: the nearest postal code within 50 km, with the
    /// coordinates of that postal code.
    fn nearest(&self, latitude: f64, longitude: f64) -> Option<ResolvedPlace>;
}

/// A place on the map with its names.
#[derive(Debug, Clone, PartialEq)]
pub struct ResolvedPlace {
    /// Degrees north, WGS 84.
    pub latitude: f64,
    /// Degrees east, WGS 84.
    pub longitude: f64,
    /// Town as the post calls it.
    pub city: String,
    /// State or territory, two letters.
    pub region: String,
    /// Absent if the place is a whole town.
    pub postal_code: Option<String>,
    /// ISO 3166-1, two letters.
    pub country: String,
    /// How exact the coordinates are.
    pub precision: PlacePrecision,
}
