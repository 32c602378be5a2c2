//! Mutations of what a conversation is to the caller alone, and of what others see of the caller.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::id::MemberId;

use super::Conversation;
use crate::{
    domain::chat,
    graphql::{
        context::ContextExt,
        error::{UserError, input_id, settle},
    },
    kernel::Result,
};

/// What others see of a member.
#[derive(SimpleObject)]
pub struct Privacy {
    /// Whether the others in a conversation see how far the member has read.
    read_receipts: bool,
}

impl Privacy {
    /// What a member chose.
    pub async fn of(ctx: &Context<'_>, member: MemberId) -> Result<Self> {
        let read_receipts = chat::shows_reading(ctx.deps()?.db.read(), member).await?;
        Ok(Self { read_receipts })
    }
}

/// What others can see of you; what is left out stays as it is.
#[derive(InputObject)]
pub struct UpdatePrivacyInput {
    /// Whether the others in a conversation see how far you read from now on. What they have seen stays.
    read_receipts: Option<bool>,
}

/// Answer of updatePrivacy.
#[derive(SimpleObject)]
pub struct UpdatePrivacyPayload {
    /// What others see from now on.
    privacy: Option<Privacy>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// What has reached you.
#[derive(InputObject)]
pub struct MarkDeliveredInput {
    /// A conversation in which you take part.
    conversation_id: ID,
    /// Sequence of the last message that has reached this device. The marker only moves forward; a number beyond the
    /// last message is refused.
    up_to: i32,
}

/// Answer of markDelivered.
#[derive(SimpleObject)]
pub struct MarkDeliveredPayload {
    /// The conversation.
    conversation: Option<Conversation>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Which conversation to archive.
#[derive(InputObject)]
pub struct ArchiveConversationInput {
    /// A conversation in which you take part.
    conversation_id: ID,
    /// Whether it is archived; false brings it back.
    #[graphql(default_with = "Some(true)")]
    archived: Option<bool>,
}

/// Answer of archiveConversation.
#[derive(SimpleObject)]
pub struct ArchiveConversationPayload {
    /// The conversation.
    conversation: Option<Conversation>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Which conversation to silence.
#[derive(InputObject)]
pub struct MuteConversationInput {
    /// A conversation in which you take part.
    conversation_id: ID,
    /// Whether it is silent; false lets it notify again.
    #[graphql(default_with = "Some(true)")]
    muted: Option<bool>,
}

/// Answer of muteConversation.
#[derive(SimpleObject)]
pub struct MuteConversationPayload {
    /// The conversation.
    conversation: Option<Conversation>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of what a conversation is to the caller alone, and of what others see of the caller.
#[derive(Default)]
pub struct ParticipationMutation;

#[Object]
impl ParticipationMutation {
    /// Moves forward the caller's marker of what has reached one of their devices.
    async fn mark_delivered(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How far messages have come.")] input: MarkDeliveredInput,
    ) -> async_graphql::Result<MarkDeliveredPayload> {
        let done = async {
            let marker = chat::Marker {
                conversation_id: input_id("conversationId", &input.conversation_id)?,
                up_to: input.up_to.into(),
            };
            chat::mark_delivered(ctx.deps()?, ctx.viewer()?, marker).await
        };
        let (conversation, user_errors) = settle(done.await)?;
        Ok(MarkDeliveredPayload {
            conversation: conversation.map(Conversation::from),
            user_errors,
        })
    }

    /// Puts a conversation away for the caller alone, or takes it back. The next message of a member takes it back too.
    async fn archive_conversation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which conversation, and whether.")] input: ArchiveConversationInput,
    ) -> async_graphql::Result<ArchiveConversationPayload> {
        let done = async {
            let id = input_id("conversationId", &input.conversation_id)?;
            chat::archive_conversation(ctx.deps()?, ctx.viewer()?, id, input.archived.unwrap_or(true)).await
        };
        let (conversation, user_errors) = settle(done.await)?;
        Ok(ArchiveConversationPayload {
            conversation: conversation.map(Conversation::from),
            user_errors,
        })
    }

    /// Lets the caller have no notifications about a conversation, or have them again. It counts as unread all the
    /// same.
    async fn mute_conversation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which conversation, and whether.")] input: MuteConversationInput,
    ) -> async_graphql::Result<MuteConversationPayload> {
        let done = async {
            let id = input_id("conversationId", &input.conversation_id)?;
            chat::mute_conversation(ctx.deps()?, ctx.viewer()?, id, input.muted.unwrap_or(true)).await
        };
        let (conversation, user_errors) = settle(done.await)?;
        Ok(MuteConversationPayload {
            conversation: conversation.map(Conversation::from),
            user_errors,
        })
    }

    /// Chooses what others see of the caller.
    async fn update_privacy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdatePrivacyInput,
    ) -> async_graphql::Result<UpdatePrivacyPayload> {
        let UpdatePrivacyInput { read_receipts } = input;
        let (deps, viewer) = (ctx.deps()?, ctx.viewer()?);
        let (done, user_errors) =
            settle(chat::update_privacy(deps, viewer, chat::UpdatePrivacy { read_receipts }).await)?;
        let privacy = match (done, viewer.member()) {
            (Some(()), Some(member)) => Some(Privacy::of(ctx, member).await?),
            _ => None,
        };
        Ok(UpdatePrivacyPayload { privacy, user_errors })
    }
}
