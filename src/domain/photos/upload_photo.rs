//! Turns an upload into a photo.

use std::sync::Arc;

use entity::{
    id::{PhotoId, UploadId},
    photo, photo_look, upload,
    vocabulary::{UploadPurpose, UploadState},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};

use super::{
    process::{self, Copies},
    store,
    uploads::{fault, not_arrived, use_upload, used},
    variant::{Variant, upload_blob_key},
};
use crate::{
    deps::{Deps, Tx},
    kernel::{AtField, Error, FieldCode, Result, Viewer, text},
};

/// Maximum length of the alternative text, in characters.
const MAX_ALT: usize = 500;

/// Input for turning an upload into a photo.
pub struct UploadPhoto {
    /// One of the viewer's uploads whose bytes were sent.
    pub upload_id: UploadId,
    /// Alternative text for people who cannot see the photo; at most 500 characters.
    pub alt: Option<String>,
}

/// Turns an upload into a photo, once: a repeat for the same upload returns the same photo. Contact details in the
/// alternative text of a public photo are masked.
pub async fn upload_photo(deps: &Deps, viewer: &Viewer, input: UploadPhoto) -> Result<photo::Model> {
    let UploadPhoto { upload_id, alt } = input;
    viewer.require_member()?;
    let alt = text::optional_line("alt", alt.as_deref(), MAX_ALT).map_err(|fault| Error::Invalid(vec![fault]))?;
    made_once(deps, viewer, upload_id, alt).await.at("uploadId")
}

async fn made_once(deps: &Deps, viewer: &Viewer, id: UploadId, alt: Option<String>) -> Result<photo::Model> {
    let upload = store::own_upload(deps.db.read(), viewer, id).await?;
    let alt = match upload.purpose {
        UploadPurpose::PetPhoto => alt.map(|alt| language_rules::mask_contacts(&alt).text),
        UploadPurpose::ChatImage | UploadPurpose::ClaimPhoto => alt,
        UploadPurpose::Import => {
            let message = "this upload was announced as a file to import: announce a photo with purpose PET_PHOTO";
            return Err(fault(FieldCode::Invalid, message));
        }
        UploadPurpose::SearchPhoto => {
            let message = "this upload was announced for searching: announce a photo with purpose PET_PHOTO";
            return Err(fault(FieldCode::Invalid, message));
        }
    };
    match upload.state {
        UploadState::Waiting => Err(not_arrived()),
        UploadState::Used => already_made(deps, id).await,
        UploadState::Stored => make(deps, &upload, alt).await,
    }
}

/// The photo that another request has made already.
async fn already_made(deps: &Deps, id: UploadId) -> Result<photo::Model> {
    store::photo_of_upload(deps.db.read(), id).await?.ok_or_else(used)
}

async fn make(deps: &Deps, upload: &upload::Model, alt: Option<String>) -> Result<photo::Model> {
    let slot = process::slot().await;
    let raw = upload_blob_key(upload.id);
    let Some(bytes) = deps.blobs.get(&raw).await.map_err(away)? else {
        return already_made(deps, upload.id).await;
    };
    let copies = process::copies(slot, bytes)
        .await
        .map_err(|refused| fault(FieldCode::Invalid, &refused.to_string()))?;
    let row = photo::ActiveModel {
        id: Set(PhotoId(deps.ids.uuid(deps.clock.now()))),
        owner_id: Set(upload.owner_id),
        upload_id: Set(upload.id),
        purpose: Set(upload.purpose),
        content_type: Set(copies.original.format.content_type().to_owned()),
        width: Set(i32::try_from(copies.original.width).map_err(Error::internal)?),
        height: Set(i32::try_from(copies.original.height).map_err(Error::internal)?),
        alt: Set(alt),
        withdrawn: Set(false),
        taken_at: Set(copies.taken_at.filter(|_| upload.purpose == UploadPurpose::ClaimPhoto)),
        created_at: Set(deps.clock.now()),
    };
    finish(deps, upload.id, row, copies).await
}

/// Stores the copies, then the row, and deletes what is no longer needed: the raw bytes, or the copies if another
/// request was faster.
async fn finish(deps: &Deps, upload_id: UploadId, row: photo::ActiveModel, copies: Copies) -> Result<photo::Model> {
    let id = *row.id.as_ref();
    let look = photo_look::Model {
        photo_id: id,
        hash: copies.hash.map(|hash| hash.to_bytes()).unwrap_or_default(),
        vector: None,
        vector_model: None,
    };
    let keys = put_copies(deps, id, copies).await?;
    let photo = deps
        .write(async |tx| match use_upload(tx, upload_id).await? {
            true => insert(tx, row, look).await,
            false => store::photo_of_upload(tx, upload_id).await?.ok_or_else(used),
        })
        .await?;
    match photo.id == id {
        true => forget(deps, &[upload_blob_key(upload_id)]).await,
        false => forget(deps, &keys).await,
    }
    Ok(photo)
}

/// Inserts the row, and the visual features of a pet's or a claim's photo: chat images are compared with nothing.
async fn insert(tx: &Tx, row: photo::ActiveModel, look: photo_look::Model) -> Result<photo::Model> {
    let photo = photo::Entity::insert(row).exec_with_returning(tx).await?;
    if matches!(photo.purpose, UploadPurpose::PetPhoto | UploadPurpose::ClaimPhoto) {
        let look = photo_look::ActiveModel::from(look).reset_all();
        photo_look::Entity::insert(look).exec_without_returning(tx).await?;
    }
    Ok(photo)
}

/// Stores all copies and returns their keys.
async fn put_copies(deps: &Deps, id: PhotoId, copies: Copies) -> Result<Vec<String>> {
    let Copies {
        original, thumbnails, ..
    } = copies;
    let mut keys = Vec::with_capacity(thumbnails.len() + 1);
    for (variant, bytes) in thumbnails.into_iter().chain([(Variant::Original, original.bytes)]) {
        let key = variant.blob_key(id);
        deps.blobs.put(&key, bytes.into()).await.map_err(away)?;
        keys.push(key);
    }
    Ok(keys)
}

/// Bytes that stay only cost space, so a failure is merely logged.
async fn forget(deps: &Deps, keys: &[String]) {
    for key in keys {
        if let Err(error) = deps.blobs.delete(key).await {
            tracing::warn!(%error, key, "bytes that nobody needs could not be deleted");
        }
    }
}

fn away(error: std::io::Error) -> Error {
    Error::Unavailable(Arc::new(error))
}
