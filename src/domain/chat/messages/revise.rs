//! Gives an existing message its next revision, in a conversation that the transaction has locked.

use entity::{conversation, id::MemberId, message, vocabulary::MessageChange};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

use crate::{
    deps::Tx,
    domain::chat::{participants::number_activity, store},
    events::ChatEvent,
    kernel::{Error, Result},
};

/// Stores the changed message under the conversation's next revision and announces it. The conversation keeps its
/// position in lists.
pub(super) async fn revise(
    tx: &Tx,
    conversation: conversation::Model,
    after: message::Model,
    change: MessageChange,
) -> Result<message::Model> {
    let revision = conversation.last_revision + 1;
    let mut row = conversation.into_active_model();
    row.last_revision = Set(revision);
    let conversation = row.update(tx).await?;
    let message = message::Model { revision, ..after };
    message::Entity::update(message.clone().into_active_model().reset_all())
        .exec(tx)
        .await?;
    store::log_change(tx, &message, change).await?;
    let member_ids = store::member_ids(tx, conversation.id).await?;
    number_activity(tx, conversation.id, &member_ids)
        .await?
        .exec(tx)
        .await?;
    tx.announce(ChatEvent::MessageChanged {
        conversation_id: conversation.id,
        message_id: message.id,
        member_ids,
    });
    Ok(message)
}

/// Refuses messages that the member did not write.
pub(super) fn require_own(message: &message::Model, me: MemberId, refusal: &'static str) -> Result<()> {
    if message.sender_id == Some(me) {
        Ok(())
    } else {
        Err(Error::Forbidden(refusal.into()))
    }
}
