//! Terms for people, organisations and channels.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A member's rights beyond their own data.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// No rights beyond their own data.
    #[sea_orm(string_value = "member")]
    Member,
    /// May handle abuse reports and hidden content.
    #[sea_orm(string_value = "moderator")]
    Moderator,
    /// May also manage users, shelters and configuration.
    #[sea_orm(string_value = "admin")]
    Admin,
}

/// Where a member's second factor comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum SecondFactorMethod {
    /// An authenticator app (TOTP, RFC 6238).
    #[sea_orm(string_value = "totp")]
    Totp,
    /// Text messages to the member's verified number.
    #[sea_orm(string_value = "text")]
    Text,
}

/// What a member may agree to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum ConsentPurpose {
    /// The terms on which the installation is used.
    #[sea_orm(string_value = "terms")]
    Terms,
    /// Text messages to the member's verified number.
    #[sea_orm(string_value = "text_messages")]
    TextMessages,
    /// Newsletters and other optional e-mail.
    #[sea_orm(string_value = "news")]
    News,
    /// Counting whether the member opens mails and follows their links.
    #[sea_orm(string_value = "mail_statistics")]
    MailStatistics,
}

/// A member's rights at a shelter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum StaffRole {
    /// All rights, including staff and API keys.
    #[sea_orm(string_value = "admin")]
    Admin,
    /// Animals, inbox and imports.
    #[sea_orm(string_value = "staff")]
    Staff,
    /// Animals and inbox, no imports.
    #[sea_orm(string_value = "volunteer")]
    Volunteer,
}

/// Types of organisations that care for animals.
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
    /// Several members under a title.
    #[sea_orm(string_value = "group")]
    Group,
    /// A member and the staff of a shelter.
    #[sea_orm(string_value = "shelter_inbox")]
    ShelterInbox,
}

/// Kinds of changes to a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum MessageChange {
    /// The message is new.
    #[sea_orm(string_value = "sent")]
    Sent,
    /// The text was edited.
    #[sea_orm(string_value = "edited")]
    Edited,
    /// The text and images were deleted.
    #[sea_orm(string_value = "deleted")]
    Deleted,
    /// Somebody added or removed a reaction.
    #[sea_orm(string_value = "reacted")]
    Reacted,
}

/// Kinds of system messages in a conversation.
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
    /// Somebody renamed the group.
    Renamed,
}

/// Topics of notifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum NotificationKind {
    /// A match was found for one of the member's reports.
    #[sea_orm(string_value = "match")]
    Match,
    /// Somebody saw the member's pet.
    #[sea_orm(string_value = "sighting")]
    Sighting,
    /// Somebody started a conversation with the member.
    #[sea_orm(string_value = "message")]
    Message,
    /// News from a shelter that the member works for.
    #[sea_orm(string_value = "shelter")]
    Shelter,
    /// An import ended.
    #[sea_orm(string_value = "import")]
    Import,
    /// Security and account matters.
    #[sea_orm(string_value = "account")]
    Account,
    /// New reports match one of the member's saved searches.
    #[sea_orm(string_value = "saved_search")]
    SavedSearch,
    /// News about a claim that the member opened or has to judge.
    #[sea_orm(string_value = "claim")]
    Claim,
    /// Animals that a shelter of the member's gave to new homes.
    #[sea_orm(string_value = "adoption")]
    Adoption,
}

/// How a member is notified of new reports that match a saved search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum SearchNotify {
    /// As soon as one is made.
    #[sea_orm(string_value = "instantly")]
    Instantly,
    /// Once a day, if there are any.
    #[sea_orm(string_value = "daily")]
    Daily,
    /// Not at all.
    #[sea_orm(string_value = "never")]
    Never,
}

/// Platform on which a report is shared.
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
    /// The link was copied.
    #[sea_orm(string_value = "copy")]
    Copy,
}

/// Purpose of an upload.
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
    /// A file of animals to import.
    #[sea_orm(string_value = "import")]
    Import,
    /// A picture to search by; it never becomes a photo.
    #[sea_orm(string_value = "search_photo")]
    SearchPhoto,
    /// A picture that proves a claim; only the two sides of the claim see it.
    #[sea_orm(string_value = "claim_photo")]
    ClaimPhoto,
    /// A member's profile picture; public while it is that.
    #[sea_orm(string_value = "avatar")]
    Avatar,
}

/// Treatment of animals that an import file does not list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum ImportMode {
    /// They are left unchanged.
    #[sea_orm(string_value = "upsert")]
    Upsert,
    /// They are closed: the file is the whole inventory.
    #[sea_orm(string_value = "snapshot")]
    Snapshot,
}

/// Order of day and month in dates that end with the year.
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

/// Direction of an SMS.
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
