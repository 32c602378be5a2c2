//! Worldwide geocoding by a service on the network.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::ports::BoxError;

/// Finds places through a service that may take seconds, may fail, and limits how often it may be asked:
/// only `domain::places` calls it.
#[async_trait::async_trait]
pub trait OnlineGeocoder: Send + Sync {
    /// The places that a text may mean, most likely first, at most [`MOST_PLACES`]; empty if there is none.
    async fn search(&self, text: &str) -> Result<Vec<FoundPlace>, LookUpError>;

    /// The neighbourhood that contains a point (degrees, WGS 84); never as precise as a house.
    async fn reverse(&self, latitude: f64, longitude: f64) -> Result<Option<FoundPlace>, LookUpError>;
}

/// Maximum number of places in one answer.
pub const MOST_PLACES: usize = 20;

/// A place as described by a service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FoundPlace {
    /// Degrees north, WGS 84.
    pub latitude: f64,
    /// Degrees east, WGS 84.
    pub longitude: f64,
    /// The full address in one line, at most 300 characters.
    pub address: String,
    /// Town, or the county where there is none.
    pub city: Option<String>,
    /// State or province: two letters in the United States, its name elsewhere.
    pub region: Option<String>,
    /// In the country's own format.
    pub postal_code: Option<String>,
    /// ISO 3166-1, two letters.
    pub country: Option<String>,
    /// English name of the country.
    pub country_name: Option<String>,
    /// Distance from the centre of its bounding box to a corner, in metres: a few for a house, thousands for a town.
    pub reach_meters: f64,
    /// Whether it is a postal code area.
    pub is_postal_code: bool,
    /// Whether it is a street, rather than a house or a place on it.
    #[serde(default)]
    pub is_street: bool,
    /// Prominence from 0 to 1, if the service states it.
    #[serde(default)]
    pub importance: f64,
    /// Source and licence of the data, to be displayed with it.
    pub attribution: String,
}

/// Reasons why a service gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum LookUpError {
    /// The rate limit was exceeded.
    #[error("the service was asked too often")]
    TooOften {
        /// When to try again, if the service said so.
        after: Option<Duration>,
    },
    /// The service refuses requests from this program.
    #[error("the service refuses to answer: {0}")]
    Refused(String),
    /// The service will never answer this query.
    #[error("the service does not take this question")]
    Rejected,
    /// The service is unreachable, too slow, or sent an invalid answer.
    #[error("the service is away")]
    Away(#[source] BoxError),
}
