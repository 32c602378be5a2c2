//! Inputs about holds.

use async_graphql::{ID, InputObject, MaybeUndefined};

use crate::{
    domain::custody::{ExtendHold, NoteOwnerContact},
    graphql::{error::input_id, scalars::DateTime, vocabulary::NoticeMethod},
    kernel::Result,
};

/// What is known of an animal's owner, and what the owner was told. What is left out stays as it is, and null takes it back.
#[derive(InputObject)]
pub struct NoteOwnerContactInput {
    /// Which stay, one that has not ended.
    stay_id: ID,
    /// Since when a chip, a tag or the owner is known. A chip in the report identifies the animal by itself.
    identified_at: MaybeUndefined<DateTime>,
    /// When the owner was told.
    owner_notified_at: MaybeUndefined<DateTime>,
    /// When a notice to the owner or to the public was given; needs a method.
    notice_at: MaybeUndefined<DateTime>,
    /// How that was done.
    notice_method: MaybeUndefined<NoticeMethod>,
}

impl NoteOwnerContactInput {
    pub(super) fn input(self) -> Result<NoteOwnerContact> {
        Ok(NoteOwnerContact {
            stay_id: input_id("stayId", &self.stay_id)?,
            identified_at: given(self.identified_at).map(|at| at.map(|at| at.0)),
            owner_notified_at: given(self.owner_notified_at).map(|at| at.map(|at| at.0)),
            notice_at: given(self.notice_at).map(|at| at.map(|at| at.0)),
            notice_method: given(self.notice_method).map(|method| method.map(Into::into)),
        })
    }
}

/// An animal that is released from its hold.
#[derive(InputObject)]
pub struct ReleaseHoldInput {
    /// Which stay, one that has not ended.
    pub(super) stay_id: ID,
    /// Why, 1 to 200 characters.
    pub(super) reason: String,
}

/// An animal that is kept longer.
#[derive(InputObject)]
pub struct ExtendHoldInput {
    /// Which stay, one that has not ended.
    stay_id: ID,
    /// Until when at least: later than the rules say, at most 366 days ahead.
    until: DateTime,
    /// Why, 1 to 200 characters.
    reason: String,
}

impl ExtendHoldInput {
    pub(super) fn input(self) -> Result<ExtendHold> {
        Ok(ExtendHold {
            stay_id: input_id("stayId", &self.stay_id)?,
            until: self.until.0,
            reason: self.reason,
        })
    }
}

fn given<T>(value: MaybeUndefined<T>) -> Option<Option<T>> {
    match value {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(value)),
    }
}
