//! Jobs: notify a shelter's admins that it was verified, and that one of its webhooks or connectors is off; and the two sides
//! of an offer of an animal.

use entity::{
    Timestamp,
    id::{ConnectorId, MemberId, ShelterId, TransferId, WebhookId},
    transfer,
    vocabulary::{NotificationKind, StaffRole, TransferState},
};

use crate::{
    deps::{Deps, Tx},
    domain::{
        connectors,
        notifications::notify::{News, notify},
        pets::{self, policy::is_seen_by_all},
        searches::singular,
        shelters, staff, transfers,
    },
    kernel::{OrGone, Outcome, Result, Viewer},
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

/// Tells the staff of the receiving shelter of an offer, and the offering side of the answer; each once, and nobody while the
/// report is hidden. That an offer was withdrawn is news to nobody.
pub async fn tell_transfer(deps: &Deps, id: TransferId) -> Result<Outcome> {
    deps.write(async |tx| {
        let transfer = transfers::with_id(tx, id).await?;
        let animal = match transfer.pet_id {
            Some(pet) => {
                let pet = pets::find(tx, &Viewer::System, pet).await?;
                if !is_seen_by_all(&pet) {
                    return Ok(());
                }
                pet.name
                    .clone()
                    .unwrap_or_else(|| format!("A {}", singular(pet.species)))
            }
            None => "An animal".to_owned(),
        };
        let to = shelters::find(tx, transfer.to_shelter).await?.name;
        let (told, title, body) = match transfer.state {
            TransferState::Offered => {
                let from = match transfer.from_shelter {
                    Some(shelter) => shelters::find(tx, shelter).await?.name,
                    None => "Who found it".to_owned(),
                };
                let body = format!("{from} would like to hand the animal over to {to}. Accept or refuse the offer.");
                let told = working_at(tx, transfer.to_shelter).await?;
                (told, format!("{animal} is offered to {to}"), body)
            }
            TransferState::Accepted => {
                let body = "The report is closed as transferred; the new one points to it.".to_owned();
                (offering(tx, &transfer).await?, format!("{to} takes {animal}"), body)
            }
            TransferState::Refused => {
                let body = match &transfer.reason {
                    Some(reason) => format!("The shelter wrote: {reason}"),
                    None => "The shelter gave no reason. Nothing has changed for the animal.".to_owned(),
                };
                (
                    offering(tx, &transfer).await?,
                    format!("{to} does not take {animal}"),
                    body,
                )
            }
            TransferState::Withdrawn => return Ok(()),
        };
        for member_id in told {
            let news = News {
                kind: NotificationKind::Shelter,
                title: title.clone(),
                body: body.clone(),
                subject: Some(id.to_string()),
                unique_key: format!("transfer:{id}:{}", stage(transfer.state)),
            };
            notify(deps, tx, member_id, news).await?;
        }
        Ok(())
    })
    .await
    .or_gone("the transfer is gone")
}

/// The ADMIN and STAFF of a shelter, who answer offers.
async fn working_at(tx: &Tx, shelter: ShelterId) -> Result<Vec<MemberId>> {
    let staff = staff::staff_of(tx, shelter).await?;
    let answering = staff.iter().filter(|row| row.role != StaffRole::Volunteer);
    Ok(answering.map(|row| row.member_id).collect())
}

/// Those of the offering shelter, or the member who offers.
async fn offering(tx: &Tx, transfer: &transfer::Model) -> Result<Vec<MemberId>> {
    match transfer.from_shelter {
        Some(shelter) => working_at(tx, shelter).await,
        None => Ok(transfer.offered_by.parse::<MemberId>().ok().into_iter().collect()),
    }
}

fn stage(state: TransferState) -> &'static str {
    match state {
        TransferState::Offered => "offered",
        TransferState::Accepted => "accepted",
        TransferState::Refused => "refused",
        TransferState::Withdrawn => "withdrawn",
    }
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

/// Notifies one of the admins of a shelter that the server has turned a connector off, each time that it does.
pub async fn tell_connector_off(deps: &Deps, member: MemberId, id: ConnectorId) -> Result<Outcome> {
    tell_if_off(deps, member, id).await.or_gone("the connector is gone")
}

async fn tell_if_off(deps: &Deps, member: MemberId, id: ConnectorId) -> Result<Outcome> {
    let Some(off) = connectors::turned_off(deps, id).await? else {
        return Ok(Outcome::Gone("the connector is on again"));
    };
    deps.write(async |tx| {
        let news = News {
            kind: NotificationKind::Shelter,
            title: format!("A connector of {} is off", off.shelter),
            body: format!("The connector “{}” was turned off: {}.", off.name, off.why),
            subject: Some(id.to_string()),
            unique_key: format!("connector_off:{id}:{}", off.at.0),
        };
        notify(deps, tx, member, news).await?;
        Ok(Outcome::Done)
    })
    .await
}
