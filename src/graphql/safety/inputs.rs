//! Inputs and payloads of safety.

use async_graphql::{ID, InputObject, SimpleObject};

use crate::graphql::{
    accounts::Member,
    error::UserError,
    scalars::DateTime,
    vocabulary::{AbuseReason, PresenceVisibility, ProfanityFilter},
};

/// Whom to block.
#[derive(InputObject)]
pub struct BlockMemberInput {
    /// Any member but yourself.
    pub(super) member_id: ID,
    /// False ends the block.
    #[graphql(default_with = "Some(true)")]
    pub(super) block: Option<bool>,
}

/// Answer of blockMember.
#[derive(SimpleObject)]
pub struct BlockMemberPayload {
    /// The member.
    pub(super) member: Option<Member>,
    /// What to correct; empty when it is done.
    pub(super) user_errors: Vec<UserError>,
}

/// How profanity is handled.
#[derive(InputObject)]
pub struct UpdateProfanityFilterInput {
    /// Holds for what others have written and will write.
    pub(super) filter: ProfanityFilter,
}

/// Answer of updateProfanityFilter.
#[derive(SimpleObject)]
pub struct UpdateProfanityFilterPayload {
    /// What holds now.
    pub(super) filter: Option<ProfanityFilter>,
    /// What to correct; empty when it is done.
    pub(super) user_errors: Vec<UserError>,
}

/// Who sees whether you are online.
#[derive(InputObject)]
pub struct UpdatePresenceInput {
    /// Holds for everybody; hidePresenceFrom makes exceptions.
    pub(super) visibility: PresenceVisibility,
}

/// Answer of updatePresence.
#[derive(SimpleObject)]
pub struct UpdatePresencePayload {
    /// What holds now.
    pub(super) visibility: Option<PresenceVisibility>,
    /// What to correct; empty when it is done.
    pub(super) user_errors: Vec<UserError>,
}

/// From whom to hide.
#[derive(InputObject)]
pub struct HidePresenceFromInput {
    /// Any member but yourself.
    pub(super) member_id: ID,
    /// False shows it again.
    #[graphql(default_with = "Some(true)")]
    pub(super) hide: Option<bool>,
}

/// Answer of hidePresenceFrom.
#[derive(SimpleObject)]
pub struct HidePresenceFromPayload {
    /// The member.
    pub(super) member: Option<Member>,
    /// What to correct; empty when it is done.
    pub(super) user_errors: Vec<UserError>,
}

/// What is wrong with what.
#[derive(InputObject)]
pub struct ReportAbuseInput {
    /// A message, member, pet, shelter or conversation that you can see and that is not your own.
    pub(super) subject_id: ID,
    /// Why.
    pub(super) reason: AbuseReason,
    /// In your words, at most 1,000 characters.
    pub(super) details: Option<String>,
}

/// Answer of reportAbuse.
#[derive(SimpleObject)]
pub struct ReportAbusePayload {
    /// When you reported it; a second report of the same is the first one.
    pub(super) reported_at: Option<DateTime>,
    /// What to correct; empty when it is done.
    pub(super) user_errors: Vec<UserError>,
}
