//! Ends sessions.

use entity::{id::SessionId, session};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use crate::{
    deps::{Deps, Tx},
    domain::accounts::{audit::audit, store},
    events::AccountEvent,
    kernel::{AtField, Error, Result, Viewer},
};

/// Ends the viewer's current session, or all of them.
pub async fn log_out(deps: &Deps, viewer: &Viewer, everywhere: bool) -> Result<()> {
    let Viewer::Member { id, session_id, .. } = viewer else {
        return Err(Error::Unauthenticated);
    };
    deps.write(async |tx| {
        let mut sessions = store::live_sessions_of(tx, *id, tx.now()).await?;
        sessions.retain(|session| everywhere || session.id == *session_id);
        revoke(tx, &sessions).await?;
        audit(
            deps,
            tx,
            viewer.actor(),
            "logged_out",
            Some(session_id.to_string()),
            None,
        )
        .await
    })
    .await
}

/// Ends one of the viewer's sessions.
pub async fn revoke_session(deps: &Deps, viewer: &Viewer, id: SessionId) -> Result<()> {
    let owner = viewer.require_member()?;
    deps.write(async |tx| {
        let session = store::find_session(tx, owner, id, tx.now()).await.at("id")?;
        revoke(tx, &[session]).await?;
        audit(deps, tx, viewer.actor(), "session_revoked", Some(id.to_string()), None).await
    })
    .await
}

/// Ends sessions in the caller's transaction; their sockets are closed.
pub async fn revoke(tx: &Tx, sessions: &[session::Model]) -> Result<()> {
    // In chunks, because a statement has a maximum number of values but a member has no maximum number of sessions.
    for part in sessions.chunks(500) {
        session::Entity::update_many()
            .col_expr(session::Column::RevokedAt, Expr::value(tx.now()))
            .filter(session::COLUMN.id.is_in(part.iter().map(|session| session.id)))
            .filter(session::COLUMN.revoked_at.is_null())
            .exec(tx)
            .await?;
    }
    for session in sessions {
        tx.announce(AccountEvent::SessionRevoked {
            session_id: session.id,
            member_id: session.member_id,
        });
    }
    Ok(())
}
