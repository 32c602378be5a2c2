//! Connections to a file of SQLite.

use std::time::Duration;

use sea_orm::ConnectOptions;
use sqlx::{
    Connection, SqliteConnection,
    sqlite::{SqliteJournalMode, SqliteSynchronous},
};

use super::super::DatabaseSettings;

/// The one connection that writes, or those that can only read.
pub(in crate::deps::database) fn connect_options(
    settings: &DatabaseSettings,
    connections: u32,
    query_only: bool,
) -> ConnectOptions {
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
    options.map_sqlx_sqlite_pool_opts(|pool| pool.after_release(|connection, _| Box::pin(is_clean(connection))));
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
            .pragma("cache_size", if query_only { "-1024" } else { "-16384" })
            .pragma("journal_size_limit", "67108864");
        if query_only {
            // Readers map the file into memory, which saves a third of a list's time; the pages belong to the system's
            // cache, although they count as resident. The writer does not: an import would touch every one of them.
            sqlite.pragma("query_only", "on").pragma("mmap_size", "134217728")
        } else {
            // Checkpoints are made beside the writer. This is for when they do not keep pace: after 64 MB of log.
            sqlite
                .pragma("wal_autocheckpoint", "16000")
                .optimize_on_close(true, None)
        }
    });
    options
}

/// Whether nothing is open on a connection that comes back; one that is not clean is thrown away.
///
/// SQLite rolls a transaction back by itself when the disk is full. The driver does not hear of it: its ROLLBACK fails, it
/// counts the transaction as open for ever, and every BEGIN after that is a savepoint of one that is never committed.
async fn is_clean(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    if connection.is_in_transaction() {
        // A rollback that was asked for may be under way: commands are done in their order.
        connection.ping().await?;
    }
    Ok(!connection.is_in_transaction())
}
