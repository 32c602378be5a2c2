//! Replaces a password that its member knows.

use entity::member;

use super::{
    check, confirm_password, hash,
    store::{set, void_tokens},
};
use crate::{
    deps::Deps,
    domain::accounts::{audit::audit, email::cancel_change, sessions::revoke, store},
    events::{AccountEvent, SecurityChange},
    kernel::{Error, Result, Viewer, viewer::Origin},
};

/// Input for changing the password.
pub struct ChangePassword {
    /// The present one.
    pub current_password: String,
    /// The new one, 8 to 200 characters.
    pub new_password: String,
}

/// Changes the viewer's password. All other sessions end, and a mail tells the member.
pub async fn change_password(
    deps: &Deps,
    viewer: &Viewer,
    origin: &Origin,
    input: ChangePassword,
) -> Result<member::Model> {
    let Viewer::Member { id, session_id, .. } = viewer else {
        return Err(viewer.require_member().err().unwrap_or(Error::Unauthenticated));
    };
    let ChangePassword {
        current_password,
        new_password,
    } = input;
    let member = confirm_password(deps, origin, *id, "currentPassword", current_password).await?;
    check("newPassword", &new_password, &member.email, &member.display_name)?;
    let password_hash = hash(deps, new_password).await?;
    deps.write(async |tx| {
        store::lock_member(tx, *id).await?;
        let present = store::member_by_id(tx, *id).await?;
        if present.password_hash != member.password_hash {
            return Err(Error::Conflict(
                "the password was changed meanwhile: log in with the new one".into(),
            ));
        }
        let mut others = store::live_sessions_of(tx, *id, tx.now()).await?;
        others.retain(|session| session.id != *session_id);
        revoke(tx, &others).await?;
        cancel_change(tx, *id).await?;
        void_tokens(tx, *id).await?;
        let address = Some(origin.address.to_string());
        audit(deps, tx, viewer.actor(), "password_changed", None, address).await?;
        tx.announce(AccountEvent::SecurityChanged {
            member_id: *id,
            change: SecurityChange::PasswordChanged,
        });
        set(tx, *id, password_hash).await
    })
    .await
}
