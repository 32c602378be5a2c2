//! Deletes a message.

use entity::{
    conversation,
    id::{MemberId, MessageId},
    message, message_reaction, participant,
    vocabulary::MessageChange,
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};

use super::revise::{require_own, revise};
use crate::{
    deps::{Deps, Tx},
    domain::chat::store,
    kernel::{AtField, Result, Viewer},
};

/// Deletes the viewer's own message. A placeholder stays; text, images and reactions disappear for everybody, and
/// nobody has it as unread any more. The content is kept for moderators. Deleting it again changes nothing.
pub async fn delete_message(deps: &Deps, viewer: &Viewer, id: MessageId) -> Result<message::Model> {
    let me = viewer.require_member()?;
    deps.write(async |tx| {
        let (conversation, before) = store::find_message_for_update(tx, viewer, id).await.at("id")?;
        require_own(&before, me, "only the sender of a message can delete it")?;
        if before.deleted_at.is_some() {
            return Ok(before);
        }
        forget(tx, &conversation, &before, me).await?;
        let after = message::Model {
            text: None,
            review: None,
            image_ids: "[]".to_owned(),
            deleted_at: Some(tx.now()),
            ..before.clone()
        };
        let after = revise(tx, conversation, after, MessageChange::Deleted).await?;
        store::keep_version(tx, &before, &after).await?;
        store::index_words(tx, &after).await?;
        Ok(after)
    })
    .await
}

/// Removes the reactions, and subtracts the message from the unread counts of those who have not read it.
async fn forget(tx: &Tx, conversation: &conversation::Model, message: &message::Model, sender: MemberId) -> Result<()> {
    message_reaction::Entity::delete_many()
        .filter(message_reaction::COLUMN.message_id.eq(message.id))
        .exec(tx)
        .await?;
    let fewer = Expr::col(participant::Column::UnreadCount).sub(1);
    participant::Entity::update_many()
        .col_expr(participant::Column::UnreadCount, fewer)
        .filter(participant::COLUMN.conversation_id.eq(conversation.id))
        .filter(participant::COLUMN.member_id.ne(sender))
        .filter(participant::COLUMN.read_up_to.lt(message.sequence))
        .exec(tx)
        .await?;
    Ok(())
}
