//! Consents: what a member has agreed to, in which words, when and from where, and what they took back. Every change is
//! kept; the last one of a purpose counts, and a purpose without any is not agreed to.

mod record;
mod store;

pub use record::{RecordConsent, note_consent, record_consent};
pub use store::consents_of;

use crate::deps::Limit;

/// Rate limits for consents.
pub const LIMITS: &[Limit] = &[record::CONSENTS];
