//! Brings the index up to date.

use std::collections::BTreeSet;

use entity::{
    event,
    id::{PetId, PhotoId},
    pet_photo,
};
use futures_util::TryStreamExt;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};

use super::load::{load_all, load_for};
use crate::{
    deps::Deps,
    events::Event,
    kernel::{
        Result,
        likeness::{LookIndex, Turn},
    },
};

/// Events that are read at once.
const BATCH: u64 = 500;
/// Reports that are read at once; databases take a limited number of values in a statement.
const CHUNK: usize = 500;

/// What the log says, without when.
#[derive(FromQueryResult)]
struct Row {
    number: i64,
    payload: String,
}

/// Brings this node's index up to what is committed now. The first time it reads the tables, which takes a few seconds for
/// a million photos; then it reads what was announced since.
pub async fn catch_up(deps: &Deps) -> Result<()> {
    let mut turn = deps.looks.turn().await;
    let mut seen = match turn.cursor() {
        Some(seen) => seen,
        None => build(deps, &mut turn).await?,
    };
    loop {
        let rows = after(deps, seen).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        let ids = concerned(deps, &rows).await?;
        let ids: Vec<PetId> = ids.into_iter().collect();
        let mut photos = Vec::new();
        for ids in ids.chunks(CHUNK) {
            photos.extend(load_for(deps, ids).await?);
        }
        turn.advance(last.number, |index| {
            ids.iter().for_each(|id| index.remove(*id));
            photos
                .iter()
                .for_each(|photo| index.put(photo.pet_id, photo.species, &photo.look));
        });
        seen = last.number;
    }
}

/// Reads everything into an index of its own, so that searches go on with the old one. Events up to the number were
/// committed before; whatever of later ones it happens to hold is put in its place again by them.
async fn build(deps: &Deps, turn: &mut Turn<'_>) -> Result<i64> {
    let last = event::Entity::find()
        .order_by_desc(event::Column::Number)
        .one(deps.db.read())
        .await?;
    let seen = last.map_or(0, |last| last.number);
    let mut index = LookIndex::default();
    let mut pages = std::pin::pin!(load_all(deps));
    while let Some(page) = pages.try_next().await? {
        page.iter()
            .for_each(|photo| index.put(photo.pet_id, photo.species, &photo.look));
        tracing::debug!(photos = index.len(), "photos are read for searching");
    }
    tracing::info!(photos = index.len(), "photos can be searched");
    turn.advance(seen, |old| *old = index);
    Ok(seen)
}

async fn after(deps: &Deps, seen: i64) -> Result<Vec<Row>> {
    let rows = event::Entity::find()
        .select_only()
        .columns([event::Column::Number, event::Column::Payload])
        .filter(event::COLUMN.number.gt(seen))
        .order_by_asc(event::Column::Number)
        .limit(BATCH);
    Ok(rows.into_model().all(deps.db.read()).await?)
}

/// The reports whose photos, species or status may have changed.
async fn concerned(deps: &Deps, rows: &[Row]) -> Result<BTreeSet<PetId>> {
    let (mut pets, mut photos) = (BTreeSet::new(), Vec::new());
    for row in rows {
        // An event of a newer version is none of those that this one knows.
        match serde_json::from_str(&row.payload) {
            Ok(Event::PetReported { pet_id } | Event::PetChanged { pet_id } | Event::PetClosed { pet_id }) => {
                pets.insert(pet_id);
            }
            Ok(Event::PetsImported { pet_ids, .. }) => pets.extend(pet_ids),
            Ok(Event::PhotosLearned { photo_ids }) => photos.extend(photo_ids),
            Ok(_) | Err(_) => {}
        }
    }
    for photos in photos.chunks(CHUNK) {
        pets.extend(showing(deps, photos).await?);
    }
    Ok(pets)
}

/// The reports that show these photos.
async fn showing(deps: &Deps, photos: &[PhotoId]) -> Result<Vec<PetId>> {
    let shown = pet_photo::Entity::find().filter(pet_photo::COLUMN.photo_id.is_in(photos.iter().copied()));
    let shown = shown.all(deps.db.read()).await?;
    Ok(shown.into_iter().map(|row| row.pet_id).collect())
}
