//! Authenticates a member by access token.

use entity::{
    Timestamp,
    id::{MemberId, SessionId},
};

use super::access_tokens;
use crate::{
    deps::Deps,
    domain::accounts::store,
    kernel::{Error, Result, Viewer},
};

/// A member whose token has been verified.
pub struct Authenticated {
    /// The member as a viewer.
    pub viewer: Viewer,
    /// The member.
    pub member_id: MemberId,
    /// The session that the token belongs to.
    pub session_id: SessionId,
    /// When the token expires.
    pub expires_at: Timestamp,
}

/// Verifies a token and its session; the member's current role is used.
pub async fn authenticate_member(deps: &Deps, token: &str) -> Result<Authenticated> {
    let claims = access_tokens::read(deps, token)?;
    let (db, now) = (deps.db.read(), deps.clock.now());
    let session = store::find_session(db, claims.sub, claims.sid, now)
        .await
        .map_err(refused)?;
    let member = store::member_by_id(db, session.member_id).await.map_err(refused)?;
    Ok(Authenticated {
        viewer: Viewer::Member {
            id: member.id,
            role: member.role,
            session_id: session.id,
        },
        member_id: member.id,
        session_id: session.id,
        expires_at: Timestamp(claims.exp * 1000),
    })
}

fn refused(error: Error) -> Error {
    match error {
        Error::NotFound(_) => Error::Unauthenticated,
        other => other,
    }
}
