//! Photos of a report.

use std::collections::HashSet;

use entity::{
    id::{PetId, PhotoId, UploadId},
    pet_photo,
    vocabulary::UploadPurpose,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    deps::{OrTaken, Tx},
    domain::photos,
    events::PhotoEvent,
    kernel::{Error, FieldCode, FieldError, Result, Viewer},
};

/// Maximum number of photos per report.
pub const MOST_PHOTOS: usize = 10;

/// Sets the photos of a report, in this order. Returns whether anything changed. A new photo must belong to the viewer
/// and must not be used by another report.
pub(super) async fn set_photos(tx: &Tx, viewer: &Viewer, pet: PetId, ids: &[PhotoId]) -> Result<bool> {
    check_list(ids)?;
    let present = photos_shown(tx, pet).await?;
    if present == ids {
        return Ok(false);
    }
    for (place, id) in ids.iter().enumerate().filter(|(_, id)| !present.contains(id)) {
        check_own(tx, viewer, *id)
            .await
            .map_err(|error| at_place(error, place))?;
    }
    show_photos(tx, pet, &present, ids).await?;
    Ok(true)
}

/// The photos of a report, in their order.
pub async fn photos_shown(tx: &Tx, pet: PetId) -> Result<Vec<PhotoId>> {
    let rows = pet_photo::Entity::find()
        .filter(pet_photo::COLUMN.pet_id.eq(pet))
        .order_by_asc(pet_photo::Column::Position)
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| row.photo_id).collect())
}

/// Shows these photos of a report in place of the present ones. The caller has locked the report, and has checked that they
/// are at most [`MOST_PHOTOS`], and for this report.
pub async fn show_photos(tx: &Tx, pet: PetId, present: &[PhotoId], ids: &[PhotoId]) -> Result<()> {
    pet_photo::Entity::delete_many()
        .filter(pet_photo::COLUMN.pet_id.eq(pet))
        .exec(tx)
        .await?;
    let rows = ids.iter().zip(0..).map(|(id, position)| pet_photo::ActiveModel {
        pet_id: Set(pet),
        photo_id: Set(*id),
        position: Set(position),
    });
    if !ids.is_empty() {
        pet_photo::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await
            .or_taken("photoIds", "a photo already belongs to another report: upload it again")?;
        tx.announce(PhotoEvent::PhotosShown { pet_id: pet });
    }
    photos::note_shown(tx, &[present, ids].concat()).await
}

fn check_list(ids: &[PhotoId]) -> Result<()> {
    if MOST_PHOTOS < ids.len() {
        let message = format!("photoIds takes at most {MOST_PHOTOS} photos: leave some out");
        return Err(Error::field("photoIds", FieldCode::TooMany, message));
    }
    if ids.iter().collect::<HashSet<_>>().len() < ids.len() {
        return Err(Error::field(
            "photoIds",
            FieldCode::Invalid,
            "photoIds names a photo twice: name each once",
        ));
    }
    Ok(())
}

/// Checks the uploads that are to become photos of a new report, after those that it has already.
pub(super) fn check_uploads(photos: &[PhotoId], uploads: &[UploadId]) -> Result<()> {
    if !uploads.is_empty() && MOST_PHOTOS < photos.len() + uploads.len() {
        let message = format!("photoIds and uploadIds together take at most {MOST_PHOTOS} photos: leave some out");
        return Err(Error::field("uploadIds", FieldCode::TooMany, message));
    }
    if uploads.iter().collect::<HashSet<_>>().len() < uploads.len() {
        let message = "uploadIds names an upload twice: name each once";
        return Err(Error::field("uploadIds", FieldCode::Invalid, message));
    }
    Ok(())
}

async fn check_own(tx: &Tx, viewer: &Viewer, id: PhotoId) -> Result<()> {
    let found = match (viewer.member(), viewer.key()) {
        (Some(owner), _) => photos::find_own(tx, owner, id, UploadPurpose::PetPhoto).await,
        (None, Some(key)) => photos::find_own_of_key(tx, key, id, UploadPurpose::PetPhoto).await,
        (None, None) => Err(Error::NotFound("photo")),
    };
    found.map(|_| ())
}

fn at_place(error: Error, place: usize) -> Error {
    match error {
        Error::NotFound(_) => Error::Invalid(vec![FieldError {
            path: vec!["photoIds".to_owned(), place.to_string()],
            code: FieldCode::NotFound,
            message: "you have no such photo: make one with uploadPhoto from an upload for PET_PHOTO".to_owned(),
        }]),
        other => other,
    }
}
