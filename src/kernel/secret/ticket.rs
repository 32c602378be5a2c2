//! Tickets: the part of a link that says until when it is good, and proves that we issued it.

use entity::Timestamp;
use subtle::ConstantTimeEq;

use super::keys::{Secret, hex, keyed_hash};

/// The end of a link and its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// When it expires.
    pub expires_at: Timestamp,
    /// HMAC-SHA256 of subject and expiry with the key of its purpose, in lower-case hex.
    pub signature: String,
}

impl Ticket {
    /// A ticket for one purpose and subject.
    pub fn issue(secret: &Secret, purpose: &str, subject: &str, expires_at: Timestamp) -> Self {
        let message = format!("{subject}\n{}", expires_at.0);
        Self {
            expires_at,
            signature: hex(&keyed_hash(&secret.key(purpose), message.as_bytes())),
        }
    }

    /// Whether we issued it, with this secret or a former one, for that purpose and subject; it may have expired.
    pub fn is_genuine(&self, secret: &Secret, purpose: &str, subject: &str) -> bool {
        let issued = |secret| Self::issue(secret, purpose, subject, self.expires_at).signature;
        let is_genuine = |genuine: String| bool::from(genuine.as_bytes().ct_eq(self.signature.as_bytes()));
        secret.each().map(issued).any(is_genuine)
    }

    /// The query string of a link.
    pub fn query(&self) -> String {
        format!("?expires={}&signature={}", self.expires_at.0, self.signature)
    }
}
