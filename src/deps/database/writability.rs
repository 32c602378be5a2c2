//! Whether the database takes writes.
//!
//! A full disk, or a file that may only be read, fails writes and leaves reading alone. Whoever balances load has to know;
//! so what refused one write counts as refusing all of them, until a trial has succeeded.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use entity::installation;
use sea_orm::{ActiveValue::Set, DbErr, EntityTrait, sea_query::OnConflict};
use tokio::sync::Notify;

use super::fault::refuses_writes;
use crate::{deps::Deps, kernel::Result};

/// Bytes of a trial: as much as a large request writes, so that the last free page of a disk does not look like room.
const TRIAL: usize = 128 * 1024;
/// The row of the trial.
const ROW: &str = "trial";

/// What this node knows of it.
#[derive(Clone, Default)]
pub struct Writability(Arc<State>);

#[derive(Default)]
struct State {
    is_refused: AtomicBool,
    refused: Notify,
}

impl Writability {
    /// Whether no write was refused since the last trial.
    pub fn is_given(&self) -> bool {
        !self.0.is_refused.load(Ordering::SeqCst)
    }

    /// Returns when a write is refused.
    pub async fn lost(&self) {
        self.0.refused.notified().await;
    }

    /// A write has failed.
    pub(super) fn heed(&self, error: &DbErr) {
        if refuses_writes(error) && !self.0.is_refused.swap(true, Ordering::SeqCst) {
            tracing::error!(%error, "the database takes no writes: they are refused until it does; reading goes on");
            self.0.refused.notify_one();
        }
    }
}

/// Writes and deletes a row that nobody reads; if that succeeds, writes are taken again.
pub async fn try_to_write(deps: &Deps) -> Result<()> {
    let row = installation::ActiveModel {
        name: Set(ROW.to_owned()),
        value: Set("-".repeat(TRIAL)),
    };
    let again = OnConflict::column(installation::Column::Name)
        .update_column(installation::Column::Value)
        .to_owned();
    deps.write(async |tx| {
        installation::Entity::insert(row)
            .on_conflict(again)
            .exec_without_returning(tx)
            .await?;
        Ok(())
    })
    .await?;
    deps.write(async |tx| {
        installation::Entity::delete_by_id(ROW).exec(tx).await?;
        Ok(())
    })
    .await?;
    deps.db.writability().0.is_refused.store(false, Ordering::SeqCst);
    Ok(())
}
