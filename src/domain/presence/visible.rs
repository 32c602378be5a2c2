//! The presence of members, as visible to a viewer.

use std::collections::{HashMap, HashSet};

use entity::{Timestamp, id::MemberId, vocabulary::PresenceVisibility};
use sea_orm::ConnectionTrait;

use super::store;
use crate::{
    deps::Deps,
    domain::{chat, safety},
    kernel::{Result, Viewer},
};

/// Whether a member is online, and when they were last online.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Presence {
    /// Whether they have a socket open.
    pub is_online: bool,
    /// When they last had a socket open, to the minute; the present time while they have one.
    pub last_seen_at: Option<Timestamp>,
}

/// The presence of the given members; those whose presence the viewer may not see are missing.
pub async fn presences(deps: &Deps, viewer: &Viewer, members: &[MemberId]) -> Result<HashMap<MemberId, Presence>> {
    let db = deps.db.read();
    let seen = visible(db, viewer, members).await?;
    if seen.is_empty() {
        return Ok(HashMap::new());
    }
    let online = deps.presence.online(&seen).await;
    let last_seen = store::last_seen(db, &seen).await?;
    let now = deps.clock.now();
    let presence = |member: MemberId| {
        let is_online = online.contains(&member);
        let last_seen_at = if is_online {
            Some(now)
        } else {
            last_seen.get(&member).copied()
        };
        let presence = Presence {
            is_online,
            last_seen_at,
        };
        (member, presence)
    };
    Ok(seen.into_iter().map(presence).collect())
}

/// The viewer, and members in contact with the viewer who do not hide their presence from them.
async fn visible(db: &impl ConnectionTrait, viewer: &Viewer, members: &[MemberId]) -> Result<Vec<MemberId>> {
    let Some(me) = viewer.member() else {
        return Ok(Vec::new());
    };
    let others: Vec<MemberId> = members.iter().copied().filter(|member| *member != me).collect();
    let mut seen = HashSet::new();
    if !others.is_empty() {
        seen = chat::companions_among(db, me, &others).await?;
        hide(db, me, &mut seen).await?;
    }
    if members.contains(&me) {
        seen.insert(me);
    }
    Ok(seen.into_iter().collect())
}

async fn hide(db: &impl ConnectionTrait, me: MemberId, seen: &mut HashSet<MemberId>) -> Result<()> {
    let members: Vec<MemberId> = seen.iter().copied().collect();
    if members.is_empty() {
        return Ok(());
    }
    let blocked = safety::blocked_either_way(db, me, &members).await?;
    let hiding = safety::hiding_from(db, me, &members).await?;
    let settings = safety::settings_of(db, &members).await?;
    let of_nobody = settings.iter().filter(|row| row.presence == PresenceVisibility::Nobody);
    let of_nobody: HashSet<MemberId> = of_nobody.map(|row| row.member_id).collect();
    seen.retain(|member| !blocked.contains(member) && !hiding.contains(member) && !of_nobody.contains(member));
    Ok(())
}
