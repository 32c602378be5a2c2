//! Numbers without gaps.

use std::collections::HashMap;

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

/// Takes the next number of each of the streams, in one statement, and returns them in the order of the keys. The keys
/// are distinct and sorted, so that two transactions that need the same rows do not wait for each other.
pub async fn next_number_of_each(tx: &impl ConnectionTrait, streams: &[String]) -> Result<Vec<i64>> {
    if streams.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<String> = (1..=streams.len()).map(|place| format!("(${place}, 1)")).collect();
    let sql = format!(
        "INSERT INTO streams (key, value) VALUES {} ON CONFLICT (key) DO UPDATE SET value = streams.value + 1 RETURNING key, value",
        rows.join(", ")
    );
    let values = streams.iter().map(|stream| stream.as_str().into());
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    let mut numbers = HashMap::new();
    for row in tx.query_all_raw(statement).await? {
        numbers.insert(row.try_get::<String>("", "key")?, row.try_get::<i64>("", "value")?);
    }
    let number = |stream: &String| numbers.get(stream).copied();
    let all: Option<Vec<i64>> = streams.iter().map(number).collect();
    all.ok_or_else(|| Error::broken("a stream gave no number"))
}
