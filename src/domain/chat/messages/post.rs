//! Adds a message to a conversation that the transaction has locked.

use entity::{
    conversation,
    id::{ConversationId, MemberId, MessageId},
    message, message_image,
    vocabulary::MessageChange,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel, sea_query::OnConflict,
};

use super::{
    draft::{Draft, image_fault},
    review_for_sender::review_for_sender,
};
use crate::{
    deps::{Deps, Tx},
    domain::chat::{
        blocked::refuse_blocked_among,
        gone::refuse_gone,
        participants::{enrol_staff, note_message},
        store,
    },
    events::ChatEvent,
    kernel::{AtField, FieldCode, Result},
};

/// Numbers and stores the message, updates the unread counts and announces it. A repeated client key returns the first
/// message. The caller holds the conversation's lock, so numbers have no gaps and a key cannot be used twice at once.
pub async fn post(
    deps: &Deps,
    tx: &Tx,
    sender: MemberId,
    conversation: conversation::Model,
    draft: &Draft,
) -> Result<message::Model> {
    if let Some(first) = sent_before(tx, conversation.id, sender, draft).await? {
        return Ok(first);
    }
    enrol_staff(tx, &conversation).await?;
    let member_ids = store::member_ids(tx, conversation.id).await?;
    refuse_gone(tx, &conversation, (sender, &member_ids), "conversationId").await?;
    refuse_blocked_among(tx, &conversation, (sender, &member_ids), "conversationId").await?;
    if let Some(id) = draft.reply_to {
        store::find_in(tx, conversation.id, id).await.at("replyToId")?;
    }
    let review = review_for_sender(tx, &conversation, sender, draft.review.clone()).await?;
    let written = message::Model {
        review: review.to_column()?,
        sender_id: Some(sender),
        text: draft.text.clone(),
        image_ids: serde_json::to_string(&draft.image_ids)?,
        reply_to_id: draft.reply_to,
        client_key: draft.client_key.clone(),
        request_hash: draft.client_key.as_ref().map(|_| draft.hash()).transpose()?,
        ..blank(deps, tx, conversation.id)
    };
    let (conversation, message) = append(tx, conversation, written).await?;
    review.log(&message.id);
    use_images(tx, &message, draft).await?;
    note_message(tx, &conversation, sender, &member_ids).await?;
    tx.announce(ChatEvent::MessageSent {
        conversation_id: conversation.id,
        message_id: message.id,
        member_ids,
    });
    Ok(message)
}

/// A message without content and number.
pub(super) fn blank(deps: &Deps, tx: &Tx, conversation_id: ConversationId) -> message::Model {
    message::Model {
        id: MessageId(deps.ids.uuid(tx.now())),
        conversation_id,
        sequence: 0,
        revision: 0,
        sender_id: None,
        text: None,
        image_ids: "[]".to_owned(),
        reply_to_id: None,
        client_key: None,
        request_hash: None,
        system: None,
        review: None,
        sent_at: tx.now(),
        edited_at: None,
        deleted_at: None,
    }
}

/// Gives the message the conversation's next numbers and stores it, with its entry in the change log and its search
/// words.
pub(super) async fn append(
    tx: &Tx,
    conversation: conversation::Model,
    message: message::Model,
) -> Result<(conversation::Model, message::Model)> {
    let conversation = advance(tx, conversation).await?;
    let message = message::Model {
        sequence: conversation.last_sequence,
        revision: conversation.last_revision,
        ..message
    };
    let row = message.clone().into_active_model().reset_all();
    message::Entity::insert(row).exec_without_returning(tx).await?;
    store::log_change(tx, &message, MessageChange::Sent).await?;
    store::index_words(tx, &message).await?;
    Ok((conversation, message))
}

/// The message that was sent with the draft's key. The same key with other content is refused.
pub async fn sent_before(
    db: &impl ConnectionTrait,
    conversation: ConversationId,
    sender: MemberId,
    draft: &Draft,
) -> Result<Option<message::Model>> {
    let Some(key) = &draft.client_key else {
        return Ok(None);
    };
    let first = store::by_client_key(db, conversation, sender, key).await?;
    first.map(|first| draft.repeat_of(first)).transpose()
}

async fn advance(tx: &Tx, conversation: conversation::Model) -> Result<conversation::Model> {
    let (sequence, revision) = (conversation.last_sequence + 1, conversation.last_revision + 1);
    let updated_at = tx.now().max(conversation.updated_at);
    let mut row = conversation.into_active_model();
    row.last_sequence = Set(sequence);
    row.last_revision = Set(revision);
    row.updated_at = Set(updated_at);
    Ok(row.update(tx).await?)
}

/// Links the images to this message; the unique key refuses images that were already sent.
async fn use_images(tx: &Tx, message: &message::Model, draft: &Draft) -> Result<()> {
    for (place, photo_id) in draft.image_ids.iter().enumerate() {
        let row = message_image::ActiveModel {
            photo_id: Set(*photo_id),
            message_id: Set(message.id),
        };
        let taken = message_image::Entity::insert(row)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(tx)
            .await?;
        if taken == 0 {
            let message = "this image was already sent: upload it again to send it again";
            return Err(image_fault(place, FieldCode::Taken, message));
        }
    }
    Ok(())
}
