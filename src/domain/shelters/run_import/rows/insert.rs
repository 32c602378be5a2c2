//! Inserts the new rows of a batch.

use entity::{pet, shelter_animal};
use sea_orm::{EntityTrait, IntoActiveModel};

use crate::{
    deps::{Deps, Tx},
    domain::{
        custody::{self, Change},
        pets,
    },
    kernel::Result,
};

/// Maximum number of rows per insert. Every statement has a power of two of them, so there are only seven different
/// statements, and the database prepares each once.
const INSERTED_AT_ONCE: usize = 64;

/// Writes animals, their reports and their stays, referenced ones first.
pub(super) async fn insert(
    deps: &Deps,
    tx: &Tx,
    (mut animals, mut reports, stays): (Vec<shelter_animal::Model>, Vec<pet::ActiveModel>, Vec<Change>),
) -> Result<()> {
    pets::note_places(deps, tx, &reports).await?;
    while !animals.is_empty() {
        let rest = animals.split_off(chunk(animals.len()));
        let rows = std::mem::replace(&mut animals, rest);
        let rows = rows.into_iter().map(shelter_animal::Model::into_active_model);
        shelter_animal::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    while !reports.is_empty() {
        let rest = reports.split_off(chunk(reports.len()));
        pet::Entity::insert_many(std::mem::replace(&mut reports, rest))
            .exec_without_returning(tx)
            .await?;
    }
    custody::insert_many(tx, stays).await
}

/// The largest power of two that is at most the number of rows, which is not 0.
fn chunk(rows: usize) -> usize {
    INSERTED_AT_ONCE.min(1 << rows.ilog2())
}
