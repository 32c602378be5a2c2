//! Writes down which photos the rows of an import want.

use std::collections::{BTreeMap, HashMap};

use entity::{
    Timestamp,
    id::{ImportId, PetId, PhotoId, ShelterId},
    photo_fetch,
    vocabulary::PhotoFetchState,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::{
    arrange::{Fetches, show},
    store,
};
use crate::{
    deps::Tx,
    domain::pets::MOST_PHOTOS,
    events::ShelterEvent,
    kernel::{Result, text::storable},
};

/// Maximum number of rows per statement.
const CHUNK: usize = 100;

/// Wants photos from these addresses for these reports, in this order and at most ten for each; of a report that is there twice,
/// the last addresses count. A report without addresses keeps what it has: many files leave them out. The import has the
/// reports locked, or has just made them.
pub async fn want(
    tx: &Tx,
    (import_id, shelter_id): (ImportId, ShelterId),
    reports: &[(PetId, Vec<String>)],
) -> Result<()> {
    let told = reports.iter().filter(|(_, urls)| !urls.is_empty());
    let wanted: BTreeMap<PetId, &[String]> = told.map(|(pet, urls)| (*pet, urls.as_slice())).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let pets: Vec<PetId> = wanted.keys().copied().collect();
    let mut known: HashMap<PetId, Vec<photo_fetch::Model>> = HashMap::new();
    for row in store::of_pets(tx, &pets).await? {
        known.entry(row.pet_id).or_default().push(row);
    }
    let (mut changed, mut rows) = (Vec::new(), Vec::new());
    for (pet_id, urls) in wanted {
        let former = known.remove(&pet_id).unwrap_or_default();
        let list = List {
            pet_id,
            shelter_id,
            import_id,
            now: tx.now(),
        };
        let urls = urls.get(..MOST_PHOTOS).unwrap_or(urls);
        if !is_news(&former, urls) {
            continue;
        }
        let has_photos = former.iter().any(|row| row.photo_id.is_some());
        let (next, dropped) = list.after(former, urls);
        if has_photos {
            let photos: Vec<PhotoId> = next.iter().filter_map(|row| row.photo_id).collect();
            let fetches = Fetches {
                photos: &photos,
                new: &[],
                taken_off: &dropped,
            };
            show(tx, pet_id, fetches).await?;
        }
        changed.push(pet_id);
        rows.extend(next);
    }
    replace(tx, &changed, rows).await?;
    if !changed.is_empty() {
        tx.announce(ShelterEvent::PhotosWanted {
            shelter_id,
            pet_ids: changed,
        });
    }
    Ok(())
}

/// Whether anything has to be fetched, shown in another order, or taken off.
fn is_news(former: &[photo_fetch::Model], urls: &[String]) -> bool {
    let is_same =
        |(row, url): (&photo_fetch::Model, &String)| row.url == storable(url) && row.state != PhotoFetchState::Failed;
    former.len() != urls.len() || !former.iter().zip(urls).all(is_same)
}

async fn replace(tx: &Tx, pets: &[PetId], rows: Vec<photo_fetch::Model>) -> Result<()> {
    if pets.is_empty() {
        return Ok(());
    }
    photo_fetch::Entity::delete_many()
        .filter(photo_fetch::COLUMN.pet_id.is_in(pets.iter().copied()))
        .exec(tx)
        .await?;
    for chunk in rows.chunks(CHUNK) {
        let chunk = chunk.iter().cloned().map(|row| row.into_active_model().reset_all());
        photo_fetch::Entity::insert_many(chunk)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// What an import wants for one report.
struct List {
    pet_id: PetId,
    shelter_id: ShelterId,
    import_id: ImportId,
    now: Timestamp,
}

impl List {
    /// The rows for these addresses, and the photos for which there is no place any more. What was fetched is kept, and what
    /// failed is tried again. A photo stays until the one that takes its place is there.
    fn after(&self, mut former: Vec<photo_fetch::Model>, urls: &[String]) -> (Vec<photo_fetch::Model>, Vec<PhotoId>) {
        let mut rows = Vec::with_capacity(urls.len());
        for (url, position) in urls.iter().map(|url| storable(url)).zip(0..) {
            let known = former.iter().position(|row| row.url == url);
            let known = known.map(|place| former.remove(place));
            rows.push(self.row(position, url, known));
        }
        for row in &mut rows {
            let place = former
                .iter()
                .position(|former| former.position == row.position && former.photo_id.is_some());
            if row.state == PhotoFetchState::Waiting
                && row.photo_id.is_none()
                && let Some(place) = place
            {
                let former = former.remove(place);
                (row.photo_id, row.digest) = (former.photo_id, former.digest);
            }
        }
        let dropped = former.into_iter().filter_map(|row| row.photo_id);
        (rows, dropped.collect())
    }

    fn row(&self, position: i32, url: String, known: Option<photo_fetch::Model>) -> photo_fetch::Model {
        let (photo_id, digest) = match known {
            Some(known) if known.state != PhotoFetchState::Failed => {
                return photo_fetch::Model {
                    position,
                    import_id: self.import_id,
                    ..known
                };
            }
            Some(failed) => (failed.photo_id, failed.digest),
            None => (None, None),
        };
        photo_fetch::Model {
            pet_id: self.pet_id,
            position,
            shelter_id: self.shelter_id,
            import_id: self.import_id,
            url,
            state: PhotoFetchState::Waiting,
            photo_id,
            digest,
            tries: 0,
            next_try_at: Some(self.now),
            error: None,
            updated_at: self.now,
        }
    }
}
