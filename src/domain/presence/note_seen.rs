//! Records when members were last online.

use std::time::Duration;

use entity::{id::MemberId, last_seen};
use sea_orm::{
    ActiveValue::Set,
    EntityTrait,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use crate::{deps::Deps, kernel::Result};

/// Minimum time between two updates of a member's row.
const EXACT_TO: Duration = Duration::from_secs(60);
/// Maximum number of members per transaction: short transactions make nobody wait.
const BATCH: usize = 500;

/// Records that the members are online now, at most once a minute each.
pub async fn note_seen(deps: &Deps, members: &[MemberId]) -> Result<()> {
    for members in members.chunks(BATCH) {
        deps.write(async |tx| {
            let rows = members.iter().map(|member| last_seen::ActiveModel {
                member_id: Set(*member),
                seen_at: Set(tx.now()),
            });
            let long_ago = Expr::col((last_seen::Entity, last_seen::Column::SeenAt)).lte(tx.now().minus(EXACT_TO));
            let again = OnConflict::column(last_seen::Column::MemberId)
                .update_column(last_seen::Column::SeenAt)
                .action_and_where(long_ago)
                .to_owned();
            last_seen::Entity::insert_many(rows)
                .on_conflict(again)
                .exec_without_returning(tx)
                .await?;
            Ok(())
        })
        .await?;
    }
    Ok(())
}
