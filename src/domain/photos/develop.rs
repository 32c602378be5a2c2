//! Makes photos of uploads, in three steps: before a transaction the copies of each picture are made and stored, in it
//! the rows are written, after it what is no longer needed is deleted. So whatever takes a photo is written together
//! with it, or neither is.

use std::{collections::HashSet, sync::Arc};

use bytes::Bytes;
use entity::{
    id::{MemberId, PhotoId, UploadId},
    photo, photo_look, upload,
    vocabulary::UploadPurpose,
};
use futures_util::future::join_all;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};

use super::{
    process::{self, Copies},
    store,
    uploads::{fault, read_upload, use_upload, used},
    variant::{Variant, upload_blob_key},
};
use crate::{
    deps::{Deps, Tx},
    kernel::{Error, FieldCode, FieldError, Result, Viewer},
};

/// A photo whose copies are stored, but not its row.
pub(super) struct Developed {
    row: photo::ActiveModel,
    look: photo_look::Model,
    upload_id: UploadId,
    keys: Vec<String>,
}

/// Whose a picture is, where it comes from and what it is for.
struct Origin {
    owner_id: MemberId,
    upload_id: UploadId,
    purpose: UploadPurpose,
    alt: Option<String>,
}

impl Developed {
    /// Checks an upload's picture and stores its copies. `None` if another request has used the upload.
    pub(super) async fn from(deps: &Deps, upload: &upload::Model, alt: Option<String>) -> Result<Option<Self>> {
        let slot = process::slot().await;
        let Some(bytes) = deps.blobs.get(&upload_blob_key(upload.id)).await.map_err(away)? else {
            return Ok(None);
        };
        let origin = Origin {
            owner_id: upload.owner_id,
            upload_id: upload.id,
            purpose: upload.purpose,
            alt,
        };
        Self::of_bytes(deps, slot, bytes, origin).await.map(Some)
    }

    /// Checks a picture of a pet that was fetched for that member, and stores its copies. No upload has the id that stands in
    /// its place.
    pub(super) async fn of_fetched(deps: &Deps, owner: MemberId, bytes: Bytes) -> Result<Self> {
        let origin = Origin {
            owner_id: owner,
            upload_id: UploadId(deps.ids.uuid(deps.clock.now())),
            purpose: UploadPurpose::PetPhoto,
            alt: None,
        };
        Self::of_bytes(deps, process::slot().await, bytes, origin).await
    }

    async fn of_bytes(deps: &Deps, slot: process::Slot, bytes: Bytes, origin: Origin) -> Result<Self> {
        let Origin {
            owner_id,
            upload_id,
            purpose,
            alt,
        } = origin;
        let copies = process::copies(slot, bytes)
            .await
            .map_err(|refused| fault(FieldCode::Invalid, &refused.to_string()))?;
        let id = PhotoId(deps.ids.uuid(deps.clock.now()));
        let row = photo::ActiveModel {
            id: Set(id),
            owner_id: Set(owner_id),
            upload_id: Set(upload_id),
            purpose: Set(purpose),
            content_type: Set(copies.original.format.content_type().to_owned()),
            width: Set(i32::try_from(copies.original.width).map_err(Error::internal)?),
            height: Set(i32::try_from(copies.original.height).map_err(Error::internal)?),
            alt: Set(alt),
            withdrawn: Set(false),
            taken_at: Set(copies.taken_at.filter(|_| purpose == UploadPurpose::ClaimPhoto)),
            created_at: Set(deps.clock.now()),
        };
        let look = photo_look::Model {
            photo_id: id,
            hash: copies.hash.map(|hash| hash.to_bytes()).unwrap_or_default(),
            vector: None,
            vector_model: None,
        };
        Ok(Self {
            row,
            look,
            upload_id,
            keys: put_copies(deps, id, copies).await?,
        })
    }

    /// The id of its row.
    pub(super) fn id(&self) -> PhotoId {
        self.look.photo_id
    }

    /// Inserts the row, and the visual features of a pet's or a claim's photo: chat images are compared with nothing.
    /// `None` if another request has used the upload.
    pub(super) async fn insert(&self, tx: &Tx) -> Result<Option<photo::Model>> {
        match use_upload(tx, self.upload_id).await? {
            true => self.insert_row(tx).await.map(Some),
            false => Ok(None),
        }
    }

    /// The same for a picture without an upload.
    pub(super) async fn insert_row(&self, tx: &Tx) -> Result<photo::Model> {
        let photo = photo::Entity::insert(self.row.clone()).exec_with_returning(tx).await?;
        if matches!(photo.purpose, UploadPurpose::PetPhoto | UploadPurpose::ClaimPhoto) {
            let look = photo_look::ActiveModel::from(self.look.clone()).reset_all();
            photo_look::Entity::insert(look).exec_without_returning(tx).await?;
        }
        Ok(photo)
    }

    /// Deletes what is no longer needed: the raw bytes if the photo was made, otherwise its copies.
    pub(super) async fn tidy_up(self, deps: &Deps, is_made: bool) {
        match is_made {
            true => forget(deps, &[upload_blob_key(self.upload_id)]).await,
            false => self.discard(deps).await,
        }
    }

    /// Deletes the copies of a photo that was not made.
    pub(super) async fn discard(self, deps: &Deps) {
        forget(deps, &self.keys).await;
    }
}

/// Photos of pets that are made together with what shows them: [`NewPhotos::develop`] before the transaction,
/// [`NewPhotos::insert`] in it, and [`NewPhotos::tidy_up`] after it, whatever came of it.
pub struct NewPhotos(Vec<Result<Developed>>);

impl NewPhotos {
    /// Makes and stores the copies of the viewer's PET_PHOTO uploads. Never fails: what is wrong with an upload is told
    /// by `insert`, after the caller has found out that the request is not a repeat.
    pub async fn develop(deps: &Deps, viewer: &Viewer, ids: &[UploadId]) -> Self {
        let developed = ids.iter().map(|id| async {
            let upload = read_upload(deps, viewer, *id, UploadPurpose::PetPhoto).await?;
            Developed::from(deps, &upload, None).await?.ok_or_else(used)
        });
        Self(join_all(developed).await)
    }

    /// Inserts all of them, in the order of the uploads. Errors have the indexes of the uploads at fault as their
    /// paths: add the field with `at`.
    pub async fn insert(&self, tx: &Tx) -> Result<Vec<PhotoId>> {
        let (mut ids, mut faults) = (Vec::new(), Vec::new());
        for (index, developed) in self.0.iter().enumerate() {
            match insert(tx, developed).await {
                Ok(id) => ids.push(id),
                Err(error) => faults.extend(at_index(error, index)?),
            }
        }
        match faults.is_empty() {
            true => Ok(ids),
            false => Err(Error::Invalid(faults)),
        }
    }

    /// Inserts the only one, if there is one. Errors have an empty path: add the field with `at`.
    pub async fn insert_only(&self, tx: &Tx) -> Result<Option<PhotoId>> {
        match self.0.first() {
            Some(developed) => insert(tx, developed).await.map(Some),
            None => Ok(None),
        }
    }

    /// Deletes the raw bytes of what became a photo, and the copies of what did not. What cannot be deleted, or is not
    /// known of, only costs space until it is swept.
    pub async fn tidy_up(self, deps: &Deps) {
        let developed: Vec<Developed> = self.0.into_iter().flatten().collect();
        let ids: Vec<PhotoId> = developed.iter().map(Developed::id).collect();
        if ids.is_empty() {
            return;
        }
        let made: HashSet<PhotoId> = match store::by_ids(deps.db.read(), &ids).await {
            Ok(made) => made.into_iter().map(|photo| photo.id).collect(),
            Err(error) => return tracing::warn!(%error, "what new photos left behind waits to be swept"),
        };
        for one in developed {
            let is_made = made.contains(&one.id());
            one.tidy_up(deps, is_made).await;
        }
    }
}

async fn insert(tx: &Tx, developed: &Result<Developed>) -> Result<PhotoId> {
    let developed = developed.as_ref().map_err(Error::clone)?;
    let photo = developed.insert(tx).await?.ok_or_else(used)?;
    Ok(photo.id)
}

/// The faults of one upload in a list, under its index.
fn at_index(error: Error, index: usize) -> Result<Vec<FieldError>> {
    let mut faults = match error {
        Error::Invalid(faults) => faults,
        Error::NotFound(_) => {
            let message = "you have no such upload: announce one with createUpload for PET_PHOTO and send its bytes";
            vec![FieldError {
                path: Vec::new(),
                code: FieldCode::NotFound,
                message: message.to_owned(),
            }]
        }
        other => return Err(other),
    };
    for fault in &mut faults {
        fault.path.insert(0, index.to_string());
    }
    Ok(faults)
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
