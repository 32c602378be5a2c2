//! Chat in the schema.

mod change_mutation;
mod conversation;
mod group_mutation;
mod inbox;
mod inputs;
mod loaders;
mod message;
mod mutation;
mod participation_mutation;
mod subscription;

pub use change_mutation::ChangeMutation;
pub use conversation::Conversation;
pub use group_mutation::GroupMutation;
pub use inbox::{InboxAssigned, InboxMutation, inbox_connection, unassigned_count};
pub use loaders::ChatLoaders;
pub use message::Message;
pub use mutation::ChatMutation;
pub use participation_mutation::{ParticipationMutation, Privacy};
pub use subscription::ChatSubscription;

use async_graphql::{Context, ID};

use entity::id::ConversationId;

use super::{
    connection::{Connection, connection},
    context::ContextExt,
};
use crate::{
    count,
    domain::chat::{self, ConversationList},
    kernel::{Result, page::Page},
};

/// A page of the viewer's conversations.
pub async fn conversation_connection(
    ctx: &Context<'_>,
    archived: bool,
    page: Page,
) -> Result<Connection<Conversation>> {
    let (deps, viewer) = (ctx.deps()?, ctx.viewer()?);
    let list = if archived {
        ConversationList::Archived
    } else {
        ConversationList::Current
    };
    let slice = chat::conversations(deps.db.read(), viewer, list, &page).await?;
    let count = count!(deps, viewer; chat::count_conversations(deps.db.read(), &viewer, list));
    Ok(connection(slice.map(Conversation::from), count))
}

/// Messages that the viewer has not read, over all conversations.
pub async fn unread_message_count(ctx: &Context<'_>) -> Result<i32> {
    let me = ctx.viewer()?.require_member()?;
    let total = chat::unread_total(ctx.deps()?.db.read(), me).await?;
    Ok(i32::try_from(total).unwrap_or(i32::MAX))
}

/// A page of the viewer's messages that hold every word of the query.
pub async fn found_messages(
    ctx: &Context<'_>,
    query: &str,
    conversation: Option<ID>,
    page: Page,
) -> Result<Connection<Message>> {
    let deps = ctx.deps()?;
    let conversation = match conversation.map(|id| id.parse()) {
        None => None,
        Some(Ok(id)) => Some(id),
        // Text that is no id is the id of nothing, and in nothing there is nothing.
        Some(Err(_)) => Some(ConversationId(uuid::Uuid::nil())),
    };
    let search = chat::Search::new(deps, ctx.viewer()?, query, conversation).await?;
    let slice = search.page(deps, &page).await?;
    let count = count!(deps, search; search.count(&deps));
    Ok(connection(slice.map(Message::from), count))
}
