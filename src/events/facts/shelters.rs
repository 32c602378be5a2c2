//! Facts about shelters, their staff, API keys and imports.

use entity::id::{ApiKeyId, ImportId, InvitationId, MemberId, PetId, ShelterId};
use serde::{Deserialize, Serialize};

use crate::events::Topic;

/// Something that has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ShelterEvent {
    /// An admin verified a shelter, or revoked the verification.
    ShelterVerified { shelter_id: ShelterId },
    /// What a shelter says of itself has changed.
    ShelterChanged { shelter_id: ShelterId },
    /// What a shelter says of holds has changed: its rules, its days or its time zone.
    HoldsChanged { shelter_id: ShelterId },
    /// Somebody was invited to a shelter's staff.
    StaffInvited { invitation_id: InvitationId },
    /// Somebody joined or left a shelter's staff.
    StaffChanged { shelter_id: ShelterId, member_id: MemberId },
    /// A shelter's API key was revoked.
    ApiKeyRevoked { api_key_id: ApiKeyId },
    /// A file is waiting to be imported.
    ImportQueued {
        import_id: ImportId,
        #[serde(default)]
        shelter_id: Option<ShelterId>,
    },
    /// An import created or changed some reports; their number is limited.
    PetsImported {
        import_id: ImportId,
        #[serde(default)]
        shelter_id: Option<ShelterId>,
        pet_ids: Vec<PetId>,
    },
    /// An import wants photos fetched for these reports; their number is limited.
    PhotosWanted { shelter_id: ShelterId, pet_ids: Vec<PetId> },
    /// An import has made progress.
    ImportProgressed { import_id: ImportId },
    /// An import has ended, or has been taken back.
    ImportFinished { import_id: ImportId },
    /// An import is to be taken back.
    ImportUndoRequested { import_id: ImportId, shelter_id: ShelterId },
}

impl ShelterEvent {
    /// The name of the fact, as the log stores it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ShelterVerified { .. } => "shelter_verified",
            Self::ShelterChanged { .. } => "shelter_changed",
            Self::HoldsChanged { .. } => "holds_changed",
            Self::StaffInvited { .. } => "staff_invited",
            Self::StaffChanged { .. } => "staff_changed",
            Self::ApiKeyRevoked { .. } => "api_key_revoked",
            Self::ImportQueued { .. } => "import_queued",
            Self::PetsImported { .. } => "pets_imported",
            Self::PhotosWanted { .. } => "photos_wanted",
            Self::ImportProgressed { .. } => "import_progressed",
            Self::ImportFinished { .. } => "import_finished",
            Self::ImportUndoRequested { .. } => "import_undo_requested",
        }
    }

    /// The topics whose bells ring for it.
    pub fn topics(&self) -> Vec<Topic> {
        match self {
            Self::StaffChanged { member_id, .. } => vec![Topic::Rights(*member_id), Topic::Member(*member_id)],
            Self::ApiKeyRevoked { .. } => vec![Topic::Revocations],
            Self::ShelterChanged { shelter_id } | Self::HoldsChanged { shelter_id } => {
                vec![Topic::Shelter(*shelter_id)]
            }
            Self::ImportQueued { import_id, shelter_id } => {
                let shelter = shelter_id.map(Topic::Shelter);
                std::iter::once(Topic::Import(*import_id)).chain(shelter).collect()
            }
            Self::ImportUndoRequested { import_id, shelter_id } => {
                vec![Topic::Import(*import_id), Topic::Shelter(*shelter_id)]
            }
            Self::ImportProgressed { import_id } | Self::ImportFinished { import_id } => {
                vec![Topic::Import(*import_id)]
            }
            Self::ShelterVerified { .. }
            | Self::StaffInvited { .. }
            | Self::PetsImported { .. }
            | Self::PhotosWanted { .. } => Vec::new(),
        }
    }
}
