//! Facts about reports and sightings.

use entity::id::{PetId, SightingId};
use serde::{Deserialize, Serialize};

use crate::events::Topic;

/// Something that has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PetEvent {
    /// A report was made.
    PetReported { pet_id: PetId },
    /// A report changed in a way that matters for matching or the map.
    PetChanged { pet_id: PetId },
    /// Reports moved between open and matched.
    PetStatusChanged { pet_ids: Vec<PetId> },
    /// A report was closed.
    PetClosed { pet_id: PetId },
    /// Somebody saw a lost pet.
    SightingAdded { sighting_id: SightingId },
}

impl PetEvent {
    /// The name of the fact, as the log stores it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::PetReported { .. } => "pet_reported",
            Self::PetChanged { .. } => "pet_changed",
            Self::PetStatusChanged { .. } => "pet_status_changed",
            Self::PetClosed { .. } => "pet_closed",
            Self::SightingAdded { .. } => "sighting_added",
        }
    }

    /// The topics whose bells ring for it: none.
    pub fn topics(&self) -> Vec<Topic> {
        Vec::new()
    }
}
