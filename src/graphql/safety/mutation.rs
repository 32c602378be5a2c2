//! Mutations of safety.

use std::sync::Arc;

use async_graphql::{Context, Object};

use super::inputs::{BlockMemberInput, BlockMemberPayload, UpdateProfanityFilterInput, UpdateProfanityFilterPayload};
use crate::{
    domain::{chat, safety},
    graphql::{
        accounts::Member,
        context::ContextExt,
        error::{input_id, settle},
    },
};

/// Mutations of safety.
#[derive(Default)]
pub struct SafetyMutation;

#[Object]
impl SafetyMutation {
    /// Ends everything between the caller and a member, or lets it begin again: neither can write to the other or open a
    /// conversation with them, neither sees the other type or be online. What was said stays readable for both; groups
    /// and inboxes of shelters go on. The other is not told.
    async fn block_member(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom.")] input: BlockMemberInput,
    ) -> async_graphql::Result<BlockMemberPayload> {
        let done = async {
            let other = input_id("memberId", &input.member_id)?;
            chat::block_member(ctx.deps()?, ctx.viewer()?, other, input.block).await
        };
        let (member, user_errors) = settle(done.await)?;
        Ok(BlockMemberPayload {
            member: member.map(|member| Member(Arc::new(member))),
            user_errors,
        })
    }

    /// Says what happens to coarse words in what others write to the caller.
    async fn update_profanity_filter(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What happens to them.")] input: UpdateProfanityFilterInput,
    ) -> async_graphql::Result<UpdateProfanityFilterPayload> {
        let done = safety::update_profanity_filter(ctx.deps()?, ctx.viewer()?, input.filter.into()).await;
        let (filter, user_errors) = settle(done)?;
        Ok(UpdateProfanityFilterPayload {
            filter: filter.map(Into::into),
            user_errors,
        })
    }
}
