//! Checkpoints beside the writer.
//!
//! SQLite moves what was committed from its log into the file, and by itself does so at the end of a commit, while all who
//! want to write wait for some tenth of a second. Here a connection of its own does it meanwhile, after long writes and after
//! many short ones, and that commit seldom finds anything to do.

use std::{sync::Arc, time::Duration};

use sea_orm::{ConnectionTrait, Database as Connector, DatabaseConnection, DbErr};
use tokio::{sync::Notify, task::JoinHandle, time::sleep};

use super::{super::DatabaseSettings, connect_options};

/// Pause after a checkpoint: pages that many commits change are written once for all of them.
const PAUSE: Duration = Duration::from_millis(300);

/// The task that makes them; it ends when this is dropped.
pub(in crate::deps::database) struct Checkpoints {
    connection: DatabaseConnection,
    task: JoinHandle<()>,
}

impl Checkpoints {
    /// Makes a checkpoint each time when one is due.
    pub async fn start(settings: &DatabaseSettings, due: Arc<Notify>) -> Result<Self, DbErr> {
        let connection = Connector::connect(connect_options(settings, 1, true)).await?;
        let own = connection.clone();
        let task = tokio::spawn(async move {
            loop {
                due.notified().await;
                // It waits for nobody, neither readers nor the writer, and leaves to the next one what it cannot do.
                if let Err(error) = own.execute_unprepared("PRAGMA wal_checkpoint(PASSIVE)").await {
                    tracing::warn!(%error, "a checkpoint failed: the writer makes it");
                }
                sleep(PAUSE).await;
            }
        });
        Ok(Self { connection, task })
    }

    /// Waits for one that is under way, and ends.
    pub async fn close(&self) -> Result<(), DbErr> {
        self.task.abort();
        self.connection.clone().close().await
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::ScratchFolder;

    #[tokio::test]
    async fn what_a_long_write_left_in_the_log_is_moved_into_the_file() {
        let folder = ScratchFolder::new();
        let path = folder.path().join("notes.db");
        let settings = DatabaseSettings {
            url: format!("sqlite://{}", path.display()),
            sqlite_sync_full: false,
            connections: 1,
        };
        let writer = Connector::connect(connect_options(&settings, 1, false)).await.unwrap();
        let due = Arc::new(Notify::new());
        let checkpoints = Checkpoints::start(&settings, due.clone()).await.unwrap();
        let sql = "CREATE TABLE notes (note); INSERT INTO notes VALUES ('by the river')";
        writer.execute_unprepared(sql).await.unwrap();
        let is_moved = || {
            std::fs::read(&path)
                .unwrap()
                .windows(12)
                .any(|bytes| bytes == b"by the river")
        };
        assert!(!is_moved());

        due.notify_one();
        let moved = async {
            while !is_moved() {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), moved).await.unwrap();

        checkpoints.close().await.unwrap();
    }
}
