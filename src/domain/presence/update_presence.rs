//! Changes who can see whether a member is online.

use entity::{id::MemberId, member, vocabulary::PresenceVisibility};

use crate::{
    deps::{Deps, ring_presence},
    domain::{accounts, safety},
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// Shows the viewer's presence to members they have conversations with, or to nobody.
pub async fn update_presence(
    deps: &Deps,
    viewer: &Viewer,
    visibility: PresenceVisibility,
) -> Result<PresenceVisibility> {
    let me = viewer.require_member()?;
    deps.write(async |tx| safety::set_presence(tx, me, visibility).await)
        .await?;
    ring_presence(deps, &[me])?;
    Ok(visibility)
}

/// Hides the viewer's presence from one member, or shows it again; idempotent.
pub async fn hide_presence(deps: &Deps, viewer: &Viewer, from: MemberId, hide: bool) -> Result<member::Model> {
    let me = viewer.require_member()?;
    if from == me {
        return Err(Error::field(
            "memberId",
            FieldCode::NotAllowed,
            "you cannot hide from yourself",
        ));
    }
    let member = accounts::member_by_id(deps.db.read(), from).await.at("memberId")?;
    deps.write(async |tx| safety::set_hiding(tx, me, from, hide).await)
        .await?;
    ring_presence(deps, &[me])?;
    Ok(member)
}
