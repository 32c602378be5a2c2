//! Computes the visual features of photos that lack them: jobs, and a command.

use std::sync::Arc;

use entity::{
    id::{PetId, PhotoId},
    photo, photo_look,
};
use image::DynamicImage;

use super::features;
use crate::{
    deps::Deps,
    domain::photos::{image::picture, process, store, variant::Variant},
    kernel::{Error, Result},
    ports::vision::ImageModel,
};
use visual_similarity::{PhotoFeatures, PhotoVector};

/// Maximum number of photos saved in one transaction.
const BATCH: usize = 20;
/// Width of the smallest copy in pixels; enough for a perceptual hash.
const SMALLEST: u32 = 160;

/// Processes the photos of these reports, unless that has been done, and announces each report of which something new
/// is known. Running it twice changes nothing.
pub async fn learn_photos(deps: &Deps, pet_ids: &[PetId]) -> Result<()> {
    for (pet_id, photos) in store::load_for(deps.db.read(), pet_ids).await? {
        learn(deps, &photos, Some(pet_id)).await?;
    }
    Ok(())
}

/// What is known of a photo. What is missing is computed now, unless the model fails. A photo whose bytes are missing has no
/// features.
pub async fn learned_features(deps: &Deps, id: PhotoId) -> Result<PhotoFeatures> {
    let photo = store::by_id(deps.db.read(), id).await?;
    match learn(deps, photo.as_slice(), None).await {
        // The hash was computed when the photo came; nobody should wait for a model that fails.
        Err(Error::Unavailable(cause)) => {
            tracing::warn!(photo.id = %id, %cause, "a photo was not looked at by the model")
        }
        learned => _ = learned?,
    }
    features::features_of_photo(deps, id).await
}

/// Runs the configured model on every photo that it has not seen, for example after the model was changed. The reports
/// are not announced: there may be a million. May be interrupted and run again at any time; does nothing without a model.
pub async fn learn_all_photos(deps: &Deps) -> Result<()> {
    let Some(model) = deps.vision.embedding.clone() else {
        return Ok(());
    };
    let mut last = None;
    loop {
        let photos = features::unseen_by(deps.db.read(), model.fingerprint(), last).await?;
        let Some(end) = photos.last() else { return Ok(()) };
        last = Some(end.id);
        learn(deps, &photos, None).await?;
    }
}

/// Processes every photo without features, and returns how many there were. May be interrupted and run again at any
/// time; photos whose bytes are missing are skipped.
pub async fn hash_photos(deps: &Deps) -> Result<usize> {
    let (mut done, mut last) = (0, None);
    loop {
        let photos = features::unknown(deps.db.read(), last).await?;
        let Some(end) = photos.last() else { return Ok(done) };
        last = Some(end.id);
        done += learn(deps, &photos, None).await?;
        tracing::info!(done, "photos were looked at");
    }
}

/// Processes photos, of one report if it is given, and saves new features; returns how many photos it processed.
async fn learn(deps: &Deps, photos: &[photo::Model], of: Option<PetId>) -> Result<usize> {
    let mut done = 0;
    for photos in photos.chunks(BATCH) {
        let ids: Vec<PhotoId> = photos.iter().map(|photo| photo.id).collect();
        let mut known = features::known(deps.db.read(), &ids).await?;
        let mut news = Vec::new();
        for photo in photos {
            match look_at(deps, photo, known.remove(&photo.id)).await {
                Ok(new) => news.extend(new),
                Err(Error::NotFound(_)) => {
                    tracing::warn!(photo.id = %photo.id, "a photo has no bytes; it was passed over");
                }
                Err(error) => return Err(error),
            }
        }
        done += news.len();
        deps.write(async |tx| features::remember(tx, news, of).await).await?;
    }
    Ok(done)
}

/// The features to save for a photo; `None` if they are complete.
async fn look_at(
    deps: &Deps,
    photo: &photo::Model,
    known: Option<photo_look::Model>,
) -> Result<Option<photo_look::Model>> {
    let model = deps.vision.embedding.as_ref();
    let is_seen =
        |row: &photo_look::Model| model.is_none_or(|model| row.vector_model.as_deref() == Some(model.fingerprint()));
    if known.as_ref().is_some_and(is_seen) {
        return Ok(None);
    }
    let mut row = match known {
        Some(row) => row,
        None => photo_look::Model {
            photo_id: photo.id,
            hash: hash(deps, photo).await?,
            vector: None,
            vector_model: None,
        },
    };
    if let Some(model) = model {
        row.vector = Some(vector(deps, photo, model).await?);
        row.vector_model = Some(model.fingerprint().to_owned());
    }
    Ok(Some(row))
}

async fn hash(deps: &Deps, photo: &photo::Model) -> Result<Vec<u8>> {
    let small = opened(deps, photo, SMALLEST).await?;
    let work = tokio::task::spawn_blocking(move || picture::fingerprint(&small));
    let hash = work.await.map_err(Error::internal)?;
    Ok(hash.map(|hash| hash.to_bytes()).unwrap_or_default())
}

/// The model's embedding of a photo; empty if there is none.
async fn vector(deps: &Deps, photo: &photo::Model, model: &Arc<dyn ImageModel>) -> Result<Vec<u8>> {
    let (width, height) = model.size();
    let picture = opened(deps, photo, width.max(height).saturating_mul(2)).await?;
    let work = tokio::task::spawn_blocking(move || picture::pixels(&picture, (width, height)));
    let pixels = work.await.map_err(Error::internal)?;
    let output = model
        .look(pixels)
        .await
        .map_err(|error| Error::Unavailable(Arc::new(error)))?;
    Ok(PhotoVector::of(&output)
        .map(|vector| vector.to_bytes())
        .unwrap_or_default())
}

/// The smallest copy of a photo that is at least this wide, or the largest there is.
async fn opened(deps: &Deps, photo: &photo::Model, width: u32) -> Result<DynamicImage> {
    let variant = Variant::at_least(width, u32::try_from(photo.width).unwrap_or(0));
    let slot = process::slot().await;
    let bytes = deps.blobs.get(&variant.blob_key(photo.id)).await;
    let bytes = bytes
        .map_err(|error| Error::Unavailable(Arc::new(error)))?
        .ok_or(Error::NotFound("photo"))?;
    process::opened(slot, bytes, u32::MAX).await.map_err(Error::internal)
}
