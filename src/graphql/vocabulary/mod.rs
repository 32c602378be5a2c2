//! The closed sets of the schema; their words are those of the tables.

mod animal;
mod connectors;
mod custody;
mod holds;
mod people;
mod safety;
mod state;
mod webhooks;

pub use animal::{AgeGroup, Altered, CoatLength, CoatPattern, Color, PetKind, PetSize, PetStatus, Sex, Species};
pub use connectors::{ConnectorKind, ConnectorRunOutcome, ConnectorState};
pub use custody::{AdoptionOutcome, IntakeKind, NoticeMethod, StayEventKind, StayOutcome, StayStage, TransferState};
pub use holds::{HoldEndsAt, HoldPrecedence, HoldStart, HoldSubject, HoldUnit, HolidayCalendar, Weekday};
pub use people::{
    ConsentPurpose, ConversationKind, DateOrder, ImportMode, MessageChange, NotificationKind, Role, SearchNotify,
    SharePlatform, ShelterType, SmsDirection, StaffRole, SystemMessageKind, UploadPurpose,
};
pub use safety::{AbuseReason, PresenceVisibility, ProfanityFilter};
pub use state::{
    ClaimState, DataExportState, ImportState, MatchAlertKind, MatchBand, MatchDifference, MatchState,
    ShelterMatchAlerts, SmsStatus,
};
pub use webhooks::{WebhookDeliveryState, WebhookEvent};
