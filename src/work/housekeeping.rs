//! Deletes expired data and cleans up after killed processes.

use std::{sync::Arc, time::Duration};

use entity::{cursor, event, idempotency_key, outgoing_mail, refresh_token};
use sea_orm::{EntityTrait, QueryFilter};
use tokio_util::sync::CancellationToken;

use super::{job::Job, jobs::erase_account::EraseAccount, queue};
use crate::{
    deps::{Deps, YOUNGEST_ORPHAN},
    domain::{accounts, claims, connectors, pets, photos, places, privacy, shelters, webhooks},
    kernel::{Error, Result},
    ports::Swept,
};

const EVERY: Duration = Duration::from_secs(60 * 60);
/// Accounts whose deletion is queued in one hour, on each node.
const MOST_DELETED: u64 = 1_000;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Runs until shutdown.
pub async fn run(deps: Deps, shutdown: CancellationToken) {
    let mut next_sweep = deps.clock.now();
    loop {
        if let Err(error) = pets::grow_older(&deps).await {
            tracing::warn!(error = ?error, "ages could not be moved on; trying again in an hour");
        }
        if let Err(error) = tidy(&deps).await {
            tracing::warn!(error = ?error, "old rows could not be deleted; trying again in an hour");
        }
        if next_sweep <= deps.clock.now() {
            match sweep(&deps).await {
                Ok(_) => next_sweep = deps.clock.now().plus(DAY),
                Err(error) => tracing::warn!(error = ?error, "orphans could not be removed; trying again in an hour"),
            }
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Removes blobs and files of killed processes that no row refers to. Those younger than a day are kept.
pub async fn sweep(deps: &Deps) -> Result<Swept> {
    let before = deps.clock.now().minus(YOUNGEST_ORPHAN);
    let away = |error| Error::Unavailable(Arc::new(error));
    let mut swept = photos::sweep_photos(deps).await?;
    swept += shelters::sweep_imports(deps).await?;
    swept += deps.blobs.sweep_unfinished(before).await.map_err(away)?;
    swept += deps.mailer.sweep(before).await.map_err(away)?;
    swept += deps.sms.sweep(before).await.map_err(away)?;
    metrics::counter!("sweetie_orphans_removed_total").increment(swept.files);
    if 0 < swept.files {
        tracing::info!(
            files = swept.files,
            bytes = swept.bytes,
            "orphans of killed processes were removed"
        );
    }
    Ok(swept)
}

/// Queues the deletion of accounts whose time is over; the key lets each be queued once, on whichever node. A deletion that
/// was buried, perhaps in the middle of its work, is tried again once a day: it was promised to the member.
pub async fn delete_accounts(deps: &Deps) -> Result<()> {
    let due = accounts::members_to_delete(deps.db.read(), deps.clock.now(), MOST_DELETED).await?;
    deps.write(async |tx| {
        for (member_id, deletes_at) in due {
            let key = format!("erase_account:{member_id}:{}", deletes_at.0);
            queue::enqueue(deps, tx, &EraseAccount { member_id }, &key).await?;
        }
        queue::exhume(tx, EraseAccount::NAME, tx.now().minus(DAY)).await
    })
    .await
}

async fn tidy(deps: &Deps) -> Result<()> {
    let relayed = cursor::Entity::find_by_id("relay".to_owned())
        .one(deps.db.read())
        .await?
        .map_or(0, |row| row.value);
    deps.write(async |tx| {
        let day_ago = tx.now().minus(DAY);
        event::Entity::delete_many()
            .filter(event::COLUMN.number.lt(relayed))
            .filter(event::COLUMN.created_at.lt(tx.now().minus(30 * DAY)))
            .exec(tx)
            .await?;
        idempotency_key::Entity::delete_many()
            .filter(idempotency_key::COLUMN.created_at.lt(day_ago))
            .exec(tx)
            .await?;
        refresh_token::Entity::delete_many()
            .filter(refresh_token::COLUMN.expires_at.lt(day_ago))
            .exec(tx)
            .await?;
        accounts::forget_mailed_tokens(tx).await?;
        // Kept longer than sending is retried; the result has been reported by then.
        outgoing_mail::Entity::delete_many()
            .filter(outgoing_mail::COLUMN.created_at.lt(tx.now().minus(7 * DAY)))
            .exec(tx)
            .await?;
        Ok(())
    })
    .await?;
    delete_accounts(deps).await?;
    claims::expire_claims(deps).await?;
    privacy::forget_exports(deps).await?;
    photos::forget_uploads(deps).await?;
    shelters::forget_import_changes(deps).await?;
    shelters::forget_fetches(deps).await?;
    places::forget_old_answers(deps).await?;
    webhooks::forget_deliveries(deps).await?;
    connectors::forget_runs(deps).await?;
    Ok(deps.db.analyze().await?)
}
