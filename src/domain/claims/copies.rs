//! Compares a fresh photo with the photos of reports.

use entity::id::{PetId, PhotoId};
use visual_similarity::{PhotoFeatures, SAME_PICTURE};

use crate::{
    deps::Deps,
    domain::{pets::visual_similarity::reports_with_copies, photos},
    kernel::Result,
};

/// Maximum number of open reports that are found by one photo.
const MOST: usize = 10;

/// Minimum similarity to a model of a picture that was changed by more than the hash recognises: cut by a fifth, or turned a
/// little. Of 21 photos of five animals, such changes had 0.95 in the median, and no other photo of the same animal more than
/// 0.923.
const NEARLY_THE_SAME: f32 = 0.95;

/// The reports that show a copy of this photo: any open one, and these two whatever their state. A picture with nothing
/// to see in it is a copy of none.
pub(super) async fn copied_from(deps: &Deps, photo: PhotoId, both: [PetId; 2]) -> Result<Vec<PetId>> {
    let look = photos::learned_features(deps, photo).await?;
    if look.hash.is_none() {
        return Ok(Vec::new());
    }
    let mut copied = Vec::new();
    for pet in both {
        let shown = photos::features_of(deps, pet).await?;
        if shown.iter().any(|shown| is_copy(&look, shown)) {
            copied.push(pet);
        }
    }
    copied.extend(reports_with_copies(deps, vec![look], MOST).await?);
    Ok(copied)
}

fn is_copy(one: &PhotoFeatures, other: &PhotoFeatures) -> bool {
    let hashes = one.hash.as_ref().zip(other.hash.as_ref());
    let vectors = one.vector.as_ref().zip(other.vector.as_ref());
    hashes.is_some_and(|(one, other)| one.bits_apart(other) <= SAME_PICTURE)
        || vectors.is_some_and(|(one, other)| NEARLY_THE_SAME <= one.cosine(other))
}
