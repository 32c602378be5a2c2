//! Geocoding: from words to a place, and from a point to a name.

mod address;
mod completion;
mod nominatim;
mod offline;
mod online;
#[allow(dead_code, reason = "the build script uses the rest")]
mod reach;
mod states;
mod table;
mod town_name;

pub use nominatim::{Nominatim, NominatimSettings};
pub use offline::OfflineGeocoder;
pub use online::{FoundPlace, LookUpError, MOST_PLACES, OnlineGeocoder};

use entity::vocabulary::PlacePrecision;

/// Finds places offline. Answers at once and never uses the network.
pub trait Geocoder: Send + Sync {
    /// The centre of a postal code. Accepts US ZIP codes, with or without the four digits of ZIP+4.
    fn postal_code(&self, code: &str) -> Option<ResolvedPlace>;

    /// The best match for a free-text address: its postal code, or else its town and state. `None` if it names neither.
    fn address(&self, text: &str) -> Option<ResolvedPlace>;

    /// The same for an address that is likely in a state, given by its two letters, and may leave the state out.
    fn address_in(&self, text: &str, region: &str) -> Option<ResolvedPlace>;

    /// The place of a text that consists only of a postal code, or of a town and its state.
    fn town_or_code(&self, text: &str) -> Option<ResolvedPlace>;

    /// The postal codes or towns that somebody may mean who has typed this much: `787`, `Aust`, `Austin, T`. Towns with
    /// the most postal codes come first, codes in their order; `most` at most. None for what is not their beginning.
    fn completions(&self, text: &str, most: usize) -> Vec<ResolvedPlace>;

    /// The towns with this name in all states, those with the most postal codes first.
    fn towns_named(&self, name: &str) -> Vec<ResolvedPlace>;

    /// The name of the neighbourhood of a point (degrees, WGS 84): the nearest postal code within 50 km, with that
    /// code's coordinates.
    fn nearest(&self, latitude: f64, longitude: f64) -> Option<ResolvedPlace>;
}

/// A point on the map and the names of its place.
#[derive(Debug, Clone, PartialEq)]
pub struct ResolvedPlace {
    /// Degrees north, WGS 84.
    pub latitude: f64,
    /// Degrees east, WGS 84.
    pub longitude: f64,
    /// Town, under its postal name.
    pub city: String,
    /// State or territory, two letters.
    pub region: String,
    /// `None` if the place is a whole town.
    pub postal_code: Option<String>,
    /// ISO 3166-1, two letters.
    pub country: String,
    /// Accuracy of the coordinates.
    pub precision: PlacePrecision,
    /// How far an address of the place may be from the coordinates, in metres.
    pub reach_meters: f64,
}
