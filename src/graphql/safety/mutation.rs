//! Mutations of safety.

use std::sync::Arc;

use async_graphql::{Context, Object};

use super::inputs::{
    BlockMemberInput, BlockMemberPayload, HidePresenceFromInput, HidePresenceFromPayload, ReportAbuseInput,
    ReportAbusePayload, UpdatePresenceInput, UpdatePresencePayload, UpdateProfanityFilterInput,
    UpdateProfanityFilterPayload,
};
use crate::{
    domain::{
        chat,
        moderation::{self, ReportAbuse},
        presence, safety,
    },
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
    /// Ends everything between the caller and a member, or lets it begin again: neither can write to the other or open
    /// a conversation with them, neither sees whether the other is typing or online. Earlier messages stay readable for
    /// both; groups and shelters' inboxes are not affected. The other is not told.
    async fn block_member(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom.")] input: BlockMemberInput,
    ) -> async_graphql::Result<BlockMemberPayload> {
        let done = async {
            let other = input_id("memberId", &input.member_id)?;
            chat::block_member(ctx.deps()?, ctx.viewer()?, other, input.block.unwrap_or(true)).await
        };
        let (member, user_errors) = settle(done.await)?;
        Ok(BlockMemberPayload {
            member: member.map(|member| Member(Arc::new(member))),
            user_errors,
        })
    }

    /// Says how profanity in what others write to the caller is handled.
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

    /// Says who sees whether the caller is online, and when they last were.
    async fn update_presence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who sees it.")] input: UpdatePresenceInput,
    ) -> async_graphql::Result<UpdatePresencePayload> {
        let done = presence::update_presence(ctx.deps()?, ctx.viewer()?, input.visibility.into()).await;
        let (visibility, user_errors) = settle(done)?;
        Ok(UpdatePresencePayload {
            visibility: visibility.map(Into::into),
            user_errors,
        })
    }

    /// Hides from one member whether the caller is online, or shows it again. The member is not told.
    async fn hide_presence_from(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "From whom.")] input: HidePresenceFromInput,
    ) -> async_graphql::Result<HidePresenceFromPayload> {
        let done = async {
            let from = input_id("memberId", &input.member_id)?;
            presence::hide_presence(ctx.deps()?, ctx.viewer()?, from, input.hide.unwrap_or(true)).await
        };
        let (member, user_errors) = settle(done.await)?;
        Ok(HidePresenceFromPayload {
            member: member.map(|member| Member(Arc::new(member))),
            user_errors,
        })
    }

    /// Reports something to the moderators, as it is now. The person who is reported is not told. At most 20 a day.
    async fn report_abuse(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is wrong with what.")] input: ReportAbuseInput,
    ) -> async_graphql::Result<ReportAbusePayload> {
        let input = ReportAbuse {
            subject: input.subject_id.to_string(),
            reason: input.reason.into(),
            details: input.details,
        };
        let (report, user_errors) = settle(moderation::report_abuse(ctx.deps()?, ctx.viewer()?, input).await)?;
        Ok(ReportAbusePayload {
            reported_at: report.map(|report| report.created_at.into()),
            user_errors,
        })
    }
}
