//! Job: alerts the members affected by a match.

use entity::{
    id::{MatchId, MemberId},
    match_alert, pet, pet_match,
    vocabulary::{MatchBand, MatchState, NotificationKind, PetKind},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::called::called;
use crate::{
    deps::{Deps, Tx, next_numbers},
    domain::{
        matching,
        notifications::notify::{News, notify},
        pets::{self, policy::is_seen_by_all},
        staff::Actor,
    },
    events::NotificationEvent,
    kernel::{OrGone, Outcome, Result, Viewer},
};

/// Alerts the owner, and the finder who reported the other side. A shelter sees its matches on the dashboard instead.
/// Each member is alerted once per pair.
pub async fn alert_match(deps: &Deps, id: MatchId) -> Result<Outcome> {
    let actor = Actor {
        viewer: Viewer::System,
        memberships: Vec::new(),
    };
    deps.write(async |tx| {
        let (found, sides) = matching::find(tx, &actor, id).await?;
        let is_due = found.state == MatchState::New
            && MatchBand::Possible <= found.band
            && sides.iter().all(|pet| pets::is_live(pet.status) && is_seen_by_all(pet));
        let mut told = Vec::new();
        for pet in sides.iter().filter(|pet| is_due && pet.shelter_id.is_none()) {
            if let Some(member_id) = pet.reporter_id.filter(|member_id| !told.contains(member_id)) {
                told.push(member_id);
                let other = sides.iter().find(|side| side.id != pet.id);
                if !is_told_of_it(tx, member_id, pet, other).await? {
                    alert(deps, tx, member_id, &found, pet).await?;
                }
            }
        }
        Ok(())
    })
    .await
    .or_gone("the match is gone")
}

/// Whether the member was already alerted about the same shelter animal under another id.
async fn is_told_of_it(tx: &Tx, member_id: MemberId, own: &pet::Model, other: Option<&pet::Model>) -> Result<bool> {
    let Some((other, shelter)) = other.and_then(|other| Some((other, other.shelter_id?))) else {
        return Ok(false);
    };
    let copies = pets::copies_among(tx, shelter, &[pets::Traits::of(other)]).await?;
    let copies = copies.iter().map(|pet| pet.id).filter(|id| *id != other.id);
    let pairs = pet_match::Entity::find()
        .filter(pet_match::COLUMN.lost_id.eq(own.id))
        .filter(pet_match::COLUMN.other_id.is_in(copies))
        .all(tx)
        .await?;
    let told = match_alert::Entity::find()
        .filter(match_alert::COLUMN.member_id.eq(member_id))
        .filter(match_alert::COLUMN.match_id.is_in(pairs.iter().map(|pair| pair.id)));
    Ok(told.one(tx).await?.is_some())
}

async fn alert(deps: &Deps, tx: &Tx, member_id: MemberId, found: &pet_match::Model, own: &pet::Model) -> Result<()> {
    let known = match_alert::Entity::find()
        .filter(match_alert::COLUMN.member_id.eq(member_id))
        .filter(match_alert::COLUMN.match_id.eq(found.id));
    if known.one(tx).await?.is_some() {
        return Ok(());
    }
    let number = next_numbers(tx, &format!("alerts:{member_id}"), 1).await?;
    let row = match_alert::ActiveModel {
        member_id: Set(member_id),
        number: Set(number),
        match_id: Set(found.id),
        created_at: Set(tx.now()),
    };
    match_alert::Entity::insert(row).exec_without_returning(tx).await?;
    tx.announce(NotificationEvent::MatchAlerted { member_id });
    notify(deps, tx, member_id, news(found, own)).await
}

fn news(found: &pet_match::Model, own: &pet::Model) -> News {
    let sure = match found.band {
        MatchBand::Chip => "The microchip numbers match",
        MatchBand::Strong => "This is very likely the same animal",
        MatchBand::Possible | MatchBand::Weak => "This may be the same animal",
    };
    let place = match own.kind {
        PetKind::Lost => "someone reported an animal that looks like yours",
        PetKind::Found | PetKind::Sighted | PetKind::Sheltered => "someone is looking for an animal like it",
    };
    News {
        kind: NotificationKind::Match,
        title: format!("A match for {}", called(own)),
        body: format!("{sure}: {place}. Have a look, then confirm or dismiss it."),
        subject: Some(found.id.to_string()),
        unique_key: format!("match:{}", found.id),
    }
}
