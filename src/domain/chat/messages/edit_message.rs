//! Edits the text of a message.

use std::time::Duration;

use entity::{id::MessageId, message, vocabulary::MessageChange};

use super::{
    draft::spoken,
    review_for_sender::review_for_sender,
    revise::{require_own, revise},
};
use crate::{
    deps::Deps,
    domain::{
        chat::{blocked::refuse_blocked, store},
        safety,
    },
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// Time after sending during which a message can be edited.
const EDITABLE_FOR: Duration = Duration::from_secs(24 * 60 * 60);

/// A new text for a message.
#[derive(Debug, Clone)]
pub struct EditMessage {
    /// The message to edit.
    pub id: MessageId,
    /// The new text; may be empty if the message has images.
    pub text: String,
    /// Ids of the rules that the sender has confirmed.
    pub acknowledged: Vec<String>,
}

/// Edits the viewer's own message within 24 hours of sending. The previous text is kept for moderators. An unchanged
/// text has no effect.
pub async fn edit_message(deps: &Deps, viewer: &Viewer, input: EditMessage) -> Result<message::Model> {
    let me = viewer.require_member()?;
    let EditMessage { id, text, acknowledged } = input;
    deps.write(async |tx| {
        let (conversation, before) = store::find_message_for_update(tx, viewer, id).await.at("id")?;
        require_own(&before, me, "only the sender of a message can edit it")?;
        if before.deleted_at.is_some() {
            let message = "this message was deleted: send another one";
            return Err(Error::field("id", FieldCode::NotAllowed, message));
        }
        if before.sent_at.plus(EDITABLE_FOR) < tx.now() {
            let message = "a message can be edited for 24 hours after it was sent: send another one";
            return Err(Error::field("id", FieldCode::Expired, message));
        }
        let text = spoken(Some(&text), before.image_ids != "[]")?;
        if text == before.text {
            return Ok(before);
        }
        refuse_blocked(tx, &conversation, me, "id").await?;
        let review = text.as_deref().map(safety::review).unwrap_or_default();
        review.refuse_unconfirmed(&acknowledged)?;
        let review = review_for_sender(tx, &conversation, me, review).await?;
        review.log(&id);
        let after = message::Model {
            text,
            review: review.to_column()?,
            edited_at: Some(tx.now()),
            ..before.clone()
        };
        let after = revise(tx, conversation, after, MessageChange::Edited).await?;
        store::keep_version(tx, &before, &after).await?;
        store::index_words(tx, &after).await?;
        Ok(after)
    })
    .await
}
