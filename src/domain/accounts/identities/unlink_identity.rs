//! Takes an account at another service from the viewer's.

use entity::{id::IdentityId, identity, member};
use sea_orm::EntityTrait;

use super::store;
use crate::{
    deps::Deps,
    domain::accounts::{audit::audit, password::confirm_recent},
    events::{AccountEvent, SecurityChange},
    kernel::{AtField, Result, Viewer, viewer::Origin},
};

/// Unlinks one of the viewer's identities. Whoever has no other way in has a new password sent to their address. A mail tells
/// the member.
pub async fn unlink_identity(
    deps: &Deps,
    viewer: &Viewer,
    origin: &Origin,
    id: IdentityId,
    password: Option<String>,
) -> Result<member::Model> {
    let member = confirm_recent(deps, viewer, origin, password).await?;
    deps.write(async |tx| {
        let identity = store::identity_of(tx, member.id, id).await.at("id")?;
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
