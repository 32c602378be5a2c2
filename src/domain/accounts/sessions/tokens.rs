//! Pairs of an access token and a refresh token, which is random and stored as a hash.

use entity::{
    id::{MemberId, SessionId},
    refresh_token,
};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter};

use super::access_tokens;
use crate::{
    deps::{Deps, Tx},
    domain::accounts::model::{REFRESH_TOKEN_FOR, Tokens},
    kernel::{
        Result,
        secret::{Secret, fingerprint, hex, keyed_hash},
    },
};

const NEXT: &str = "refresh tokens";
const REFRESH_PREFIX: &str = "rt_";

/// Issues a session's first pair of tokens, in the caller's transaction.
pub async fn issue(deps: &Deps, tx: &Tx, member_id: MemberId, session_id: SessionId) -> Result<Tokens> {
    let refresh_token = format!("{REFRESH_PREFIX}{}", hex(&deps.ids.secret()));
    store(deps, tx, member_id, session_id, refresh_token).await
}

/// Issues the pair of tokens that replaces a refresh token.
pub async fn replace(deps: &Deps, tx: &Tx, member_id: MemberId, session_id: SessionId, token: &str) -> Result<Tokens> {
    store(deps, tx, member_id, session_id, successor(&deps.secret, token)).await
}

/// The pair that replaced a refresh token, if it has not been used yet.
pub async fn replaced(
    deps: &Deps,
    tx: &Tx,
    member_id: MemberId,
    session_id: SessionId,
    token: &str,
) -> Result<Option<Tokens>> {
    // The secret may have been changed since.
    for refresh_token in deps.secret.each().map(|secret| successor(secret, token)) {
        let found = refresh_token::Entity::find_by_id(fingerprint(&refresh_token))
            .filter(refresh_token::COLUMN.used_at.is_null())
            .one(tx)
            .await?;
        if let Some(row) = found {
            let (access_token, access_token_expires_at) = access_tokens::issue(deps, tx.now(), member_id, session_id)?;
            return Ok(Some(Tokens {
                access_token,
                access_token_expires_at,
                refresh_token,
                refresh_token_expires_at: row.expires_at,
            }));
        }
    }
    Ok(None)
}

/// The next token. It is computed, because only its hash is stored but a client that repeats a request must get it
/// again; nobody can compute it without the installation's secret.
fn successor(secret: &Secret, token: &str) -> String {
    let next = keyed_hash(&secret.key(NEXT), token.as_bytes());
    format!("{REFRESH_PREFIX}{}", hex(&next))
}

async fn store(
    deps: &Deps,
    tx: &Tx,
    member_id: MemberId,
    session_id: SessionId,
    refresh_token: String,
) -> Result<Tokens> {
    let (access_token, access_token_expires_at) = access_tokens::issue(deps, tx.now(), member_id, session_id)?;
    let refresh_token_expires_at = tx.now().plus(REFRESH_TOKEN_FOR);
    let row = refresh_token::ActiveModel {
        hash: Set(fingerprint(&refresh_token)),
        session_id: Set(session_id),
        issued_at: Set(tx.now()),
        expires_at: Set(refresh_token_expires_at),
        used_at: Set(None),
        used_by: Set(None),
    };
    refresh_token::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(Tokens {
        access_token,
        access_token_expires_at,
        refresh_token,
        refresh_token_expires_at,
    })
}
