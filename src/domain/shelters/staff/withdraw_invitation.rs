//! Withdraws an invitation.

use entity::{id::InvitationId, staff_invitation};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::invitations::find_invitation;
use crate::{
    deps::{Deps, note_done, unless_done},
    domain::{accounts, staff::Actor},
    kernel::{AtField, Error, Result, Viewer},
};

/// Name under which withdrawals are remembered.
const ACTION: &str = "withdrawInvitation";

/// Withdraws a pending invitation: its token is no longer valid. Does nothing if the viewer has withdrawn it
/// before.
pub async fn withdraw_invitation(
    deps: &Deps,
    viewer: &Viewer,
    id: InvitationId,
) -> Result<Option<staff_invitation::Model>> {
    viewer.refuse_visitor()?;
    deps.write(async |tx| {
        let actor = Actor::of(tx, viewer).await?;
        let found = find_invitation(tx, &actor, id, tx.now()).await;
        let Some(invitation) = unless_done(tx, viewer, (ACTION, id), found).await.at("id")? else {
            return Ok(None);
        };
        let withdrawn = staff_invitation::Entity::delete_many()
            .filter(staff_invitation::COLUMN.id.eq(id))
            .filter(staff_invitation::COLUMN.accepted_at.is_null())
            .exec(tx)
            .await?;
        if withdrawn.rows_affected == 0 {
            // It was accepted or withdrawn at this moment.
            return Err(Error::NotFound("invitation")).at("id");
        }
        let subject = Some(invitation.shelter_id.to_string());
        accounts::audit(deps, tx, viewer.actor(), "invitation_withdrawn", subject, None).await?;
        note_done(tx, viewer, ACTION, id).await?;
        Ok(Some(invitation))
    })
    .await
}
