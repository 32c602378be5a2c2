//! Messages and their changes.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::message;

use super::{Conversation, conversation::number};
use crate::{
    domain::chat,
    graphql::{
        accounts::Member,
        context::ContextExt,
        node::visible,
        photos::Photo,
        scalars::DateTime,
        vocabulary::{MessageChange, SystemMessageKind},
    },
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

    /// What was said, at most 1,000 characters; null when there are only images, and when it was deleted. Of a message of
    /// the system a sentence in English.
    async fn text(&self) -> Option<&str> {
        self.0.text.as_deref()
    }

    /// What the system tells; null for what a member said.
    async fn system(&self) -> async_graphql::Result<Option<SystemMessage>> {
        Ok(chat::SystemNote::of(&self.0)?.map(SystemMessage))
    }

    /// Its images in order, at most 6; none when it was deleted.
    async fn images(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Photo>> {
        let ids = chat::image_ids(&self.0)?;
        let photos = futures_util::future::try_join_all(ids.into_iter().map(|id| Photo::load(ctx, id))).await?;
        Ok(photos.into_iter().flatten().collect())
    }

    /// The message that it answers, also when that was deleted: then it has a deletedAt and no text.
    async fn reply_to(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Message>> {
        match self.0.reply_to_id {
            Some(id) => Ok(ctx.loaders()?.chat.messages.load_one(id).await?.map(Message)),
            None => Ok(None),
        }
    }

    /// The emojis that members put to it, at most 20 different ones, in the order in which they first came.
    async fn reactions(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Reaction>> {
        let reactions = ctx.loaders()?.chat.reactions.load_one(self.0.id).await?;
        Ok(reactions.unwrap_or_default().into_iter().map(Reaction::from).collect())
    }

    /// When the server took it.
    async fn sent_at(&self) -> DateTime {
        self.0.sent_at.into()
    }

    /// When its text was last changed; null when it never was.
    async fn edited_at(&self) -> Option<DateTime> {
        self.0.edited_at.map(DateTime::from)
    }

    /// When it was deleted; null when it was not. A deleted message keeps its place and number, without text, images and
    /// reactions.
    async fn deleted_at(&self) -> Option<DateTime> {
        self.0.deleted_at.map(DateTime::from)
    }
}

/// An emoji that members put to a message.
#[derive(SimpleObject)]
pub struct Reaction {
    /// One emoji.
    emoji: String,
    /// How many members put it.
    count: i32,
    /// Whether the caller is one of them.
    viewer_reacted: bool,
}

impl From<chat::Reaction> for Reaction {
    fn from(row: chat::Reaction) -> Self {
        Self {
            emoji: row.emoji,
            count: number(row.members),
            viewer_reacted: row.own == 1,
        }
    }
}

/// Something that the system tells in a conversation, for clients that show it in their own words.
pub struct SystemMessage(chat::SystemNote);

/// Something that the system tells in a conversation, for clients that show it in their own words.
#[Object]
impl SystemMessage {
    /// What happened.
    async fn kind(&self) -> SystemMessageKind {
        self.0.kind.into()
    }

    /// Who did it; null when the account is gone.
    async fn actor(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Member>> {
        Ok(Member::load(ctx, self.0.actor).await?)
    }

    /// Whom it concerns besides the actor, at most 49.
    async fn members(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Member>> {
        let members = self.0.members.iter().map(|id| Member::load(ctx, *id));
        Ok(futures_util::future::try_join_all(members)
            .await?
            .into_iter()
            .flatten()
            .collect())
    }

    /// The title that the group has got; null when it is about something else.
    async fn title(&self) -> Option<&str> {
        self.0.title.as_deref()
    }
}

/// A change in a conversation.
#[derive(SimpleObject)]
pub struct MessageEvent {
    /// What happened.
    change: MessageChange,
    /// Number of the change in its conversation, growing by one: give it as `after` to go on from here.
    revision: i32,
    /// The message as it is now: when it changed again meanwhile, with those changes, which come too.
    message: Message,
}

impl From<chat::Change> for MessageEvent {
    fn from(change: chat::Change) -> Self {
        Self {
            change: change.change.into(),
            revision: number(change.revision),
            message: change.message.into(),
        }
    }
}
