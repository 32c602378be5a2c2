//! Which history of the database this is.
//!
//! Numbers of streams mean something within one history only: after a backup is restored the same numbers are given out
//! for other things. So each history has a random id, its epoch. Clients are told it and give it back when they resume;
//! whoever restores a backup begins another one.

use std::{collections::HashMap, time::Duration};

use entity::history;
use sea_orm::{ActiveValue::Set, EntityTrait};

use crate::{
    deps::{BatchedQuery, Deps},
    kernel::{Error, Result, secret::hex},
};

const WHOLE: &str = "database";
/// Bytes of an epoch: so many that no two histories ever share one.
const BYTES: usize = 16;
/// How long another history may go unnoticed.
const LOOK: Duration = Duration::from_secs(1);

/// Part of a request whose client last heard of another history than the present one.
#[derive(Debug, Clone, Copy)]
pub struct OfAnotherHistory;

impl Deps {
    /// The id of the present history.
    pub async fn epoch(&self) -> Result<String> {
        let epoch = self.ask(Epoch).await?;
        epoch.ok_or_else(|| Error::broken("the history of the database has no id"))
    }

    /// Begins another history, and answers with its id: whatever clients remember of the last one is void.
    pub async fn begin_history(&self) -> Result<String> {
        let mut epoch = hex(&self.ids.secret());
        epoch.truncate(2 * BYTES);
        let next = history::ActiveModel {
            name: Set(WHOLE.to_owned()),
            epoch: Set(epoch.clone()),
        };
        self.write(async |tx| {
            history::Entity::update(next).exec(tx).await?;
            Ok(())
        })
        .await?;
        Ok(epoch)
    }

    /// Waits until there is another history than the one with that epoch. What goes wrong meanwhile is no answer: a database
    /// that is being restored has its gaps.
    pub async fn another_history(&self, known: &str) {
        loop {
            if let Ok(Some(now)) = self.ask(Epoch).await
                && now != known
            {
                return;
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}

/// Asked by every socket that begins, of which many begin at once after a restart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Epoch;

impl BatchedQuery for Epoch {
    type Answer = String;

    async fn look(deps: &Deps, _asked: &[Self]) -> Result<HashMap<Self, String>> {
        let found = history::Entity::find_by_id(WHOLE).one(deps.db.read()).await?;
        Ok(found.into_iter().map(|history| (Self, history.epoch)).collect())
    }
}
