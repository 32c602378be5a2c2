//! Queries for keys. Only viewers who administer the shelter see them.

use std::collections::HashSet;

use entity::{
    api_key,
    id::{ApiKeyId, MemberId, ShelterId},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

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

/// Number of valid keys of a shelter.
pub(super) async fn count_live(db: &impl ConnectionTrait, shelter: ShelterId) -> Result<u64> {
    let live = api_key::Entity::find()
        .filter(api_key::COLUMN.shelter_id.eq(shelter))
        .filter(api_key::COLUMN.revoked_at.is_null());
    Ok(live.count(db).await?)
}

/// Whether a key is currently valid.
pub(in crate::domain::shelters) async fn is_live(db: &impl ConnectionTrait, id: ApiKeyId) -> Result<bool> {
    Ok(ended_keys(db, &[id]).await?.is_empty())
}

/// The keys in the list that are no longer valid.
pub async fn ended_keys(db: &impl ConnectionTrait, ids: &[ApiKeyId]) -> Result<Vec<ApiKeyId>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let live = api_key::Entity::find()
        .filter(api_key::COLUMN.id.is_in(ids.iter().copied()))
        .filter(api_key::COLUMN.revoked_at.is_null());
    let live: HashSet<ApiKeyId> = live.all(db).await?.into_iter().map(|key| key.id).collect();
    Ok(ids.iter().filter(|id| !live.contains(id)).copied().collect())
}
