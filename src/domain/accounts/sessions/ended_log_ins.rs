//! Finds sessions that have changed since somebody connected with them.

use std::collections::HashMap;

use entity::{
    Timestamp,
    id::{MemberId, SessionId},
    session,
    vocabulary::Role,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::{
    domain::accounts::store::{is_live, members_by_ids},
    kernel::Result,
};

/// Of these sessions, each with its member's role at that time, those that have ended or whose member's role has
/// changed.
pub async fn ended_log_ins(
    db: &impl ConnectionTrait,
    log_ins: &[(SessionId, Role)],
    now: Timestamp,
) -> Result<Vec<(SessionId, Role)>> {
    if log_ins.is_empty() {
        return Ok(Vec::new());
    }
    let sessions = session::Entity::find()
        .filter(session::COLUMN.id.is_in(log_ins.iter().map(|(id, _)| *id)))
        .all(db)
        .await?;
    let live: HashMap<SessionId, MemberId> = sessions
        .iter()
        .filter(|session| is_live(session, now))
        .map(|session| (session.id, session.member_id))
        .collect();
    let members: Vec<MemberId> = live.values().copied().collect();
    let members = members_by_ids(db, &members).await?;
    let roles: HashMap<MemberId, Role> = members.iter().map(|member| (member.id, member.role)).collect();
    let role_now = |id: &SessionId| roles.get(live.get(id)?).copied();
    let ended = log_ins.iter().filter(|(id, role)| role_now(id) != Some(*role));
    Ok(ended.copied().collect())
}
