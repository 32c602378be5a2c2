//! Asks shelters whether the animals that they gave away are still in their new homes.

use entity::{
    shelter,
    vocabulary::{NotificationKind, StaffRole},
};

use super::notify::{News, notify};
use crate::{
    deps::Deps,
    domain::{custody, staff},
    kernel::Result,
};

/// Number of shelters read at once.
const PAGE: u64 = 100;

/// Notifies the ADMIN and STAFF of every shelter with adoptions that have become due, once a day at most and with their
/// number. Any number of nodes may do this at the same time, and it may be interrupted at any moment: each is asked once.
pub async fn ask_about_adoptions(deps: &Deps) -> Result<()> {
    let now = deps.clock.now();
    let mut last = None;
    loop {
        let due = custody::asks_due(deps.db.read(), now, last, PAGE).await?;
        for shelter in &due {
            // One shelter that cannot be asked must not hold up the others.
            if let Err(error) = ask(deps, shelter).await {
                tracing::warn!(shelter.id = %shelter.id, error = ?error, "a shelter was not asked about its adoptions; trying again");
            }
        }
        if (due.len() as u64) < PAGE {
            return Ok(());
        }
        last = due.last().map(|shelter| shelter.id);
    }
}

async fn ask(deps: &Deps, shelter: &shelter::Model) -> Result<()> {
    deps.write(async |tx| {
        let Some(ask) = custody::take_ask(tx, shelter).await? else {
            return Ok(());
        };
        let (title, body) = match ask.count {
            1 => (
                "Is an animal still in its new home?".to_owned(),
                format!(
                    "1 animal was adopted from {} 3 or 12 months ago. Ask, and record the answer.",
                    shelter.name
                ),
            ),
            count => (
                "Are the animals still in their new homes?".to_owned(),
                format!(
                    "{count} animals were adopted from {} 3 or 12 months ago. Ask, and record the answers.",
                    shelter.name
                ),
            ),
        };
        let staff = staff::staff_of(tx, shelter.id).await?;
        for row in staff.iter().filter(|row| row.role != StaffRole::Volunteer) {
            let news = News {
                kind: NotificationKind::Adoption,
                title: title.clone(),
                body: body.clone(),
                subject: Some(shelter.id.to_string()),
                unique_key: format!("adoptions:{}:{}", shelter.id, ask.day),
            };
            notify(deps, tx, row.member_id, news).await?;
        }
        Ok(())
    })
    .await
}
