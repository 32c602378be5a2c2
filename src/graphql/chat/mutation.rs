//! Mutations of chat.

use async_graphql::{Context, Object};

use super::{
    Conversation, Message,
    inputs::{
        MarkReadInput, MarkReadPayload, SendMessageInput, SendMessagePayload, SetTypingInput, SetTypingPayload,
        StartConversationInput, StartConversationPayload,
    },
};
use crate::{
    domain::chat,
    graphql::{
        context::ContextExt,
        error::{input_id, settle},
    },
    kernel::Result,
};

/// Mutations of chat.
#[derive(Default)]
pub struct ChatMutation;

#[Object]
impl ChatMutation {
    /// Writes to a member, to a shelter, or to whoever can be asked about a pet. There is one conversation for each pair
    /// and pet, whoever opens it. At most 20 new ones an hour.
    async fn start_conversation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom to write to, and what.")] input: StartConversationInput,
    ) -> async_graphql::Result<StartConversationPayload> {
        let done = async { chat::start_conversation(ctx.deps()?, ctx.viewer()?, input.checked()?).await };
        let (started, user_errors) = settle(done.await)?;
        let (conversation, message) = started.map(|done| (done.conversation, done.message)).unzip();
        Ok(StartConversationPayload {
            conversation: conversation.map(Conversation::from),
            message: message.flatten().map(Message::from),
            user_errors,
        })
    }

    /// Sends a message. At most 50 a minute. Nobody can write to a member who has deleted their account.
    async fn send_message(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The message and where it goes.")] input: SendMessageInput,
    ) -> async_graphql::Result<SendMessagePayload> {
        let done = async { chat::send_message(ctx.deps()?, ctx.viewer()?, input.checked()?).await };
        let (message, user_errors) = settle(done.await)?;
        Ok(SendMessagePayload {
            message: message.map(Message::from),
            user_errors,
        })
    }

    /// Moves the caller's read marker forward.
    async fn mark_read(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How far you have read.")] input: MarkReadInput,
    ) -> async_graphql::Result<MarkReadPayload> {
        let done = async { chat::mark_read(ctx.deps()?, ctx.viewer()?, input.checked()?).await };
        let (conversation, user_errors) = settle(done.await)?;
        Ok(MarkReadPayload {
            conversation: conversation.map(Conversation::from),
            user_errors,
        })
    }

    /// Tells the others that the caller is typing, or has stopped. It is not stored and ends by itself after 7 seconds.
    async fn set_typing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where, and whether.")] input: SetTypingInput,
    ) -> async_graphql::Result<SetTypingPayload> {
        let (_, user_errors) = settle(tell_typing(ctx, &input).await)?;
        Ok(SetTypingPayload { user_errors })
    }
}

async fn tell_typing(ctx: &Context<'_>, input: &SetTypingInput) -> Result<()> {
    let id = input_id("conversationId", &input.conversation_id)?;
    chat::set_typing(ctx.deps()?, ctx.viewer()?, id, input.typing.unwrap_or(true)).await
}
