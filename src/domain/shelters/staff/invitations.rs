//! Queries for pending invitations. Only viewers who administer the shelter see them.

use entity::{
    Timestamp,
    id::{InvitationId, MemberId, ShelterId},
    staff_invitation,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use crate::{
    deps::Tx,
    domain::staff::Actor,
    kernel::{Error, Result},
};

/// Maximum number of invitations shown.
const SHOWN: u64 = 500;

/// A shelter's pending invitations, newest first, at most 500; `None` for viewers who do not administer it.
pub async fn invitations_of(
    db: &impl ConnectionTrait,
    actor: &Actor,
    shelter: ShelterId,
    now: Timestamp,
) -> Result<Option<Vec<staff_invitation::Model>>> {
    if !actor.may_administer(shelter) {
        return Ok(None);
    }
    let invitations = waiting(now)
        .filter(staff_invitation::COLUMN.shelter_id.eq(shelter))
        .order_by_desc(staff_invitation::Column::CreatedAt)
        .order_by_desc(staff_invitation::Column::Id)
        .limit(SHOWN);
    Ok(Some(invitations.all(db).await?))
}

/// A pending invitation of a shelter that the viewer administers.
pub async fn find_invitation(
    db: &impl ConnectionTrait,
    actor: &Actor,
    id: InvitationId,
    now: Timestamp,
) -> Result<staff_invitation::Model> {
    let found = waiting(now).filter(staff_invitation::COLUMN.id.eq(id)).one(db).await?;
    found
        .filter(|invitation| actor.may_administer(invitation.shelter_id))
        .ok_or(Error::NotFound("invitation"))
}

fn waiting(now: Timestamp) -> Select<staff_invitation::Entity> {
    staff_invitation::Entity::find()
        .filter(staff_invitation::COLUMN.accepted_at.is_null())
        .filter(staff_invitation::COLUMN.expires_at.gt(now))
}

/// Withdraws the pending invitations that a member has sent for a shelter.
pub(super) async fn withdraw_all_of(tx: &Tx, shelter: ShelterId, member: MemberId) -> Result<()> {
    staff_invitation::Entity::delete_many()
        .filter(staff_invitation::COLUMN.shelter_id.eq(shelter))
        .filter(staff_invitation::COLUMN.invited_by.eq(member))
        .filter(staff_invitation::COLUMN.accepted_at.is_null())
        .exec(tx)
        .await?;
    Ok(())
}
