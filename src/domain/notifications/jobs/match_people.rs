//! Whom a match concerns, and how they are alerted to what happens to it.

use entity::{
    id::{MatchId, MemberId},
    match_alert, pet, pet_match,
    vocabulary::{MatchAlertKind, MatchBand, NotificationKind, ShelterMatchAlerts, StaffRole},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::{
    deps::{Deps, Tx, next_numbers},
    domain::{
        notifications::notify::{News, notify},
        shelters, staff,
    },
    events::NotificationEvent,
    kernel::Result,
};

/// The members who answer for a report: its reporter or, for an animal of a shelter, its staff except volunteers.
pub(super) async fn answering_for(tx: &Tx, pet: &pet::Model) -> Result<Vec<MemberId>> {
    match (pet.reporter_id, pet.shelter_id) {
        (_, Some(shelter)) => {
            let staff = staff::staff_of(tx, shelter).await?;
            let answering = staff.iter().filter(|row| row.role != StaffRole::Volunteer);
            Ok(answering.map(|row| row.member_id).collect())
        }
        (Some(reporter), None) => Ok(vec![reporter]),
        (None, None) => Ok(Vec::new()),
    }
}

/// Whether the people of a report want to hear of a new match of that band: a shelter's settings decide for its staff.
pub(super) async fn want_to_hear(tx: &Tx, pet: &pet::Model, band: MatchBand) -> Result<bool> {
    let Some(shelter) = pet.shelter_id else {
        return Ok(MatchBand::Possible <= band);
    };
    Ok(match shelters::find(tx, shelter).await?.match_alerts {
        ShelterMatchAlerts::None => false,
        ShelterMatchAlerts::Strong => MatchBand::Strong <= band,
        ShelterMatchAlerts::Possible => MatchBand::Possible <= band,
    })
}

/// What a member is told of a match.
pub(super) struct MatchNews {
    pub kind: MatchAlertKind,
    pub title: String,
    pub body: String,
}

/// Alerts a member to what happened to a match, and notifies them. Each thing that can happen is told once for every
/// band that the match has been in.
pub(super) async fn alert(
    deps: &Deps,
    tx: &Tx,
    member_id: MemberId,
    found: &pet_match::Model,
    news: MatchNews,
) -> Result<()> {
    let MatchNews { kind, title, body } = news;
    let known = alerts_to(member_id, found.id)
        .filter(match_alert::COLUMN.kind.eq(kind))
        .filter(match_alert::COLUMN.band.eq(found.band));
    if known.one(tx).await?.is_some() {
        return Ok(());
    }
    let row = match_alert::ActiveModel {
        member_id: Set(member_id),
        number: Set(next_numbers(tx, &format!("alerts:{member_id}"), 1).await?),
        match_id: Set(found.id),
        kind: Set(kind),
        band: Set(found.band),
        created_at: Set(tx.now()),
    };
    match_alert::Entity::insert(row).exec_without_returning(tx).await?;
    tx.announce(NotificationEvent::MatchAlerted { member_id });
    let news = News {
        kind: NotificationKind::Match,
        title,
        body,
        subject: Some(found.id.to_string()),
        unique_key: format!("match:{}:{kind:?}:{:?}", found.id, found.band),
    };
    notify(deps, tx, member_id, news).await
}

/// The members who were alerted to a match.
pub(super) async fn alerted_to(tx: &Tx, id: MatchId) -> Result<Vec<MemberId>> {
    let members = match_alert::Entity::find()
        .select_only()
        .column(match_alert::Column::MemberId)
        .distinct()
        .filter(match_alert::COLUMN.match_id.eq(id));
    Ok(members.into_tuple().all(tx).await?)
}

fn alerts_to(member_id: MemberId, id: MatchId) -> sea_orm::Select<match_alert::Entity> {
    match_alert::Entity::find()
        .filter(match_alert::COLUMN.member_id.eq(member_id))
        .filter(match_alert::COLUMN.match_id.eq(id))
}
