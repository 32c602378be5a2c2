//! Allots the slots for asking a service. One row in the database decides for all nodes.

use std::time::Duration;

use entity::{Timestamp, place_service};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, QueryFilter, Statement, sea_query::OnConflict};

use crate::{
    deps::{Deps, Tx},
    kernel::{Error, Result},
};

/// Time between two slots: the second that public servers require, plus a tenth, because clocks and network delays
/// differ.
const GAP: Duration = Duration::from_millis(1_100);
/// Pause after the first failure; doubled after each further one.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
/// The longest pause of our own accord.
const LONGEST_PAUSE: Duration = Duration::from_secs(15 * 60);
/// The longest pause that a service can request.
const LONGEST_ASKED_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);
/// The name of the row.
const SERVICE: &str = "geocoder";

/// When to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// At that time; the slot is reserved for the caller.
    At(Timestamp),
    /// All slots within the longest time that the caller waits are taken, or the service is paused; try again at that time.
    NotBefore(Timestamp),
}

/// Takes the next free turn, if it is not later than in `longest_wait`. Turns are given out in the order of asking; whoever
/// waits for no time gets none while others wait.
pub(super) async fn take(deps: &Deps, longest_wait: Duration) -> Result<Slot> {
    deps.write(async |tx| {
        if let Some(turn) = take_free(tx, longest_wait).await? {
            return Ok(turn);
        }
        // Either there is no free turn or no row yet. Another node may write the row between two looks, so the row is
        // made sure of before the second.
        introduce(tx).await?;
        if let Some(turn) = take_free(tx, longest_wait).await? {
            return Ok(turn);
        }
        let row = place_service::Entity::find_by_id(SERVICE).one(tx).await?;
        let row = row.ok_or_else(|| Error::broken("a new service gave no turn"))?;
        Ok(Slot::NotBefore(row.next_at.max(row.paused_until)))
    })
    .await
}

/// Whether somebody found out meanwhile that the service needs a rest, and until when.
pub(super) async fn pause(deps: &Deps) -> Result<Option<Timestamp>> {
    let row = place_service::Entity::find_by_id(SERVICE).one(deps.db.read()).await?;
    let now = deps.clock.now();
    Ok(row.map(|row| row.paused_until).filter(|until| now < *until))
}

/// The service has answered.
pub(super) async fn note_success(tx: &Tx) -> Result<()> {
    use sea_orm::sea_query::Expr;
    place_service::Entity::update_many()
        .col_expr(place_service::Column::Failures, Expr::value(0))
        .filter(place_service::COLUMN.name.eq(SERVICE))
        .filter(place_service::COLUMN.failures.ne(0))
        .exec(tx)
        .await?;
    Ok(())
}

/// The service has failed: nobody asks it for as long as it says, or else for the longer the more often it has failed.
/// Says until when.
pub(super) async fn note_failure(deps: &Deps, asked: Option<Duration>) -> Result<Timestamp> {
    deps.write(async |tx| {
        let sql = "UPDATE place_services SET failures = failures + 1 WHERE name = $1 RETURNING failures";
        let row = tx.query_one_raw(statement(tx, sql, [SERVICE.into()])).await?;
        let failures: i32 = row.map_or(Ok(1), |row| row.try_get("", "failures"))?;
        let until = tx
            .now()
            .plus(asked.map_or_else(|| pause_after(failures), |asked| asked.min(LONGEST_ASKED_PAUSE)));
        let sql = "UPDATE place_services SET paused_until = $1 WHERE name = $2 AND paused_until < $1";
        tx.execute_raw(statement(tx, sql, [until.into(), SERVICE.into()]))
            .await?;
        Ok(until)
    })
    .await
}

async fn take_free(tx: &Tx, longest_wait: Duration) -> Result<Option<Slot>> {
    let gap = i64::try_from(GAP.as_millis()).map_err(Error::internal)?;
    let sql = "UPDATE place_services SET next_at = CASE WHEN next_at < $1 THEN $1 ELSE next_at END + $2 \
               WHERE name = $3 AND paused_until <= $1 AND next_at <= $4 RETURNING next_at";
    let values = [
        tx.now().into(),
        gap.into(),
        SERVICE.into(),
        tx.now().plus(longest_wait).into(),
    ];
    let Some(row) = tx.query_one_raw(statement(tx, sql, values)).await? else {
        return Ok(None);
    };
    let after: i64 = row.try_get("", "next_at")?;
    Ok(Some(Slot::At(Timestamp(after).minus(GAP))))
}

async fn introduce(tx: &Tx) -> Result<()> {
    let row = place_service::ActiveModel {
        name: Set(SERVICE.to_owned()),
        next_at: Set(tx.now()),
        paused_until: Set(tx.now()),
        failures: Set(0),
    };
    place_service::Entity::insert(row)
        .on_conflict(OnConflict::column(place_service::Column::Name).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

fn statement<const N: usize>(tx: &Tx, sql: &str, values: [sea_orm::Value; N]) -> Statement {
    Statement::from_sql_and_values(tx.get_database_backend(), sql, values)
}

fn pause_after(failures: i32) -> Duration {
    let doublings = u32::try_from(failures - 1).unwrap_or(0).min(16);
    FIRST_PAUSE.saturating_mul(1 << doublings).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_a_quarter_of_an_hour() {
        assert_eq!([1, 2, 3].map(|failures| pause_after(failures).as_secs()), [5, 10, 20]);
        for often in [9, 100, i32::MAX] {
            assert_eq!(pause_after(often), LONGEST_PAUSE);
        }
    }
}
