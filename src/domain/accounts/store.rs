//! Every look at members and their log-ins.

use std::{collections::HashMap, sync::Arc};

use entity::{
    Timestamp,
    id::{MemberId, SessionId},
    member, session,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    deps::{Deps, Question, Tx},
    kernel::{Error, Result},
};

/// Most log-ins that a member is shown.
const SESSIONS_SHOWN: u64 = 100;

/// A member by id. What others see of a member is public, so there is no viewer here.
pub async fn member_by_id(db: &impl ConnectionTrait, id: MemberId) -> Result<member::Model> {
    member::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound("member"))
}

/// Holds a member's row until the transaction ends, so that what is counted of theirs meanwhile stays true.
pub async fn lock_member(tx: &Tx, id: MemberId) -> Result<()> {
    let held = member::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    held.map(drop).ok_or(Error::NotFound("member"))
}

/// Members by id, those that exist, in no order.
pub async fn members_by_ids(db: &impl ConnectionTrait, ids: &[MemberId]) -> Result<Vec<member::Model>> {
    Ok(member::Entity::find()
        .filter(member::COLUMN.id.is_in(ids.iter().copied()))
        .all(db)
        .await?)
}

/// A member, looked up together with others that are wanted at the same moment.
pub async fn member_soon(deps: &Deps, id: MemberId) -> Result<Option<Arc<member::Model>>> {
    deps.ask(ById(id)).await
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct ById(MemberId);

impl Question for ById {
    type Answer = Arc<member::Model>;

    async fn look(deps: &Deps, asked: &[Self]) -> Result<HashMap<Self, Self::Answer>> {
        let ids: Vec<MemberId> = asked.iter().map(|by| by.0).collect();
        let members = members_by_ids(deps.db.read(), &ids).await?;
        Ok(members.into_iter().map(|row| (ById(row.id), Arc::new(row))).collect())
    }
}

/// A member by lower-cased address.
pub async fn member_by_email(db: &impl ConnectionTrait, email: &str) -> Result<Option<member::Model>> {
    Ok(member::Entity::find()
        .filter(member::COLUMN.email.eq(email))
        .one(db)
        .await?)
}

/// The log-ins of a member that are good now, last used first.
pub async fn sessions_of(db: &impl ConnectionTrait, id: MemberId, now: Timestamp) -> Result<Vec<session::Model>> {
    let live = session::Entity::find()
        .filter(session::COLUMN.member_id.eq(id))
        .filter(session::COLUMN.revoked_at.is_null())
        .filter(session::COLUMN.expires_at.gt(now))
        .order_by_desc(session::Column::LastUsedAt)
        .order_by_desc(session::Column::Id)
        .limit(SESSIONS_SHOWN);
    Ok(live.all(db).await?)
}

/// A log-in of that member that is good now.
pub async fn find_session(
    db: &impl ConnectionTrait,
    owner: MemberId,
    id: SessionId,
    now: Timestamp,
) -> Result<session::Model> {
    session_with_id(db, id)
        .await?
        .filter(|session| session.member_id == owner && is_live(session, now))
        .ok_or(Error::NotFound("session"))
}

/// A log-in, whatever its state.
pub(super) async fn session_with_id(db: &impl ConnectionTrait, id: SessionId) -> Result<Option<session::Model>> {
    Ok(session::Entity::find_by_id(id).one(db).await?)
}

/// Whether a log-in is neither revoked nor past its end.
pub(super) fn is_live(session: &session::Model, now: Timestamp) -> bool {
    session.revoked_at.is_none() && now < session.expires_at
}

/// Whether there is any account.
pub async fn has_members(db: &impl ConnectionTrait) -> Result<bool> {
    Ok(member::Entity::find().limit(1).one(db).await?.is_some())
}
