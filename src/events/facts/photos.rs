//! Facts about photos.

use entity::id::{PetId, PhotoId};
use serde::{Deserialize, Serialize};

use crate::events::Topic;

/// Something that has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PhotoEvent {
    /// The photos of a report changed.
    PhotosShown { pet_id: PetId },
    /// The visual features of photos were computed.
    PhotosLearned { photo_ids: Vec<PhotoId> },
    /// The visual features of a report's new photos were computed: comparing it with others may say something else now.
    PetPhotosLearned { pet_id: PetId },
}

impl PhotoEvent {
    /// The name of the fact, as the log stores it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::PhotosShown { .. } => "photos_shown",
            Self::PhotosLearned { .. } => "photos_learned",
            Self::PetPhotosLearned { .. } => "pet_photos_learned",
        }
    }

    /// The topics whose bells ring for it: none.
    pub fn topics(&self) -> Vec<Topic> {
        Vec::new()
    }
}
