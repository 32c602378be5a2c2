//! Subscriptions of chat.

use async_graphql::{Context, ID, Object, Subscription};
use entity::id::ConversationId;
use futures_util::{Stream, StreamExt};

use super::{Conversation, message::MessageEvent};
use crate::{
    domain::chat::{self, Typing},
    graphql::{accounts::Member, context::ContextExt},
    kernel::{Error, Result},
};

/// Subscriptions of chat. What happens before a stream is in boxes: each of thousands of idle streams would otherwise
/// keep the room for it.
#[derive(Default)]
pub struct ChatSubscription;

#[Subscription]
impl ChatSubscription {
    /// Every change of a conversation with a revision greater than `after`, in order, then live; each once: messages
    /// that were sent, edited, deleted or reacted to. It ends with an error when the caller no longer takes part.
    async fn messages(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A conversation in which the caller takes part.")] conversation_id: ID,
        #[graphql(
            desc = "Revision of the last change that was seen, 0 for everything; without it only what comes from now on. One that was not given out yet is refused with RESUME_UNAVAILABLE."
        )]
        after: Option<i32>,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<MessageEvent>>> {
        let id = conversation(&conversation_id)?;
        let changes = Box::pin(chat::follow_messages(
            &ctx.deps_of_stream()?,
            ctx.viewer()?,
            id,
            ctx.resuming(after)?.map(i64::from),
        ))
        .await?;
        Ok(changes.map(|change| Ok(change?.into())))
    }

    /// The others of a conversation, when they begin to type and when they stop or have been silent for 7 seconds. It
    /// ends with an error when the caller no longer takes part.
    async fn typing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A conversation in which the caller takes part.")] conversation_id: ID,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<TypingEvent>>> {
        let id = conversation(&conversation_id)?;
        let changes = Box::pin(chat::follow_typing(&ctx.deps_of_stream()?, ctx.viewer()?, id)).await?;
        Ok(changes.map(|change| Ok(TypingEvent(change?))))
    }

    /// Any conversation of the caller that changes: its messages, its title, its unread count, the caller's own
    /// settings, and between two members the markers of the other. Several changes may come as one.
    async fn conversation_updates(
        &self,
        ctx: &Context<'_>,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<Conversation>>> {
        let changes = Box::pin(chat::follow_conversations(&ctx.deps_of_stream()?, ctx.viewer()?)).await?;
        Ok(changes.map(|change| Ok(change?.into())))
    }
}

/// Text that is no id is the id of nothing.
fn conversation(id: &ID) -> Result<ConversationId> {
    id.parse().map_err(|_| Error::NotFound("conversation"))
}

/// Someone started or stopped typing.
pub struct TypingEvent(Typing);

/// Someone started or stopped typing.
#[Object]
impl TypingEvent {
    /// Where.
    async fn conversation(&self) -> Conversation {
        Conversation::from(self.0.conversation.clone())
    }

    /// Who; never the caller.
    async fn member(&self, ctx: &Context<'_>) -> async_graphql::Result<Member> {
        let member = Member::load(ctx, self.0.member_id).await?;
        Ok(member.ok_or(Error::NotFound("member"))?)
    }

    /// Whether they began, or stopped.
    async fn typing(&self) -> bool {
        self.0.is_typing
    }
}
