//! Queries for visual features of photos.

use std::collections::{HashMap, HashSet};

use entity::{
    id::{PetId, PhotoId},
    pet_photo, photo, photo_look,
    vocabulary::UploadPurpose,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Statement, Value,
    sea_query::OnConflict,
};
use visual_similarity::{PhotoFeatures, PhotoHash, PhotoVector};

use crate::{
    deps::{Deps, Tx},
    events::PhotoEvent,
    kernel::Result,
};

/// Number of photos read at once when going through all of them.
const PAGE: u64 = 200;

/// The stored features of these photos.
pub(super) async fn known(db: &impl ConnectionTrait, ids: &[PhotoId]) -> Result<HashMap<PhotoId, photo_look::Model>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let known = photo_look::Entity::find().filter(photo_look::COLUMN.photo_id.is_in(ids.iter().copied()));
    Ok(known
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.photo_id, row))
        .collect())
}

/// Saves features of photos, of one report if it is given, replacing earlier ones, and announces it.
pub(super) async fn remember(tx: &Tx, rows: Vec<photo_look::Model>, of: Option<PetId>) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let photo_ids = rows.iter().map(|row| row.photo_id).collect();
    let anew = OnConflict::column(photo_look::Column::PhotoId)
        .update_columns([
            photo_look::Column::Hash,
            photo_look::Column::Vector,
            photo_look::Column::VectorModel,
        ])
        .to_owned();
    let rows = rows.into_iter().map(photo_look::ActiveModel::from);
    photo_look::Entity::insert_many(rows.map(sea_orm::ActiveModelTrait::reset_all))
        .on_conflict(anew)
        .exec_without_returning(tx)
        .await?;
    tx.announce(PhotoEvent::PhotosLearned { photo_ids });
    if let Some(pet_id) = of {
        tx.announce(PhotoEvent::PetPhotosLearned { pet_id });
    }
    Ok(())
}

/// The stored features of a report's photos; vectors only if they are from the configured model.
pub async fn features_of(deps: &Deps, pet: PetId) -> Result<Vec<PhotoFeatures>> {
    let db = deps.db.read();
    let shown = pet_photo::Entity::find()
        .filter(pet_photo::COLUMN.pet_id.eq(pet))
        .all(db)
        .await?;
    let ids: Vec<PhotoId> = shown.into_iter().map(|row| row.photo_id).collect();
    let known = known(db, &ids).await?;
    Ok(known.values().map(|row| look(deps, row)).collect())
}

/// Those of these reports that show photos.
pub async fn with_photos(db: &impl ConnectionTrait, pets: &[PetId]) -> Result<HashSet<PetId>> {
    if pets.is_empty() {
        return Ok(HashSet::new());
    }
    let shown = pet_photo::Entity::find()
        .select_only()
        .column(pet_photo::Column::PetId)
        .distinct()
        .filter(pet_photo::COLUMN.pet_id.is_in(pets.iter().copied()))
        .into_tuple();
    Ok(shown.all(db).await?.into_iter().collect())
}

/// The stored features of one photo; none if there are none.
pub(super) async fn features_of_photo(deps: &Deps, id: PhotoId) -> Result<PhotoFeatures> {
    let known = known(deps.db.read(), &[id]).await?;
    Ok(known
        .get(&id)
        .map_or_else(PhotoFeatures::default, |row| look(deps, row)))
}

fn look(deps: &Deps, row: &photo_look::Model) -> PhotoFeatures {
    let model = deps.vision.embedding.as_ref().map(|model| model.fingerprint());
    let vector = row.vector.as_deref().filter(|_| row.vector_model.as_deref() == model);
    PhotoFeatures {
        hash: PhotoHash::from_bytes(&row.hash),
        vector: vector.and_then(PhotoVector::from_bytes),
    }
}

/// The next photos of pets without any features, ordered by id.
pub(super) async fn unknown(db: &impl ConnectionTrait, after: Option<PhotoId>) -> Result<Vec<photo::Model>> {
    page(db, "l.photo_id IS NULL", after, None).await
}

/// The next photos of pets that this model has not processed, ordered by id.
pub(super) async fn unseen_by(
    db: &impl ConnectionTrait,
    model: &str,
    after: Option<PhotoId>,
) -> Result<Vec<photo::Model>> {
    let unseen = "(l.vector_model IS NULL OR l.vector_model <> $4)";
    page(db, unseen, after, Some(model.into())).await
}

async fn page(
    db: &impl ConnectionTrait,
    which: &str,
    after: Option<PhotoId>,
    value: Option<Value>,
) -> Result<Vec<photo::Model>> {
    let sql = format!(
        "SELECT p.* FROM photos p LEFT JOIN photo_looks l ON l.photo_id = p.id WHERE p.purpose = $1 AND p.id > $2 AND {which} \
         ORDER BY p.id LIMIT $3"
    );
    let after = after.unwrap_or(PhotoId(uuid::Uuid::nil()));
    let fixed = [UploadPurpose::PetPhoto.into(), after.into(), PAGE.into()];
    let values = fixed.into_iter().chain(value);
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let rows = db.query_all_raw(statement).await?;
    let photos: Result<Vec<_>, _> = rows
        .iter()
        .map(|row| photo::Model::from_query_result(row, ""))
        .collect();
    Ok(photos?)
}
