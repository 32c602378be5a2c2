//! Facts about place lookups.

use serde::{Deserialize, Serialize};

use crate::events::Topic;

/// Something that has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PlaceEvent {
    /// A place has to be looked up with the online service.
    PlacesWanted {},
}

impl PlaceEvent {
    /// The name of the fact, as the log stores it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::PlacesWanted {} => "places_wanted",
        }
    }

    /// The topics whose bells ring for it: none.
    pub fn topics(&self) -> Vec<Topic> {
        Vec::new()
    }
}
