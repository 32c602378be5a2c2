//! Requests that carry a key happen once; those without one happen as often as they come.

use std::time::Duration;

use entity::idempotency_key;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter, sea_query::OnConflict};

use super::{Deps, Tx};
use crate::kernel::{Error, FieldCode, Result, Viewer, secret::fingerprint, text};

/// How long a key is remembered.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// What is known of a key.
pub enum Remembered {
    /// It is new: do the work, with this to be called in the same transaction.
    New(Reservation),
    /// The work was done; this is the global id of its result.
    Done(String),
}

/// A key that belongs to this transaction; nothing, for a request that has none.
pub struct Reservation(Option<Reserved>);

struct Reserved {
    actor: String,
    action: &'static str,
    key: String,
}

/// Whether the request repeats one that was done: it costs nothing of a limit, and limits are counted before the
/// transaction, which holds up others. [`once`] decides.
pub async fn is_repeat(deps: &Deps, viewer: &Viewer, action: &str, key: Option<&str>) -> Result<bool> {
    let Some(key) = key.and_then(|key| text::line("idempotencyKey", key, 200).ok()) else {
        return Ok(false);
    };
    let known = idempotency_key::Entity::find_by_id((viewer.actor(), action.to_owned(), key))
        .filter(idempotency_key::COLUMN.created_at.gte(deps.clock.now().minus(KEPT)));
    Ok(known.one(deps.db.read()).await?.is_some())
}

/// Takes the key of a request, if it has one, for one action of one actor. A second request with the same key waits for the first transaction on
/// PostgreSQL's index and on SQLite's lock, then gets the first result; with another input it is refused.
pub async fn once(
    tx: &Tx,
    viewer: &Viewer,
    action: &'static str,
    key: Option<&str>,
    input: &str,
) -> Result<Remembered> {
    let Some(key) = key else {
        return Ok(Remembered::New(Reservation(None)));
    };
    let key = text::line("idempotencyKey", key, 200).map_err(|fault| Error::Invalid(vec![fault]))?;
    let actor = viewer.actor();
    let hash = fingerprint(input);
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
        request_hash: Set(hash.clone()),
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
    if first.request_hash != hash {
        let message = "this key was used with another input within 24 hours: use a new key for a new request";
        return Err(Error::field("idempotencyKey", FieldCode::Conflict, message));
    }
    Ok(Remembered::Done(first.result))
}

/// Remembers for a day that somebody has ended something, which they then see no more, so that a repeat of the request finds
/// out that it is done. The caller ends it in the same transaction.
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

/// What was found, or nothing where it is gone because the same viewer has ended it within a day. Whoever has not is told
/// that it is not there, as everybody is of what they may not see.
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
    /// Remembers the result of the work.
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
