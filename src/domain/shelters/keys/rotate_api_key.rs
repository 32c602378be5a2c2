//! Rotates a key: another one takes its place, and the old one goes on until every script has the new one.

use std::time::Duration;

use entity::{
    Timestamp, api_key,
    id::{ApiKeyId, ShelterId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};

use super::{
    issue::{NewKey, Purpose, issue, issued, new_seed},
    store::{count_valid, find_key},
};
use crate::{
    deps::{Deps, IdempotencyKey, Remembered, Tx, once},
    domain::{accounts::audit, shelters::store, staff::Actor},
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// Longest overlap, in hours: a week.
const LONGEST_OVERLAP: i32 = 168;
/// Maximum number of a shelter's keys that go on beside those that replace them.
const MOST_REPLACED: u64 = 20;

/// Input for rotating a key.
#[derive(Debug)]
pub struct RotateApiKey {
    /// The key to replace.
    pub id: ApiKeyId,
    /// For how many hours it goes on, 0 to 168.
    pub overlap_hours: i32,
    /// A repeat with the same key and input within 24 hours returns the first new API key, with its secret.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Makes a key with the name, scopes, shelter and lifetime of another one, which expires when the overlap ends, unless
/// it would before. A key is rotated once: of two requests at once, the second is refused, so that no script gets a key
/// that nobody knows of.
pub async fn rotate_api_key(deps: &Deps, viewer: &Viewer, input: RotateApiKey) -> Result<NewKey> {
    let RotateApiKey {
        id,
        overlap_hours,
        idempotency_key,
    } = input;
    viewer.refuse_visitor()?;
    let overlap = checked(overlap_hours);
    let seed = new_seed(deps);
    deps.write(async |tx| {
        let actor = Actor::of(tx, viewer).await?;
        let shelter = find_key(tx, &actor, id).await.at("id")?.shelter_id;
        let overlap = overlap?;
        let reservation = match once(tx, viewer, "rotateApiKey", idempotency_key.as_ref()).await? {
            Remembered::New(reservation) => reservation,
            Remembered::Done(seed) => return issued(deps, tx, &seed).await,
        };
        store::lock(tx, shelter).await?;
        let old = locked(tx, id).await?;
        check_state(&old, tx.now())?;
        check_room(tx, shelter).await?;
        let purpose = Purpose {
            shelter_id: shelter,
            name: old.name.clone(),
            scopes: old.scopes.clone(),
            created_by: viewer.require_member()?,
            expires_at: old.expires_at.map(|at| tx.now().plus(at.since(old.created_at))),
        };
        let made = issue(deps, tx, &seed, purpose).await?;
        replace(tx, &old, made.key.id, tx.now().plus(overlap)).await?;
        for (action, subject) in [("api_key_rotated", id), ("api_key_created", made.key.id)] {
            audit(deps, tx, viewer.actor(), action, Some(subject.to_string()), None).await?;
        }
        reservation.fulfil(tx, seed).await?;
        Ok(made)
    })
    .await
}

fn checked(overlap_hours: i32) -> Result<Duration> {
    let hours = u64::try_from(overlap_hours)
        .ok()
        .filter(|_| overlap_hours <= LONGEST_OVERLAP);
    hours.map(|hours| Duration::from_secs(hours * 60 * 60)).ok_or_else(|| {
        let message = format!("overlapHours must be from 0 to {LONGEST_OVERLAP}");
        Error::field("overlapHours", FieldCode::OutOfRange, message)
    })
}

/// The key as it is, locked until the transaction ends where the database locks rows.
async fn locked(tx: &Tx, id: ApiKeyId) -> Result<api_key::Model> {
    let found = api_key::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    found.ok_or(Error::NotFound("API key"))
}

fn check_state(key: &api_key::Model, now: Timestamp) -> Result<()> {
    let (code, message) = if key.revoked_at.is_some() {
        (
            FieldCode::NotAllowed,
            "this key was revoked: create another one with createApiKey",
        )
    } else if key.replaced_by.is_some() {
        (
            FieldCode::Conflict,
            "this key was rotated already: rotate the one that replaces it, or create another one",
        )
    } else if key.expires_at.is_some_and(|at| at <= now) {
        (
            FieldCode::Expired,
            "this key has expired: create another one with createApiKey",
        )
    } else {
        return Ok(());
    };
    Err(Error::field("id", code, message))
}

/// The new key takes the place of the old one, so that a shelter with the greatest number of keys can rotate them.
async fn check_room(tx: &Tx, shelter: ShelterId) -> Result<()> {
    if count_valid(tx, shelter, tx.now()).await?.replaced < MOST_REPLACED {
        return Ok(());
    }
    let message = format!(
        "{MOST_REPLACED} rotated keys of this shelter are still valid: revoke one, or wait until its overlap ends"
    );
    Err(Error::field("id", FieldCode::LimitReached, message))
}

async fn replace(tx: &Tx, old: &api_key::Model, by: ApiKeyId, overlap_ends: Timestamp) -> Result<()> {
    let expires_at = old.expires_at.map_or(overlap_ends, |at| at.min(overlap_ends));
    api_key::Entity::update_many()
        .col_expr(api_key::Column::ReplacedBy, Expr::value(by))
        .col_expr(api_key::Column::ExpiresAt, Expr::value(expires_at))
        .filter(api_key::COLUMN.id.eq(old.id))
        .exec(tx)
        .await?;
    Ok(())
}
