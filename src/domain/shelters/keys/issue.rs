//! Makes keys and stores them as hashes.

use entity::{
    Timestamp, api_key,
    id::{ApiKeyId, MemberId, ShelterId},
};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::store::by_hash;
use crate::{
    deps::{Deps, Tx},
    kernel::{
        Error, FieldCode, Result,
        secret::{fingerprint, hex, keyed_hash},
    },
};

/// How keys begin. Programs that look for leaked secrets recognize it; keys of before begin with `sk_` alone.
const BEGINNING: &str = "sk_live_";
/// Length of the part of a key that is shown afterwards.
const SHOWN: usize = BEGINNING.len() + 4;

/// What a new key is for.
pub(super) struct Purpose {
    /// The shelter that the key acts for.
    pub shelter_id: ShelterId,
    /// Label for the staff.
    pub name: String,
    /// In their stored form.
    pub scopes: String,
    /// The ADMIN who makes it.
    pub created_by: MemberId,
    /// When it expires, if it does.
    pub expires_at: Option<Timestamp>,
}

/// A new key; its secret is shown only now, and to repeats of the same request.
pub struct NewKey {
    /// The stored key, without its secret.
    pub key: api_key::Model,
    /// Goes after `Bearer` in the Authorization header.
    pub secret: String,
}

/// A seed for one key.
pub(super) fn new_seed(deps: &Deps) -> String {
    hex(&deps.ids.secret())
}

/// Stores the key of a seed.
///
/// Its secret is computed from the installation's secret and the seed. If the request has an idempotency key, the seed
/// is kept with it for a day, so that a caller who lost the answer gets the same secret; otherwise it is not stored
/// anywhere.
pub(super) async fn issue(deps: &Deps, tx: &Tx, seed: &str, purpose: Purpose) -> Result<NewKey> {
    let secret = secret_of(deps, seed);
    let row = api_key::ActiveModel {
        id: Set(ApiKeyId(deps.ids.uuid(tx.now()))),
        shelter_id: Set(purpose.shelter_id),
        name: Set(purpose.name),
        prefix: Set(secret.chars().take(SHOWN).collect()),
        hash: Set(fingerprint(&secret)),
        scopes: Set(purpose.scopes),
        created_by: Set(purpose.created_by),
        created_at: Set(tx.now()),
        expires_at: Set(purpose.expires_at),
        replaced_by: Set(None),
        last_used_at: Set(None),
        last_used_address: Set(None),
        revoked_at: Set(None),
    };
    let key = api_key::Entity::insert(row).exec_with_returning(tx).await?;
    Ok(NewKey { key, secret })
}

/// The key that was made from a seed.
pub(super) async fn issued(deps: &Deps, tx: &Tx, seed: &str) -> Result<NewKey> {
    let secret = secret_of(deps, seed);
    let key = by_hash(tx, &fingerprint(&secret)).await?;
    let key = key.ok_or_else(|| {
        // The installation's secret has changed since: the seed no longer gives the key's.
        let message = "this key's secret can not be shown again: revoke the key that this request made, and create another one with a new idempotencyKey";
        Error::field("idempotencyKey", FieldCode::Conflict, message)
    })?;
    Ok(NewKey { key, secret })
}

fn secret_of(deps: &Deps, seed: &str) -> String {
    let body = hex(&keyed_hash(&deps.secret.key("API key"), seed.as_bytes()));
    format!("{BEGINNING}{body}")
}
