//! Idempotency keys: a request with a key takes effect once; a request without one takes effect every time.

use std::{collections::BTreeMap, time::Duration};

use entity::idempotency_key;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter, sea_query::OnConflict};
use serde_json::Value as Json;

use super::{Deps, Tx};
use crate::kernel::{Error, FieldCode, Result, Viewer, secret::fingerprint, text};

/// How long a key is remembered.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// Prefix of stored hashes in the current format.
const FORM: &str = "json1:";

/// The key of a request, with a hash of its input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    key: String,
    request_hash: String,
}

impl IdempotencyKey {
    /// `input` is the request's input without the key. Its field names must be stable, because a retry may arrive after
    /// an upgrade.
    pub fn new(key: impl Into<String>, input: Json) -> Self {
        Self {
            key: key.into(),
            request_hash: format!("{FORM}{}", fingerprint(canonical(input).to_string())),
        }
    }

    /// Whether the stored hash belongs to a different input. Hashes in the format of an earlier version cannot be
    /// compared, so for those the key alone counts.
    fn contradicts(&self, stored: &str) -> bool {
        stored.starts_with(FORM) && stored != self.request_hash
    }

    fn checked(&self) -> Result<String> {
        text::line("idempotencyKey", &self.key, 200).map_err(|fault| Error::Invalid(vec![fault]))
    }
}

/// The same value with sorted fields and without nulls, because a null field is equivalent to a missing one.
fn canonical(value: Json) -> Json {
    match value {
        Json::Object(fields) => {
            let fields: BTreeMap<String, Json> = fields.into_iter().collect();
            let given = fields.into_iter().filter(|(_, value)| !value.is_null());
            Json::Object(given.map(|(name, value)| (name, canonical(value))).collect())
        }
        Json::Array(values) => Json::Array(values.into_iter().map(canonical).collect()),
        value => value,
    }
}

/// The state of a key.
pub enum Remembered {
    /// The key is new: do the work, and fulfil this reservation in the same transaction.
    New(Reservation),
    /// The work has been done; this is the global id of its result.
    Done(String),
}

/// A key reserved by this transaction; empty for a request without a key.
pub struct Reservation(Option<Reserved>);

struct Reserved {
    actor: String,
    action: &'static str,
    key: String,
}

/// Whether the request repeats a completed one, so that it costs nothing of a limit. Limits are counted before the
/// transaction, which would hold up other writers, so this is only a first look: [`once`] decides.
pub async fn is_repeat(deps: &Deps, viewer: &Viewer, action: &str, key: Option<&IdempotencyKey>) -> Result<bool> {
    let Some(key) = key.and_then(|key| key.checked().ok()) else {
        return Ok(false);
    };
    let known = idempotency_key::Entity::find_by_id((viewer.actor(), action.to_owned(), key))
        .filter(idempotency_key::COLUMN.created_at.gte(deps.clock.now().minus(KEPT)));
    Ok(known.one(deps.db.read()).await?.is_some())
}

/// Reserves the key of a request, if it has one, for one action of one actor. A second request with the same key waits
/// for the first transaction, on PostgreSQL's index or SQLite's lock, and then gets the first result. With a different
/// input it is refused.
pub async fn once(
    tx: &Tx,
    viewer: &Viewer,
    action: &'static str,
    request: Option<&IdempotencyKey>,
) -> Result<Remembered> {
    let Some(request) = request else {
        return Ok(Remembered::New(Reservation(None)));
    };
    let key = request.checked()?;
    let actor = viewer.actor();
    let find = || idempotency_key::Entity::find_by_id((actor.clone(), action.to_owned(), key.clone()));
    idempotency_key::Entity::delete_many()
        .filter(idempotency_key::COLUMN.actor.eq(actor.as_str()))
        .filter(idempotency_key::COLUMN.created_at.lt(tx.now().minus(KEPT)))
        .exec(tx)
        .await?;
    let row = idempotency_key::ActiveModel {
        actor: Set(actor.clone()),
        action: Set(action.to_owned()),
        key: Set(key.clone()),
        request_hash: Set(request.request_hash.clone()),
        result: Set(String::new()),
        created_at: Set(tx.now()),
    };
    let inserted = idempotency_key::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    if inserted == 1 {
        let reserved = Reserved { actor, action, key };
        return Ok(Remembered::New(Reservation(Some(reserved))));
    }
    let first = find()
        .one(tx)
        .await?
        .ok_or_else(|| Error::broken("an idempotency key vanished"))?;
    if request.contradicts(&first.request_hash) {
        let message = "this key was used with another input within 24 hours: use a new key for a new request";
        return Err(Error::field("idempotencyKey", FieldCode::Conflict, message));
    }
    Ok(Remembered::Done(first.result))
}

/// Remembers for a day that somebody has ended something that they can no longer see afterwards, so that a repeated
/// request is recognized as done. The caller ends it in the same transaction.
pub async fn note_done(tx: &Tx, viewer: &Viewer, action: &'static str, subject: impl ToString) -> Result<()> {
    let row = idempotency_key::ActiveModel {
        actor: Set(viewer.actor()),
        action: Set(action.to_owned()),
        key: Set(subject.to_string()),
        request_hash: Set(String::new()),
        result: Set(String::new()),
        created_at: Set(tx.now()),
    };
    let again = OnConflict::columns([
        idempotency_key::Column::Actor,
        idempotency_key::Column::Action,
        idempotency_key::Column::Key,
    ])
    .update_column(idempotency_key::Column::CreatedAt)
    .to_owned();
    idempotency_key::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// The result of a lookup, or nothing if the same viewer ended the subject within the last day. All other viewers get
/// "not found", as for anything they may not see.
pub async fn unless_done<T>(
    tx: &Tx,
    viewer: &Viewer,
    (action, subject): (&'static str, impl ToString),
    found: Result<T>,
) -> Result<Option<T>> {
    let Err(Error::NotFound(what)) = found else {
        return found.map(Some);
    };
    let key = (viewer.actor(), action.to_owned(), subject.to_string());
    let done = idempotency_key::Entity::find_by_id(key)
        .filter(idempotency_key::COLUMN.created_at.gte(tx.now().minus(KEPT)))
        .one(tx)
        .await?;
    match done {
        Some(_) => Ok(None),
        None => Err(Error::NotFound(what)),
    }
}

impl Reservation {
    /// Stores the result of the work.
    pub async fn fulfil(self, tx: &Tx, result: impl ToString) -> Result<()> {
        let Some(Reserved { actor, action, key }) = self.0 else {
            return Ok(());
        };
        let row = idempotency_key::ActiveModel {
            actor: Set(actor),
            action: Set(action.to_owned()),
            key: Set(key),
            result: Set(result.to_string()),
            ..Default::default()
        };
        idempotency_key::Entity::update(row).exec(tx).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn hash(input: Json) -> String {
        IdempotencyKey::new("k", input).request_hash
    }

    #[test]
    fn an_input_has_the_hash_that_it_always_had() {
        let input = json!({ "petId": "pet_1", "point": { "longitude": -97.7, "latitude": 30.0 }, "note": null, "tags": [2, 1] });

        assert_eq!(
            canonical(input.clone()).to_string(),
            r#"{"petId":"pet_1","point":{"latitude":30.0,"longitude":-97.7},"tags":[2,1]}"#
        );
        assert_eq!(
            hash(input),
            "json1:5900a02fc0117b67661992725c6667369d76b6dc4cdd1ab3bcea384c322885a7"
        );
    }

    #[test]
    fn order_and_nulls_do_not_matter_and_everything_else_does() {
        let input = hash(json!({ "a": 1, "b": { "c": [1, 2] } }));

        for same in [
            json!({ "b": { "c": [1, 2] }, "a": 1 }),
            json!({ "a": 1, "b": { "c": [1, 2], "d": null }, "e": null }),
        ] {
            assert_eq!(hash(same), input);
        }
        for other in [
            json!({ "a": 1, "b": { "c": [2, 1] } }),
            json!({ "a": 1, "b": { "c": [1, 2] }, "e": "" }),
            json!({ "a": "1", "b": { "c": [1, 2] } }),
        ] {
            assert_ne!(hash(other.clone()), input, "{other}");
        }
    }

    #[test]
    fn what_an_earlier_version_stored_contradicts_nothing() {
        let request = IdempotencyKey::new("k", json!({ "a": 1 }));

        assert!(!request.contradicts(&fingerprint("AddSighting { a: 1 }")));
        assert!(!request.contradicts(&hash(json!({ "a": 1 }))));
        assert!(request.contradicts(&hash(json!({ "a": 2 }))));
    }
}
