//! Safety: who wants nothing from whom, what a text may do to its reader, and what readers want to see.
//!
//! Promises: a block counts both ways from the moment it is committed; a text is reviewed when it is written, and its
//! review keeps the ids and versions of the rules, never more of the text than the text itself; what a member has not
//! set has its default. It refuses nothing by itself but unconfirmed codes: chat asks it and decides.

mod language;
mod review;
mod settings;
mod shown;
mod store;

pub use language::{PROFANITY_VERSION, RULES, Rule};
pub use review::{Finding, Masked, Review, review};
pub use settings::{DEFAULT_PRESENCE, DEFAULT_PROFANITY, set_hiding, set_presence, update_profanity_filter};
pub use shown::{Shown, shown};
pub use store::{
    are_apart, blocked_among, blocked_members, count_blocked_members, hiding_from, kept_apart_from, set_block,
    settings_of,
};
