//! Messages and their changes.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::message;

use super::{
    Conversation,
    conversation::number,
    loaders::{Conversations, Messages, Reactions},
};
use crate::{
    domain::{
        chat,
        safety::{self, Review, Rule, Shown},
    },
    graphql::{
        accounts::Member,
        context::ContextExt,
        error::nullable,
        node::visible,
        photos::Photo,
        safety::ProfanityFilters,
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

    /// What the caller sees of the text; senders see what they wrote.
    async fn shown(&self, ctx: &Context<'_>) -> Result<Shown> {
        let own = |text: Option<&String>| Shown {
            text: text.cloned(),
            is_held: false,
        };
        let me = ctx.viewer()?.member();
        let (Some(text), Some(me)) = (&self.0.text, me.filter(|me| self.0.sender_id != Some(*me))) else {
            return Ok(own(self.0.text.as_ref()));
        };
        let review = Review::from_column(self.0.review.as_deref())?;
        if review.masked.is_none() {
            return Ok(own(Some(text)));
        }
        let filter = ctx.loaders()?.get::<ProfanityFilters>().load_one(me).await?;
        Ok(safety::shown(
            text,
            &review,
            filter.unwrap_or(safety::DEFAULT_PROFANITY),
        ))
    }

    /// The rule about which the caller is warned.
    fn rule(&self, ctx: &Context<'_>) -> Result<Option<&'static Rule>> {
        let is_own = ctx.viewer()?.member().is_some_and(|me| self.0.sender_id == Some(me));
        match &self.0.review {
            Some(review) if !is_own => Ok(Review::from_column(Some(review))?.warning()),
            _ => Ok(None),
        }
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
            .get::<Conversations>()
            .load_one(self.0.conversation_id)
            .await?;
        Ok(found.map(Conversation).ok_or(Error::NotFound("conversation"))?)
    }

    /// Its number in the conversation, from 1, without gaps.
    async fn sequence(&self) -> i32 {
        number(self.0.sequence)
    }

    /// Who said it; null for a message of the system.
    async fn sender(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Member>> {
        nullable(async {
            match self.0.sender_id {
                Some(id) => Ok(Member::load(ctx, id).await?),
                None => Ok(None),
            }
        })
        .await
    }

    /// What was said, at most 1,000 characters; null when there are only images, when it was deleted, or when it is
    /// held. For a system message, a sentence in English. Profanity of others is masked unless the caller's
    /// profanityFilter says otherwise.
    async fn text(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            default_with = "Some(false)",
            desc = "The text as it was written, whatever the caller's profanityFilter is."
        )]
        whole: Option<bool>,
    ) -> Option<async_graphql::Result<String>> {
        nullable(async {
            match whole.unwrap_or(false) {
                true => Ok(self.0.text.clone()),
                false => Ok(self.shown(ctx).await?.text),
            }
        })
        .await
    }

    /// Whether the text is held back because of its profanity and the caller's profanityFilter: `text(whole: true)`
    /// gives it.
    async fn held(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        Ok(self.shown(ctx).await?.is_held)
    }

    /// A warning that the text resembles what scammers write. Null for the sender, and when nothing was found.
    async fn warning(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<&'static str>> {
        nullable(async { Ok(self.rule(ctx)?.map(|rule| rule.warning)) }).await
    }

    /// Id of the rule behind the warning, as in docs/SAFETY.md.
    async fn warning_rule(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<&'static str>> {
        nullable(async { Ok(self.rule(ctx)?.map(|rule| rule.id)) }).await
    }

    /// What a system message says; null for what a member wrote.
    async fn system(&self) -> Option<async_graphql::Result<SystemMessage>> {
        nullable(async { Ok(chat::SystemNote::of(&self.0)?.map(SystemMessage)) }).await
    }

    /// Its images in order, at most 6; none when it was deleted.
    async fn images(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Photo>> {
        let ids = chat::image_ids(&self.0)?;
        let photos = futures_util::future::try_join_all(ids.into_iter().map(|id| Photo::load(ctx, id))).await?;
        Ok(photos.into_iter().flatten().collect())
    }

    /// The message that it answers, also when that was deleted: then it has a deletedAt and no text.
    async fn reply_to(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Message>> {
        nullable(async {
            match self.0.reply_to_id {
                Some(id) => Ok(ctx.loaders()?.get::<Messages>().load_one(id).await?.map(Message)),
                None => Ok(None),
            }
        })
        .await
    }

    /// The emojis that members put to it, at most 20 different ones, in the order in which they first came.
    async fn reactions(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Reaction>> {
        let reactions = ctx.loaders()?.get::<Reactions>().load_one(self.0.id).await?;
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

    /// When it was deleted; null when it was not. A deleted message keeps its place and number, without text, images
    /// and reactions.
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

/// What happened in a conversation, for clients that say it in their own words.
pub struct SystemMessage(chat::SystemNote);

/// What happened in a conversation, for clients that say it in their own words.
#[Object]
impl SystemMessage {
    /// What happened.
    async fn kind(&self) -> SystemMessageKind {
        self.0.kind.into()
    }

    /// Who did it; null when the account is gone.
    async fn actor(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Member>> {
        nullable(Member::load(ctx, self.0.actor)).await
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
