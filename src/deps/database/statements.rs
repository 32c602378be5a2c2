//! Parts of statements that several features write.

use std::{fmt::Write, iter::from_fn, mem};

use sea_orm::{
    ActiveModelTrait, ActiveValue, ConnectionTrait, DbBackend, EntityName, EntityTrait, IdenStatic, Iterable,
    Statement, Value, sea_query::LikeExpr,
};
use tokio::task::yield_now;

use super::Tx;
use crate::kernel::{Error, Result};

/// Maximum number of rows per INSERT. Every statement has a power of two of them, so there are only seven different ones,
/// and the database prepares each once.
const INSERTED_AT_ONCE: usize = 64;
/// Rows that are turned into values before other tasks of the thread have their turn: half a millisecond.
const ROWS_A_TURN: usize = 32;

/// Inserts of many rows, ready to be run. Their text is put together here: the builder of statements keeps every value in an
/// expression of its own, which takes as long for an import as the database takes to write it.
#[derive(Debug, Default)]
pub struct Inserts(Vec<Statement>);

impl Inserts {
    /// Adds rows of a table, all of which set the same columns.
    pub async fn add<A: ActiveModelTrait>(&mut self, backend: DbBackend, rows: Vec<A>) -> Result<()> {
        for rows in inserts_of(rows) {
            self.0.push(insert(backend, rows).await?);
        }
        Ok(())
    }

    /// Writes the rows, in the order in which they were added.
    pub async fn run(self, tx: &Tx) -> Result<()> {
        for statement in self.0 {
            tx.execute_raw(statement).await?;
        }
        Ok(())
    }
}

async fn insert<A: ActiveModelTrait>(backend: DbBackend, mut rows: Vec<A>) -> Result<Statement> {
    let columns: Vec<_> = <A::Entity as EntityTrait>::Column::iter()
        .filter(|column| rows.first().is_some_and(|row| !row.get(*column).is_not_set()))
        .collect();
    let mut values = Vec::with_capacity(rows.len() * columns.len());
    for (place, row) in rows.iter_mut().enumerate() {
        if place.is_multiple_of(ROWS_A_TURN) {
            yield_now().await;
        }
        for column in &columns {
            values.push(value_of(row.take(*column))?);
        }
    }
    let names: Vec<&str> = columns.iter().map(IdenStatic::as_str).collect();
    let table = A::Entity::default();
    let mut sql = format!(
        "INSERT INTO \"{}\" (\"{}\") VALUES ",
        table.table_name(),
        names.join("\", \"")
    );
    for place in 0..values.len() {
        sql.push_str(match place % names.len() {
            0 if place == 0 => "(",
            0 => "), (",
            _ => ", ",
        });
        match backend {
            DbBackend::Postgres => _ = write!(sql, "${}", place + 1),
            _ => sql.push('?'),
        }
    }
    sql.push(')');
    Ok(Statement::from_sql_and_values(backend, sql, values))
}

fn value_of(value: ActiveValue<Value>) -> Result<Value> {
    match value {
        ActiveValue::Set(value) | ActiveValue::Unchanged(value) => Ok(value),
        ActiveValue::NotSet => Err(Error::broken(
            "a row that is inserted with others does not set their columns",
        )),
    }
}

/// The rows in their order, as many at a time as one INSERT takes.
fn inserts_of<T>(mut rows: Vec<T>) -> impl Iterator<Item = Vec<T>> {
    from_fn(move || {
        let largest_power = rows.len().checked_ilog2()?;
        let rest = rows.split_off(INSERTED_AT_ONCE.min(1 << largest_power));
        Some(mem::replace(&mut rows, rest))
    })
}

/// The pattern of texts in lower case that have this word anywhere in them, whatever signs it has.
pub fn containing(word: &str) -> LikeExpr {
    let mut pattern = String::from("%");
    for letter in word.to_lowercase().chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape('\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_in_one_insert_and_each_has_a_power_of_two_of_them() {
        let inserts: Vec<Vec<usize>> = inserts_of((0..135).collect()).collect();

        let sizes: Vec<usize> = inserts.iter().map(Vec::len).collect();
        assert_eq!(sizes, [64, 64, 4, 2, 1]);
        assert_eq!(inserts.concat(), (0..135).collect::<Vec<usize>>());
        assert_eq!(inserts_of(Vec::<usize>::new()).count(), 0);
    }
}
