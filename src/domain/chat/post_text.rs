//! Posts a text as part of something larger.

use entity::{id::ConversationId, message};

use super::{
    draft::{Draft, Words},
    post::post,
    store,
};
use crate::{
    deps::{Deps, Tx},
    kernel::{AtField, Result, Viewer},
};

/// Posts a text in the caller's transaction, which also does what belongs to it: the message is there with the rest of it
/// or not at all. The caller sees to it that this does not happen too often.
pub async fn post_text(
    deps: &Deps,
    tx: &Tx,
    viewer: &Viewer,
    conversation_id: ConversationId,
    text: String,
) -> Result<message::Model> {
    let sender = viewer.require_member()?;
    let draft = Draft::parse(Words {
        text: Some(text),
        ..Words::default()
    })?;
    let conversation = store::find_for_update(tx, viewer, conversation_id).await;
    post(deps, tx, sender, conversation.at("conversationId")?, &draft).await
}
