//! Tokens that a test makes itself, with the key that the server signs with.

use base64ct::{Base64UrlUnpadded, Encoding};
use entity::Timestamp;
use finding_sweetie::kernel::secret::keyed_hash;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::{Actor, TestApp};

const PERIOD: i64 = 30 * 24 * 60 * 60 * 1000;

/// A key pair of an installation, found as docs/adr/0018-ed25519-with-derived-keys.md says.
pub struct Key {
    pair: Ed25519KeyPair,
}

impl Key {
    /// The one that signs at that time.
    pub fn at(app: &TestApp, now: Timestamp) -> Self {
        let root = app.deps.secret.key("access token signing keys");
        Self::from_seed(&keyed_hash(&root, &(now.0 / PERIOD).to_be_bytes()))
    }

    /// The one that signs now.
    pub fn of(app: &TestApp) -> Self {
        Self::at(app, app.deps.clock.now())
    }

    /// The one that signs so many periods later.
    pub fn later(app: &TestApp, periods: i64) -> Self {
        Self::at(app, Timestamp(app.deps.clock.now().0 + periods * PERIOD))
    }

    /// Any.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self {
            pair: Ed25519KeyPair::from_seed_unchecked(seed).unwrap(),
        }
    }

    /// The public key.
    pub fn public(&self) -> &[u8] {
        self.pair.public_key().as_ref()
    }

    /// The public key as a JWK.
    pub fn jwk(&self) -> Value {
        json!({ "crv": "Ed25519", "kty": "OKP", "x": Base64UrlUnpadded::encode_string(self.public()) })
    }

    /// What the public key is called.
    pub fn id(&self) -> String {
        Base64UrlUnpadded::encode_string(&Sha256::digest(self.jwk().to_string()))
    }

    /// The header of tokens that it signs.
    pub fn header(&self) -> Value {
        json!({ "typ": "at+jwt", "alg": "EdDSA", "kid": self.id() })
    }

    /// A token of any two texts.
    pub fn sign(&self, header: impl ToString, claims: impl ToString) -> String {
        let message = message(header, claims);
        let signature = self.pair.sign(message.as_bytes());
        format!("{message}.{}", Base64UrlUnpadded::encode_string(signature.as_ref()))
    }
}

/// What is signed.
pub fn message(header: impl ToString, claims: impl ToString) -> String {
    let encoded = |text: String| Base64UrlUnpadded::encode_string(text.as_bytes());
    format!("{}.{}", encoded(header.to_string()), encoded(claims.to_string()))
}

/// The parts of a token: its header, its claims, and its signature as it is written.
pub fn parts(token: &str) -> (Value, Value, String) {
    let mut parts = token.split('.');
    let mut json = || serde_json::from_slice(&Base64UrlUnpadded::decode_vec(parts.next().unwrap()).unwrap()).unwrap();
    let (header, claims) = (json(), json());
    (header, claims, parts.next().unwrap().to_owned())
}

/// What the member's token says.
pub fn claims(actor: &Actor) -> Value {
    parts(&actor.token).1
}

/// The same JSON object with another member, or without it if that is null.
pub fn with(object: &Value, name: &str, value: Value) -> Value {
    let mut other = object.clone();
    match value {
        Value::Null => drop(other.as_object_mut().unwrap().remove(name)),
        value => other[name] = value,
    }
    other
}
