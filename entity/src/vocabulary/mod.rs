//! Closed sets of values, stored as text.

mod animal;
mod connectors;
mod custody;
mod people;
mod safety;
mod state;
mod webhooks;

pub use animal::{
    AgeGroup, Altered, CoatLength, CoatPattern, Color, PetKind, PetSize, PetStatus, PlacePrecision, Sex, Species,
};
pub use connectors::{ConnectorKind, ConnectorRunState};
pub use custody::{AdoptionOutcome, IntakeKind, NoticeMethod, StayEventKind, StayOutcome, StayStage, TransferState};
pub use people::{
    ConsentPurpose, ConversationKind, DateOrder, ImportMode, MessageChange, NotificationKind, Role, SearchNotify,
    SecondFactorMethod, SharePlatform, ShelterType, SmsDirection, StaffRole, SystemMessageKind, UploadPurpose,
};
pub use safety::{AbuseReason, PetVisibility, PresenceVisibility, ProfanityFilter, ScamPattern};
pub use state::{
    ClaimState, DataExportState, ImportState, JobState, Lane, MailState, MatchAlertKind, MatchBand, MatchDifference,
    MatchState, PhotoFetchState, ShelterMatchAlerts, SmsStatus, UploadState,
};
pub use webhooks::{WebhookDeliveryState, WebhookEvent};
