//! Challenges: random numbers, each for one answer of a device.

use std::time::Duration;

use base64ct::{Base64UrlUnpadded, Encoding};
use entity::{id::MemberId, passkey_challenge};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::relying_party::{as_json, refused};
use crate::{
    deps::{Deps, Tx},
    kernel::{Error, FieldCode, Result, secret::fingerprint},
};

/// How long the answer may take: as long as the library lets a device take.
const VALID_FOR: Duration = Duration::from_secs(5 * 60);
/// Most bytes of an answer; those with certificates have some 5,000.
const MOST: usize = 16_384;

/// Remembers a challenge with what its answer is checked against.
pub async fn remember(
    deps: &Deps,
    challenge: &[u8],
    member_id: Option<MemberId>,
    state: &impl Serialize,
) -> Result<()> {
    let (hash, state) = (hash(&Base64UrlUnpadded::encode_string(challenge)), as_json(state)?);
    deps.write(async |tx| {
        let row = passkey_challenge::ActiveModel {
            hash: Set(hash),
            member_id: Set(member_id),
            state: Set(state),
            expires_at: Set(tx.now().plus(VALID_FOR)),
        };
        passkey_challenge::Entity::insert(row)
            .exec_without_returning(tx)
            .await?;
        Ok(())
    })
    .await
}

/// Reads the answer of a device, as `JSON.stringify(credential)` writes it.
pub fn read<T: DeserializeOwned>(json: &str) -> Result<T> {
    if MOST < json.len() {
        return Err(refused(FieldCode::TooLong, format!("at most {MOST} bytes")));
    }
    serde_json::from_str(json).map_err(|_| {
        let message = "this is not the credential of a passkey: send JSON.stringify() of what the browser answered";
        refused(FieldCode::Invalid, message)
    })
}

/// Takes the challenge that was answered; nobody can answer it again. `member_id` is who was asked.
pub async fn take<T: DeserializeOwned>(deps: &Deps, client_data: &[u8], member_id: Option<MemberId>) -> Result<T> {
    let hash = answered(client_data).map(|challenge| hash(&challenge));
    let state = deps
        .write(async |tx| match &hash {
            Some(hash) => take_row(tx, hash, member_id).await,
            None => Ok(None),
        })
        .await?;
    let state = state.ok_or_else(|| {
        let message = "this answers no open question: each is good for one answer within 5 minutes, so start again";
        refused(FieldCode::Expired, message)
    })?;
    serde_json::from_str(&state).map_err(Error::internal)
}

/// What it was checked against, if it is valid and was asked of that member.
async fn take_row(tx: &Tx, hash: &str, member_id: Option<MemberId>) -> Result<Option<String>> {
    let found = passkey_challenge::Entity::find_by_id(hash).one(tx).await?;
    let Some(row) = found.filter(|row| row.member_id == member_id && tx.now() < row.expires_at) else {
        return Ok(None);
    };
    let taken = passkey_challenge::Entity::delete_by_id(hash).exec(tx).await?;
    Ok((taken.rows_affected == 1).then_some(row.state))
}

/// Forgets challenges that nobody has answered in time.
pub async fn forget_challenges(tx: &Tx) -> Result<()> {
    passkey_challenge::Entity::delete_many()
        .filter(passkey_challenge::COLUMN.expires_at.lt(tx.now()))
        .exec(tx)
        .await?;
    Ok(())
}

/// The challenge in what the browser has signed.
fn answered(client_data: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct ClientData {
        challenge: String,
    }
    let data: ClientData = serde_json::from_slice(client_data).ok()?;
    Some(data.challenge)
}

fn hash(challenge: &str) -> String {
    fingerprint(challenge)
}
