//! The new rows of a batch.

use entity::{pet, shelter_animal};
use sea_orm::{ConnectionTrait, IntoActiveModel};

use crate::{
    deps::{Deps, Inserts, Tx},
    domain::{
        custody::{self, Change},
        pets,
    },
    kernel::Result,
};

/// Animals, their reports and their stays, referenced ones first.
pub(super) async fn inserts_of(
    deps: &Deps,
    tx: &Tx,
    (animals, reports, stays): (Vec<shelter_animal::Model>, Vec<pet::ActiveModel>, Vec<Change>),
) -> Result<Inserts> {
    pets::note_places(deps, tx, &reports).await?;
    let mut inserts = Inserts::default();
    let animals = animals.into_iter().map(shelter_animal::Model::into_active_model);
    inserts.add(tx.get_database_backend(), animals.collect()).await?;
    inserts.add(tx.get_database_backend(), reports).await?;
    custody::insert_many(tx, stays, &mut inserts).await?;
    Ok(inserts)
}
