//! Deletes the addresses of photos of reports that are over.

use std::time::Duration;

use entity::{id::PetId, pet, photo_fetch};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::{
    deps::{DAY, Deps},
    domain::pets,
    kernel::{Result, Viewer},
};

/// How long the shelter can look up what became of the photos.
const KEPT: Duration = DAY.saturating_mul(30);
/// Maximum number of reports per run; the rest waits for the next.
const BATCH: u64 = 500;

/// Deletes the addresses of reports that were closed 30 days ago: an animal that comes back has a new report, with addresses of
/// its own. The photos stay.
pub async fn forget_fetches(deps: &Deps) -> Result<()> {
    let fetched = photo_fetch::Entity::find()
        .select_only()
        .column(photo_fetch::Column::PetId)
        .into_query();
    let over = pets::visible_to(&Viewer::System)
        .select_only()
        .column(pet::Column::Id)
        .filter(pet::COLUMN.closed_at.lt(deps.clock.now().minus(KEPT)))
        .filter(pet::Column::Id.in_subquery(fetched))
        .limit(BATCH);
    let over: Vec<PetId> = over.into_tuple().all(deps.db.read()).await?;
    if over.is_empty() {
        return Ok(());
    }
    deps.write(async |tx| {
        photo_fetch::Entity::delete_many()
            .filter(photo_fetch::COLUMN.pet_id.is_in(over.iter().copied()))
            .exec(tx)
            .await?;
        Ok(())
    })
    .await
}
