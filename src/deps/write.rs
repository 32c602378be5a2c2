//! One write transaction and the facts that it announces.

use std::sync::{Mutex, PoisonError};

use entity::{Timestamp, event};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, DbBackend, DbErr, EntityTrait, ExecResult, QueryResult, SqlErr, Statement,
};

use super::{Database, database::Writing, next_numbers, patience::Patience};
use crate::{
    events::Event,
    kernel::{Error, FieldCode, Result},
};

/// An open write transaction. Dropped without a commit it is rolled back.
pub struct Tx {
    writing: Writing,
    patience: Patience,
    backend: DbBackend,
    now: Timestamp,
    announced: Mutex<Vec<Event>>,
}

impl Tx {
    pub(super) async fn begin(db: &Database, now: Timestamp) -> Result<Self> {
        Ok(Self {
            writing: db.begin().await?,
            patience: db.patience(),
            backend: db.read().get_database_backend(),
            now,
            announced: Mutex::default(),
        })
    }

    /// The one time of everything that this transaction writes.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Announces a fact: it is in the log when the transaction is committed, and not otherwise.
    pub fn announce(&self, event: Event) {
        self.announced
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(event);
    }

    /// Writes the log last, so that its lock is held for as short as can be. The number of the last event, if there was
    /// anything to log.
    pub(super) async fn commit(self) -> Result<Option<i64>> {
        let events = std::mem::take(&mut *self.announced.lock().unwrap_or_else(PoisonError::into_inner));
        let last = if events.is_empty() {
            None
        } else {
            Some(self.log(&events).await?)
        };
        self.patience.wait(self.writing.commit()).await?;
        Ok(last)
    }

    async fn log(&self, events: &[Event]) -> Result<i64> {
        let count = i64::try_from(events.len()).map_err(Error::internal)?;
        let first = next_numbers(self, "log", count).await?;
        let rows = (first..).zip(events).map(|(number, event)| {
            Ok(event::ActiveModel {
                number: Set(number),
                kind: Set(event.name().to_owned()),
                payload: Set(serde_json::to_string(event)?),
                created_at: Set(self.now),
            })
        });
        event::Entity::insert_many(rows.collect::<Result<Vec<_>>>()?)
            .exec_without_returning(self)
            .await?;
        Ok(first + count - 1)
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Tx {
    fn get_database_backend(&self) -> DbBackend {
        self.backend
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.patience.wait(self.writing.tx()?.execute_raw(statement)).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.patience.wait(self.writing.tx()?.execute_unprepared(sql)).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.patience.wait(self.writing.tx()?.query_one_raw(statement)).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.patience.wait(self.writing.tx()?.query_all_raw(statement)).await
    }
}

/// Turns the one unique index that a statement can hit into a fault of a field.
pub trait OrTaken<T> {
    /// `Taken` at that field with that message, if the statement hit a unique index.
    fn or_taken(self, field: &'static str, message: &'static str) -> Result<T>;
}

impl<T> OrTaken<T> for Result<T, DbErr> {
    fn or_taken(self, field: &'static str, message: &'static str) -> Result<T> {
        self.map_err(|error| match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Error::field(field, FieldCode::Taken, message),
            _ => error.into(),
        })
    }
}
