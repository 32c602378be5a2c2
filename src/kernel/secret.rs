//! Keys derived from the one secret of an installation, and hashes of tokens.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretBox};
use sha2::{Digest, Sha256};

/// The installation's secret; every purpose gets a key of its own, so that one cannot stand in for another.
pub struct Secret {
    bytes: SecretBox<[u8]>,
    former: Option<Box<Self>>,
}

impl Secret {
    /// At least 32 bytes; the configuration checks that.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self {
            bytes: SecretBox::new(bytes.into_boxed_slice()),
            former: None,
        }
    }

    /// The same, in the place of another one: what that one has signed is still good.
    pub fn instead_of(self, former: Self) -> Self {
        Self {
            former: Some(Box::new(former)),
            ..self
        }
    }

    /// Every secret with which something may be signed: this one, and the one before it.
    pub fn each(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |secret| secret.former.as_deref())
    }

    /// The key for one purpose.
    pub fn key(&self, purpose: &str) -> [u8; 32] {
        keyed_hash(self.bytes.expose_secret(), purpose.as_bytes())
    }
}

/// HMAC-SHA256.
pub fn keyed_hash(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of every length");
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// SHA-256 in lower-case hex: how random tokens are stored and inputs are compared.
pub fn fingerprint(bytes: impl AsRef<[u8]>) -> String {
    hex(&Sha256::digest(bytes.as_ref()))
}

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            use std::fmt::Write;
            write!(text, "{byte:02x}").expect("writing to a string cannot fail");
            text
        })
}
