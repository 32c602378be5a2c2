//! Inserts the new rows of a batch.

use entity::{pet, shelter_animal};
use sea_orm::{EntityTrait, IntoActiveModel};

use crate::{
    deps::{Deps, Tx, inserts_of},
    domain::{
        custody::{self, Change},
        pets,
    },
    kernel::Result,
};

/// Writes animals, their reports and their stays, referenced ones first.
pub(super) async fn insert(
    deps: &Deps,
    tx: &Tx,
    (animals, reports, stays): (Vec<shelter_animal::Model>, Vec<pet::ActiveModel>, Vec<Change>),
) -> Result<()> {
    pets::note_places(deps, tx, &reports).await?;
    for rows in inserts_of(animals) {
        let rows = rows.into_iter().map(shelter_animal::Model::into_active_model);
        shelter_animal::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    for rows in inserts_of(reports) {
        pet::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    custody::insert_many(tx, stays).await
}
