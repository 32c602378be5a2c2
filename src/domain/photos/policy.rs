//! Who may see a photo.

use entity::{photo, vocabulary::UploadPurpose};

/// Whether everybody may see the photo.
pub fn is_public(photo: &photo::Model) -> bool {
    photo.purpose == UploadPurpose::PetPhoto && !photo.withdrawn
}
