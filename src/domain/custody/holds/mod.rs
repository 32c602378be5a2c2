//! How long animals are kept for their owners.
//!
//! A hold follows from the rules of the shelter and from what is known of the animal (crate `stray-hold`). It is computed
//! when the stay begins and again whenever something changes that it depends on; whether it lasts is a question of the
//! clock alone, so nothing has to happen when it ends.

mod extend_hold;
mod given;
mod hold;
mod note_owner_contact;
mod one_stay;
mod recompute;
mod release_hold;
mod rules;
mod shown;

pub use extend_hold::{ExtendHold, extend_hold};
pub use given::{GivenIdentified, GivenLength, GivenNotice, GivenRule, checked_rules};
pub use hold::{begin_hold, is_held, refuse_held, set_hold, stage_of, steps_of};
pub use note_owner_contact::{NoteOwnerContact, note_owner_contact};
pub use recompute::recompute_holds;
pub use release_hold::release_hold;
pub use rules::{HoldRules, hold_rules_of};
pub use shown::{ShownHolds, shown_holds};
