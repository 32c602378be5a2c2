//! Authenticates a script by API key.

use std::{net::IpAddr, time::Duration};

use entity::{Timestamp, api_key, api_key_network};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use super::store::by_hash;
use crate::{
    deps::{DAY, Deps, Limit, Tx},
    domain::accounts::audit,
    kernel::{Error, Result, Scope, Viewer, network::subscriber_network, secret::fingerprint},
};

/// Precision of the last-used time: a write for every request would cost more than the information is worth.
const EVERY: Duration = Duration::from_secs(3600);

/// Networks of one key that are noted. Whoever has a key and many addresses cannot fill the audit log with them.
pub(in crate::domain::shelters) const NETWORKS: Limit =
    Limit::new("api-key-network", 50, "networks", DAY).of("of one API key");

/// A script whose key has been verified.
pub struct AuthenticatedKey {
    /// The script as a viewer.
    pub viewer: Viewer,
    /// When the key expires, if it does.
    pub expires_at: Option<Timestamp>,
}

/// The viewer for a key that has neither been revoked nor expired. The first use from a network is audited; later ones
/// are noted once an hour.
pub async fn authenticate_key(deps: &Deps, token: &str, address: IpAddr) -> Result<AuthenticatedKey> {
    let found = by_hash(deps.db.read(), &fingerprint(token)).await?;
    let key = found
        .filter(|key| key.revoked_at.is_none())
        .ok_or(Error::Unauthenticated)?;
    let now = deps.clock.now();
    if key.expires_at.is_some_and(|at| at <= now) {
        return Err(Error::KeyExpired);
    }
    let visit = Visit { key: &key, address };
    if !visit.is_noted_on_key(now) {
        visit.note(deps, now).await?;
    }
    Ok(AuthenticatedKey {
        viewer: Viewer::Key {
            id: key.id,
            shelter_id: key.shelter_id,
            scopes: key.scopes.split(' ').filter_map(Scope::parse).collect(),
        },
        expires_at: key.expires_at,
    })
}

/// A use of a key from an address.
struct Visit<'a> {
    key: &'a api_key::Model,
    address: IpAddr,
}

impl Visit<'_> {
    fn network(&self) -> String {
        subscriber_network(self.address).to_string()
    }

    /// Whether the last use that was noted is recent and from the same network, as it mostly is.
    fn is_noted_on_key(&self, now: Timestamp) -> bool {
        let last = self.key.last_used_address.as_deref();
        let last = last.and_then(|address| address.parse::<IpAddr>().ok());
        self.key.last_used_at.is_some_and(|used| now.minus(EVERY) < used)
            && last.map(subscriber_network) == Some(subscriber_network(self.address))
    }

    async fn note(&self, deps: &Deps, now: Timestamp) -> Result<()> {
        let known = api_key_network::Entity::find_by_id((self.key.id, self.network()))
            .one(deps.db.read())
            .await?;
        match known {
            Some(network) if now.minus(EVERY) < network.last_used_at => Ok(()),
            Some(_) => deps.write(async |tx| self.write(tx).await).await,
            None if deps.hit(&NETWORKS, self.key.id.to_string()).await.is_ok() => {
                deps.write(async |tx| self.write_first(deps, tx).await).await
            }
            None => Ok(()),
        }
    }

    async fn write_first(&self, deps: &Deps, tx: &Tx) -> Result<()> {
        let row = api_key_network::ActiveModel {
            api_key_id: Set(self.key.id),
            network: Set(self.network()),
            first_used_at: Set(tx.now()),
            last_used_at: Set(tx.now()),
        };
        let inserted = api_key_network::Entity::insert(row)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(tx)
            .await?;
        if inserted == 1 {
            let (key, address) = (self.key.id.to_string(), self.address.to_string());
            let action = "api_key_used_from_new_network";
            audit(deps, tx, key.clone(), action, Some(key), Some(address)).await?;
        }
        self.write(tx).await
    }

    async fn write(&self, tx: &Tx) -> Result<()> {
        api_key_network::Entity::update_many()
            .col_expr(api_key_network::Column::LastUsedAt, Expr::value(tx.now()))
            .filter(api_key_network::COLUMN.api_key_id.eq(self.key.id))
            .filter(api_key_network::COLUMN.network.eq(self.network()))
            .exec(tx)
            .await?;
        let earlier = Condition::any()
            .add(api_key::COLUMN.last_used_at.is_null())
            .add(api_key::COLUMN.last_used_at.lte(tx.now()));
        api_key::Entity::update_many()
            .col_expr(api_key::Column::LastUsedAt, Expr::value(tx.now()))
            .col_expr(api_key::Column::LastUsedAddress, Expr::value(self.address.to_string()))
            .filter(api_key::COLUMN.id.eq(self.key.id))
            .filter(earlier)
            .exec(tx)
            .await?;
        Ok(())
    }
}
