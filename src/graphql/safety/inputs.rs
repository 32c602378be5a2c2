//! Inputs and payloads of safety.

use async_graphql::{ID, InputObject, SimpleObject};

use crate::graphql::{accounts::Member, error::UserError, vocabulary::ProfanityFilter};

/// Whom to block.
#[derive(InputObject)]
pub struct BlockMemberInput {
    /// Any member but yourself.
    pub(super) member_id: ID,
    /// False ends the block.
    #[graphql(default = true)]
    pub(super) block: bool,
}

/// Answer of blockMember.
#[derive(SimpleObject)]
pub struct BlockMemberPayload {
    /// The member.
    pub(super) member: Option<Member>,
    /// What to correct; empty when it is done.
    pub(super) user_errors: Vec<UserError>,
}

/// What happens to coarse words.
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
