//! Words for safety.

use async_graphql::Enum;
use entity::vocabulary as stored;

/// How profanity in what others write is handled.
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

/// Who sees whether a member is online, and when they last were.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::PresenceVisibility")]
pub enum PresenceVisibility {
    /// Whoever is in touch with the member: both have written to each other, or they share a group.
    #[graphql(name = "EVERYONE_I_CHAT_WITH")]
    EveryoneIChatWith,
    /// Nobody.
    Nobody,
}

/// Why something is reported to the moderators.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::AbuseReason")]
pub enum AbuseReason {
    /// Wants money or codes by deceit.
    Scam,
    /// Insults, threatens or does not leave alone.
    Harassment,
    /// Advertises, or says the same everywhere.
    Spam,
    /// Pretends to be someone else, such as a shelter.
    Impersonation,
    /// A report of an animal that does not exist, or a false claim to one.
    FalseReport,
    /// Harms animals.
    Cruelty,
    /// Pictures or words that do not belong here.
    Inappropriate,
    /// Something else; say what in the details.
    Other,
}
