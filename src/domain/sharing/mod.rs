//! Sharing a report: short links, ready texts, counted visits, and what the public page of a pet says.
//!
//! Promises: nothing but what everybody may see of a report goes into a text or onto a page: no contact details, no
//! exact place. A visit is counted once for a visitor and a day, and no address is stored for it.

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

/// What is counted about sharing.
pub const LIMITS: &[Limit] = &[share_pet::SHARES];
