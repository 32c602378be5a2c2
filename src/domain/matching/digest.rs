//! Weak matches that are worth a look once a day, but no alert.

use std::time::Duration;

use entity::{
    Timestamp,
    id::MemberId,
    match_digest, pet, pet_match,
    vocabulary::{MatchBand, MatchState, PetVisibility},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Func, OnConflict, Query},
};

use crate::{
    deps::Tx,
    domain::pets,
    kernel::{Result, Viewer},
};

/// Time between two digests of a member, and between a report and the first.
const EVERY: Duration = Duration::from_secs(86_400);
/// Weak matches less likely than this are listed, but not worth a digest.
const WORTH_A_LOOK: f64 = 0.1;

/// A member and their weak matches since the last digest.
#[derive(Debug, Clone, FromQueryResult)]
pub struct WeakMatches {
    /// The member.
    pub member_id: MemberId,
    /// Number of matches.
    pub count: i64,
}

/// The members whose digest is due, at most `most` after that member.
pub async fn digests_due(
    db: &impl ConnectionTrait,
    now: Timestamp,
    after: Option<MemberId>,
    most: u64,
) -> Result<Vec<WeakMatches>> {
    let sent_at = Expr::col((match_digest::Entity, match_digest::Column::SentAt));
    let reporter = Expr::col((pet::Entity, pet::Column::ReporterId));
    let since = Func::coalesce([sent_at, Expr::col((pet::Entity, pet::Column::ReportedAt))]);
    let mut due = pet_match::Entity::find()
        .select_only()
        .column_as(reporter.clone(), "member_id")
        .column_as(pet_match::Column::Id.count(), "count")
        .join(
            JoinType::InnerJoin,
            pet_match::Entity::belongs_to(pet::Entity)
                .from(pet_match::Column::LostId)
                .to(pet::Column::Id)
                .into(),
        )
        .join(
            JoinType::LeftJoin,
            pet::Entity::belongs_to(match_digest::Entity)
                .from(pet::Column::ReporterId)
                .to(match_digest::Column::MemberId)
                .into(),
        )
        .filter(pet_match::COLUMN.created_at.gt(now.minus(EVERY * 2)))
        .filter(pet_match::COLUMN.state.eq(MatchState::New))
        .filter(pet_match::COLUMN.band.eq(MatchBand::Weak))
        .filter(pet_match::COLUMN.likelihood.gte(WORTH_A_LOOK))
        .filter(pet_match::Column::EndedAt.is_null())
        .filter(Expr::col((pet_match::Entity, pet_match::Column::CreatedAt)).gte(Expr::expr(since.clone())))
        .filter(Expr::expr(since).lte(now.minus(EVERY)))
        .filter(pets::live())
        .filter(pet::COLUMN.visibility.eq(PetVisibility::Visible))
        .filter(pets::names_visible(
            &Viewer::Visitor,
            pet_match::Column::OtherId.into_expr(),
        ))
        .filter(reporter.clone().is_not_null())
        .group_by(reporter.clone())
        .order_by_asc(reporter.clone())
        .limit(most);
    if let Some(after) = after {
        due = due.filter(reporter.gt(after));
    }
    Ok(due.into_model::<WeakMatches>().all(db).await?)
}

/// Records that the member gets a digest now; false if another node was first.
pub async fn take_digest(tx: &Tx, member_id: MemberId) -> Result<bool> {
    let is_due = Expr::col((match_digest::Entity, match_digest::Column::SentAt)).lte(tx.now().minus(EVERY));
    let insert = Query::insert()
        .into_table(match_digest::Entity)
        .columns([match_digest::Column::MemberId, match_digest::Column::SentAt])
        .values_panic([member_id.into(), tx.now().into()])
        .on_conflict(
            OnConflict::column(match_digest::Column::MemberId)
                .update_column(match_digest::Column::SentAt)
                .action_and_where(is_due)
                .to_owned(),
        )
        .to_owned();
    Ok(tx.execute(&insert).await?.rows_affected() == 1)
}
