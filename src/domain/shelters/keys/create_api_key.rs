//! Creates a key for a shelter's scripts.

use entity::{
    api_key,
    id::{ApiKeyId, ShelterId},
};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::store::{by_hash, count_live};
use crate::{
    deps::{Deps, IdempotencyKey, Remembered, Tx, once},
    domain::{
        accounts,
        shelters::{access, store},
    },
    kernel::{
        Error, FieldCode, FieldError, Result, Scope, Viewer,
        secret::{fingerprint, hex, keyed_hash},
        text,
    },
};

/// Maximum number of valid keys per shelter.
const MOST_LIVE: u64 = 20;
/// Length of the part of a key that is shown afterwards.
const SHOWN: usize = "sk_".len() + 4;

/// Input for creating a key.
#[derive(Debug)]
pub struct CreateApiKey {
    /// The shelter that the key acts for.
    pub shelter_id: ShelterId,
    /// Label for the staff, 1 to 80 characters.
    pub name: String,
    /// At least one of the known scopes.
    pub scopes: Vec<String>,
    /// A repeat with the same key and input within 24 hours returns the first API key, with its secret.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// A new key; its secret is shown only now, and to repeats of the same request.
pub struct NewKey {
    /// The stored key, without its secret.
    pub key: api_key::Model,
    /// Goes after `Bearer` in the Authorization header.
    pub secret: String,
}

/// Creates a key.
///
/// Its secret is computed from the installation's secret and a seed. If the request has an idempotency key, the seed
/// is kept with it for a day, so that a caller who lost the answer gets the same secret; otherwise it is not stored
/// anywhere.
pub async fn create_api_key(deps: &Deps, viewer: &Viewer, input: CreateApiKey) -> Result<NewKey> {
    let CreateApiKey {
        shelter_id,
        name,
        scopes,
        idempotency_key,
    } = input;
    access::administered(deps.db.read(), viewer, shelter_id).await?;
    let created_by = viewer.require_member()?;
    let name = text::line("name", &name, 80).map_err(|fault| Error::Invalid(vec![fault]))?;
    let scopes = checked(&scopes)?;
    let seed = hex(&deps.ids.secret());
    deps.write(async |tx| {
        access::administered(tx, viewer, shelter_id).await?;
        let reservation = match once(tx, viewer, "createApiKey", idempotency_key.as_ref()).await? {
            Remembered::New(reservation) => reservation,
            Remembered::Done(seed) => return made_of(deps, tx, &seed).await,
        };
        let secret = secret_of(deps, &seed);
        store::lock(tx, shelter_id).await?;
        if MOST_LIVE <= count_live(tx, shelter_id).await? {
            let message = format!("a shelter has at most {MOST_LIVE} keys at a time: revoke one first");
            return Err(Error::field("shelterId", FieldCode::LimitReached, message));
        }
        let row = api_key::ActiveModel {
            id: Set(ApiKeyId(deps.ids.uuid(tx.now()))),
            shelter_id: Set(shelter_id),
            name: Set(name),
            prefix: Set(secret.chars().take(SHOWN).collect()),
            hash: Set(fingerprint(&secret)),
            scopes: Set(scopes),
            created_by: Set(created_by),
            created_at: Set(tx.now()),
            last_used_at: Set(None),
            revoked_at: Set(None),
        };
        let key = api_key::Entity::insert(row).exec_with_returning(tx).await?;
        accounts::audit(
            deps,
            tx,
            viewer.actor(),
            "api_key_created",
            Some(key.id.to_string()),
            None,
        )
        .await?;
        reservation.fulfil(tx, seed).await?;
        Ok(NewKey { key, secret })
    })
    .await
}

fn secret_of(deps: &Deps, seed: &str) -> String {
    format!("sk_{}", hex(&keyed_hash(&deps.secret.key("API key"), seed.as_bytes())))
}

/// The key that was created from a seed.
async fn made_of(deps: &Deps, tx: &Tx, seed: &str) -> Result<NewKey> {
    let secret = secret_of(deps, seed);
    let key = by_hash(tx, &fingerprint(&secret)).await?;
    let key = key.ok_or_else(|| {
        // The installation's secret has changed since: the seed no longer gives the key's.
        let message = "this key's secret can not be shown again: revoke the key that this request made, and create another one with a new idempotencyKey";
        Error::field("idempotencyKey", FieldCode::Conflict, message)
    })?;
    Ok(NewKey { key, secret })
}

/// The scopes in their stored form: in a fixed order, each once.
fn checked(words: &[String]) -> Result<String> {
    if words.is_empty() {
        let message = format!("choose at least one of {}", known());
        return Err(Error::field("scopes", FieldCode::Required, message));
    }
    let faults: Vec<FieldError> = words
        .iter()
        .enumerate()
        .filter(|(_, word)| Scope::parse(word).is_none())
        .map(|(place, _)| FieldError {
            path: vec!["scopes".to_owned(), place.to_string()],
            code: FieldCode::Invalid,
            message: format!("there is no such scope: choose among {}", known()),
        })
        .collect();
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let chosen = Scope::ALL.iter().map(|(_, word)| *word);
    let chosen: Vec<&str> = chosen.filter(|word| words.iter().any(|given| given == word)).collect();
    Ok(chosen.join(" "))
}

fn known() -> String {
    Scope::ALL.map(|(_, word)| word).join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(words: &[&str]) -> Result<String> {
        checked(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn scopes_are_stored_once_and_in_one_order() {
        let scopes = stored(&["imports:write", "pets:read", "imports:write"]).unwrap();
        assert_eq!(scopes, "pets:read imports:write");
    }

    #[test]
    fn an_unknown_scope_is_named_by_its_place() {
        let Err(Error::Invalid(faults)) = stored(&["pets:read", "everything"]) else {
            panic!("not refused")
        };
        assert_eq!(faults[0].path, ["scopes", "1"]);
    }

    #[test]
    fn a_key_without_scopes_is_refused() {
        assert!(matches!(stored(&[]), Err(Error::Invalid(_))));
    }
}
