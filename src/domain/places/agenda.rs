//! The agenda: subjects whose place still has to be looked up, and when.

use std::{fmt, str::FromStr, time::Duration};

use entity::{
    Timestamp,
    id::{ParseIdError, PetId, SightingId},
    place_lookup,
};
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, OnConflict},
};

use crate::{
    deps::{Deps, Tx},
    events::PlaceEvent,
    kernel::{Error, Result},
};

/// How long a subject is leased to the node that works on it. If the work takes longer, the service is merely asked
/// twice.
const LEASE: Duration = Duration::from_secs(60);
/// Delay after the first failure; doubled after each further one.
const FIRST_DELAY: Duration = Duration::from_secs(60);
/// The longest delay.
const LONGEST_DELAY: Duration = Duration::from_secs(12 * 60 * 60);
/// Number of failures after which a subject is given up; with these delays, after about a week.
const MOST_ATTEMPTS: i32 = 24;
/// Rows per statement.
const CHUNK: usize = 500;

/// The subject whose place is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A report.
    Pet(PetId),
    /// A sighting.
    Sighting(SightingId),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pet(id) => id.fmt(f),
            Self::Sighting(id) => id.fmt(f),
        }
    }
}

impl FromStr for Subject {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        text.parse()
            .map(Self::Pet)
            .or_else(|_| text.parse().map(Self::Sighting))
    }
}

/// Puts subjects on the agenda, due now; earlier attempts are forgotten.
pub async fn want(tx: &Tx, subjects: &[Subject]) -> Result<()> {
    if !subjects.is_empty() {
        tx.announce(PlaceEvent::PlacesWanted {});
    }
    for chunk in subjects.chunks(CHUNK) {
        let rows = chunk.iter().map(|subject| row(*subject, 0, None, Some(tx.now())));
        put(tx, rows).await?;
    }
    Ok(())
}

/// The newest subject that is due: somebody is waiting for a report that was just made, but nobody for the thousands of
/// an import.
pub async fn due(deps: &Deps) -> Result<Option<(Subject, place_lookup::Model)>> {
    let row = place_lookup::Entity::find()
        .filter(place_lookup::COLUMN.next_at.lte(deps.clock.now()))
        .order_by_desc(place_lookup::Column::NextAt)
        .order_by_desc(place_lookup::Column::Subject)
        .one(deps.db.read())
        .await?;
    row.map(|row| Ok((row.subject.parse().map_err(Error::internal)?, row)))
        .transpose()
}

/// Time of the next attempt for any subject; none if no subject is waiting.
pub async fn next_due(db: &impl ConnectionTrait) -> Result<Option<Timestamp>> {
    let next = place_lookup::Entity::find()
        .filter(place_lookup::COLUMN.next_at.is_not_null())
        .order_by_asc(place_lookup::Column::NextAt)
        .one(db)
        .await?;
    Ok(next.and_then(|row| row.next_at))
}

/// Leases a subject; false if another node was faster.
pub async fn lease(deps: &Deps, row: &place_lookup::Model) -> Result<bool> {
    let Some(next_at) = row.next_at else { return Ok(false) };
    deps.write(async |tx| {
        let taken = place_lookup::Entity::update_many()
            .col_expr(place_lookup::Column::NextAt, Expr::value(tx.now().plus(LEASE)))
            .filter(place_lookup::COLUMN.subject.eq(row.subject.as_str()))
            .filter(place_lookup::COLUMN.next_at.eq(next_at))
            .exec(tx)
            .await?;
        Ok(taken.rows_affected == 1)
    })
    .await
}

/// The service could not be asked: the subject is due again at `until`, before all others.
pub async fn postpone(deps: &Deps, subject: Subject, until: Timestamp) -> Result<()> {
    deps.write(async |tx| {
        place_lookup::Entity::update_many()
            .col_expr(place_lookup::Column::NextAt, Expr::value(until))
            .filter(place_lookup::COLUMN.subject.eq(subject.to_string()))
            .filter(place_lookup::COLUMN.next_at.is_not_null())
            .exec(tx)
            .await?;
        Ok(())
    })
    .await
}

/// The service failed: the subject is tried again, each time after a longer delay, and given up after a week.
pub async fn failed(deps: &Deps, subject: Subject) -> Result<()> {
    deps.write(async |tx| {
        let before = find(tx, subject).await?.map_or(0, |row| row.attempts);
        let attempts = before.saturating_add(1);
        let next_at = (attempts < MOST_ATTEMPTS).then(|| tx.now().plus(delay_after(attempts)));
        if next_at.is_none() {
            tracing::warn!(%subject, attempts, "a place was given up, because the service never answered");
        }
        put(tx, [row(subject, attempts, Some(tx.now()), next_at)]).await
    })
    .await
}

/// The service knows nothing better: the subject is not looked up again until it changes.
pub async fn give_up(tx: &Tx, subject: Subject) -> Result<()> {
    let attempts = find(tx, subject).await?.map_or(0, |row| row.attempts);
    put(tx, [row(subject, attempts.saturating_add(1), Some(tx.now()), None)]).await
}

/// Whether a subject has been given up.
pub async fn is_given_up(db: &impl ConnectionTrait, subject: Subject) -> Result<bool> {
    Ok(find(db, subject).await?.is_some_and(|row| row.next_at.is_none()))
}

/// Removes a subject, because there is nothing left to look up.
pub async fn forget(tx: &Tx, subject: Subject) -> Result<()> {
    place_lookup::Entity::delete_by_id(subject.to_string()).exec(tx).await?;
    Ok(())
}

async fn find(db: &impl ConnectionTrait, subject: Subject) -> Result<Option<place_lookup::Model>> {
    Ok(place_lookup::Entity::find_by_id(subject.to_string()).one(db).await?)
}

async fn put(tx: &Tx, rows: impl IntoIterator<Item = place_lookup::ActiveModel>) -> Result<()> {
    let again = OnConflict::column(place_lookup::Column::Subject)
        .update_columns([
            place_lookup::Column::Attempts,
            place_lookup::Column::AskedAt,
            place_lookup::Column::NextAt,
        ])
        .to_owned();
    place_lookup::Entity::insert_many(rows)
        .on_conflict(again)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

fn row(
    subject: Subject,
    attempts: i32,
    asked_at: Option<Timestamp>,
    next_at: Option<Timestamp>,
) -> place_lookup::ActiveModel {
    place_lookup::ActiveModel {
        subject: Set(subject.to_string()),
        attempts: Set(attempts),
        asked_at: Set(asked_at),
        next_at: Set(next_at),
    }
}

fn delay_after(attempts: i32) -> Duration {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(16);
    FIRST_DELAY.saturating_mul(1 << doublings).min(LONGEST_DELAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_tried_for_a_week() {
        let tried_for: Duration = (1..MOST_ATTEMPTS).map(delay_after).sum();

        assert_eq!(
            [1, 2, 3].map(|attempts| delay_after(attempts).as_secs()),
            [60, 120, 240]
        );
        assert!((6..9).contains(&(tried_for.as_secs() / 86_400)), "{tried_for:?}");
    }
}
