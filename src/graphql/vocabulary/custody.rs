//! Words for animals in a shelter's care.

use async_graphql::Enum;
use entity::vocabulary as stored;

/// Why a shelter took an animal in; the terms of Shelter Animals Count.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::IntakeKind")]
pub enum IntakeKind {
    /// Found at large; its owner may be looking for it.
    Stray,
    /// Given up by its owner.
    OwnerSurrender,
    /// Brought by its owner to be put to sleep.
    OwnerIntendedEuthanasia,
    /// Taken over from another organisation.
    TransferIn,
    /// Seized or impounded by an authority.
    Seized,
    /// Brought back after an adoption.
    Return,
    /// Born in the shelter's care.
    BornInCare,
    /// For another reason.
    Other,
    /// Nobody said.
    Unknown,
}

/// What is done with an animal while it is in a shelter's care.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::StayStage")]
pub enum StayStage {
    /// It was taken in, and nothing else is decided.
    Intake,
    /// It is kept for its owner, or as evidence, and may not be given away.
    Hold,
    /// It is ill, injured or being trained.
    Treatment,
    /// It lives in a foster home and takes no place in the shelter.
    Foster,
    /// It waits for a new home.
    Adoptable,
}

/// How a stay ended; the terms of Shelter Animals Count.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::StayOutcome")]
pub enum StayOutcome {
    /// It has a new home.
    Adopted,
    /// It is back with its owner.
    ReturnedToOwner,
    /// It went to another organisation.
    Transferred,
    /// It was released where it lived, or into the wild.
    Released,
    /// It escaped or was stolen.
    LostInCare,
    /// It died.
    Died,
    /// It was put to sleep.
    Euthanized,
    /// It was put to sleep at its owner's request.
    OwnerIntendedEuthanasia,
    /// It left in another way.
    Other,
    /// It is no longer there, and nobody said why.
    Unknown,
    /// The stay never was: the import that told of it was taken back. Only the server says so.
    Undone,
}

/// How an owner or the public was told of an animal.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::NoticeMethod")]
pub enum NoticeMethod {
    /// Somebody spoke with the owner face to face.
    InPerson,
    /// By telephone.
    Phone,
    /// By text message.
    TextMessage,
    /// By e-mail.
    Email,
    /// By a letter.
    Mail,
    /// By a notice for everybody, on a wall or on the web.
    Posted,
}

/// What happened in a stay.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::StayEventKind")]
pub enum StayEventKind {
    /// The animal was taken in.
    TakenIn,
    /// The intake was dated or described anew.
    IntakeCorrected,
    /// The stage changed.
    StageChanged,
    /// The animal was moved to another kennel or place.
    Moved,
    /// The stay ended.
    Ended,
    /// The end was dated or described anew.
    OutcomeCorrected,
    /// A chip, a tag or the owner became known; `from` and `to` are since when.
    Identified,
    /// The owner was told; `from` and `to` are when.
    OwnerNotified,
    /// A notice to the owner or to the public was given; `from` and `to` are how and when.
    NoticeGiven,
    /// The end of the hold was set or changed; `from` and `to` are until when, "open from" a time if it waits for an event.
    HoldSet,
    /// The staff extended the hold; `from` and `to` are the reasons.
    HoldExtended,
    /// The staff released the animal from the hold; `from` is until when it was to last, `to` the reason.
    HoldReleased,
    /// Some months after the adoption it was recorded what became of it; `from` and `to` are after how many, and what.
    AdoptionChecked,
}

/// Progress of an offer to hand an animal over to a shelter.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::TransferState")]
pub enum TransferState {
    /// Waiting for the receiving shelter's answer.
    Offered,
    /// The animal is in the receiving shelter's care.
    Accepted,
    /// The receiving shelter does not take it.
    Refused,
    /// The offering side took it back, or the animal left in another way.
    Withdrawn,
}

/// What became of an adoption by the time at which its shelter is asked.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stored::AdoptionOutcome")]
pub enum AdoptionOutcome {
    /// The animal is still in its new home.
    Kept,
    /// It came back, or was given away again.
    Returned,
    /// It died in its new home.
    Died,
    /// Nobody could be reached.
    Unknown,
}
