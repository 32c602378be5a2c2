//! Jobs: notify a shelter's admins that it was verified, and that one of its webhooks is off.

use entity::{
    Timestamp,
    id::{MemberId, ShelterId, WebhookId},
    vocabulary::{NotificationKind, StaffRole},
};

use crate::{
    deps::Deps,
    domain::{
        notifications::notify::{News, notify},
        shelters, staff,
    },
    kernel::{OrGone, Outcome, Result},
};

/// Notifies the admins of the shelter, if it is still verified.
pub async fn tell_shelter_verified(deps: &Deps, id: ShelterId) -> Result<Outcome> {
    deps.write(async |tx| {
        let shelter = shelters::find(tx, id).await?;
        if !shelter.verified {
            return Ok(());
        }
        for row in staff::staff_of(tx, id)
            .await?
            .iter()
            .filter(|row| row.role == StaffRole::Admin)
        {
            let news = News {
                kind: NotificationKind::Shelter,
                title: format!("{} is verified", shelter.name),
                body: "Its animals can now be imported, and its staff can see exact places.".to_owned(),
                subject: Some(id.to_string()),
                unique_key: format!("verified:{id}"),
            };
            notify(deps, tx, row.member_id, news).await?;
        }
        Ok(())
    })
    .await
    .or_gone("the shelter is gone")
}

/// A webhook that the server has turned off.
pub struct WebhookOff {
    /// The webhook.
    pub webhook_id: WebhookId,
    /// Name of its shelter.
    pub shelter: String,
    /// Where it leads.
    pub host: String,
    /// Why it is off.
    pub why: String,
    /// Since when.
    pub at: Timestamp,
}

/// Notifies one of the admins of its shelter, each time that it is turned off.
pub async fn tell_webhook_off(deps: &Deps, member: MemberId, off: WebhookOff) -> Result<Outcome> {
    deps.write(async |tx| {
        let news = News {
            kind: NotificationKind::Shelter,
            title: format!("A webhook of {} is off", off.shelter),
            body: format!("The webhook at {} was turned off: {}.", off.host, off.why),
            subject: Some(off.webhook_id.to_string()),
            unique_key: format!("webhook_off:{}:{}", off.webhook_id, off.at.0),
        };
        notify(deps, tx, member, news).await?;
        Ok(Outcome::Done)
    })
    .await
}
