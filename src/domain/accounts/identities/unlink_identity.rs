//! Takes an account at another service from the viewer's.

use entity::{id::IdentityId, identity, member};
use sea_orm::EntityTrait;

use super::store;
use crate::{
    deps::{Deps, note_done, unless_done},
    domain::accounts::{audit::audit, password::confirm_recent},
    events::{AccountEvent, SecurityChange},
    kernel::{AtField, Result, Viewer, viewer::Origin},
};

/// The name under which it is recorded, so that a repeat succeeds.
const ACTION: &str = "unlinkIdentity";

/// Unlinks one of the viewer's identities. Whoever has no other way in must ask for a new password by mail afterwards, as
/// everybody can who has forgotten theirs; none is sent from here. A mail tells the member that the identity is gone.
pub async fn unlink_identity(
    deps: &Deps,
    viewer: &Viewer,
    origin: &Origin,
    id: IdentityId,
    password: Option<String>,
) -> Result<member::Model> {
    let member = confirm_recent(deps, viewer, origin, password).await?;
    deps.write(async |tx| {
        let found = store::identity_of(tx, member.id, id).await;
        let Some(identity) = unless_done(tx, viewer, (ACTION, id), found).await.at("id")? else {
            return Ok(member);
        };
        note_done(tx, viewer, ACTION, id).await?;
        identity::Entity::delete_by_id(identity.id).exec(tx).await?;
        let change = SecurityChange::IdentityUnlinked;
        let address = Some(origin.address.to_string());
        audit(deps, tx, viewer.actor(), change.name(), Some(id.to_string()), address).await?;
        tx.announce(AccountEvent::SecurityChanged {
            member_id: member.id,
            change,
        });
        Ok(member)
    })
    .await
}
