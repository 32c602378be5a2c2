//! How far something has come.

use async_graphql::Enum;
use entity::vocabulary as stored;

/// How sure a match is; later is surer.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::MatchBand")]
pub enum MatchBand {
    /// Could be; nobody is alerted.
    Weak,
    /// Worth a look.
    Possible,
    /// Very likely.
    Strong,
    /// The microchip numbers match.
    Chip,
}

/// What people decided about a match.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::MatchState")]
pub enum MatchState {
    /// Nobody has decided yet.
    New,
    /// A side said: this is the same animal.
    Confirmed,
    /// A side said: this is another animal.
    Dismissed,
}

/// What happened to a match.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::MatchAlertKind")]
pub enum MatchAlertKind {
    /// The pair was found, or is likelier than it was.
    Found,
    /// The other side said that it is the same animal.
    Confirmed,
    /// The other side said that it is a different animal.
    Dismissed,
    /// The other report was closed because the animal is home.
    Reunited,
    /// The other report was closed for another reason, or one was changed so that they cannot be one animal.
    Ended,
}

/// What makes two reports two animals.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::MatchDifference")]
pub enum MatchDifference {
    /// The sexes differ.
    Sex,
    /// The colours or the patterns differ.
    Color,
    /// The breeds differ.
    Breed,
    /// The sizes or weights differ.
    Size,
    /// The ages differ.
    Age,
    /// Marks, collar or photos differ.
    Marks,
    /// The place or the time does not fit.
    Place,
    /// The animal is home already.
    AlreadyHome,
    /// Something else.
    Other,
}

/// Which matches the staff of a shelter is alerted to.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::ShelterMatchAlerts")]
pub enum ShelterMatchAlerts {
    /// None: they look when they like.
    None,
    /// Those that are very likely, and equal chips.
    Strong,
    /// All that are worth a look.
    Possible,
}

/// Where a claim stands.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::ClaimState")]
pub enum ClaimState {
    /// Waiting for the claimant's answers.
    Open,
    /// Waiting for the other side to judge.
    Answered,
    /// The other side is convinced: both see the exact places and the phone of the other.
    Accepted,
    /// The last try was refused, or the other side dismissed the match.
    Rejected,
    /// The claimant gave it up.
    Withdrawn,
    /// Nobody went on with it for 14 days, or one of the reports was closed or changed to another animal.
    Expired,
}

/// Where an SMS stands; it only moves forward.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum SmsStatus {
    /// Waiting to be sent.
    Queued,
    /// Accepted by the carrier.
    Sent,
    /// Arrived.
    Delivered,
    /// The carrier could not deliver it.
    Undelivered,
    /// Never left.
    Failed,
    /// Came in from a phone.
    Received,
}

/// Whether the carrier has answered yet is no news to a client: both are queued.
impl From<stored::SmsStatus> for SmsStatus {
    fn from(status: stored::SmsStatus) -> Self {
        match status {
            stored::SmsStatus::Queued | stored::SmsStatus::Sending => Self::Queued,
            stored::SmsStatus::Sent => Self::Sent,
            stored::SmsStatus::Delivered => Self::Delivered,
            stored::SmsStatus::Undelivered => Self::Undelivered,
            stored::SmsStatus::Failed => Self::Failed,
            stored::SmsStatus::Received => Self::Received,
        }
    }
}

/// How far an archive of a member's data is.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::DataExportState")]
pub enum DataExportState {
    /// It is being made.
    Queued,
    /// It can be downloaded until it expires.
    Ready,
}

/// Where an import stands.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::ImportState")]
pub enum ImportState {
    /// Waiting for a worker.
    Queued,
    /// Rows are being read.
    Running,
    /// Finished; single rows may have failed.
    Done,
    /// Stopped; the errors say why.
    Failed,
    /// Stopped by the shelter.
    Canceled,
    /// It is over and is being taken back.
    Undoing,
    /// It was taken back; what changed meanwhile stayed.
    Undone,
}
