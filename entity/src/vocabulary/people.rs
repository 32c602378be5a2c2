//! Words for people, organisations and channels.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What a member may do beyond their own.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything of their own.
    #[sea_orm(string_value = "member")]
    Member,
    /// Reports of abuse and hidden content.
    #[sea_orm(string_value = "moderator")]
    Moderator,
    /// Users, shelters and configuration.
    #[sea_orm(string_value = "admin")]
    Admin,
}

/// What a member may do for a shelter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum StaffRole {
    /// Everything, also staff and keys.
    #[sea_orm(string_value = "admin")]
    Admin,
    /// Animals, inbox and imports.
    #[sea_orm(string_value = "staff")]
    Staff,
    /// Animals and inbox, no imports.
    #[sea_orm(string_value = "volunteer")]
    Volunteer,
}

/// Kinds of organisations that hold animals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum ShelterType {
    /// A shelter.
    #[sea_orm(string_value = "shelter")]
    Shelter,
    /// A rescue group, often with foster homes.
    #[sea_orm(string_value = "rescue")]
    Rescue,
    /// A humane society.
    #[sea_orm(string_value = "humane_society")]
    HumaneSociety,
    /// A public animal control office.
    #[sea_orm(string_value = "animal_control")]
    AnimalControl,
}

/// Kinds of conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum ConversationKind {
    /// Two members.
    #[sea_orm(string_value = "direct")]
    Direct,
    /// Members whom somebody brought together under a title.
    #[sea_orm(string_value = "group")]
    Group,
    /// A member and the staff of a shelter.
    #[sea_orm(string_value = "shelter_inbox")]
    ShelterInbox,
}

/// What happened to a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum MessageChange {
    /// It is new.
    #[sea_orm(string_value = "sent")]
    Sent,
    /// Its text was changed.
    #[sea_orm(string_value = "edited")]
    Edited,
    /// Its text and images are gone.
    #[sea_orm(string_value = "deleted")]
    Deleted,
    /// Somebody put an emoji to it, or took one back.
    #[sea_orm(string_value = "reacted")]
    Reacted,
}

/// What the system tells in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SystemMessageKind {
    /// Somebody started the group.
    GroupStarted,
    /// Somebody added members.
    MembersAdded,
    /// Somebody removed a member.
    MemberRemoved,
    /// A member left.
    MemberLeft,
    /// Somebody gave the group another title.
    Renamed,
}

/// What a notification is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum NotificationKind {
    /// A match for a report of yours.
    #[sea_orm(string_value = "match")]
    Match,
    /// Somebody saw your pet.
    #[sea_orm(string_value = "sighting")]
    Sighting,
    /// A conversation was opened with you.
    #[sea_orm(string_value = "message")]
    Message,
    /// News of a shelter that you work for.
    #[sea_orm(string_value = "shelter")]
    Shelter,
    /// An import ended.
    #[sea_orm(string_value = "import")]
    Import,
    /// Security and account news.
    #[sea_orm(string_value = "account")]
    Account,
    /// New reports fit a saved search of yours.
    #[sea_orm(string_value = "saved_search")]
    SavedSearch,
}

/// How a member hears of new reports that fit a saved search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum SearchNotify {
    /// As soon as one comes in.
    #[sea_orm(string_value = "instantly")]
    Instantly,
    /// Once a day, if there are any.
    #[sea_orm(string_value = "daily")]
    Daily,
    /// Not at all.
    #[sea_orm(string_value = "never")]
    Never,
}

/// Where a report is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum SharePlatform {
    /// Facebook.
    #[sea_orm(string_value = "facebook")]
    Facebook,
    /// X, formerly Twitter.
    #[sea_orm(string_value = "x")]
    X,
    /// Instagram.
    #[sea_orm(string_value = "instagram")]
    Instagram,
    /// WhatsApp.
    #[sea_orm(string_value = "whatsapp")]
    WhatsApp,
    /// E-mail.
    #[sea_orm(string_value = "email")]
    Email,
    /// Copied link.
    #[sea_orm(string_value = "copy")]
    Copy,
}

/// What uploaded bytes are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum UploadPurpose {
    /// A photo of a report or sighting.
    #[sea_orm(string_value = "pet_photo")]
    PetPhoto,
    /// An image in a message.
    #[sea_orm(string_value = "chat_image")]
    ChatImage,
    /// A file of animals.
    #[sea_orm(string_value = "import")]
    Import,
    /// A picture to search with; it never becomes a photo.
    #[sea_orm(string_value = "search_photo")]
    SearchPhoto,
}

/// What an import does with animals that the file does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum ImportMode {
    /// Leaves them alone.
    #[sea_orm(string_value = "upsert")]
    Upsert,
    /// Closes them: the file is the whole inventory.
    #[sea_orm(string_value = "snapshot")]
    Snapshot,
}

/// How the dates of a file are written that end with the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 4/25/2026.
    #[sea_orm(string_value = "month_first")]
    MonthFirst,
    /// 25/4/2026.
    #[sea_orm(string_value = "day_first")]
    DayFirst,
}

/// Which way an SMS went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum SmsDirection {
    /// From the server.
    #[sea_orm(string_value = "outbound")]
    Outbound,
    /// To the server.
    #[sea_orm(string_value = "inbound")]
    Inbound,
}
