//! Removes a member from a shelter's staff.

use entity::{
    id::{MemberId, ShelterId},
    shelter, shelter_staff,
    vocabulary::StaffRole,
};
use sea_orm::EntityTrait;

use super::invitations;
use crate::{
    deps::{Deps, Tx, note_done, unless_done},
    domain::{
        accounts,
        shelters::{access, keys, store},
        staff,
    },
    events::ShelterEvent,
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// Name under which removals are remembered.
const ACTION: &str = "removeStaff";

/// Removes a member from the staff; an ADMIN or the member themselves may do so. The last ADMIN cannot leave. The keys
/// that the member created for the shelter are revoked and their pending invitations withdrawn, so that they cannot get
/// back in. Idempotent.
pub async fn remove_staff(
    deps: &Deps,
    viewer: &Viewer,
    shelter_id: ShelterId,
    member_id: MemberId,
) -> Result<shelter::Model> {
    let subject = format!("{shelter_id} {member_id}");
    let leaves = viewer.member() == Some(member_id);
    deps.write(async |tx| {
        let shelter = if leaves {
            store::find(tx, shelter_id).await.at("shelterId")?
        } else {
            access::administered(tx, viewer, shelter_id).await?
        };
        // Two admins who remove each other at the same moment are handled one after the other.
        store::lock(tx, shelter_id).await?;
        let staff = staff::staff_of(tx, shelter_id).await?;
        let found = staff.iter().find(|row| row.member_id == member_id);
        let found = found.ok_or(Error::NotFound("member of this staff"));
        let Some(row) = unless_done(tx, viewer, (ACTION, &subject), found)
            .await
            .at("memberId")?
        else {
            return Ok(shelter);
        };
        let admins = staff.iter().filter(|row| row.role == StaffRole::Admin).count();
        if row.role == StaffRole::Admin && admins == 1 {
            let message = "this is the last ADMIN of the shelter: invite another one first";
            return Err(Error::field("memberId", FieldCode::NotAllowed, message));
        }
        shelter_staff::Entity::delete_by_id((shelter_id, member_id))
            .exec(tx)
            .await?;
        keys::revoke_keys_of(deps, tx, viewer, shelter_id, member_id).await?;
        invitations::withdraw_all_of(tx, shelter_id, member_id).await?;
        note_done(tx, viewer, ACTION, &subject).await?;
        accounts::audit(deps, tx, viewer.actor(), "staff_removed", Some(subject), None).await?;
        tx.announce(ShelterEvent::StaffChanged { shelter_id, member_id });
        Ok(shelter)
    })
    .await
}

/// Takes a deleted member from the staff, with the keys and invitations that they made. Running it twice changes nothing.
pub async fn erase_staff(deps: &Deps, tx: &Tx, shelter_id: ShelterId, member_id: MemberId) -> Result<()> {
    store::lock(tx, shelter_id).await?;
    let gone = shelter_staff::Entity::delete_by_id((shelter_id, member_id))
        .exec(tx)
        .await?;
    if gone.rows_affected == 1 {
        keys::revoke_keys_of(deps, tx, &Viewer::System, shelter_id, member_id).await?;
        invitations::withdraw_all_of(tx, shelter_id, member_id).await?;
        tx.announce(ShelterEvent::StaffChanged { shelter_id, member_id });
    }
    Ok(())
}
