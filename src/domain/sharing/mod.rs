//! Sharing a report: short links, prepared texts, visit counts, and the content of a pet's public page.
//!
//! Only public information about a report appears in a text or on a page: no contact details, no exact location.
//! A visit is counted once per visitor and day, and the visitor's IP address is not stored.

mod link;
mod public_pet;
mod share_pet;
mod store;
mod text;
mod visit_share;

pub use public_pet::{PublicPet, public_pet};
pub use share_pet::{Share, SharePet, share_pet};
pub use store::{ShareCount, counts_of};
pub use text::{breed_label, headline, is_home, species_word, summary};
pub use visit_share::{Visit, visit_share};

use crate::deps::Limit;

/// Rate limits for sharing.
pub const LIMITS: &[Limit] = &[share_pet::SHARES];
