//! Words for safety.

use async_graphql::Enum;
use entity::vocabulary as stored;

/// What happens to coarse words in what others write.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::ProfanityFilter")]
pub enum ProfanityFilter {
    /// They are shown.
    Show,
    /// They are masked: `f***`.
    Mask,
    /// The message is held back until the reader asks for it.
    Hold,
}
