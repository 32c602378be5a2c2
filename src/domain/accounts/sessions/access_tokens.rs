//! Access tokens (RFC 9068): a JWT that an Ed25519 key of the present period signed and that names this key.

use entity::{
    Timestamp,
    id::{MemberId, SessionId},
};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation,
    jwk::{Jwk, JwkSet, PublicKeyUse},
};
use serde::{Deserialize, Serialize};

use super::ed25519;
use crate::{
    deps::Deps,
    domain::accounts::model::ACCESS_TOKEN_FOR,
    kernel::{Error, Result, secret::signing_keys::SigningKey},
};

/// The claims of an access token.
#[derive(Serialize, Deserialize)]
pub struct Claims {
    /// The public address of the installation that issued it.
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

const AUDIENCE: &str = "finding-sweetie/graphql";
/// Tells it from every other JWT that the same key may ever sign.
const TYPE: &str = "at+jwt";
/// How many seconds the clock of the node that issued a token may be ahead.
const AHEAD: i64 = 60;

/// A new access token, and when it expires.
pub fn issue(deps: &Deps, now: Timestamp, sub: MemberId, sid: SessionId) -> Result<(String, Timestamp)> {
    let claims = Claims {
        iss: deps.public_url.clone(),
        aud: AUDIENCE.to_owned(),
        sub,
        sid,
        iat: now.0 / 1000,
        exp: now.plus(ACCESS_TOKEN_FOR).0 / 1000,
    };
    let keys = deps.signing_keys.at(now);
    let header = Header {
        typ: Some(TYPE.to_owned()),
        kid: Some(keys.signing.id.clone()),
        ..Header::new(Algorithm::EdDSA)
    };
    ed25519::install();
    let key = EncodingKey::from_ed_der(&keys.signing.seed);
    let token = jsonwebtoken::encode(&header, &claims, &key).map_err(Error::internal)?;
    Ok((token, Timestamp(claims.exp * 1000)))
}

/// The claims of an unexpired token that this installation issued.
pub fn read(deps: &Deps, token: &str) -> Result<Claims> {
    let now = deps.clock.now();
    let claims = verified(deps, token, now).ok_or(Error::Unauthenticated)?;
    let now = now.0 / 1000;
    if claims.exp <= now {
        Err(Error::TokenExpired)
    } else if now + AHEAD < claims.iat {
        Err(Error::Unauthenticated)
    } else {
        Ok(claims)
    }
}

/// The key is looked up among our own by its name. Nothing else in the header has a say in what verifies the token, be it
/// the algorithm, a key or an address of keys.
fn verified(deps: &Deps, token: &str, now: Timestamp) -> Option<Claims> {
    let header = jsonwebtoken::decode_header(token).ok()?;
    // Extensions that must be understood (RFC 7515, section 4.1.11): we know none.
    if header.typ.as_deref() != Some(TYPE) || header.crit.is_some() {
        return None;
    }
    let keys = deps.signing_keys.at(now);
    let key = public_key(keys.named(&header.kid?)?);
    let mut validation = Validation::new(Algorithm::EdDSA);
    // Expiry is checked against our own clock, not the machine's.
    validation.validate_exp = false;
    validation.set_required_spec_claims(&["exp", "iss", "aud"]);
    validation.set_issuer(&[&deps.public_url]);
    validation.set_audience(&[AUDIENCE]);
    ed25519::install();
    let token = jsonwebtoken::decode(token, &key, &validation).ok()?;
    Some(token.claims)
}

/// The public keys with which anybody can verify the tokens of today (RFC 7517): those that sign now, have signed tokens that
/// are still alive, or will sign next.
pub fn public_keys(deps: &Deps) -> Result<JwkSet> {
    let keys = deps.signing_keys.at(deps.clock.now());
    let keys = keys.verifying.iter().map(published).collect::<Result<_>>()?;
    Ok(JwkSet { keys })
}

fn published(key: &SigningKey) -> Result<Jwk> {
    let mut jwk = Jwk::from_decoding_key(&public_key(key), Some(Algorithm::EdDSA)).map_err(Error::internal)?;
    jwk.common.public_key_use = Some(PublicKeyUse::Signature);
    jwk.common.key_id = Some(key.id.clone());
    Ok(jwk)
}

fn public_key(key: &SigningKey) -> DecodingKey {
    DecodingKey::from_ed_der(&key.public)
}
