//! When shelters are asked about their adoptions. The time of the next look is in a row of the shelter's and moves by a
//! conditional update, so that of several nodes or attempts only one asks.

use std::time::Duration;

use chrono::NaiveDate;
use entity::{Timestamp, adoption_ask, id::ShelterId, shelter};
use import_reader::zone::Zone;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, OnConflict, Query},
};

use super::{
    check_time::{day_of, start_of, zone_at},
    due::{due, due_since},
};
use crate::{deps::Tx, kernel::Result};

/// At what time of the day, where the shelter is, it is asked: when people begin to work.
const AT: Duration = Duration::from_secs(9 * 60 * 60);
/// After how long a shelter is asked again about what it has not answered.
const AGAIN: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// What a shelter is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// The number of adoptions that wait for an answer, at least 1.
    pub count: u64,
    /// The day, where the shelter is.
    pub day: NaiveDate,
}

/// The next shelters after that one whose adoptions are to be looked at, at most so many.
pub async fn asks_due(
    db: &impl ConnectionTrait,
    now: Timestamp,
    after: Option<ShelterId>,
    most: u64,
) -> Result<Vec<shelter::Model>> {
    let not_yet = adoption_ask::Entity::find()
        .select_only()
        .column(adoption_ask::Column::ShelterId)
        .filter(adoption_ask::COLUMN.next_at.gt(now));
    let mut next = shelter::Entity::find().filter(shelter::Column::Id.not_in_subquery(not_yet.into_query()));
    if let Some(after) = after {
        next = next.filter(shelter::COLUMN.id.gt(after));
    }
    Ok(next.order_by_asc(shelter::Column::Id).limit(most).all(db).await?)
}

/// Takes the look that is due; what to ask, if there is anything: something has become due since the shelter was asked last,
/// or that was a week ago. `None` as well if another node has taken it.
pub async fn take_ask(tx: &Tx, shelter: &shelter::Model) -> Result<Option<Ask>> {
    let (now, zone) = (tx.now(), zone_at(shelter));
    let is_due = Expr::col((adoption_ask::Entity, adoption_ask::Column::NextAt)).lte(now);
    let insert = Query::insert()
        .into_table(adoption_ask::Entity)
        .columns([adoption_ask::Column::ShelterId, adoption_ask::Column::NextAt])
        .values_panic([shelter.id.into(), next_look(now, zone).into()])
        .on_conflict(
            OnConflict::column(adoption_ask::Column::ShelterId)
                .update_column(adoption_ask::Column::NextAt)
                .action_and_where(is_due)
                .to_owned(),
        )
        .to_owned();
    if tx.execute(&insert).await?.rows_affected() != 1 {
        return Ok(None);
    }
    let count = due(shelter, now).count(tx).await?;
    let row = adoption_ask::Entity::find_by_id(shelter.id).one(tx).await?;
    let asked_at = row.and_then(|row| row.asked_at);
    let is_news = match asked_at {
        Some(asked_at) if now < asked_at.plus(AGAIN) => 0 < due_since(shelter, asked_at, now).count(tx).await?,
        _ => 0 < count,
    };
    if !is_news {
        return Ok(None);
    }
    adoption_ask::Entity::update_many()
        .col_expr(adoption_ask::Column::AskedAt, Expr::value(now))
        .filter(adoption_ask::COLUMN.shelter_id.eq(shelter.id))
        .exec(tx)
        .await?;
    Ok(Some(Ask {
        count,
        day: day_of(now, zone),
    }))
}

/// The next morning where the shelter is.
fn next_look(now: Timestamp, zone: Zone) -> Timestamp {
    let today = day_of(now, zone);
    let morning = |day: Option<NaiveDate>| start_of(day, zone).plus(AT);
    let first = morning(Some(today));
    match now < first {
        true => first,
        false => morning(today.succ_opt()),
    }
}
