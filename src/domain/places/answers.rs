//! Answers of a service, cached while they are valid.

use std::time::Duration;

use entity::{Timestamp, place_answer};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict,
};

use crate::{
    deps::{Deps, Tx},
    kernel::Result,
    ports::geocoder::FoundPlace,
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How long places are valid.
const FOUND_FOR: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// How long an empty answer is valid; the place may be added to the map tomorrow.
const MISSED_FOR: Duration = DAY;
/// Maximum number of cached answers.
const MOST_ANSWERS: u64 = 100_000;

/// The cached answer for a key, if it is still valid.
pub(super) async fn find(db: &impl ConnectionTrait, key: &str, now: Timestamp) -> Result<Option<Vec<FoundPlace>>> {
    let row = place_answer::Entity::find_by_id(key)
        .filter(place_answer::COLUMN.expires_at.gt(now))
        .one(db)
        .await?;
    // An answer written by a later version may have another format; then the service is asked again.
    Ok(row.and_then(|row| serde_json::from_str(&row.answer).ok()))
}

/// Caches an answer, replacing an older one.
pub(super) async fn keep(tx: &Tx, key: &str, places: &[FoundPlace]) -> Result<()> {
    let good_for = if places.is_empty() { MISSED_FOR } else { FOUND_FOR };
    let row = place_answer::ActiveModel {
        key: Set(key.to_owned()),
        answer: Set(serde_json::to_string(places)?),
        expires_at: Set(tx.now().plus(good_for)),
    };
    let again = OnConflict::column(place_answer::Column::Key)
        .update_columns([place_answer::Column::Answer, place_answer::Column::ExpiresAt])
        .to_owned();
    place_answer::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Deletes expired answers and, beyond 100,000, those that would expire first.
pub async fn forget_old_answers(deps: &Deps) -> Result<()> {
    forget_all_but(deps, MOST_ANSWERS).await
}

async fn forget_all_but(deps: &Deps, most: u64) -> Result<()> {
    let last: Option<Timestamp> = place_answer::Entity::find()
        .select_only()
        .column(place_answer::Column::ExpiresAt)
        .order_by_desc(place_answer::Column::ExpiresAt)
        .offset(most)
        .limit(1)
        .into_tuple()
        .one(deps.db.read())
        .await?;
    deps.write(async |tx| {
        let until = last.map_or(tx.now(), |last| last.max(tx.now()));
        place_answer::Entity::delete_many()
            .filter(place_answer::COLUMN.expires_at.lte(until))
            .exec(tx)
            .await?;
        Ok(())
    })
    .await
}
