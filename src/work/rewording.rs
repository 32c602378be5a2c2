//! Rewrites the search words of reports and messages, once after each change in how texts are split into words.

use std::time::Duration;

use entity::cursor;
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use tokio_util::sync::CancellationToken;

use crate::{
    deps::Deps,
    domain::{chat, pets},
    kernel::Result,
};

/// Name under which the version of the stored words is saved.
const NAME: &str = "words";
/// The current version. Version 1 treated a run of letters without spaces as one word.
const WAY: i64 = 2;
/// Pause before another attempt after a failure.
const PAUSE: Duration = Duration::from_secs(30);

/// Runs once after a start with a new version. Several nodes may do it at once: each changes only outdated rows.
pub async fn run(deps: Deps, shutdown: CancellationToken) {
    loop {
        let done = tokio::select! {
            () = shutdown.cancelled() => return,
            done = reword(&deps) => done,
        };
        let Err(error) = done else { return };
        tracing::warn!(error = ?error, "the words of reports and messages could not be written anew; trying again");
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

/// Rewrites all words in the current version, unless that has been done.
pub async fn reword(deps: &Deps) -> Result<()> {
    let known = cursor::Entity::find_by_id(NAME.to_owned()).one(deps.db.read()).await?;
    if known.is_some_and(|known| WAY <= known.value) {
        return Ok(());
    }
    pets::index_words_anew(deps).await?;
    chat::index_words_anew(deps).await?;
    let row = cursor::ActiveModel {
        name: Set(NAME.to_owned()),
        value: Set(WAY),
    };
    let anew = OnConflict::column(cursor::Column::Name)
        .update_column(cursor::Column::Value)
        .to_owned();
    deps.write(async |tx| {
        cursor::Entity::insert(row.clone())
            .on_conflict(anew.clone())
            .exec_without_returning(tx)
            .await?;
        Ok(())
    })
    .await
}
