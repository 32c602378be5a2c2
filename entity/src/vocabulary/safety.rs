//! Terms for safety.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Display of profanity in messages by others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum ProfanityFilter {
    /// It is shown.
    #[sea_orm(string_value = "show")]
    Show,
    /// It is masked: `f***`.
    #[sea_orm(string_value = "mask")]
    Mask,
    /// The message is hidden until the reader asks to see it.
    #[sea_orm(string_value = "hold")]
    Hold,
}

/// Audience for a member's online status and the time they were last online.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum PresenceVisibility {
    /// Everybody who has a conversation with the member.
    #[sea_orm(string_value = "everyone_i_chat_with")]
    EveryoneIChatWith,
    /// Nobody.
    #[sea_orm(string_value = "nobody")]
    Nobody,
}

/// Who may see a report of a pet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum PetVisibility {
    /// Everybody.
    #[sea_orm(string_value = "visible")]
    Visible,
    /// Only its reporter, the staff of its shelter, and moderators.
    #[sea_orm(string_value = "hidden")]
    Hidden,
}

/// Why something is reported to the moderators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum AbuseReason {
    /// Tries to get money or codes by deceit.
    #[sea_orm(string_value = "scam")]
    Scam,
    /// Insults, threatens or pesters somebody.
    #[sea_orm(string_value = "harassment")]
    Harassment,
    /// Advertises, or posts the same text everywhere.
    #[sea_orm(string_value = "spam")]
    Spam,
    /// Impersonates somebody, such as a shelter.
    #[sea_orm(string_value = "impersonation")]
    Impersonation,
    /// A report of an animal that does not exist, or a false claim to one.
    #[sea_orm(string_value = "false_report")]
    FalseReport,
    /// Cruelty to animals.
    #[sea_orm(string_value = "cruelty")]
    Cruelty,
    /// Pictures or words that do not belong here.
    #[sea_orm(string_value = "inappropriate")]
    Inappropriate,
    /// Another reason, explained in the details.
    #[sea_orm(string_value = "other")]
    Other,
}

/// What a member does that is typical of people who claim other people's animals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum ScamPattern {
    /// Claims many animals within a day.
    #[sea_orm(string_value = "many_claims")]
    ManyClaims,
    /// Many of their answers were refused within a day.
    #[sea_orm(string_value = "guessing")]
    Guessing,
    /// Proved a claim with a copy of a picture in another member's report.
    #[sea_orm(string_value = "copied_photo")]
    CopiedPhoto,
    /// Claims an animal that another account has claimed from the same network.
    #[sea_orm(string_value = "second_account")]
    SecondAccount,
}
