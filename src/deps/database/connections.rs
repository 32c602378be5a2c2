//! Connections: SQLite with one writer and several readers, or PostgreSQL with one pool.

use std::{sync::Arc, time::Duration};

use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectionTrait, Database as Connector, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, RuntimeErr,
    TransactionTrait,
};

use super::{
    DatabaseSettings,
    sqlite::{Checkpoints, Company, DatabaseFile, GroupCommitter, GroupedWrite, connect_options},
    timeouts::{Reader, StatementTimeout, postgres},
    writability::Writability,
};

/// Open connections; cheap to clone.
#[derive(Clone)]
pub struct Database {
    reader: Reader,
    writer: DatabaseConnection,
    /// SQLite only: whose lock it is to write.
    committer: Option<GroupCommitter>,
    /// SQLite only: what is done beside the writer.
    checkpoints: Option<Arc<Checkpoints>>,
    /// SQLite only: where the file has to be.
    file: Option<DatabaseFile>,
    writability: Writability,
}

/// An open write transaction.
pub(super) enum Writing {
    /// One of its own.
    Alone(DatabaseTransaction),
    /// A part of one that several share.
    GroupedWrite(GroupedWrite),
}

impl Writing {
    pub fn tx(&self) -> Result<&DatabaseTransaction, DbErr> {
        match self {
            Self::Alone(tx) => Ok(tx),
            Self::GroupedWrite(part) => part.tx(),
        }
    }

    pub async fn commit(self, timeout: StatementTimeout) -> Result<(), DbErr> {
        match self {
            // It comes to its end also when nobody waits any more, so that nothing is rolled back that may be committed.
            Self::Alone(tx) => tokio::spawn(timeout.wait(tx.commit())).await.unwrap_or_else(|_| {
                let unknown = "a commit was broken off: nobody knows whether it is done";
                Err(DbErr::Conn(RuntimeErr::Internal(unknown.to_owned())))
            }),
            Self::GroupedWrite(part) => part.commit().await,
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
                committer: None,
                checkpoints: None,
                file: None,
                writability: Writability::default(),
            });
        }
        let writer = Connector::connect(connect_options(settings, 1, false)).await?;
        let readers = std::thread::available_parallelism().map_or(4, |cores| cores.get() * 2);
        let reader = Connector::connect(connect_options(settings, u32::try_from(readers).unwrap_or(4), true)).await?;
        let file =
            DatabaseFile::of(&settings.url).map_err(|error| DbErr::Conn(RuntimeErr::Internal(error.to_string())))?;
        let committer = GroupCommitter::new(writer.clone());
        Ok(Self {
            reader: Reader::new(reader),
            checkpoints: Some(Arc::new(
                Checkpoints::start(settings, committer.checkpoint_due()).await?,
            )),
            committer: Some(committer),
            writer,
            file: Some(file),
            writability: Writability::default(),
        })
    }

    /// For queries outside a transaction.
    pub fn read(&self) -> &Reader {
        &self.reader
    }

    /// The connection that writes.
    pub(in crate::deps) fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// For what is read row by row, for as long as that takes.
    pub fn scan(&self) -> &DatabaseConnection {
        &self.reader.pool
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

    /// Whether the tables are up to date.
    pub async fn is_migrated(&self) -> Result<bool, DbErr> {
        Ok(Migrator::get_pending_migrations(&self.writer).await?.is_empty())
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

    /// PostgreSQL only: the same for some tables, into which much is being written. Until its own turn comes, within a minute, the
    /// planner believes that nothing is in them, and reads them from end to end. SQLite plans without knowing.
    pub async fn analyze_tables(&self, tables: &[&str]) -> Result<(), DbErr> {
        if self.writer.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        let statement = format!("ANALYZE {}", tables.join(", "));
        self.writer.execute_unprepared(&statement).await.map(|_| ())
    }

    /// Opens a write transaction. On SQLite it waits for its lock, and shares the commit with those who wait after it.
    pub(super) async fn begin(&self, company: Company) -> Result<Writing, DbErr> {
        self.file.as_ref().map_or(Ok(()), DatabaseFile::is_in_its_place)?;
        match &self.committer {
            Some(committer) => committer.begin(company).await.map(Writing::GroupedWrite),
            None => self
                .statement_timeout()
                .wait(self.writer.begin())
                .await
                .map(Writing::Alone),
        }
    }

    /// Whether it takes writes, and who waits until it does.
    pub fn writability(&self) -> &Writability {
        &self.writability
    }

    /// With the statements of a write transaction.
    pub(super) fn statement_timeout(&self) -> StatementTimeout {
        StatementTimeout::writing(self.writer.get_database_backend())
    }

    /// Waits for running statements and closes the files.
    pub async fn close(self) -> Result<(), DbErr> {
        if let Some(checkpoints) = &self.checkpoints {
            checkpoints.close().await?;
        }
        self.reader.pool.close().await?;
        self.writer.close().await
    }
}
