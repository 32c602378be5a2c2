//! Computes the visual features of a picture to search with.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use entity::{id::UploadId, upload, vocabulary::UploadPurpose};
use image::DynamicImage;
use visual_similarity::{PhotoFeatures, PhotoHash, PhotoVector};

use crate::{
    deps::{Deps, HOUR, Limit},
    domain::photos::{
        image::{ImageError, picture},
        process,
        uploads::{find_upload, read_upload},
        variant::upload_blob_key,
    },
    kernel::{Error, Result, Viewer},
    ports::vision::{ImageModel, VisionError},
};

/// Maximum number of pictures per member and hour.
pub const LOOKS: Limit = Limit::new("look-at-picture", 120, "pictures", HOUR);
/// Maximum time to wait for a model.
const PATIENCE: Duration = Duration::from_secs(10);
/// Pictures are first reduced so that their longer side has this many pixels; twice what most models take.
const LONGER_SIDE: u32 = 640;

/// The visual features of the viewer's SEARCH_PHOTO upload. The upload stays until it is deleted, so the same picture
/// can be used for several searches. If the model does not answer in time, its embedding is left out.
pub async fn look_at_upload(deps: &Deps, viewer: &Viewer, id: UploadId) -> Result<PhotoFeatures> {
    let picture = open(deps, viewer, id, &[UploadPurpose::SearchPhoto]).await?;
    look(picture, deps.vision.embedding.as_ref()).await
}

/// The visual features of a file, as if it had been uploaded to search with, but with all the time that the model takes.
/// The inner error is about the file.
pub async fn look_at_file(
    bytes: Bytes,
    model: Option<&Arc<dyn ImageModel>>,
) -> Result<Result<PhotoFeatures, ImageError>> {
    let slot = process::slot().await;
    let picture = match process::opened(slot, bytes, LONGER_SIDE).await {
        Ok(picture) => picture,
        Err(refused) => return Ok(Err(refused)),
    };
    let (hash, picture) = hashed(picture).await?;
    let vector = match model {
        Some(model) => PhotoVector::of(&output(model, picture).await?),
        None => None,
    };
    Ok(Ok(PhotoFeatures { hash, vector }))
}

async fn look(picture: DynamicImage, model: Option<&Arc<dyn ImageModel>>) -> Result<PhotoFeatures> {
    let (hash, picture) = hashed(picture).await?;
    let Some(model) = model else {
        return Ok(PhotoFeatures { hash, vector: None });
    };
    let vector = match ask(model, picture).await {
        Ok(output) => PhotoVector::of(&output),
        Err(error) => {
            tracing::warn!(error = ?error, "a search went without the model");
            None
        }
    };
    Ok(PhotoFeatures { hash, vector })
}

/// A model's output for the viewer's SEARCH_PHOTO upload, or PET_PHOTO upload that has not become a photo yet.
pub async fn ask_about_upload(
    deps: &Deps,
    viewer: &Viewer,
    id: UploadId,
    model: &Arc<dyn ImageModel>,
) -> Result<Vec<f32>> {
    let purposes = [UploadPurpose::SearchPhoto, UploadPurpose::PetPhoto];
    let picture = open(deps, viewer, id, &purposes).await?;
    ask(model, picture).await
}

/// The picture of an upload, reduced and upright.
async fn open(deps: &Deps, viewer: &Viewer, id: UploadId, purposes: &[UploadPurpose]) -> Result<DynamicImage> {
    let upload = usable(deps, viewer, id, purposes).await.map_err(told_whole)?;
    deps.limit(&LOOKS, viewer.require_member()?).await?;
    let slot = process::slot().await;
    let bytes = deps.blobs.get(&upload_blob_key(upload.id)).await;
    let bytes = bytes
        .map_err(|error| Error::Unavailable(Arc::new(error)))?
        .ok_or(Error::NotFound("upload"))?;
    let opened = process::opened(slot, bytes, LONGER_SIDE).await;
    opened.map_err(|refused| Error::BadInput(refused.to_string().into()))
}

async fn usable(deps: &Deps, viewer: &Viewer, id: UploadId, purposes: &[UploadPurpose]) -> Result<upload::Model> {
    viewer.require_member()?;
    let upload = find_upload(deps, viewer, id).await?;
    let purpose = purposes.iter().copied().find(|purpose| *purpose == upload.purpose);
    read_upload(deps, viewer, id, purpose.unwrap_or(UploadPurpose::SearchPhoto)).await
}

/// An argument of a query has no path; its error belongs to the whole request.
fn told_whole(error: Error) -> Error {
    match error {
        Error::Invalid(faults) => {
            let messages: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
            Error::BadInput(messages.join("; ").into())
        }
        other => other,
    }
}

async fn hashed(picture: DynamicImage) -> Result<(Option<PhotoHash>, DynamicImage)> {
    let work = tokio::task::spawn_blocking(move || (picture::fingerprint(&picture), picture));
    work.await.map_err(Error::internal)
}

async fn ask(model: &Arc<dyn ImageModel>, picture: DynamicImage) -> Result<Vec<f32>> {
    let in_time = tokio::time::timeout(PATIENCE, output(model, picture)).await;
    in_time.map_err(|late| Error::Unavailable(Arc::new(late)))?
}

async fn output(model: &Arc<dyn ImageModel>, picture: DynamicImage) -> Result<Vec<f32>> {
    let size = model.size();
    let work = tokio::task::spawn_blocking(move || picture::pixels(&picture, size));
    let pixels = work.await.map_err(Error::internal)?;
    let output = model.look(pixels).await;
    output.map_err(|error: VisionError| Error::Unavailable(Arc::new(error)))
}
