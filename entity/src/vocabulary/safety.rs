//! Words for safety.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What happens to coarse words in what others write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum ProfanityFilter {
    /// They are shown.
    #[sea_orm(string_value = "show")]
    Show,
    /// They are masked: `f***`.
    #[sea_orm(string_value = "mask")]
    Mask,
    /// The message is held back until the reader asks for it.
    #[sea_orm(string_value = "hold")]
    Hold,
}

/// Who sees whether a member is online, and when they last were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum PresenceVisibility {
    /// Whoever has a conversation with the member.
    #[sea_orm(string_value = "everyone_i_chat_with")]
    EveryoneIChatWith,
    /// Nobody.
    #[sea_orm(string_value = "nobody")]
    Nobody,
}

/// Who sees a report of a pet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum PetVisibility {
    /// Everybody.
    #[sea_orm(string_value = "visible")]
    Visible,
    /// Its reporter, the staff of its shelter, and moderators.
    #[sea_orm(string_value = "hidden")]
    Hidden,
}

/// Why something is reported to the moderators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum AbuseReason {
    /// Wants money or codes by deceit.
    #[sea_orm(string_value = "scam")]
    Scam,
    /// Insults, threatens or does not leave alone.
    #[sea_orm(string_value = "harassment")]
    Harassment,
    /// Advertises, or says the same everywhere.
    #[sea_orm(string_value = "spam")]
    Spam,
    /// Pretends to be somebody else, such as a shelter.
    #[sea_orm(string_value = "impersonation")]
    Impersonation,
    /// A report of an animal that does not exist, or a false claim to one.
    #[sea_orm(string_value = "false_report")]
    FalseReport,
    /// Harms animals.
    #[sea_orm(string_value = "cruelty")]
    Cruelty,
    /// Pictures or words that do not belong here.
    #[sea_orm(string_value = "inappropriate")]
    Inappropriate,
    /// Something else; say what in the details.
    #[sea_orm(string_value = "other")]
    Other,
}
