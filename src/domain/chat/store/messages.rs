//! Messages. Callers that read the messages of a conversation have checked access with `find` first.

use std::ops::RangeInclusive;

use entity::{
    conversation,
    id::{ConversationId, MemberId, MessageId, PhotoId},
    message, message_image,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select, sea_query::ExprTrait,
};

use crate::{
    deps::{Direction, Keyset},
    kernel::{
        Error, Result, Viewer,
        page::{Cursor, KeyValue, Page, Slice, unknown_cursor},
    },
};

const LIST: &str = "messages";

fn of(id: ConversationId) -> Select<message::Entity> {
    message::Entity::find().filter(message::COLUMN.conversation_id.eq(id))
}

/// A page of a conversation's messages, oldest first.
pub async fn messages(db: &impl ConnectionTrait, id: ConversationId, page: &Page) -> Result<Slice<message::Model>> {
    for cursor in [&page.after, &page.before].into_iter().flatten() {
        let place = Cursor::decode(cursor, LIST)?;
        if place.values.last() != Some(&KeyValue::Id(id.0)) {
            return Err(unknown_cursor());
        }
    }
    // The number comes first. The databases only use the index for paging if no constant column, such as the
    // conversation that identifies foreign cursors, comes before it.
    let order = Keyset {
        list: LIST,
        columns: vec![
            message::Column::Sequence.into_expr(),
            message::Column::ConversationId.into_expr(),
        ],
        direction: Direction::Ascending,
    };
    let key = |row: &message::Model| vec![KeyValue::Int(row.sequence), KeyValue::Id(row.conversation_id.0)];
    order.page(db, of(id), page, key).await
}

/// Number of messages in a conversation.
pub async fn count_messages(db: &impl ConnectionTrait, id: ConversationId) -> Result<u64> {
    Ok(of(id).count(db).await?)
}

/// The last message of each conversation.
pub async fn last_messages(db: &impl ConnectionTrait, ids: &[ConversationId]) -> Result<Vec<message::Model>> {
    let conversation = message::Entity::belongs_to(conversation::Entity)
        .from(message::Column::ConversationId)
        .to(conversation::Column::Id)
        .into();
    let rows = message::Entity::find()
        .join(JoinType::InnerJoin, conversation)
        .filter(conversation::COLUMN.id.is_in(ids.iter().copied()))
        .filter(
            message::Column::Sequence
                .into_expr()
                .eq(conversation::Column::LastSequence.into_expr()),
        );
    Ok(rows.all(db).await?)
}

/// Messages by id, in no particular order. Only for references within a conversation that the viewer may see.
pub async fn messages_by_ids(db: &impl ConnectionTrait, ids: &[MessageId]) -> Result<Vec<message::Model>> {
    let rows = message::Entity::find().filter(message::COLUMN.id.is_in(ids.iter().copied()));
    Ok(rows.all(db).await?)
}

/// A message of a conversation that the viewer may see.
pub async fn find_message(db: &impl ConnectionTrait, viewer: &Viewer, id: MessageId) -> Result<message::Model> {
    let unseen = || Error::NotFound("message");
    let message = message::Entity::find_by_id(id).one(db).await?.ok_or_else(unseen)?;
    match super::find(db, viewer, message.conversation_id).await {
        Ok(_) => Ok(message),
        Err(Error::NotFound(_)) => Err(unseen()),
        Err(error) => Err(error),
    }
}

/// Like [`find_message`], together with its conversation, which is locked until the transaction ends.
pub async fn find_message_for_update(
    tx: &impl ConnectionTrait,
    viewer: &Viewer,
    id: MessageId,
) -> Result<(conversation::Model, message::Model)> {
    let message = find_message(tx, viewer, id).await?;
    let conversation = super::find_for_update(tx, viewer, message.conversation_id).await?;
    // The previous holder of the lock may have changed the message.
    Ok((conversation, find_message(tx, viewer, id).await?))
}

/// A message with this id in this conversation.
pub async fn find_in(db: &impl ConnectionTrait, id: ConversationId, message: MessageId) -> Result<message::Model> {
    of(id)
        .filter(message::COLUMN.id.eq(message))
        .one(db)
        .await?
        .ok_or(Error::NotFound("message"))
}

/// The message that a member sent to a conversation with a client key.
pub async fn by_client_key(
    db: &impl ConnectionTrait,
    id: ConversationId,
    sender: MemberId,
    key: &str,
) -> Result<Option<message::Model>> {
    let sent = of(id)
        .filter(message::COLUMN.sender_id.eq(sender))
        .filter(message::COLUMN.client_key.eq(key));
    Ok(sent.one(db).await?)
}

/// The messages that members sent to conversations with client keys, in no particular order.
pub async fn by_client_keys(
    db: &impl ConnectionTrait,
    keys: &[(ConversationId, MemberId, String)],
) -> Result<Vec<message::Model>> {
    let any = keys.iter().fold(Condition::any(), |any, (id, sender, key)| {
        any.add(
            Condition::all()
                .add(message::COLUMN.conversation_id.eq(*id))
                .add(message::COLUMN.sender_id.eq(*sender))
                .add(message::COLUMN.client_key.eq(key.as_str())),
        )
    });
    Ok(message::Entity::find().filter(any).all(db).await?)
}

/// The first message that a member sent to a conversation.
pub async fn first_words(
    db: &impl ConnectionTrait,
    id: ConversationId,
    sender: MemberId,
) -> Result<Option<message::Model>> {
    let sent = of(id)
        .filter(message::COLUMN.sender_id.eq(sender))
        .order_by_asc(message::Column::Sequence);
    Ok(sent.one(db).await?)
}

/// Number of messages by others in this range, without deleted ones. System messages are not counted, because they have
/// no sender.
pub async fn count_of_others(
    db: &impl ConnectionTrait,
    id: ConversationId,
    numbers: RangeInclusive<i64>,
    me: MemberId,
) -> Result<u64> {
    let counted = of(id)
        .filter(message::COLUMN.sequence.between(*numbers.start(), *numbers.end()))
        .filter(message::COLUMN.sender_id.ne(me))
        .filter(message::COLUMN.deleted_at.is_null());
    Ok(counted.count(db).await?)
}

/// Ids of the images in a message, in order.
pub fn image_ids(message: &message::Model) -> Result<Vec<PhotoId>> {
    Ok(serde_json::from_str(&message.image_ids)?)
}

/// Whether the image was sent with a message that has been deleted since.
pub async fn is_taken_back(db: &impl ConnectionTrait, image: PhotoId) -> Result<bool> {
    let of = message::Entity::belongs_to(message_image::Entity)
        .from(message::Column::Id)
        .to(message_image::Column::MessageId)
        .into();
    let deleted = message::Entity::find()
        .join(JoinType::InnerJoin, of)
        .filter(message_image::COLUMN.photo_id.eq(image))
        .filter(message::COLUMN.deleted_at.is_not_null());
    Ok(0 < deleted.count(db).await?)
}
