//! Gives a member of a shelter's staff another role.

use entity::{
    id::{MemberId, ShelterId},
    shelter_staff,
    vocabulary::StaffRole,
};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::invitations;
use crate::{
    deps::Deps,
    domain::{
        accounts,
        shelters::{access, keys, store},
        staff,
    },
    events::ShelterEvent,
    kernel::{Error, FieldCode, Result, Viewer},
};

/// Which role a member of the staff is to have.
#[derive(Debug, Clone, Copy)]
pub struct ChangeStaffRole {
    /// The shelter.
    pub shelter_id: ShelterId,
    /// A member of its staff.
    pub member_id: MemberId,
    /// The new role.
    pub role: StaffRole,
}

/// Changes a role; for ADMINs. The last ADMIN keeps theirs. The keys and pending invitations of an ADMIN who becomes less
/// end, as when they leave. Idempotent.
pub async fn change_staff_role(deps: &Deps, viewer: &Viewer, input: ChangeStaffRole) -> Result<shelter_staff::Model> {
    let ChangeStaffRole {
        shelter_id,
        member_id,
        role,
    } = input;
    deps.write(async |tx| {
        access::administered(tx, viewer, shelter_id).await?;
        // Two admins who demote each other at the same moment are handled one after the other.
        store::lock(tx, shelter_id).await?;
        let staff = staff::staff_of(tx, shelter_id).await?;
        let found = staff.iter().find(|row| row.member_id == member_id).cloned();
        let found = found.ok_or_else(|| {
            let message = "this member does not work for the shelter: invite them first";
            Error::field("memberId", FieldCode::NotFound, message)
        })?;
        if found.role == role {
            return Ok(found);
        }
        if found.role == StaffRole::Admin {
            let admins = staff.iter().filter(|row| row.role == StaffRole::Admin).count();
            if admins == 1 {
                let message = "this is the last ADMIN of the shelter: make another one first";
                return Err(Error::field("memberId", FieldCode::NotAllowed, message));
            }
            keys::revoke_keys_of(deps, tx, viewer, shelter_id, member_id).await?;
            invitations::withdraw_all_of(tx, shelter_id, member_id).await?;
        }
        let row = shelter_staff::ActiveModel {
            shelter_id: Set(shelter_id),
            member_id: Set(member_id),
            role: Set(role),
            ..Default::default()
        };
        let changed = shelter_staff::Entity::update(row).exec(tx).await?;
        let subject = Some(format!("{shelter_id} {member_id}"));
        accounts::audit(deps, tx, viewer.actor(), "staff_role_changed", subject, None).await?;
        tx.announce(ShelterEvent::StaffChanged { shelter_id, member_id });
        Ok(changed)
    })
    .await
}
