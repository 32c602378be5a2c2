//! Places of the whole world, asked of a service over the network.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::ports::BoxError;

/// Finds places by asking a service. It may take seconds, may fail, and is not to be asked as often as one likes:
/// `domain::places` is the only one who asks.
#[async_trait::async_trait]
pub trait OnlineGeocoder: Send + Sync {
    /// The places that a text may mean, the likeliest first, at most [`MOST_PLACES`]; none if it means nothing.
    async fn search(&self, text: &str) -> Result<Vec<FoundPlace>, LookUpError>;

    /// What a point (degrees, WGS 84) is in, to the neighbourhood and never to the house.
    async fn reverse(&self, latitude: f64, longitude: f64) -> Result<Option<FoundPlace>, LookUpError>;
}

/// The most places of one answer.
pub const MOST_PLACES: usize = 20;

/// A place as a service describes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FoundPlace {
    /// Degrees north, WGS 84.
    pub latitude: f64,
    /// Degrees east, WGS 84.
    pub longitude: f64,
    /// The whole of it in one line, at most 300 characters.
    pub address: String,
    /// Town, or the county where there is none.
    pub city: Option<String>,
    /// State or province: two letters in the United States, its name elsewhere.
    pub region: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// ISO 3166-1, two letters.
    pub country: Option<String>,
    /// In English.
    pub country_name: Option<String>,
    /// From the middle of the box around it to a corner, in metres: some for a house, some thousands for a town.
    pub reach_meters: f64,
    /// Whether it is the area of a postal code.
    pub is_postal_code: bool,
    /// How well known it is, from 0 to 1, as far as the service says so.
    #[serde(default)]
    pub importance: f64,
    /// Whose data it is and under which licence, to be shown with it.
    pub attribution: String,
}

/// Why a service gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum LookUpError {
    /// It was asked too often.
    #[error("the service was asked too often")]
    TooOften {
        /// After what time it may be asked again, if it said so.
        after: Option<Duration>,
    },
    /// It does not want to be asked by this program.
    #[error("the service refuses to answer: {0}")]
    Refused(String),
    /// It will never answer this question.
    #[error("the service does not take this question")]
    Rejected,
    /// It is not there, too slow, or talks nonsense.
    #[error("the service is away")]
    Away(#[source] BoxError),
}
