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
