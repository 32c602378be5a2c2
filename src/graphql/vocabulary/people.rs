//! Words for people, organisations and channels.

use async_graphql::Enum;
use entity::vocabulary as stored;

/// What a member may do beyond their own.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::Role")]
pub enum Role {
    /// Everything of their own.
    Member,
    /// Reports of abuse and hidden content.
    Moderator,
    /// Users, shelters and configuration.
    Admin,
}

/// What a member may do for a shelter.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::StaffRole")]
pub enum StaffRole {
    /// Everything, also staff and keys.
    Admin,
    /// Animals, inbox and imports.
    Staff,
    /// Animals and inbox, no imports.
    Volunteer,
}

/// Kinds of organisations that hold animals.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::ShelterType")]
pub enum ShelterType {
    /// A shelter.
    Shelter,
    /// A rescue group, often with foster homes.
    Rescue,
    /// A humane society.
    HumaneSociety,
    /// A public animal control office.
    AnimalControl,
}

/// Kinds of conversations.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::ConversationKind")]
pub enum ConversationKind {
    /// Two members.
    Direct,
    /// Members whom somebody brought together under a title.
    Group,
    /// A member and the staff of a shelter.
    ShelterInbox,
}

/// What happened to a message.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::MessageChange")]
pub enum MessageChange {
    /// It is new.
    Sent,
    /// Its text was changed.
    Edited,
    /// Its text, images and reactions are gone.
    Deleted,
    /// Someone added or removed an emoji.
    Reacted,
}

/// What system messages in a group are about.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::SystemMessageKind")]
pub enum SystemMessageKind {
    /// The actor started the group with the members, under the title.
    GroupStarted,
    /// The actor added the members.
    MembersAdded,
    /// The actor removed the member.
    MemberRemoved,
    /// The actor left.
    MemberLeft,
    /// The actor gave the group the title.
    Renamed,
}

/// What a notification is about.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::NotificationKind")]
pub enum NotificationKind {
    /// A match for a report of yours.
    Match,
    /// Someone saw your pet.
    Sighting,
    /// A conversation was opened with you.
    Message,
    /// News of a shelter that you work for.
    Shelter,
    /// An import ended.
    Import,
    /// Security and account news.
    Account,
    /// New reports match a saved search of yours.
    SavedSearch,
    /// News of a claim that you opened, or that you have to judge.
    Claim,
    /// Animals that were adopted from a shelter that you work for.
    Adoption,
}

/// What a member may agree to.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::ConsentPurpose")]
pub enum ConsentPurpose {
    /// The terms on which the service is used.
    Terms,
    /// Text messages to the member's verified number.
    TextMessages,
    /// Newsletters and other optional e-mail.
    News,
    /// Counting whether the member opens mails and follows their links.
    MailStatistics,
}

/// How a member hears of new reports that match a saved search.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::SearchNotify")]
pub enum SearchNotify {
    /// As soon as one comes in, or changes so that it matches; those of an import together. There is no notification
    /// that a report was closed.
    Instantly,
    /// Once a day, if there are any.
    Daily,
    /// Not at all.
    Never,
}

/// Where a report is shared.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::SharePlatform")]
pub enum SharePlatform {
    /// Facebook.
    Facebook,
    /// X, formerly Twitter.
    X,
    /// Instagram.
    Instagram,
    /// WhatsApp.
    #[graphql(name = "WHATSAPP")]
    WhatsApp,
    /// E-mail.
    Email,
    /// Copied link.
    Copy,
}

/// What uploaded bytes are for.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::UploadPurpose")]
pub enum UploadPurpose {
    /// A photo of a report or sighting.
    PetPhoto,
    /// An image in a message.
    ChatImage,
    /// A file of animals.
    Import,
    /// A picture for photoSearch and suggestBreed; it is shown to nobody and deleted after a day.
    SearchPhoto,
    /// A picture that proves a claim: a fresh photo or a document. Only the two sides of the claim see it.
    ClaimPhoto,
    /// A member's picture of themselves, for updateProfile; everybody may see it.
    Avatar,
}

/// What an import does with animals that the file does not name.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::ImportMode")]
pub enum ImportMode {
    /// Leaves them alone.
    Upsert,
    /// Closes them: the file is the whole inventory.
    Snapshot,
}

/// How a file writes dates that end with the year. Dates that can be read in one way only are read so in any case.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::DateOrder")]
pub enum DateOrder {
    /// Month, day, year: 4/5/2026 is the fifth of April.
    MonthFirst,
    /// Day, month, year: 4/5/2026 is the fourth of May.
    DayFirst,
}

/// Which way an SMS went.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::SmsDirection")]
pub enum SmsDirection {
    /// From the server.
    Outbound,
    /// To the server.
    Inbound,
}
