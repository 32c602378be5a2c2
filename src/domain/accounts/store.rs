//! Queries for members and their sessions.

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
    deps::{BatchedQuery, Deps, Tx},
    kernel::{Error, FieldCode, FieldError, Result, Viewer, network::subscriber_network},
};

/// Maximum number of sessions that a member is shown.
const SESSIONS_SHOWN: u64 = 100;

/// A member by id. Member profiles are public, so there is no viewer here.
pub async fn member_by_id(db: &impl ConnectionTrait, id: MemberId) -> Result<member::Model> {
    member::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound("member"))
}

/// Locks a member's row until the transaction ends, so that counts of the member's data stay correct.
pub async fn lock_member(tx: &Tx, id: MemberId) -> Result<()> {
    let held = member::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    held.map(drop).ok_or(Error::NotFound("member"))
}

/// Members by id, those that exist, in no particular order.
pub async fn members_by_ids(db: &impl ConnectionTrait, ids: &[MemberId]) -> Result<Vec<member::Model>> {
    Ok(member::Entity::find()
        .filter(member::COLUMN.id.is_in(ids.iter().copied()))
        .all(db)
        .await?)
}

/// A member, fetched in one query with others requested at the same moment.
pub async fn member_batched(deps: &Deps, id: MemberId) -> Result<Option<Arc<member::Model>>> {
    deps.ask(ById(id)).await
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct ById(MemberId);

impl BatchedQuery for ById {
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

/// The account that has verified an address, and the newest of those that gave it without verifying it.
pub(super) async fn accounts_of(
    db: &impl ConnectionTrait,
    email: &str,
) -> Result<(Option<member::Model>, Option<member::Model>)> {
    let found = by_address(email).limit(2).all(db).await?;
    let (proved, given): (Vec<_>, Vec<_>) = found.into_iter().partition(|account| account.email_verified);
    Ok((proved.into_iter().next(), given.into_iter().next()))
}

/// The accounts with an address, starting with the one that has verified it, then by age, newest first.
fn by_address(email: &str) -> Select<member::Entity> {
    member::Entity::find()
        .filter(member::COLUMN.email.eq(email))
        .order_by_desc(member::Column::EmailVerified)
        .order_by_desc(member::Column::CreatedAt)
        .order_by_desc(member::Column::Id)
}

/// Locks all accounts with an address until the transaction ends, so that only one of two concurrent requests verifies
/// it.
pub(super) async fn lock_accounts_of(tx: &Tx, email: &str) -> Result<Vec<member::Model>> {
    Ok(member::Entity::find()
        .filter(member::COLUMN.email.eq(email))
        .order_by_asc(member::Column::Id)
        .lock_exclusive()
        .all(tx)
        .await?)
}

/// IP addresses from which the account with this address has logged in, as far as they are kept. The query is the same
/// whether such an account exists or not, so that timing reveals nothing.
async fn addresses_of(db: &impl ConnectionTrait, email: &str) -> Result<Vec<IpAddr>> {
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

/// Whether the account with this address has logged in from that network before.
pub(super) async fn is_known_network(db: &impl ConnectionTrait, from: IpAddr, email: &str) -> Result<bool> {
    let network = subscriber_network(from);
    let known = addresses_of(db, email).await?;
    Ok(known.into_iter().any(|address| subscriber_network(address) == network))
}

/// A member's valid sessions, last used first, at most 100.
pub async fn sessions_of(db: &impl ConnectionTrait, id: MemberId, now: Timestamp) -> Result<Vec<session::Model>> {
    Ok(live(id, now).limit(SESSIONS_SHOWN).all(db).await?)
}

/// All of them, without a limit.
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

/// A valid session of that member.
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

/// Locks the viewer's row and refuses if their log-in has ended meanwhile, so that what opens the account is never added by
/// somebody who was thrown out at the same moment.
pub(super) async fn lock_logged_in(tx: &Tx, viewer: &Viewer) -> Result<MemberId> {
    let Viewer::Member { id, session_id, .. } = viewer else {
        return Err(viewer.require_member().err().unwrap_or(Error::Unauthenticated));
    };
    lock_member(tx, *id).await?;
    match find_session(tx, *id, *session_id, tx.now()).await {
        Err(Error::NotFound(_)) => Err(Error::Unauthenticated),
        found => found.map(|session| session.member_id),
    }
}

/// Refuses an account whose address was not verified: whoever prepared a way into it would keep that when the holder of the
/// address takes the account over.
pub(super) fn require_verified(member: &member::Model) -> Result<()> {
    if member.email_verified {
        return Ok(());
    }
    Err(Error::Invalid(vec![FieldError {
        path: Vec::new(),
        code: FieldCode::Unverified,
        message: "verify your e-mail address first: it must be known whose account this is".to_owned(),
    }]))
}

/// A session, whatever its state.
pub(super) async fn session_with_id(db: &impl ConnectionTrait, id: SessionId) -> Result<Option<session::Model>> {
    Ok(session::Entity::find_by_id(id).one(db).await?)
}

/// Whether a session is neither revoked nor expired.
pub(super) fn is_live(session: &session::Model, now: Timestamp) -> bool {
    session.revoked_at.is_none() && now < session.expires_at
}

/// Whether any account exists.
pub async fn has_members(db: &impl ConnectionTrait) -> Result<bool> {
    Ok(member::Entity::find().limit(1).one(db).await?.is_some())
}
