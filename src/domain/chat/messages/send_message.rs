//! Sends a message into a conversation.

use entity::{id::ConversationId, message};

use super::{
    draft::{Draft, Words},
    post::post,
};
use crate::{
    deps::{Deps, Tx},
    domain::chat::{
        batched::{require_part, sent_under},
        limits::count_message,
        store,
        streams::end_typing,
    },
    kernel::{AtField, Result, Viewer},
};

/// A message and its destination.
#[derive(Debug, Clone)]
pub struct SendMessage {
    /// The conversation.
    pub conversation_id: ConversationId,
    /// The content of the message.
    pub words: Words,
}

/// Sends a message, which also ends the sender's typing indicator. With a client key it happens once: a repeat returns
/// the first message and does not count towards the limits.
pub async fn send_message(deps: &Deps, viewer: &Viewer, input: SendMessage) -> Result<message::Model> {
    let me = viewer.require_member()?;
    let SendMessage { conversation_id, words } = input;
    let draft = Draft::parse(words)?;
    require_part(deps, conversation_id, me).await.at("conversationId")?;
    if let Some(key) = &draft.client_key
        && let Some(first) = sent_under(deps, conversation_id, me, key).await?
    {
        return draft.repeat_of(first);
    }
    draft.refuse_unconfirmed()?;
    draft.check_images(deps.db.read(), me).await?;
    count_message(deps, me).await?;
    let message = deps
        .write(async |tx| {
            let conversation = store::find_for_update(tx, viewer, conversation_id).await;
            post(deps, tx, me, conversation.at("conversationId")?, &draft).await
        })
        .await?;
    end_typing(deps, conversation_id, me)?;
    Ok(message)
}

/// Sends a message within the caller's transaction, together with other changes. The caller has applied its own limits,
/// and ends the sender's typing indicator after the commit.
pub async fn send_message_within(deps: &Deps, tx: &Tx, viewer: &Viewer, input: SendMessage) -> Result<message::Model> {
    let me = viewer.require_member()?;
    let draft = Draft::parse(input.words)?;
    draft.refuse_unconfirmed()?;
    draft.check_images(tx, me).await?;
    let conversation = store::find_for_update(tx, viewer, input.conversation_id).await;
    post(deps, tx, me, conversation.at("conversationId")?, &draft).await
}
