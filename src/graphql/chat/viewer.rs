//! Private data of the caller: their conversations.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{id::MemberId, member};

use super::{Conversation, Message, Privacy, conversation_connection, found_messages, unread_message_count};
use crate::{
    graphql::{connection::Connection, schema::ViewerPart},
    kernel::{Result, page::Page},
};

/// Fields of `Viewer` about conversations.
pub struct ChatViewer(MemberId);

impl ViewerPart for ChatViewer {
    async fn of(_: &Context<'_>, member: &Arc<member::Model>) -> Result<Self> {
        Ok(Self(member.id))
    }
}

/// Fields of `Viewer` about conversations.
#[Object]
impl ChatViewer {
    /// Conversations in which the viewer takes part, those with the newest message first; those with the shelters that
    /// the viewer works for too.
    async fn conversations(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = false, desc = "Archived ones instead of the others.")] archived: bool,
        #[graphql(desc = "How many from the beginning, 0 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Conversation>> {
        let page = Page::new(first, after, last, before)?;
        Ok(conversation_connection(ctx, archived, page).await?)
    }

    /// Messages in the viewer's present conversations that hold every word, newest first. Case and accents make no
    /// difference, and the last word may be the beginning of one. Deleted messages and system messages are not found. At
    /// most 120 searches a minute.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn search_messages(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Words, at most 200 characters; punctuation is ignored.")] query: String,
        #[graphql(desc = "Only in this conversation; in one that you may not see there is nothing.")]
        conversation_id: Option<ID>,
        #[graphql(desc = "How many from the beginning, 0 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Message>> {
        let page = Page::new(first, after, last, before)?;
        Ok(found_messages(ctx, &query, conversation_id, page).await?)
    }

    /// What others see of the viewer.
    async fn privacy(&self, ctx: &Context<'_>) -> async_graphql::Result<Privacy> {
        Ok(Privacy::of(ctx, self.0).await?)
    }

    /// Messages that the viewer has not read, over all conversations, muted and archived ones too.
    async fn unread_message_count(&self, ctx: &Context<'_>) -> async_graphql::Result<i32> {
        Ok(unread_message_count(ctx).await?)
    }
}
