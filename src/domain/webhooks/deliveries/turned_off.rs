//! What the ADMINs of a shelter are told when the server has turned a webhook off.

use entity::{
    Timestamp,
    id::{JobId, MemberId, WebhookId},
};

use crate::{
    deps::{Deps, Letter, send_mail},
    domain::{accounts, shelters, webhooks::store},
    kernel::{Error, OrGone, Outcome, Result},
};

/// A webhook that is off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnedOff {
    /// Name of its shelter.
    pub shelter: String,
    /// Where it leads; the rest of the address may hold a secret.
    pub host: String,
    /// Why it is off.
    pub why: String,
    /// Since when.
    pub at: Timestamp,
}

/// What there is to tell of a webhook; `None` if it is on again.
pub async fn turned_off(deps: &Deps, id: WebhookId) -> Result<Option<TurnedOff>> {
    let db = deps.db.read();
    let webhook = store::with_id(db, id).await?;
    let (Some(at), Some(why)) = (webhook.disabled_at, webhook.disabled_reason) else {
        return Ok(None);
    };
    let url = url::Url::parse(&webhook.url).map_err(Error::internal)?;
    Ok(Some(TurnedOff {
        shelter: shelters::find(db, webhook.shelter_id).await?.name,
        host: url.host_str().unwrap_or_default().to_owned(),
        why,
        at,
    }))
}

/// Job: writes to an ADMIN.
pub async fn send_turned_off_mail(deps: &Deps, job_id: JobId, webhook: WebhookId, member: MemberId) -> Result<Outcome> {
    send(deps, job_id, webhook, member)
        .await
        .or_gone("the webhook or the member is gone")
}

async fn send(deps: &Deps, job_id: JobId, webhook: WebhookId, member: MemberId) -> Result<()> {
    let Some(off) = turned_off(deps, webhook).await? else {
        return Ok(());
    };
    let member = accounts::member_by_id(deps.db.read(), member).await?;
    if member.email.is_empty() {
        return Ok(());
    }
    send_mail(deps, job_id, async |_| {
        let TurnedOff { shelter, host, why, .. } = off;
        Ok(Letter {
            sender_id: member.id,
            to: member.email,
            subject: format!("A webhook of {shelter} is off"),
            paragraphs: vec![
                format!("We have turned off the webhook of {shelter} at {host}: {why}."),
                "Its system is not told anything until the webhook is turned on again. What was not delivered in the last 30 \
                 days can be sent again then."
                    .to_owned(),
            ],
            button: None,
            afterwards: Vec::new(),
        })
    })
    .await
}
