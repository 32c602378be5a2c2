//! Access tokens (JWT, HS256) and refresh tokens (random, stored as hashes).

use entity::{
    Timestamp,
    id::{MemberId, SessionId},
    refresh_token,
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde::{Deserialize, Serialize};

use super::hs256;
use crate::{
    deps::{Deps, Tx},
    domain::accounts::model::{ACCESS_TOKEN_FOR, REFRESH_TOKEN_FOR, Tokens},
    kernel::{
        Error, Result,
        secret::{Secret, fingerprint, hex, keyed_hash},
    },
};

/// The claims of an access token.
#[derive(Serialize, Deserialize)]
pub struct Claims {
    /// Always [`ISSUER`].
    pub iss: String,
    /// Always [`AUDIENCE`].
    pub aud: String,
    /// The member that the token identifies.
    pub sub: MemberId,
    /// The session that the token belongs to.
    pub sid: SessionId,
    /// When it was issued, in seconds since 1970.
    pub iat: i64,
    /// When it expires, in seconds since 1970.
    pub exp: i64,
}

/// The same on every node and at every address; installations differ by their secret.
const ISSUER: &str = "finding-sweetie";
const AUDIENCE: &str = "finding-sweetie/graphql";
const PURPOSE: &str = "access tokens";
const NEXT: &str = "refresh tokens";
const REFRESH_PREFIX: &str = "rt_";

/// Issues a session's first pair of tokens, in the caller's transaction.
pub async fn issue(deps: &Deps, tx: &Tx, member_id: MemberId, session_id: SessionId) -> Result<Tokens> {
    let refresh_token = format!("{REFRESH_PREFIX}{}", hex(&deps.ids.secret()));
    store(deps, tx, member_id, session_id, refresh_token).await
}

/// Issues the pair of tokens that replaces a refresh token.
pub async fn replace(deps: &Deps, tx: &Tx, member_id: MemberId, session_id: SessionId, token: &str) -> Result<Tokens> {
    store(deps, tx, member_id, session_id, successor(deps, token)).await
}

/// The pair that replaced a refresh token, if it has not been used yet.
pub async fn replaced(
    deps: &Deps,
    tx: &Tx,
    member_id: MemberId,
    session_id: SessionId,
    token: &str,
) -> Result<Option<Tokens>> {
    let refresh_token = successor(deps, token);
    let found = refresh_token::Entity::find_by_id(fingerprint(&refresh_token))
        .one(tx)
        .await?;
    let Some(row) = found.filter(|row| row.used_at.is_none()) else {
        return Ok(None);
    };
    let (access_token, access_token_expires_at) = access_token(deps, tx.now(), member_id, session_id)?;
    Ok(Some(Tokens {
        access_token,
        access_token_expires_at,
        refresh_token,
        refresh_token_expires_at: row.expires_at,
    }))
}

/// The next token. It is computed, because only its hash is stored but a client that repeats a request must get it
/// again; nobody can compute it without the installation's secret.
fn successor(deps: &Deps, token: &str) -> String {
    let next = keyed_hash(&deps.secret.key(NEXT), token.as_bytes());
    format!("{REFRESH_PREFIX}{}", hex(&next))
}

async fn store(
    deps: &Deps,
    tx: &Tx,
    member_id: MemberId,
    session_id: SessionId,
    refresh_token: String,
) -> Result<Tokens> {
    let (access_token, access_token_expires_at) = access_token(deps, tx.now(), member_id, session_id)?;
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

fn access_token(
    deps: &Deps,
    now: Timestamp,
    member_id: MemberId,
    session_id: SessionId,
) -> Result<(String, Timestamp)> {
    let expires_at = now.plus(ACCESS_TOKEN_FOR);
    let claims = Claims {
        iss: ISSUER.to_owned(),
        aud: AUDIENCE.to_owned(),
        sub: member_id,
        sid: session_id,
        iat: now.0 / 1000,
        exp: expires_at.0 / 1000,
    };
    let key = EncodingKey::from_secret(&deps.secret.key(PURPOSE));
    hs256::install();
    let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key).map_err(Error::internal)?;
    Ok((token, Timestamp(claims.exp * 1000)))
}

/// The claims of an unexpired token that we signed for this purpose.
pub fn read_access_token(deps: &Deps, token: &str) -> Result<Claims> {
    let mut validation = Validation::new(Algorithm::HS256);
    // Expiry is checked against our own clock below, not the machine's.
    validation.validate_exp = false;
    validation.set_required_spec_claims(&["exp", "iss", "aud"]);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE]);
    hs256::install();
    let read = |secret: &Secret| {
        let key = DecodingKey::from_secret(&secret.key(PURPOSE));
        jsonwebtoken::decode::<Claims>(token, &key, &validation).ok()
    };
    let claims = deps.secret.each().find_map(read).ok_or(Error::Unauthenticated)?.claims;
    if claims.exp <= deps.clock.now().0 / 1000 {
        Err(Error::Unauthenticated)
    } else {
        Ok(claims)
    }
}
