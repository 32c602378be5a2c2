//! Queries for uploads and photos.

use std::{collections::HashMap, time::Duration};

use entity::{
    Timestamp, api_key,
    id::{ApiKeyId, MemberId, PetId, PhotoId, UploadId},
    member, pet, pet_photo, photo, sighting, upload,
    vocabulary::{PetVisibility, UploadPurpose, UploadState},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    UpdateMany,
    sea_query::{Expr, ExprTrait, SelectStatement},
};

use super::policy::PUBLIC;
use crate::{
    deps::Tx,
    kernel::{Error, Result, Scope, Viewer},
};

/// The photos that a viewer may see: those of pets and members that have not been withdrawn, and their own.
fn visible_to(viewer: &Viewer) -> Select<photo::Entity> {
    let public = Condition::all()
        .add(photo::COLUMN.purpose.is_in(PUBLIC))
        .add(photo::COLUMN.withdrawn.eq(false));
    let own = viewer.member().map(|id| photo::COLUMN.owner_id.eq(id));
    photo::Entity::find().filter(Condition::any().add(public).add_option(own))
}

/// A photo that the viewer may see.
pub async fn find_visible(db: &impl ConnectionTrait, viewer: &Viewer, id: PhotoId) -> Result<photo::Model> {
    visible_to(viewer)
        .filter(photo::COLUMN.id.eq(id))
        .one(db)
        .await?
        .ok_or(Error::NotFound("photo"))
}

/// A photo that this member uploaded for that purpose.
pub async fn find_own(
    db: &impl ConnectionTrait,
    owner: MemberId,
    id: PhotoId,
    purpose: UploadPurpose,
) -> Result<photo::Model> {
    by_id(db, id)
        .await?
        .filter(|photo| photo.owner_id == owner && photo.purpose == purpose)
        .ok_or(Error::NotFound("photo"))
}

/// A photo for that purpose from an upload that this API key announced.
pub async fn find_own_of_key(
    db: &impl ConnectionTrait,
    key: ApiKeyId,
    id: PhotoId,
    purpose: UploadPurpose,
) -> Result<photo::Model> {
    let missing = || Error::NotFound("photo");
    let photo = by_id(db, id).await?.filter(|photo| photo.purpose == purpose);
    let photo = photo.ok_or_else(missing)?;
    let upload = upload_by_id(db, photo.upload_id).await?;
    let is_own = upload.is_some_and(|upload| upload.api_key_id == Some(key));
    is_own.then_some(photo).ok_or_else(missing)
}

/// Photos by id, those that exist, in no particular order. The caller got the ids from something the viewer may see.
pub async fn by_ids(db: &impl ConnectionTrait, ids: &[PhotoId]) -> Result<Vec<photo::Model>> {
    Ok(photo::Entity::find()
        .filter(photo::COLUMN.id.is_in(ids.iter().copied()))
        .all(db)
        .await?)
}

/// The photos of pets that the caller may show, in each pet's order; pets without photos are missing from the map.
pub async fn load_for(db: &impl ConnectionTrait, pet_ids: &[PetId]) -> Result<HashMap<PetId, Vec<photo::Model>>> {
    let places = pet_photo::Entity::find()
        .filter(pet_photo::COLUMN.pet_id.is_in(pet_ids.iter().copied()))
        .order_by_asc(pet_photo::Column::Position)
        .order_by_asc(pet_photo::Column::PhotoId)
        .all(db)
        .await?;
    let ids: Vec<PhotoId> = places.iter().map(|place| place.photo_id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let photos: HashMap<PhotoId, photo::Model> = by_ids(db, &ids)
        .await?
        .into_iter()
        .map(|photo| (photo.id, photo))
        .collect();
    let mut of_pets: HashMap<PetId, Vec<photo::Model>> = HashMap::new();
    for place in places {
        let photo = photos.get(&place.photo_id).cloned();
        of_pets.entry(place.pet_id).or_default().extend(photo);
    }
    Ok(of_pets)
}

/// Updates whether these photos are shown to everybody: in a report, in a sighting or as an avatar. Those that are no
/// longer shown, or whose report is hidden, count as withdrawn.
pub async fn note_shown(tx: &Tx, ids: &[PhotoId]) -> Result<()> {
    let is_it = |column: Expr| column.eq(photo::Column::Id.into_expr());
    let by_report = pet_photo::Entity::find()
        .select_only()
        .column(pet_photo::Column::PhotoId)
        .filter(is_it(pet_photo::Column::PhotoId.into_expr()))
        .filter(pet_photo::Column::PetId.not_in_subquery(hidden()));
    let by_sighting = sighting::Entity::find()
        .select_only()
        .column(sighting::Column::PhotoId)
        .filter(is_it(sighting::Column::PhotoId.into_expr()))
        .filter(sighting::Column::PetId.not_in_subquery(hidden()));
    let by_member = member::Entity::find()
        .select_only()
        .column(member::Column::AvatarPhotoId)
        .filter(is_it(member::Column::AvatarPhotoId.into_expr()));
    let shown = Expr::exists(by_report.into_query())
        .or(Expr::exists(by_sighting.into_query()))
        .or(Expr::exists(by_member.into_query()));
    photo::Entity::update_many()
        .col_expr(photo::Column::Withdrawn, shown.not())
        .filter(photo::COLUMN.id.is_in(ids.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

/// The ids of the hidden reports; there are few, and an index has them.
fn hidden() -> SelectStatement {
    pet::Entity::find()
        .select_only()
        .column(pet::Column::Id)
        .filter(pet::COLUMN.visibility.eq(PetVisibility::Hidden))
        .into_query()
}

/// A photo by id, without a check: for serving, where the URL grants access.
pub(super) async fn by_id(db: &impl ConnectionTrait, id: PhotoId) -> Result<Option<photo::Model>> {
    Ok(photo::Entity::find_by_id(id).one(db).await?)
}

/// The photo that was made from an upload.
pub(super) async fn photo_of_upload(db: &impl ConnectionTrait, id: UploadId) -> Result<Option<photo::Model>> {
    Ok(photo::Entity::find()
        .filter(photo::COLUMN.upload_id.eq(id))
        .one(db)
        .await?)
}

/// An upload by id, without a check: for the PUT, where the signature grants access.
pub(super) async fn upload_by_id(db: &impl ConnectionTrait, id: UploadId) -> Result<Option<upload::Model>> {
    Ok(upload::Entity::find_by_id(id).one(db).await?)
}

/// An upload that the viewer announced. An API key sees only uploads that it announced itself, not the private
/// uploads of the member who created it, and its uploads are seen by nobody else.
pub(super) async fn own_upload(db: &impl ConnectionTrait, viewer: &Viewer, id: UploadId) -> Result<upload::Model> {
    let owner = uploader(db, viewer).await?;
    upload_by_id(db, id)
        .await?
        .filter(|upload| upload.owner_id == owner && upload.api_key_id == viewer.key())
        .ok_or(Error::NotFound("upload"))
}

/// The owner of the viewer's uploads: the member, or for a key that may upload something, the member who created it.
pub(super) async fn uploader(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<MemberId> {
    let Viewer::Key { id, scopes, .. } = viewer else {
        return viewer.require_member();
    };
    let is_for_uploads = |scope: &Scope| matches!(scope, Scope::ImportsWrite | Scope::PetsWrite);
    if !scopes.iter().any(is_for_uploads) {
        let message =
            "an API key needs the scope pets:write to upload photos, and imports:write to upload files to import";
        return Err(Error::Forbidden(message.into()));
    }
    let key = api_key::Entity::find_by_id(*id).one(db).await?;
    Ok(key.ok_or(Error::Unauthenticated)?.created_by)
}

/// Reserves a waiting upload for a sender, unless another one has it; returns whether it did.
pub(super) async fn hold(tx: &Tx, id: UploadId, held_for: Duration) -> Result<bool> {
    let free = Condition::any()
        .add(upload::COLUMN.receiving_until.is_null())
        .add(upload::COLUMN.receiving_until.lte(tx.now()));
    let held = held_until(id, Some(tx.now().plus(held_for)))
        .filter(upload::COLUMN.state.eq(UploadState::Waiting))
        .filter(free);
    Ok(held.exec(tx).await?.rows_affected == 1)
}

/// Extends a reservation.
pub(super) async fn hold_on(tx: &Tx, id: UploadId, held_for: Duration) -> Result<()> {
    held_until(id, Some(tx.now().plus(held_for))).exec(tx).await?;
    Ok(())
}

/// Releases a reservation.
pub(super) async fn let_go(tx: &Tx, id: UploadId) -> Result<()> {
    held_until(id, None).exec(tx).await?;
    Ok(())
}

fn held_until(id: UploadId, until: Option<Timestamp>) -> UpdateMany<upload::Entity> {
    upload::Entity::update_many()
        .col_expr(upload::Column::ReceivingUntil, Expr::value(until.map(|until| until.0)))
        .filter(upload::COLUMN.id.eq(id))
}

/// Moves an upload from one state to the next if it is still in the first: only one of several concurrent calls
/// succeeds.
pub(super) async fn advance(
    db: &impl ConnectionTrait,
    id: UploadId,
    from: UploadState,
    to: UploadState,
) -> Result<bool> {
    let moved = upload::Entity::update_many()
        .col_expr(upload::Column::State, Expr::value(to))
        .filter(upload::COLUMN.id.eq(id))
        .filter(upload::COLUMN.state.eq(from))
        .exec(db)
        .await?;
    Ok(moved.rows_affected == 1)
}
