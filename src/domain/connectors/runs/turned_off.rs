//! What the ADMINs of a shelter are told when the server has turned a connector off.

use entity::{
    Timestamp,
    id::{ConnectorId, JobId, MemberId},
};

use crate::{
    deps::{Deps, Letter, send_mail},
    domain::{accounts, connectors::store, shelters},
    kernel::{OrGone, Outcome, Result},
};

/// A connector that is off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnedOff {
    /// Name of its shelter.
    pub shelter: String,
    /// What the staff calls it.
    pub name: String,
    /// Why it is off.
    pub why: String,
    /// Since when.
    pub at: Timestamp,
}

/// What there is to tell of a connector; `None` if it is on again.
pub async fn turned_off(deps: &Deps, id: ConnectorId) -> Result<Option<TurnedOff>> {
    let db = deps.db.read();
    let connector = store::with_id(db, id).await?;
    let (Some(at), Some(why)) = (connector.disabled_at, connector.disabled_reason) else {
        return Ok(None);
    };
    Ok(Some(TurnedOff {
        shelter: shelters::find(db, connector.shelter_id).await?.name,
        name: connector.name,
        why,
        at,
    }))
}

/// Job: writes to an ADMIN.
pub async fn send_turned_off_mail(
    deps: &Deps,
    job_id: JobId,
    connector: ConnectorId,
    member: MemberId,
) -> Result<Outcome> {
    send(deps, job_id, connector, member)
        .await
        .or_gone("the connector or the member is gone")
}

async fn send(deps: &Deps, job_id: JobId, connector: ConnectorId, member: MemberId) -> Result<()> {
    let Some(off) = turned_off(deps, connector).await? else {
        return Ok(());
    };
    let member = accounts::member_by_id(deps.db.read(), member).await?;
    if member.email.is_empty() {
        return Ok(());
    }
    send_mail(deps, job_id, async |_| {
        let TurnedOff { shelter, name, why, .. } = off;
        Ok(Letter {
            sender_id: member.id,
            to: member.email,
            subject: format!("A connector of {shelter} is off"),
            paragraphs: vec![
                format!("We have turned off the connector “{name}” of {shelter}: {why}."),
                "Changes in its software do not reach us until the connector is turned on again. The first run then fetches \
                 everything that has changed meanwhile."
                    .to_owned(),
            ],
            button: None,
            afterwards: Vec::new(),
        })
    })
    .await
}
