//! Asks members who are logged in for their password again, before something that a thief of a session must not do.

use std::time::Duration;

use entity::{id::MemberId, member};

use super::hashing::verify;
use crate::{
    deps::Deps,
    domain::accounts::{audit::audit, limits::PASSWORDS_CONFIRMED, store},
    kernel::{Error, FieldCode, Result, Viewer, viewer::Origin},
};

/// How long after a log-in the password need not be given again.
const RECENT: Duration = Duration::from_secs(15 * 60);

/// The member, if that is their password; `field` names where it was given.
pub async fn confirm_password(
    deps: &Deps,
    origin: &Origin,
    id: MemberId,
    field: &'static str,
    password: String,
) -> Result<member::Model> {
    deps.limit(&PASSWORDS_CONFIRMED, id).await?;
    let member = store::member_by_id(deps.db.read(), id).await?;
    if verify(deps, password, Some(member.password_hash.clone())).await? {
        deps.forget(&PASSWORDS_CONFIRMED, id).await;
        return Ok(member);
    }
    let address = Some(origin.address.to_string());
    deps.write(async |tx| audit(deps, tx, id.to_string(), "password_not_confirmed", None, address).await)
        .await?;
    let message = "this is not the password of your account: if you have forgotten it, ask for a new one";
    Err(Error::field(field, FieldCode::Invalid, message))
}

/// The member, if they logged in within the last quarter of an hour or give their password.
pub async fn confirm_recent(
    deps: &Deps,
    viewer: &Viewer,
    origin: &Origin,
    password: Option<String>,
) -> Result<member::Model> {
    let Viewer::Member { id, session_id, .. } = viewer else {
        return Err(viewer.require_member().err().unwrap_or(Error::Unauthenticated));
    };
    if let Some(password) = password {
        return confirm_password(deps, origin, *id, "password", password).await;
    }
    let (db, now) = (deps.db.read(), deps.clock.now());
    let session = store::find_session(db, *id, *session_id, now).await?;
    if now < session.created_at.plus(RECENT) {
        return store::member_by_id(db, *id).await;
    }
    let message = "you logged in more than 15 minutes ago: give your password once more";
    Err(Error::field("password", FieldCode::Required, message))
}
