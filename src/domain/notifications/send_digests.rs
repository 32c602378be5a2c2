//! Sends the digests of daily searches.

use entity::{saved_search, vocabulary::NotificationKind};

use super::notify::{News, notify};
use crate::{deps::Deps, domain::searches, kernel::Result};

/// Number of searches read at once.
const PAGE: u64 = 100;

/// Sends every digest that is due. Any number of nodes may do this at the same time, and it may be interrupted at any
/// moment: each digest is sent once.
pub async fn send_digests(deps: &Deps) -> Result<()> {
    let now = deps.clock.now();
    let mut last = None;
    loop {
        let due = searches::due(deps.db.read(), now, last, PAGE).await?;
        for search in &due {
            // A search that cannot be read, perhaps of a newer version, must not hold up the others.
            if let Err(error) = send(deps, search).await {
                tracing::warn!(saved_search.id = %search.id, error = ?error, "a digest could not be made; trying again");
            }
        }
        if (due.len() as u64) < PAGE {
            return Ok(());
        }
        last = due.last().and_then(|search| Some((search.next_digest_at?, search.id)));
    }
}

async fn send(deps: &Deps, search: &saved_search::Model) -> Result<()> {
    let digest = searches::digest_of(deps, search).await?;
    let about = searches::description(deps.db.read(), &searches::filter_of(search)?).await?;
    deps.write(async |tx| {
        if !searches::take_digest(tx, search, &digest).await? || digest.count == 0 {
            return Ok(());
        }
        let reports = match digest.count {
            1 => "1 new report matches".to_owned(),
            count => format!("{count} new reports match"),
        };
        let news = News {
            kind: NotificationKind::SavedSearch,
            title: format!("{reports} “{}”", search.name),
            body: format!("{about}."),
            subject: Some(search.id.to_string()),
            unique_key: format!("digest:{}:{}", search.id, tx.now().0),
        };
        notify(deps, tx, search.member_id, news).await
    })
    .await
}
