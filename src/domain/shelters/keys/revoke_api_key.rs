//! Revokes keys.

use entity::{
    api_key,
    id::{ApiKeyId, MemberId, ShelterId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::store::{find_key, made_by};
use crate::{
    deps::{Deps, Tx},
    domain::{accounts, staff::Actor},
    events::Event,
    kernel::{AtField, Error, Result, Viewer},
};

/// Revokes a key permanently and at once, and closes sockets that use it; repeating it is harmless.
pub async fn revoke_api_key(deps: &Deps, viewer: &Viewer, id: ApiKeyId) -> Result<api_key::Model> {
    if *viewer == Viewer::Visitor {
        return Err(Error::Unauthenticated);
    }
    deps.write(async |tx| {
        let actor = Actor::of(tx, viewer).await?;
        find_key(tx, &actor, id).await.at("id")?;
        revoke(deps, tx, viewer, id).await?;
        find_key(tx, &actor, id).await
    })
    .await
}

/// Revokes the keys that a member has created for a shelter, in the caller's transaction.
pub(in crate::domain::shelters) async fn revoke_keys_of(
    deps: &Deps,
    tx: &Tx,
    viewer: &Viewer,
    shelter: ShelterId,
    member: MemberId,
) -> Result<()> {
    for key in made_by(tx, shelter, member).await? {
        revoke(deps, tx, viewer, key.id).await?;
    }
    Ok(())
}

async fn revoke(deps: &Deps, tx: &Tx, viewer: &Viewer, id: ApiKeyId) -> Result<()> {
    let revoked = api_key::Entity::update_many()
        .col_expr(api_key::Column::RevokedAt, Expr::value(tx.now()))
        .filter(api_key::COLUMN.id.eq(id))
        .filter(api_key::COLUMN.revoked_at.is_null())
        .exec(tx)
        .await?;
    if revoked.rows_affected == 1 {
        tx.announce(Event::ApiKeyRevoked { api_key_id: id });
        accounts::audit(deps, tx, viewer.actor(), "api_key_revoked", Some(id.to_string()), None).await?;
    }
    Ok(())
}
