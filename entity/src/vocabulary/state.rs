//! States of records that progress over time.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Confidence in a match, in ascending order.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum MatchBand {
    /// Conceivable; nobody is alerted.
    #[sea_orm(string_value = "weak")]
    Weak,
    /// Worth a look.
    #[sea_orm(string_value = "possible")]
    Possible,
    /// Very likely.
    #[sea_orm(string_value = "strong")]
    Strong,
    /// The microchip numbers are equal.
    #[sea_orm(string_value = "chip")]
    Chip,
}

/// Decision of the two sides about a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum MatchState {
    /// Nobody has decided yet.
    #[sea_orm(string_value = "new")]
    New,
    /// One side said that it is the same animal.
    #[sea_orm(string_value = "confirmed")]
    Confirmed,
    /// One side said that it is a different animal.
    #[sea_orm(string_value = "dismissed")]
    Dismissed,
}

/// What a member is told of a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum MatchAlertKind {
    /// The pair was found, or is likelier than it was.
    #[sea_orm(string_value = "found")]
    Found,
    /// The other side said that it is the same animal.
    #[sea_orm(string_value = "confirmed")]
    Confirmed,
    /// The other side said that it is a different animal.
    #[sea_orm(string_value = "dismissed")]
    Dismissed,
    /// The other report was closed because the animal is home.
    #[sea_orm(string_value = "reunited")]
    Reunited,
    /// The other report was closed for another reason, or one was changed so that they cannot be one animal.
    #[sea_orm(string_value = "ended")]
    Ended,
}

/// Why two reports are about different animals, as people say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum MatchDifference {
    /// The sexes differ.
    #[sea_orm(string_value = "sex")]
    Sex,
    /// The colours or the patterns differ.
    #[sea_orm(string_value = "color")]
    Color,
    /// The breeds differ.
    #[sea_orm(string_value = "breed")]
    Breed,
    /// The sizes or weights differ.
    #[sea_orm(string_value = "size")]
    Size,
    /// The ages differ.
    #[sea_orm(string_value = "age")]
    Age,
    /// Marks, collar or photos differ.
    #[sea_orm(string_value = "marks")]
    Marks,
    /// The place or the time does not fit.
    #[sea_orm(string_value = "place")]
    Place,
    /// The animal is home already.
    #[sea_orm(string_value = "already_home")]
    AlreadyHome,
    /// Something else.
    #[sea_orm(string_value = "other")]
    Other,
}

/// The matches that a shelter's staff is alerted to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum ShelterMatchAlerts {
    /// None: they look when they like.
    #[sea_orm(string_value = "none")]
    None,
    /// Those that are very likely, and equal chips.
    #[sea_orm(string_value = "strong")]
    Strong,
    /// All that are worth a look.
    #[sea_orm(string_value = "possible")]
    Possible,
}

/// Progress of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum ClaimState {
    /// Waiting for the claimant's answers.
    #[sea_orm(string_value = "open")]
    Open,
    /// Waiting for the other side's judgement.
    #[sea_orm(string_value = "answered")]
    Answered,
    /// The other side is convinced.
    #[sea_orm(string_value = "accepted")]
    Accepted,
    /// The last try was refused, or the other side dismissed the match.
    #[sea_orm(string_value = "rejected")]
    Rejected,
    /// Given up by the claimant.
    #[sea_orm(string_value = "withdrawn")]
    Withdrawn,
    /// Nobody went on with it in time, or one of the reports was closed.
    #[sea_orm(string_value = "expired")]
    Expired,
}

/// Progress of an SMS; it only moves forward.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum SmsStatus {
    /// Waiting to be sent.
    #[sea_orm(string_value = "queued")]
    Queued,
    /// Handed to the carrier; no answer yet.
    #[sea_orm(string_value = "sending")]
    Sending,
    /// Accepted by the carrier.
    #[sea_orm(string_value = "sent")]
    Sent,
    /// Arrived.
    #[sea_orm(string_value = "delivered")]
    Delivered,
    /// The carrier could not deliver it.
    #[sea_orm(string_value = "undelivered")]
    Undelivered,
    /// Never sent.
    #[sea_orm(string_value = "failed")]
    Failed,
    /// Received from a phone.
    #[sea_orm(string_value = "received")]
    Received,
}

/// Progress of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// Waiting for a worker.
    #[sea_orm(string_value = "queued")]
    Queued,
    /// Rows are being read.
    #[sea_orm(string_value = "running")]
    Running,
    /// Finished; individual rows may have failed.
    #[sea_orm(string_value = "done")]
    Done,
    /// Stopped by an error, which is listed with the import's errors.
    #[sea_orm(string_value = "failed")]
    Failed,
    /// Stopped by the shelter.
    #[sea_orm(string_value = "canceled")]
    Canceled,
    /// It is over and is being taken back.
    #[sea_orm(string_value = "undoing")]
    Undoing,
    /// It was taken back.
    #[sea_orm(string_value = "undone")]
    Undone,
}

/// Progress of an archive of a member's data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum DataExportState {
    /// A job will make it.
    #[sea_orm(string_value = "queued")]
    Queued,
    /// It can be fetched, until it expires.
    #[sea_orm(string_value = "ready")]
    Ready,
}

/// Progress of an upload; it only moves forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum UploadState {
    /// Announced; no bytes have arrived.
    #[sea_orm(string_value = "waiting")]
    Waiting,
    /// All bytes are stored.
    #[sea_orm(string_value = "stored")]
    Stored,
    /// The bytes became a photo or an import.
    #[sea_orm(string_value = "used")]
    Used,
}

/// Groups of workers, separate so that slow jobs never delay quick ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// Somebody is waiting, and only the database affects how long it takes.
    #[sea_orm(string_value = "interactive")]
    Interactive,
    /// Mail and SMS: somebody is waiting, but other people's servers may be slow.
    #[sea_orm(string_value = "delivery")]
    Delivery,
    /// Imports and their consequences; nobody waits for an individual job.
    #[sea_orm(string_value = "bulk")]
    Bulk,
    /// Fetching from the software of shelters, which may take minutes; nobody waits for an individual job.
    #[sea_orm(string_value = "fetch")]
    Fetch,
}

/// Outcome of sending a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum MailState {
    /// Nobody has taken responsibility for it yet.
    #[sea_orm(string_value = "waiting")]
    Waiting,
    /// Handed to a relay, or written to disk.
    #[sea_orm(string_value = "sent")]
    Sent,
    /// Refused permanently.
    #[sea_orm(string_value = "refused")]
    Refused,
}

/// Progress of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Waiting for its time and a worker.
    #[sea_orm(string_value = "queued")]
    Queued,
    /// Leased by a worker.
    #[sea_orm(string_value = "running")]
    Running,
    /// Given up after too many tries; an admin should look at it.
    #[sea_orm(string_value = "buried")]
    Buried,
}

/// Progress of a photo that is fetched for a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum PhotoFetchState {
    /// Not tried yet, or tried again later.
    #[sea_orm(string_value = "waiting")]
    Waiting,
    /// Made into a photo.
    #[sea_orm(string_value = "fetched")]
    Fetched,
    /// Given up.
    #[sea_orm(string_value = "failed")]
    Failed,
    /// Not a photo of this animal, but a picture that stands for many.
    #[sea_orm(string_value = "placeholder")]
    Placeholder,
}
