//! Messages and their changes.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entity::message;

use super::{Conversation, conversation::number};
use crate::{
    domain::chat,
    graphql::{accounts::Member, context::ContextExt, node::visible, photos::Photo, scalars::DateTime},
    kernel::{Error, Result},
};

/// A message; whoever takes part in its conversation sees it.
pub struct Message(pub Arc<message::Model>);

impl From<message::Model> for Message {
    fn from(row: message::Model) -> Self {
        Self(Arc::new(row))
    }
}

impl Message {
    /// The message with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        let Ok(id) = id.parse() else { return Ok(None) };
        let found = chat::find_message(ctx.deps()?.db.read(), ctx.viewer()?, id).await;
        Ok(visible(found)?.map(Self::from))
    }
}

/// A message; whoever takes part in its conversation sees it.
#[Object]
impl Message {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Where it was said.
    async fn conversation(&self, ctx: &Context<'_>) -> async_graphql::Result<Conversation> {
        let found = ctx
            .loaders()?
            .chat
            .conversations
            .load_one(self.0.conversation_id)
            .await?;
        Ok(found.map(Conversation).ok_or(Error::NotFound("conversation"))?)
    }

    /// Its number in the conversation, from 1, without gaps.
    async fn sequence(&self) -> i32 {
        number(self.0.sequence)
    }

    /// Who said it; null for a message of the system.
    async fn sender(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Member>> {
        match self.0.sender_id {
            Some(id) => Ok(Member::load(ctx, id).await?),
            None => Ok(None),
        }
    }

    /// What was said, at most 1,000 characters; null when there are only images.
    async fn text(&self) -> Option<&str> {
        self.0.text.as_deref()
    }

    /// Its images in order, at most 6.
    async fn images(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Photo>> {
        let ids = chat::image_ids(&self.0)?;
        let photos = futures_util::future::try_join_all(ids.into_iter().map(|id| Photo::load(ctx, id))).await?;
        Ok(photos.into_iter().flatten().collect())
    }

    /// The message that it answers.
    async fn reply_to(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Message>> {
        match self.0.reply_to_id {
            Some(id) => Ok(ctx.loaders()?.chat.messages.load_one(id).await?.map(Message)),
            None => Ok(None),
        }
    }

    /// When the server took it.
    async fn sent_at(&self) -> DateTime {
        self.0.sent_at.into()
    }
}

/// What happened to a message.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq)]
pub enum MessageChange {
    /// It is new.
    Sent,
}

/// A change in a conversation.
#[derive(SimpleObject)]
pub struct MessageEvent {
    /// What happened.
    change: MessageChange,
    /// Number of the change in its conversation, growing: give it as `after` to go on from here.
    revision: i32,
    /// The message as it is now.
    message: Message,
}

impl From<message::Model> for MessageEvent {
    fn from(row: message::Model) -> Self {
        Self {
            change: MessageChange::Sent,
            revision: number(row.revision),
            message: row.into(),
        }
    }
}
