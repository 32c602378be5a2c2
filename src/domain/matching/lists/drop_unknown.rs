//! Removes matches that concern nobody.

use entity::{id::MatchId, match_alert, pet_match, vocabulary::MatchState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::{deps::Tx, kernel::Result};

/// Number of matches per query.
const REMOVED_AT_ONCE: usize = 500;

/// Removes those of these matches that nobody has decided about or was told of.
pub async fn drop_unknown(tx: &Tx, mut rows: Vec<(MatchId, MatchState)>) -> Result<()> {
    rows.retain(|(_, state)| *state == MatchState::New);
    let ids: Vec<MatchId> = rows.into_iter().map(|(id, _)| id).collect();
    for ids in ids.chunks(REMOVED_AT_ONCE) {
        let told = match_alert::Entity::find()
            .select_only()
            .column(match_alert::Column::MatchId)
            .filter(match_alert::COLUMN.match_id.is_in(ids.iter().copied()))
            .into_query();
        pet_match::Entity::delete_many()
            .filter(pet_match::COLUMN.id.is_in(ids.iter().copied()))
            .filter(pet_match::Column::Id.not_in_subquery(told))
            .exec(tx)
            .await?;
    }
    Ok(())
}
