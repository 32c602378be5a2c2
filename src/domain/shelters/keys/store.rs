//! Queries for keys. Only viewers who administer the shelter see them.

use std::collections::HashSet;

use entity::{
    Timestamp, api_key,
    id::{ApiKeyId, MemberId, ShelterId},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::{
    domain::staff::Actor,
    kernel::{Error, Result},
};

/// Maximum number of keys shown: the valid ones and the last that were revoked.
const SHOWN: u64 = 100;

/// A shelter's keys, newest first, at most 100; `None` for viewers who do not administer it.
pub async fn keys_of(
    db: &impl ConnectionTrait,
    actor: &Actor,
    shelter: ShelterId,
) -> Result<Option<Vec<api_key::Model>>> {
    if !actor.may_administer(shelter) {
        return Ok(None);
    }
    let keys = api_key::Entity::find()
        .filter(api_key::COLUMN.shelter_id.eq(shelter))
        .order_by_desc(api_key::Column::CreatedAt)
        .order_by_desc(api_key::Column::Id)
        .limit(SHOWN);
    Ok(Some(keys.all(db).await?))
}

/// A key of a shelter that the viewer administers.
pub async fn find_key(db: &impl ConnectionTrait, actor: &Actor, id: ApiKeyId) -> Result<api_key::Model> {
    let found = api_key::Entity::find_by_id(id).one(db).await?;
    found
        .filter(|key| actor.may_administer(key.shelter_id))
        .ok_or(Error::NotFound("API key"))
}

/// The key with this hash, whatever its state.
pub(super) async fn by_hash(db: &impl ConnectionTrait, hash: &str) -> Result<Option<api_key::Model>> {
    let key = api_key::Entity::find().filter(api_key::COLUMN.hash.eq(hash));
    Ok(key.one(db).await?)
}

/// The valid keys that a member has created for a shelter.
pub(super) async fn made_by(
    db: &impl ConnectionTrait,
    shelter: ShelterId,
    member: MemberId,
) -> Result<Vec<api_key::Model>> {
    let live = api_key::Entity::find()
        .filter(api_key::COLUMN.shelter_id.eq(shelter))
        .filter(api_key::COLUMN.created_by.eq(member))
        .filter(api_key::COLUMN.revoked_at.is_null());
    Ok(live.all(db).await?)
}

/// Keys that are valid at that time.
fn valid(now: Timestamp) -> Condition {
    let not_expired = Condition::any()
        .add(api_key::COLUMN.expires_at.is_null())
        .add(api_key::COLUMN.expires_at.gt(now));
    Condition::all()
        .add(api_key::COLUMN.revoked_at.is_null())
        .add(not_expired)
}

/// Number of valid keys of a shelter: those in use, and those that another key replaces and whose overlap goes on.
pub(super) async fn count_valid(db: &impl ConnectionTrait, shelter: ShelterId, now: Timestamp) -> Result<Counts> {
    let keys = || {
        let of_shelter = api_key::Entity::find().filter(api_key::COLUMN.shelter_id.eq(shelter));
        of_shelter.filter(valid(now))
    };
    let in_use = keys().filter(api_key::COLUMN.replaced_by.is_null());
    let replaced = keys().filter(api_key::COLUMN.replaced_by.is_not_null());
    Ok(Counts {
        in_use: in_use.count(db).await?,
        replaced: replaced.count(db).await?,
    })
}

/// Numbers of valid keys.
pub(super) struct Counts {
    /// Without those that were rotated.
    pub in_use: u64,
    /// Those that were rotated.
    pub replaced: u64,
}

/// Whether a key is valid at that time.
pub(in crate::domain::shelters) async fn is_live(
    db: &impl ConnectionTrait,
    id: ApiKeyId,
    now: Timestamp,
) -> Result<bool> {
    Ok(ended_keys(db, &[id], now).await?.is_empty())
}

/// The keys in the list that are no longer valid.
pub async fn ended_keys(db: &impl ConnectionTrait, ids: &[ApiKeyId], now: Timestamp) -> Result<Vec<ApiKeyId>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let live = api_key::Entity::find()
        .filter(api_key::COLUMN.id.is_in(ids.iter().copied()))
        .filter(valid(now));
    let live: HashSet<ApiKeyId> = live.all(db).await?.into_iter().map(|key| key.id).collect();
    Ok(ids.iter().filter(|id| !live.contains(id)).copied().collect())
}
