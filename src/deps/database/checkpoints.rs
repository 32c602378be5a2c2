//! Moves what was committed from SQLite's write-ahead log into the database file, beside the writer.
//!
//! By itself SQLite does so in the commit that makes the log long enough, and whoever waits for that commit waits for the
//! disk twice. A checkpoint by another connection keeps no writer waiting. The log only starts anew once all of it was
//! moved, though, which never happens while others keep writing; so from [`LONGEST_LOG`] on a commit moves the rest, which
//! is little.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseConnection};
use tokio::sync::watch;

/// Number of pages in the log from which on a commit makes a checkpoint itself, as the value of a pragma.
pub(super) const LONGEST_LOG: &str = "8000";
/// Pause between two checkpoints, in which pages that are written again and again gather.
const PAUSE: Duration = Duration::from_millis(200);

/// Makes checkpoints on this connection after commits, of which the sender tells, until the sender is gone.
pub(super) fn make_checkpoints(connection: DatabaseConnection) -> watch::Sender<()> {
    let (committed, mut commits) = watch::channel(());
    tokio::spawn(async move {
        while commits.changed().await.is_ok() {
            if let Err(error) = connection.execute_unprepared("PRAGMA wal_checkpoint(PASSIVE)").await {
                tracing::debug!(%error, "no checkpoint was made; a commit will make it");
            }
            tokio::time::sleep(PAUSE).await;
        }
    });
    committed
}

#[cfg(test)]
mod tests {
    use sea_orm::Database;

    use super::super::{DatabaseSettings, group_commit::GroupCommitter, sqlite::sqlite};
    use super::*;
    use crate::ports::ScratchFolder;

    #[tokio::test]
    async fn what_is_committed_comes_into_the_file_although_the_log_is_short() {
        let folder = ScratchFolder::new();
        let file = folder.path().join("notes.db");
        let settings = DatabaseSettings {
            url: format!("sqlite://{}", file.display()),
            sqlite_sync_full: false,
            connections: 1,
        };
        let writer = Database::connect(sqlite(&settings, 1, false)).await.unwrap();
        writer.execute_unprepared("CREATE TABLE notes (note)").await.unwrap();
        let reader = Database::connect(sqlite(&settings, 1, true)).await.unwrap();
        let committer = GroupCommitter::new(writer, make_checkpoints(reader));

        let part = committer.begin().await.unwrap();
        let note = "INSERT INTO notes VALUES (randomblob(100000))";
        part.tx().unwrap().execute_unprepared(note).await.unwrap();
        part.commit().await.unwrap();

        let has_come = async {
            while std::fs::metadata(&file).unwrap().len() < 100_000 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let in_time = tokio::time::timeout(Duration::from_secs(20), has_come).await;
        assert!(in_time.is_ok(), "no checkpoint was made");
    }
}
