//! Names and removes passkeys.

use entity::{id::PasskeyId, member, passkey};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::store::find;
use crate::{
    deps::{Deps, note_done, unless_done},
    domain::accounts::{audit::audit, password::confirm_recent, store},
    events::{AccountEvent, SecurityChange},
    kernel::{AtField, Error, Result, Viewer, text, viewer::Origin},
};

/// The name under which a removal is recorded, so that a repeat succeeds.
const ACTION: &str = "removePasskey";

/// Input for removing a passkey.
pub struct RemovePasskey {
    /// Which one.
    pub id: PasskeyId,
    /// The account's password; needed only if the member logged in more than 15 minutes ago.
    pub password: Option<String>,
}

/// Gives one of the viewer's passkeys another name, 1 to 50 characters.
pub async fn rename_passkey(deps: &Deps, viewer: &Viewer, id: PasskeyId, name: &str) -> Result<passkey::Model> {
    let member_id = viewer.require_member()?;
    let name = label(name)?;
    deps.write(async |tx| {
        find(tx, member_id, id).await.at("id")?;
        let row = passkey::ActiveModel {
            id: Set(id),
            name: Set(name),
            ..Default::default()
        };
        Ok(passkey::Entity::update(row).exec(tx).await?)
    })
    .await
}

/// Removes one of the viewer's passkeys: it opens nothing any more. A mail tells the member.
pub async fn remove_passkey(
    deps: &Deps,
    viewer: &Viewer,
    origin: &Origin,
    input: RemovePasskey,
) -> Result<member::Model> {
    let member = confirm_recent(deps, viewer, origin, input.password).await?;
    deps.write(async |tx| {
        store::lock_member(tx, member.id).await?;
        let found = find(tx, member.id, input.id).await;
        let Some(row) = unless_done(tx, viewer, (ACTION, input.id), found).await.at("id")? else {
            return Ok(member);
        };
        note_done(tx, viewer, ACTION, input.id).await?;
        passkey::Entity::delete_by_id(row.id).exec(tx).await?;
        let (address, subject) = (Some(origin.address.to_string()), Some(row.id.to_string()));
        audit(
            deps,
            tx,
            viewer.actor(),
            SecurityChange::PasskeyRemoved.name(),
            subject,
            address,
        )
        .await?;
        tx.announce(AccountEvent::SecurityChanged {
            member_id: member.id,
            change: SecurityChange::PasskeyRemoved,
        });
        Ok(member)
    })
    .await
}

/// What a member calls a passkey.
pub fn label(name: &str) -> Result<String> {
    text::line("name", name, 50).map_err(|fault| Error::Invalid(vec![fault]))
}
