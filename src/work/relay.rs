//! Turns facts into jobs, in the order of the log, each fact once.

use std::time::Duration;

use entity::{cursor, event};
use sea_orm::{
    ActiveValue::Set,
    EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use tokio_util::sync::CancellationToken;

use super::{queue, reactions::reactions, ringer::next_log_bell};
use crate::{
    deps::{Deps, Tx},
    events::Event,
    kernel::{Error, Result},
};

const NAME: &str = "relay";
const POLL: Duration = Duration::from_secs(1);
const BATCH: u64 = 200;

/// Runs until shutdown. Every node runs one; the cursor lets only one of them win.
pub async fn run(deps: Deps, shutdown: CancellationToken) {
    let mut bus = deps.bus.listen();
    loop {
        loop {
            match step(&deps).await {
                Ok(true) => queue::wake(),
                Ok(false) => break,
                Err(error) => {
                    tracing::warn!(error = ?error, "facts could not be handed on; trying again");
                    break;
                }
            }
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(POLL) => {}
            () = next_log_bell(&mut bus) => {}
        }
    }
}

/// Handles the next facts, if there are any; says whether there were.
pub async fn step(deps: &Deps) -> Result<bool> {
    let from = cursor::Entity::find_by_id(NAME.to_owned())
        .one(deps.db.read())
        .await?
        .map_or(0, |cursor| cursor.value);
    let events = event::Entity::find()
        .filter(event::COLUMN.number.gt(from))
        .order_by_asc(event::Column::Number)
        .limit(BATCH)
        .all(deps.db.read())
        .await?;
    let Some(last) = events.last() else { return Ok(false) };
    let to = last.number;
    deps.write(async |tx| {
        if !advance(tx, from, to).await? {
            return Ok(());
        }
        for row in &events {
            let event: Event = serde_json::from_str(&row.payload).map_err(Error::internal)?;
            for job in reactions(&event) {
                let key = format!("{}:{}", row.number, job.name());
                queue::enqueue(deps, tx, &job, &key).await?;
            }
        }
        Ok(())
    })
    .await?;
    Ok(true)
}

/// Moves the cursor, unless another node has moved it.
async fn advance(tx: &Tx, from: i64, to: i64) -> Result<bool> {
    if from == 0 {
        let first = cursor::ActiveModel {
            name: Set(NAME.to_owned()),
            value: Set(0),
        };
        cursor::Entity::insert(first)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(tx)
            .await?;
    }
    let moved = cursor::Entity::update_many()
        .col_expr(cursor::Column::Value, Expr::value(to))
        .filter(cursor::COLUMN.name.eq(NAME))
        .filter(cursor::COLUMN.value.eq(from))
        .exec(tx)
        .await?;
    Ok(moved.rows_affected == 1)
}
