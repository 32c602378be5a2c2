//! Sends the digests of weak matches.

use entity::vocabulary::NotificationKind;

use super::notify::{News, notify};
use crate::{
    deps::Deps,
    domain::matching::{self, WeakMatches},
    kernel::Result,
};

/// Number of members read at once.
const PAGE: u64 = 100;

/// Sends every digest that is due: at most one a day to a member, and none without news. Any number of nodes may do this
/// at the same time, and it may be interrupted at any moment: each digest is sent once.
pub async fn send_match_digests(deps: &Deps) -> Result<()> {
    let now = deps.clock.now();
    let mut last = None;
    loop {
        let due = matching::digests_due(deps.db.read(), now, last, PAGE).await?;
        for digest in &due {
            // One digest that cannot be sent must not hold up the others.
            if let Err(error) = send(deps, digest).await {
                tracing::warn!(member.id = %digest.member_id, error = ?error, "a digest of matches was not sent; trying again");
            }
        }
        if (due.len() as u64) < PAGE {
            return Ok(());
        }
        last = due.last().map(|digest| digest.member_id);
    }
}

async fn send(deps: &Deps, digest: &WeakMatches) -> Result<()> {
    let (reports, resemble) = match digest.count {
        1 => ("1 more report".to_owned(), "It resembles"),
        count => (format!("{count} more reports"), "They resemble"),
    };
    deps.write(async |tx| {
        if !matching::take_digest(tx, digest.member_id).await? {
            return Ok(());
        }
        let news = News {
            kind: NotificationKind::Match,
            title: format!("{reports} may be worth a look"),
            body: format!(
                "{resemble} what you reported, but not enough for an alert. Look at your matches of every band."
            ),
            subject: None,
            unique_key: format!("match-digest:{}", tx.now().0),
        };
        notify(deps, tx, digest.member_id, news).await
    })
    .await
}
