//! One write transaction and the facts that it announces.

use std::sync::{Mutex, OnceLock, PoisonError};

use entity::{Timestamp, event};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, DbBackend, DbErr, EntityTrait, ExecResult, QueryResult, SqlErr, Statement,
};

use super::{Company, Database, Writability, connections::Writing, next_numbers, timeouts::StatementTimeout};
use crate::{
    events::Event,
    kernel::{Error, FieldCode, Result},
};

/// An open write transaction. Dropped without a commit it is rolled back.
pub struct Tx {
    writing: Writing,
    backend: DbBackend,
    timeout: StatementTimeout,
    writability: Writability,
    now: Timestamp,
    announced: Mutex<Vec<Event>>,
    /// The first error of a statement, which ends the transaction: PostgreSQL refuses whatever follows, and answers a COMMIT
    /// with a rollback that looks like success; SQLite would go on, perhaps after it has rolled back by itself.
    failed: OnceLock<DbErr>,
}

impl Tx {
    pub(in crate::deps) async fn begin(db: &Database, now: Timestamp, company: Company) -> Result<Self> {
        let begun = db
            .begin(company)
            .await
            .inspect_err(|error| db.writability().heed(error));
        Ok(Self {
            writing: begun?,
            backend: db.read().get_database_backend(),
            timeout: db.statement_timeout(),
            writability: db.writability().clone(),
            now,
            announced: Mutex::default(),
            failed: OnceLock::new(),
        })
    }

    /// The one time of everything that this transaction writes.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Announces a fact: it is in the log when the transaction is committed, and not otherwise. One that an earlier fact of
    /// the transaction takes up becomes part of that.
    pub fn announce(&self, event: impl Into<Event>) {
        let event = event.into();
        let mut announced = self.announced.lock().unwrap_or_else(PoisonError::into_inner);
        if !announced.iter_mut().any(|before| before.take_up(&event)) {
            announced.push(event);
        }
    }

    /// Writes the log last, so that its lock is held for as short as can be. The number of the last event, if there was
    /// anything to log.
    pub(in crate::deps) async fn commit(self) -> Result<Option<i64>> {
        let events = std::mem::take(&mut *self.announced.lock().unwrap_or_else(PoisonError::into_inner));
        let last = if events.is_empty() {
            None
        } else {
            Some(self.log(&events).await?)
        };
        self.may_go_on()?;
        let committed = self.writing.commit(self.timeout).await;
        committed.inspect_err(|error| self.writability.heed(error))?;
        Ok(last)
    }

    /// Runs a statement, unless one before it has failed.
    async fn run<T>(&self, statement: impl Future<Output = Result<T, DbErr>>) -> Result<T, DbErr> {
        self.may_go_on()?;
        let done = self.timeout.wait(statement).await;
        done.inspect_err(|error| {
            self.writability.heed(error);
            // Only the first one tells what went wrong.
            let _ = self.failed.set(error.clone());
        })
    }

    fn may_go_on(&self) -> Result<(), DbErr> {
        self.failed.get().map_or(Ok(()), |error| Err(error.clone()))
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
        self.run(self.writing.tx()?.execute_raw(statement)).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.run(self.writing.tx()?.execute_unprepared(sql)).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.run(self.writing.tx()?.query_one_raw(statement)).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.run(self.writing.tx()?.query_all_raw(statement)).await
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
