//! Sends a message into a conversation.

use entity::{id::ConversationId, message};

use super::{
    draft::{Draft, Words},
    limits::count_message,
    post::post,
    soon::{require_part, sent_under},
    store,
    typing::end_typing,
};
use crate::{
    deps::{Deps, Tx},
    kernel::{AtField, Result, Viewer},
};

/// A message and where it goes.
#[derive(Debug, Clone)]
pub struct SendMessage {
    /// Into which conversation.
    pub conversation_id: ConversationId,
    /// What is said.
    pub words: Words,
}

/// Sends a message, which ends the sender's typing. With a client key it happens once: a repeat gets the first message and
/// costs nothing of the limit.
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

/// Sends a message in the caller's transaction, as part of something that happens together with it. The caller has
/// counted it against its own limits, and ends the sender's typing when all of it is written.
pub async fn send_message_within(deps: &Deps, tx: &Tx, viewer: &Viewer, input: SendMessage) -> Result<message::Model> {
    let me = viewer.require_member()?;
    let draft = Draft::parse(input.words)?;
    draft.refuse_unconfirmed()?;
    draft.check_images(tx, me).await?;
    let conversation = store::find_for_update(tx, viewer, input.conversation_id).await;
    post(deps, tx, me, conversation.at("conversationId")?, &draft).await
}
