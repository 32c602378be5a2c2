//! Keys derived from the installation's secret, and hashes of tokens.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretBox};
use sha2::{Digest, Sha256};

/// The installation's secret. Each purpose gets its own derived key, so a value signed for one purpose is worthless for
/// another.
pub struct Secret {
    bytes: SecretBox<[u8]>,
    former: Option<Box<Self>>,
}

impl Secret {
    /// `bytes` has to be at least 32 long; the configuration checks that.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self {
            bytes: SecretBox::new(bytes.into_boxed_slice()),
            former: None,
        }
    }

    /// The same secret after a rotation: signatures made with `former` stay valid.
    pub fn instead_of(self, former: Self) -> Self {
        Self {
            former: Some(Box::new(former)),
            ..self
        }
    }

    /// Every secret that may have signed something: this one, then the former one.
    pub fn each(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |secret| secret.former.as_deref())
    }

    /// Derives the key for a purpose.
    pub fn key(&self, purpose: &str) -> [u8; 32] {
        keyed_hash(self.bytes.expose_secret(), purpose.as_bytes())
    }
}

/// HMAC-SHA256 of the message.
pub fn keyed_hash(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of every length");
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// SHA-256 in lower-case hex. Random tokens are stored in this form, and inputs are compared by it.
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
