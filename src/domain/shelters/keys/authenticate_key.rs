//! Authenticates a script by API key.

use std::time::Duration;

use entity::api_key;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, sea_query::Expr};

use super::store::by_hash;
use crate::{
    deps::Deps,
    kernel::{Error, Result, Scope, Viewer, secret::fingerprint},
};

/// Precision of the last-used time: a write for every request would cost more than the information is worth.
const EVERY: Duration = Duration::from_secs(3600);

/// The viewer for a key that has not been revoked.
pub async fn authenticate_key(deps: &Deps, token: &str) -> Result<Viewer> {
    let found = by_hash(deps.db.read(), &fingerprint(token)).await?;
    let key = found
        .filter(|key| key.revoked_at.is_none())
        .ok_or(Error::Unauthenticated)?;
    let stale = deps.clock.now().minus(EVERY);
    if key.last_used_at.is_none_or(|used| used <= stale) {
        touch(deps, &key).await?;
    }
    Ok(Viewer::Key {
        id: key.id,
        shelter_id: key.shelter_id,
        scopes: key.scopes.split(' ').filter_map(Scope::parse).collect(),
    })
}

async fn touch(deps: &Deps, key: &api_key::Model) -> Result<()> {
    deps.write(async |tx| {
        let stale = Condition::any()
            .add(api_key::COLUMN.last_used_at.is_null())
            .add(api_key::COLUMN.last_used_at.lte(tx.now().minus(EVERY)));
        api_key::Entity::update_many()
            .col_expr(api_key::Column::LastUsedAt, Expr::value(tx.now()))
            .filter(api_key::COLUMN.id.eq(key.id))
            .filter(stale)
            .exec(tx)
            .await?;
        Ok(())
    })
    .await
}
