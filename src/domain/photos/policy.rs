//! Who may see a photo.

use entity::{photo, vocabulary::UploadPurpose};

/// What photos are for that everybody may see until they are withdrawn.
pub const PUBLIC: [UploadPurpose; 2] = [UploadPurpose::PetPhoto, UploadPurpose::Avatar];

/// Whether everybody may see the photo.
pub fn is_public(photo: &photo::Model) -> bool {
    PUBLIC.contains(&photo.purpose) && !photo.withdrawn
}
