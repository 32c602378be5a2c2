//! How long the database may stay silent.
//!
//! A connection can die without a word: a cable, a router, a machine that stops. Whoever waits for its answer would wait
//! for ever, and so would whoever waits for what it has locked. So every wait for PostgreSQL ends: ours for its answers,
//! the pool's for a sign of life, and PostgreSQL's own for the next statement of an open transaction. SQLite is a file and
//! needs none of this.

use std::{future::Future, time::Duration};

use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr,
    Statement,
};
use sqlx::{Connection, Executor, PgConnection, Postgres, pool::PoolOptions};
use tokio::time::{error::Elapsed, timeout};

/// A statement that only reads answers within this time, its wait for a connection included.
const READ: Duration = Duration::from_secs(10);
/// So does one that writes, which may wait for the locks of others.
const WRITE: Duration = Duration::from_secs(30);
/// A connection is there or it is taken for dead.
const SIGN_OF_LIFE: Duration = Duration::from_secs(2);
/// A connection that was used so short a time ago was there when it came back to the pool.
const FRESH: Duration = Duration::from_secs(1);
/// PostgreSQL ends a transaction whose next statement does not come within ten seconds, and frees its locks: the node that
/// began it is gone, as nobody waits for anything else inside of a transaction. Whoever waits for a lock gives up a little
/// earlier. Otherwise the transactions of a lost node, which wait for each other's locks as well, would get them one
/// after the other and keep each for another ten seconds.
const SESSION: &str = "SET idle_in_transaction_session_timeout = '10s'; SET lock_timeout = '8s'";

/// Whether somebody waits for the answer of a database, and how long.
#[derive(Debug, Clone, Copy)]
pub(super) struct StatementTimeout(Option<Duration>);

impl StatementTimeout {
    /// With statements that only read.
    pub(super) fn reading(backend: DbBackend) -> Self {
        Self((backend == DbBackend::Postgres).then_some(READ))
    }

    /// With statements of a transaction that writes.
    pub(super) fn writing(backend: DbBackend) -> Self {
        Self((backend == DbBackend::Postgres).then_some(WRITE))
    }

    /// The answer, or an error that says that the database is away.
    pub(super) async fn wait<T>(self, answer: impl Future<Output = Result<T, DbErr>>) -> Result<T, DbErr> {
        let Some(limit) = self.0 else { return answer.await };
        let silence = || DbErr::Conn(RuntimeErr::Internal(format!("no answer within {limit:?}")));
        timeout(limit, answer).await.unwrap_or_else(|_| Err(silence()))
    }
}

/// Connections of a pool for reading, none of which is waited for too long. What is streamed is not watched.
#[derive(Debug, Clone)]
pub struct Reader {
    pub(in crate::deps) pool: DatabaseConnection,
    timeout: StatementTimeout,
}

impl Reader {
    pub(super) fn new(pool: DatabaseConnection) -> Self {
        let timeout = StatementTimeout::reading(pool.get_database_backend());
        Self { pool, timeout }
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), DbErr> {
        self.timeout.wait(self.pool.ping()).await
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Reader {
    fn get_database_backend(&self) -> DbBackend {
        self.pool.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.timeout.wait(self.pool.execute_raw(statement)).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.timeout.wait(self.pool.execute_unprepared(sql)).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.timeout.wait(self.pool.query_one_raw(statement)).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.timeout.wait(self.pool.query_all_raw(statement)).await
    }
}

/// A pool of PostgreSQL that finds out by itself which of its connections are dead.
pub(super) fn postgres(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).min_connections(1);
    options.acquire_timeout(READ).sqlx_logging(false);
    options.map_sqlx_postgres_pool_opts(watched);
    options
}

/// The library looks for signs of life by itself, but waits for them as long as it takes, and keeps the place of the
/// connection in the pool meanwhile.
fn watched(options: PoolOptions<Postgres>) -> PoolOptions<Postgres> {
    options
        .test_before_acquire(false)
        .after_connect(|connection, _| Box::pin(async move { connection.execute(SESSION).await.map(|_| ()) }))
        .before_acquire(|connection, known| {
            Box::pin(async move {
                match known.idle_for < FRESH {
                    true => Ok(true),
                    false => give_a_sign(connection).await,
                }
            })
        })
        .after_release(|connection, _| Box::pin(leave_clean(connection)))
}

async fn give_a_sign(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    timeout(SIGN_OF_LIFE, connection.ping()).await.map_err(silence)??;
    Ok(true)
}

/// Of whatever was broken off on this connection, the rest is over when it answers, and no transaction is open then.
async fn leave_clean(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    timeout(SIGN_OF_LIFE, roll_back_what_is_open(connection))
        .await
        .map_err(silence)??;
    Ok(true)
}

/// Whoever gives up while their BEGIN is under way leaves a transaction behind of which the driver knows nothing. The
/// server does: it tells with every answer whether a transaction is open. An empty statement is as cheap as a sign of
/// life, and "beginning" a transaction with it shows what the server says.
async fn roll_back_what_is_open(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    match connection.begin_with("").await {
        Ok(left_open) => left_open.rollback().await,
        Err(sqlx::Error::BeginFailed) => Ok(()),
        Err(error) => Err(error),
    }
}

fn silence(_: Elapsed) -> std::io::Error {
    std::io::Error::new(std::io::ErrorKind::TimedOut, "no sign of life")
}
