//! How far something has come.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// How sure a match is; later is surer.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum MatchBand {
    /// Could be; nobody is alerted.
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

/// What people decided about a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum MatchState {
    /// Nobody has decided yet.
    #[sea_orm(string_value = "new")]
    New,
    /// A side said: this is the same animal.
    #[sea_orm(string_value = "confirmed")]
    Confirmed,
    /// A side said: this is another animal.
    #[sea_orm(string_value = "dismissed")]
    Dismissed,
}

/// Where an SMS stands; it only moves forward.
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
    /// Never left.
    #[sea_orm(string_value = "failed")]
    Failed,
    /// Came in from a phone.
    #[sea_orm(string_value = "received")]
    Received,
}

/// Where an import stands.
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
    /// Finished; single rows may have failed.
    #[sea_orm(string_value = "done")]
    Done,
    /// Stopped; the errors say why.
    #[sea_orm(string_value = "failed")]
    Failed,
    /// Stopped by the shelter.
    #[sea_orm(string_value = "canceled")]
    Canceled,
}

/// Where an upload stands; it only moves forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum UploadState {
    /// No bytes yet.
    #[sea_orm(string_value = "waiting")]
    Waiting,
    /// The bytes are there.
    #[sea_orm(string_value = "stored")]
    Stored,
    /// The bytes became a photo or an import.
    #[sea_orm(string_value = "used")]
    Used,
}

/// Which workers do a job, so that what is slow never keeps what is quick waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// Somebody waits for it, and the database alone decides how long it takes.
    #[sea_orm(string_value = "interactive")]
    Interactive,
    /// Mail and SMS: somebody waits for them, but other people's servers may take their time.
    #[sea_orm(string_value = "delivery")]
    Delivery,
    /// Imports and all that follows from them; nobody waits for a single one.
    #[sea_orm(string_value = "bulk")]
    Bulk,
}

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum MailState {
    /// Nobody has answered for it yet.
    #[sea_orm(string_value = "waiting")]
    Waiting,
    /// A relay, or the disk, answers for it.
    #[sea_orm(string_value = "sent")]
    Sent,
    /// Refused for good.
    #[sea_orm(string_value = "refused")]
    Refused,
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Waits for its time and a worker.
    #[sea_orm(string_value = "queued")]
    Queued,
    /// A worker holds a lease.
    #[sea_orm(string_value = "running")]
    Running,
    /// Gave up; an admin should look.
    #[sea_orm(string_value = "buried")]
    Buried,
}
