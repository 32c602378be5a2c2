//! Creates a key for a shelter's scripts.

use std::time::Duration;

use entity::{Timestamp, id::ShelterId};

use super::{
    issue::{NewKey, Purpose, issue, issued, new_seed},
    store::count_valid,
};
use crate::{
    deps::{Deps, IdempotencyKey, Remembered, once},
    domain::{
        accounts::audit,
        shelters::{access, store},
    },
    kernel::{Error, FieldCode, FieldError, Result, Scope, Viewer, text},
};

/// Maximum number of valid keys per shelter, without those that were rotated.
const MOST_LIVE: u64 = 20;
/// Maximum lifetime of a key that expires: 2 years.
const LONGEST: Duration = Duration::from_secs(2 * 365 * 24 * 60 * 60);

/// Input for creating a key.
#[derive(Debug)]
pub struct CreateApiKey {
    /// The shelter that the key acts for.
    pub shelter_id: ShelterId,
    /// Label for the staff, 1 to 80 characters.
    pub name: String,
    /// At least one of the known scopes.
    pub scopes: Vec<String>,
    /// When it expires: in the future, at most 2 years from now. `None` if it does not.
    pub expires_at: Option<Timestamp>,
    /// A repeat with the same key and input within 24 hours returns the first API key, with its secret.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Creates a key. A repeat of a request is answered before its expiry is checked, which may have passed meanwhile.
pub async fn create_api_key(deps: &Deps, viewer: &Viewer, input: CreateApiKey) -> Result<NewKey> {
    let CreateApiKey {
        shelter_id,
        name,
        scopes,
        expires_at,
        idempotency_key,
    } = input;
    access::administered(deps.db.read(), viewer, shelter_id).await?;
    let created_by = viewer.require_member()?;
    let name = text::line("name", &name, 80).map_err(|fault| Error::Invalid(vec![fault]))?;
    let scopes = checked(&scopes)?;
    let seed = new_seed(deps);
    deps.write(async |tx| {
        access::administered(tx, viewer, shelter_id).await?;
        let reservation = match once(tx, viewer, "createApiKey", idempotency_key.as_ref()).await? {
            Remembered::New(reservation) => reservation,
            Remembered::Done(seed) => return issued(deps, tx, &seed).await,
        };
        check_expiry(expires_at, tx.now())?;
        store::lock(tx, shelter_id).await?;
        if MOST_LIVE <= count_valid(tx, shelter_id, tx.now()).await?.in_use {
            let message = format!("a shelter has at most {MOST_LIVE} keys at a time: revoke one first");
            return Err(Error::field("shelterId", FieldCode::LimitReached, message));
        }
        let purpose = Purpose {
            shelter_id,
            name,
            scopes,
            created_by,
            expires_at,
        };
        let made = issue(deps, tx, &seed, purpose).await?;
        let subject = Some(made.key.id.to_string());
        audit(deps, tx, viewer.actor(), "api_key_created", subject, None).await?;
        reservation.fulfil(tx, seed).await?;
        Ok(made)
    })
    .await
}

fn check_expiry(expires_at: Option<Timestamp>, now: Timestamp) -> Result<()> {
    let Some(at) = expires_at else { return Ok(()) };
    if at <= now {
        let message = "expiresAt has passed: give a time in the future, or leave it out for a key that does not expire";
        return Err(Error::field("expiresAt", FieldCode::OutOfRange, message));
    }
    if now.plus(LONGEST) < at {
        let message = "expiresAt is more than 2 years from now: give an earlier time";
        return Err(Error::field("expiresAt", FieldCode::OutOfRange, message));
    }
    Ok(())
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
        let scopes = stored(&["matches:read", "imports:write", "pets:read", "imports:write"]).unwrap();
        assert_eq!(scopes, "pets:read imports:write matches:read");
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
