//! Deletes an account whose time is over. What others need stays: their conversations, under the name of a deleted member;
//! sightings without their reporter; reports of abuse; reports and files of shelters, which belong to them; the audit log.

use entity::vocabulary::{MailState, UploadPurpose};
use entity::{
    block, chat_settings, consent, credit_entry, favorite,
    id::{MemberId, PetId, PhotoId},
    last_seen, mask_anchor, match_alert, match_digest, notification, outgoing_mail, pet, pet_photo, phone_verification,
    photo, presence_hiding, safety_setting, saved_search, search_cell, search_history_entry, search_history_opt_out,
    search_hit, share, sighting, sms_account, sms_message,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::Expr};
use uuid::Uuid;

use super::store::erase_exports;
use crate::{
    deps::{Deps, Tx},
    domain::{accounts, claims, moderation, pets, photos, shelters, staff},
    kernel::{Outcome, Result},
};

/// Reports that are looked up at once.
const BATCH: u64 = 100;

/// Job: deletes the account, unless its member took that back. Each step can be repeated, so a job that was cut off goes on
/// where it was.
pub async fn erase_account(deps: &Deps, id: MemberId) -> Result<Outcome> {
    if !accounts::empty_account(deps, id).await? {
        return Ok(Outcome::Gone("the member took the deletion back"));
    }
    erase_reports(deps, id).await?;
    for membership in staff::memberships_of(deps.db.read(), id).await? {
        deps.write(async |tx| shelters::erase_staff(deps, tx, membership.shelter_id, id).await)
            .await?;
    }
    deps.write(async |tx| {
        forget_rows(tx, id).await?;
        forget_mails(tx, id).await?;
        claims::forget_networks(tx, id).await?;
        moderation::forget_member(tx, id).await
    })
    .await?;
    erase_exports(deps, id).await?;
    withdraw_pictures(deps, id).await?;
    Ok(Outcome::Done)
}

/// Takes back the pictures that nothing shows any more, the avatar among them; those of a shelter's animals stay.
async fn withdraw_pictures(deps: &Deps, id: MemberId) -> Result<()> {
    let pictures = photo::Entity::find()
        .select_only()
        .column(photo::Column::Id)
        .filter(photo::COLUMN.owner_id.eq(id))
        .filter(
            photo::COLUMN
                .purpose
                .is_in([UploadPurpose::PetPhoto, UploadPurpose::Avatar]),
        );
    let pictures: Vec<PhotoId> = pictures.into_tuple().all(deps.db.read()).await?;
    for part in pictures.chunks(500) {
        deps.write(async |tx| photos::note_shown(tx, part).await).await?;
    }
    Ok(())
}

async fn erase_reports(deps: &Deps, id: MemberId) -> Result<()> {
    let mut last = PetId(Uuid::nil());
    loop {
        let next = pet::Entity::find()
            .select_only()
            .column(pet::Column::Id)
            .filter(pet::COLUMN.reporter_id.eq(id))
            .filter(pet::COLUMN.shelter_id.is_null())
            .filter(pet::COLUMN.id.gt(last))
            .order_by_asc(pet::Column::Id)
            .limit(BATCH);
        let ids: Vec<PetId> = next.into_tuple().all(deps.db.read()).await?;
        let Some(end) = ids.last() else { return Ok(()) };
        last = *end;
        for pet in ids {
            deps.write(async |tx| erase_report(tx, pet).await).await?;
        }
    }
}

/// The report goes from the map and the lists, its matches and claims end, and nobody sees its pictures any more. What was
/// private in it goes wherever it was copied to.
async fn erase_report(tx: &Tx, id: PetId) -> Result<()> {
    let pictures = pet_photo::Entity::find()
        .select_only()
        .column(pet_photo::Column::PhotoId)
        .filter(pet_photo::COLUMN.pet_id.eq(id));
    let pictures: Vec<PhotoId> = pictures.into_tuple().all(tx).await?;
    pet_photo::Entity::delete_many()
        .filter(pet_photo::COLUMN.pet_id.eq(id))
        .exec(tx)
        .await?;
    photos::note_shown(tx, &pictures).await?;
    pets::erase_report(tx, id).await?;
    claims::empty_claims(tx, id).await?;
    moderation::forget_description(tx, id).await
}

/// Forgets to whom mails of the member went. Those that still wait are not sent any more.
async fn forget_mails(tx: &Tx, id: MemberId) -> Result<()> {
    outgoing_mail::Entity::update_many()
        .col_expr(outgoing_mail::Column::State, Expr::value(MailState::Refused))
        .col_expr(outgoing_mail::Column::Subject, Expr::value(""))
        .col_expr(outgoing_mail::Column::Body, Expr::value(""))
        .col_expr(outgoing_mail::Column::Html, Expr::value(""))
        .col_expr(outgoing_mail::Column::SettledAt, Expr::value(tx.now()))
        .filter(outgoing_mail::COLUMN.sender_id.eq(id))
        .filter(outgoing_mail::COLUMN.state.eq(MailState::Waiting))
        .exec(tx)
        .await?;
    outgoing_mail::Entity::update_many()
        .col_expr(outgoing_mail::Column::Recipient, Expr::value(""))
        .filter(outgoing_mail::COLUMN.sender_id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

macro_rules! delete_rows {
    ($tx:ident, $member:ident: $($table:ident.$owner:ident)+) => {
        $($table::Entity::delete_many().filter($table::COLUMN.$owner.eq($member)).exec($tx).await?;)+
    };
}

async fn forget_rows(tx: &Tx, id: MemberId) -> Result<()> {
    let searches = || {
        saved_search::Entity::find()
            .select_only()
            .column(saved_search::Column::Id)
            .filter(saved_search::COLUMN.member_id.eq(id))
            .into_query()
    };
    search_hit::Entity::delete_many()
        .filter(search_hit::Column::SearchId.in_subquery(searches()))
        .exec(tx)
        .await?;
    search_cell::Entity::delete_many()
        .filter(search_cell::Column::SearchId.in_subquery(searches()))
        .exec(tx)
        .await?;
    delete_rows!(tx, id:
        saved_search.member_id search_history_entry.member_id search_history_opt_out.member_id favorite.member_id
        notification.member_id consent.member_id match_alert.member_id match_digest.member_id
        block.blocker_id chat_settings.member_id safety_setting.member_id
        presence_hiding.member_id last_seen.member_id mask_anchor.member_id
        phone_verification.member_id credit_entry.member_id sms_account.member_id
    );
    sms_message::Entity::update_many()
        .col_expr(sms_message::Column::Body, Expr::value(""))
        .col_expr(sms_message::Column::ToPhone, Expr::value(""))
        .col_expr(sms_message::Column::FromPhone, Expr::value(None::<String>))
        .filter(sms_message::COLUMN.member_id.eq(id))
        .exec(tx)
        .await?;
    sighting::Entity::update_many()
        .col_expr(sighting::Column::ReporterId, Expr::value(None::<Uuid>))
        .filter(sighting::COLUMN.reporter_id.eq(id))
        .exec(tx)
        .await?;
    share::Entity::update_many()
        .col_expr(share::Column::MemberId, Expr::value(None::<Uuid>))
        .filter(share::COLUMN.member_id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}
