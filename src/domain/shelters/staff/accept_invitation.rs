//! Accepts an invitation to a shelter's staff.

use entity::{id::MemberId, shelter_staff, staff_invitation};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use crate::{
    deps::{Deps, Tx},
    domain::{accounts, shelters::access},
    events::Event,
    kernel::{Error, FieldCode, Result, Viewer, secret::fingerprint},
};

/// Redeems the token from the mail, for the member whose address was invited. Repeating it is harmless. The token is
/// valid only as long as the sender may invite staff.
pub async fn accept_invitation(deps: &Deps, viewer: &Viewer, token: &str) -> Result<shelter_staff::Model> {
    let member_id = viewer.require_member()?;
    let hash = fingerprint(token.trim());
    deps.write(async |tx| {
        let found = staff_invitation::Entity::find()
            .filter(staff_invitation::COLUMN.token_hash.eq(hash.as_str()))
            .one(tx)
            .await?;
        let invitation = found.ok_or_else(over)?;
        let member = accounts::member_by_id(tx, member_id).await?;
        if member.email != invitation.email {
            let message = "this invitation is for another address: log in with the account whose address got the mail";
            return Err(Error::field("token", FieldCode::NotAllowed, message));
        }
        let is_open = invitation.accepted_at.is_none() && tx.now() < invitation.expires_at;
        if is_open && access::may_invite(tx, invitation.invited_by, invitation.shelter_id).await? {
            join(deps, tx, &invitation, member_id).await?;
        }
        let key = (invitation.shelter_id, member_id);
        let row = shelter_staff::Entity::find_by_id(key).one(tx).await?;
        row.ok_or_else(over)
    })
    .await
}

/// Joins the staff, unless another request with this token was faster and has done so.
async fn join(deps: &Deps, tx: &Tx, invitation: &staff_invitation::Model, member_id: MemberId) -> Result<()> {
    let taken = staff_invitation::Entity::update_many()
        .col_expr(staff_invitation::Column::AcceptedAt, Expr::value(tx.now()))
        .filter(staff_invitation::COLUMN.id.eq(invitation.id))
        .filter(staff_invitation::COLUMN.accepted_at.is_null())
        .exec(tx)
        .await?;
    if taken.rows_affected == 0 {
        return Ok(());
    }
    let shelter_id = invitation.shelter_id;
    let row = shelter_staff::ActiveModel {
        shelter_id: Set(shelter_id),
        member_id: Set(member_id),
        role: Set(invitation.role),
        created_at: Set(tx.now()),
    };
    shelter_staff::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    let subject = Some(shelter_id.to_string());
    accounts::audit(deps, tx, member_id.to_string(), "staff_joined", subject, None).await?;
    tx.announce(Event::StaffChanged { shelter_id, member_id });
    Ok(())
}

fn over() -> Error {
    let message = "this invitation is unknown, expired or withdrawn: ask the shelter for a new one";
    Error::field("token", FieldCode::Expired, message)
}
