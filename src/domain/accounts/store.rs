//! Every look at members and their log-ins.

use std::{collections::HashMap, net::IpAddr, sync::Arc};

use entity::{
    Timestamp,
    id::{MemberId, SessionId},
    member, session,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait},
};

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

/// The account of a lower-cased address: the one that has verified it, or else the newest that has not.
pub async fn member_by_email(db: &impl ConnectionTrait, email: &str) -> Result<Option<member::Model>> {
    let (holder, claimant) = accounts_of(db, email).await?;
    Ok(holder.or(claimant))
}

/// The account that has verified an address, and the newest of those that have given it without verifying it.
pub(super) async fn accounts_of(
    db: &impl ConnectionTrait,
    email: &str,
) -> Result<(Option<member::Model>, Option<member::Model>)> {
    let found = by_address(email).limit(2).all(db).await?;
    let (proved, given): (Vec<_>, Vec<_>) = found.into_iter().partition(|account| account.email_verified);
    Ok((proved.into_iter().next(), given.into_iter().next()))
}

/// The accounts of an address, the one that has verified it first, then the newest.
fn by_address(email: &str) -> Select<member::Entity> {
    member::Entity::find()
        .filter(member::COLUMN.email.eq(email))
        .order_by_desc(member::Column::EmailVerified)
        .order_by_desc(member::Column::CreatedAt)
        .order_by_desc(member::Column::Id)
}

/// Holds all accounts of an address until the transaction ends, so that one of two who verify it at once is the first.
pub(super) async fn lock_accounts_of(tx: &Tx, email: &str) -> Result<Vec<member::Model>> {
    Ok(member::Entity::find()
        .filter(member::COLUMN.email.eq(email))
        .order_by_asc(member::Column::Id)
        .lock_exclusive()
        .all(tx)
        .await?)
}

/// From where the account of an address has logged in, as far as is remembered. One question, whether there is such an
/// account or not, so that its time tells nothing.
pub(super) async fn addresses_of(db: &impl ConnectionTrait, email: &str) -> Result<Vec<IpAddr>> {
    let account = by_address(email).limit(1).select_only().column(member::Column::Id);
    let addresses: Vec<Option<String>> = session::Entity::find()
        .select_only()
        .column(session::Column::Address)
        .filter(Expr::col(session::Column::MemberId).in_subquery(account.into_query()))
        .order_by_desc(session::Column::LastUsedAt)
        .order_by_desc(session::Column::Id)
        .limit(SESSIONS_SHOWN)
        .into_tuple()
        .all(db)
        .await?;
    Ok(addresses
        .into_iter()
        .flatten()
        .filter_map(|address| address.parse().ok())
        .collect())
}

/// The log-ins of a member that are good now, last used first, at most 100.
pub async fn sessions_of(db: &impl ConnectionTrait, id: MemberId, now: Timestamp) -> Result<Vec<session::Model>> {
    Ok(live(id, now).limit(SESSIONS_SHOWN).all(db).await?)
}

/// All of them, however many there are.
pub(super) async fn live_sessions_of(tx: &Tx, id: MemberId, now: Timestamp) -> Result<Vec<session::Model>> {
    Ok(live(id, now).all(tx).await?)
}

fn live(id: MemberId, now: Timestamp) -> Select<session::Entity> {
    session::Entity::find()
        .filter(session::COLUMN.member_id.eq(id))
        .filter(session::COLUMN.revoked_at.is_null())
        .filter(session::COLUMN.expires_at.gt(now))
        .order_by_desc(session::Column::LastUsedAt)
        .order_by_desc(session::Column::Id)
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
