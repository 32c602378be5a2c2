//! Connections: SQLite with one writer and several readers, or PostgreSQL with one pool.

use std::time::Duration;

use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database as Connector, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    TransactionTrait,
};
use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};

use super::{
    patience::{Patience, Reader, postgres},
    shared_commit::{Part, Turns},
};

/// How to reach the database.
#[derive(Debug, Clone)]
pub struct DatabaseSettings {
    /// `sqlite://path` or `postgres://…`.
    pub url: String,
    /// SQLite only: whether every commit waits for the disk (`full`), or a power cut may lose the last ones (`normal`).
    pub sqlite_sync_full: bool,
    /// PostgreSQL only: most connections of this node.
    pub connections: u32,
}

/// Open connections; cheap to clone.
#[derive(Clone)]
pub struct Database {
    reader: Reader,
    writer: DatabaseConnection,
    /// SQLite only: whose turn it is to write.
    turns: Option<Turns>,
}

/// An open write transaction.
pub(super) enum Writing {
    /// One of its own.
    Alone(DatabaseTransaction),
    /// A part of one that several share.
    Part(Part),
}

impl Writing {
    pub fn tx(&self) -> Result<&DatabaseTransaction, DbErr> {
        match self {
            Self::Alone(tx) => Ok(tx),
            Self::Part(part) => part.tx(),
        }
    }

    pub async fn commit(self) -> Result<(), DbErr> {
        match self {
            Self::Alone(tx) => tx.commit().await,
            Self::Part(part) => part.commit().await,
        }
    }
}

/// One number for all nodes, so that they migrate one after the other. The value has no meaning.
const MIGRATION_LOCK: i64 = 0x5357_4545_5449_4531;

impl Database {
    /// Connects; creates an SQLite file that is not there.
    pub async fn connect(settings: &DatabaseSettings) -> Result<Self, DbErr> {
        if !settings.url.starts_with("sqlite:") {
            let pool = Connector::connect(postgres(&settings.url, settings.connections)).await?;
            return Ok(Self {
                reader: Reader::new(pool.clone()),
                writer: pool,
                turns: None,
            });
        }
        let writer = Connector::connect(sqlite(settings, 1, false)).await?;
        let readers = std::thread::available_parallelism().map_or(4, |cores| cores.get() * 2);
        let reader = Connector::connect(sqlite(settings, u32::try_from(readers).unwrap_or(4), true)).await?;
        let turns = Some(Turns::new(writer.clone()));
        let reader = Reader::new(reader);
        Ok(Self { reader, writer, turns })
    }

    /// For queries outside a transaction.
    pub fn read(&self) -> &Reader {
        &self.reader
    }

    /// The connections that read, for what is read row by row, for as long as that takes.
    pub fn scan(&self) -> &DatabaseConnection {
        &self.reader.pool
    }

    /// The connection that writes.
    pub(super) fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Brings the tables up to date; of several nodes that start at once, one does it and the others wait.
    pub async fn migrate(&self) -> Result<(), DbErr> {
        if self.writer.get_database_backend() != DbBackend::Postgres {
            return self.migrate_sqlite().await;
        }
        let lock = self.writer.begin().await?;
        // This transaction does nothing else for as long as the steps take.
        lock.execute_unprepared("SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL lock_timeout = 0")
            .await?;
        lock.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
            .await?;
        Migrator::up(&self.writer, None).await?;
        lock.commit().await
    }

    /// SQLite has no lock that outlives a transaction, so a second process that starts at the same moment finds a step
    /// done that it was about to do; then it looks again.
    async fn migrate_sqlite(&self) -> Result<(), DbErr> {
        let mut attempts = 0;
        while let Err(error) = Migrator::up(&self.writer, None).await {
            attempts += 1;
            if 5 < attempts {
                return Err(error);
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        Ok(())
    }

    /// Lets the query planner know how the rows are spread; cheap when nothing changed.
    pub async fn analyze(&self) -> Result<(), DbErr> {
        let statement = match self.writer.get_database_backend() {
            DbBackend::Postgres => "ANALYZE",
            _ => "PRAGMA optimize",
        };
        self.writer.execute_unprepared(statement).await.map(|_| ())
    }

    /// Opens a write transaction. On SQLite it waits for its turn, and shares the commit with those who wait after it.
    pub(super) async fn begin(&self) -> Result<Writing, DbErr> {
        match &self.turns {
            Some(turns) => turns.begin().await.map(Writing::Part),
            None => self.patience().wait(self.writer.begin()).await.map(Writing::Alone),
        }
    }

    /// With the statements of a write transaction.
    pub(super) fn patience(&self) -> Patience {
        Patience::writing(self.writer.get_database_backend())
    }

    /// Waits for running statements and closes the files.
    pub async fn close(self) -> Result<(), DbErr> {
        self.reader.pool.close().await?;
        self.writer.close().await
    }
}

fn sqlite(settings: &DatabaseSettings, connections: u32, query_only: bool) -> ConnectOptions {
    let synchronous = if settings.sqlite_sync_full {
        SqliteSynchronous::Full
    } else {
        SqliteSynchronous::Normal
    };
    let mut options = ConnectOptions::new(&settings.url);
    options
        .max_connections(connections)
        .min_connections(1)
        .sqlx_logging(false);
    options
        .acquire_timeout(Duration::from_secs(30))
        .idle_timeout(None)
        .max_lifetime(None);
    options.map_sqlx_sqlite_opts(move |sqlite| {
        let sqlite = sqlite
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(synchronous)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .row_buffer_size(512)
            .statement_cache_capacity(256)
            .pragma("temp_store", "memory")
            .pragma("cache_size", if query_only { "-4096" } else { "-16384" })
            .pragma("journal_size_limit", "67108864");
        if query_only {
            // Readers map the file into memory, which saves a third of a list's time; the pages belong to the system's
            // cache, although they count as resident. The writer does not: an import would touch every one of them.
            sqlite.pragma("query_only", "on").pragma("mmap_size", "134217728")
        } else {
            sqlite.optimize_on_close(true, None)
        }
    });
    options
}
