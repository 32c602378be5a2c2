//! Facts about looking up places.

use serde::{Deserialize, Serialize};

use super::Topic;

/// Something that has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PlaceEvent {
    /// A service is to be asked for places.
    PlacesWanted {},
}

impl PlaceEvent {
    /// The name of the fact, as the log stores it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::PlacesWanted {} => "places_wanted",
        }
    }

    /// Whose bells ring for it: nobody's.
    pub fn topics(&self) -> Vec<Topic> {
        Vec::new()
    }
}
