//! Terms for animals in a shelter's care, after Shelter Animals Count.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Why a shelter took an animal in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum IntakeKind {
    /// Found at large; its owner may be looking for it.
    #[sea_orm(string_value = "stray")]
    Stray,
    /// Given up by its owner.
    #[sea_orm(string_value = "owner_surrender")]
    OwnerSurrender,
    /// Brought by its owner to be put to sleep.
    #[sea_orm(string_value = "owner_intended_euthanasia")]
    OwnerIntendedEuthanasia,
    /// Taken over from another organisation.
    #[sea_orm(string_value = "transfer_in")]
    TransferIn,
    /// Seized or impounded by an authority.
    #[sea_orm(string_value = "seized")]
    Seized,
    /// Brought back after an adoption.
    #[sea_orm(string_value = "return")]
    Return,
    /// Born in the shelter's care.
    #[sea_orm(string_value = "born_in_care")]
    BornInCare,
    /// For another reason.
    #[sea_orm(string_value = "other")]
    Other,
    /// Nobody said.
    #[sea_orm(string_value = "unknown")]
    Unknown,
}

/// What is done with an animal while it is in a shelter's care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum StayStage {
    /// It was taken in, and nothing else is decided.
    #[sea_orm(string_value = "intake")]
    Intake,
    /// It is kept for its owner, or as evidence, and may not be given away.
    #[sea_orm(string_value = "hold")]
    Hold,
    /// It is ill, injured or being trained.
    #[sea_orm(string_value = "treatment")]
    Treatment,
    /// It lives in a foster home.
    #[sea_orm(string_value = "foster")]
    Foster,
    /// It waits for a new home.
    #[sea_orm(string_value = "adoptable")]
    Adoptable,
}

/// How a stay ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum StayOutcome {
    /// It has a new home.
    #[sea_orm(string_value = "adopted")]
    Adopted,
    /// It is back with its owner.
    #[sea_orm(string_value = "returned_to_owner")]
    ReturnedToOwner,
    /// It went to another organisation.
    #[sea_orm(string_value = "transferred")]
    Transferred,
    /// It was released where it lived, or into the wild.
    #[sea_orm(string_value = "released")]
    Released,
    /// It escaped or was stolen.
    #[sea_orm(string_value = "lost_in_care")]
    LostInCare,
    /// It died.
    #[sea_orm(string_value = "died")]
    Died,
    /// It was put to sleep.
    #[sea_orm(string_value = "euthanized")]
    Euthanized,
    /// It was put to sleep at its owner's request.
    #[sea_orm(string_value = "owner_intended_euthanasia")]
    OwnerIntendedEuthanasia,
    /// It left in another way.
    #[sea_orm(string_value = "other")]
    Other,
    /// It is no longer there, and nobody said why.
    #[sea_orm(string_value = "unknown")]
    Unknown,
    /// It never was: the import that told of the stay was taken back.
    #[sea_orm(string_value = "undone")]
    Undone,
}

/// How an owner or the public was told of an animal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum NoticeMethod {
    /// Somebody spoke with the owner face to face.
    #[sea_orm(string_value = "in_person")]
    InPerson,
    /// By telephone.
    #[sea_orm(string_value = "phone")]
    Phone,
    /// By text message.
    #[sea_orm(string_value = "text_message")]
    TextMessage,
    /// By e-mail.
    #[sea_orm(string_value = "email")]
    Email,
    /// By a letter.
    #[sea_orm(string_value = "mail")]
    Mail,
    /// By a notice for everybody, on a wall or on the web.
    #[sea_orm(string_value = "posted")]
    Posted,
}

/// What happened in a stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum StayEventKind {
    /// The animal was taken in.
    #[sea_orm(string_value = "taken_in")]
    TakenIn,
    /// The intake was dated or described anew.
    #[sea_orm(string_value = "intake_corrected")]
    IntakeCorrected,
    /// The stage changed.
    #[sea_orm(string_value = "stage_changed")]
    StageChanged,
    /// The animal was moved to another kennel or place.
    #[sea_orm(string_value = "moved")]
    Moved,
    /// The stay ended.
    #[sea_orm(string_value = "ended")]
    Ended,
    /// The end was dated or described anew.
    #[sea_orm(string_value = "outcome_corrected")]
    OutcomeCorrected,
    /// A chip, a tag or the owner became known.
    #[sea_orm(string_value = "identified")]
    Identified,
    /// The owner was told.
    #[sea_orm(string_value = "owner_notified")]
    OwnerNotified,
    /// A notice to the owner or to the public was given.
    #[sea_orm(string_value = "notice_given")]
    NoticeGiven,
    /// The end of the hold was set or changed.
    #[sea_orm(string_value = "hold_set")]
    HoldSet,
    /// The staff extended the hold.
    #[sea_orm(string_value = "hold_extended")]
    HoldExtended,
    /// The staff released the animal from the hold.
    #[sea_orm(string_value = "hold_released")]
    HoldReleased,
    /// Some months after the adoption it was recorded what became of it.
    #[sea_orm(string_value = "adoption_checked")]
    AdoptionChecked,
}

/// Progress of an offer to hand an animal over to a shelter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum TransferState {
    /// Waiting for the receiving shelter's answer.
    #[sea_orm(string_value = "offered")]
    Offered,
    /// The animal is in the receiving shelter's care.
    #[sea_orm(string_value = "accepted")]
    Accepted,
    /// The receiving shelter does not take it.
    #[sea_orm(string_value = "refused")]
    Refused,
    /// The offering side took it back, or the animal left in another way.
    #[sea_orm(string_value = "withdrawn")]
    Withdrawn,
}

/// What became of an adoption by the time at which a shelter asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "snake_case")]
pub enum AdoptionOutcome {
    /// The animal is still in its new home.
    #[sea_orm(string_value = "kept")]
    Kept,
    /// It came back, or was given away again.
    #[sea_orm(string_value = "returned")]
    Returned,
    /// It died in its new home.
    #[sea_orm(string_value = "died")]
    Died,
    /// Nobody could be reached.
    #[sea_orm(string_value = "unknown")]
    Unknown,
}
