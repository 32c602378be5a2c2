//! Numbers without gaps.

use sea_orm::{ConnectionTrait, Statement};

use crate::kernel::{Error, Result};

/// Takes the next `count` numbers of a stream and returns the first of them. The stream's row stays locked until the
/// transaction ends, so numbers become visible in their order, and those of a transaction that fails are given out
/// again.
pub async fn next_numbers(tx: &impl ConnectionTrait, stream: &str, count: i64) -> Result<i64> {
    let statement = Statement::from_sql_and_values(
        tx.get_database_backend(),
        "INSERT INTO streams (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = streams.value + $2 RETURNING value",
        [stream.into(), count.into()],
    );
    let row = tx
        .query_one_raw(statement)
        .await?
        .ok_or_else(|| Error::broken("a stream gave no number"))?;
    Ok(row.try_get::<i64>("", "value")? - count + 1)
}
