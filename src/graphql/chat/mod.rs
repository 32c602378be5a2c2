//! Chat in the schema.

mod conversation;
mod inputs;
mod loaders;
mod message;
mod mutation;
mod subscription;

pub use conversation::Conversation;
pub use loaders::ChatLoaders;
pub use message::Message;
pub use mutation::ChatMutation;
pub use subscription::ChatSubscription;

use async_graphql::Context;

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
