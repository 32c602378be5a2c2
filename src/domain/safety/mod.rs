//! Safety: blocks between members, dangerous texts, and readers' display settings.
//!
//! A block works in both directions from the moment it is committed. A text is reviewed when it is written; its review
//! stores the ids and versions of the rules and a masked copy, but no other part of the text. Settings that a member
//! has not changed have defaults. Texts with unconfirmed codes are refused here; for everything else chat decides.

mod flag_member;
mod review;
mod settings;
mod shown;
mod store;

pub use flag_member::flag_member;
pub use language_rules::{PROFANITY_VERSION, RULES, Rule};
pub use review::{Finding, Masked, Review, review};
pub use settings::{DEFAULT_PRESENCE, DEFAULT_PROFANITY, set_hiding, set_presence, update_profanity_filter};
pub use shown::{Shown, shown};
pub use store::{
    blocked_among, blocked_either_way, blocked_members, count_blocked_members, either_has_blocked, hiding_from,
    set_block, settings_of,
};
