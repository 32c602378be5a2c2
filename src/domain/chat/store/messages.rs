//! Messages. Who asks for those of a conversation has been let into it by `find` before.

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
    // The number first: the databases find its place in the index only if nothing that is the same for all rows, such as
    // the conversation that tells foreign cursors, stands before it.
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

/// How many messages a conversation has.
pub async fn count_messages(db: &impl ConnectionTrait, id: ConversationId) -> Result<u64> {
    Ok(of(id).count(db).await?)
}

/// The last message of each of the conversations.
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

/// Messages by id, in no order. For references within a conversation that the viewer sees.
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

/// Like [`find_message`] together with its conversation, which nobody else changes until the transaction ends.
pub async fn find_message_for_update(
    tx: &impl ConnectionTrait,
    viewer: &Viewer,
    id: MessageId,
) -> Result<(conversation::Model, message::Model)> {
    let message = find_message(tx, viewer, id).await?;
    let conversation = super::find_for_update(tx, viewer, message.conversation_id).await?;
    // Who held the lock before may have changed it.
    Ok((conversation, find_message(tx, viewer, id).await?))
}

/// A message of that conversation.
pub async fn find_in(db: &impl ConnectionTrait, id: ConversationId, message: MessageId) -> Result<message::Model> {
    of(id)
        .filter(message::COLUMN.id.eq(message))
        .one(db)
        .await?
        .ok_or(Error::NotFound("message"))
}

/// What a member sent into a conversation under a key.
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

/// What members sent into conversations under keys, in no order.
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

/// The first message that a member sent into a conversation.
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

/// How many messages of others have these numbers, without deleted ones and those of the system: the latter have no
/// sender, so they are not of others either.
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

/// The images of a message, in order.
pub fn image_ids(message: &message::Model) -> Result<Vec<PhotoId>> {
    Ok(serde_json::from_str(&message.image_ids)?)
}

/// Whether the image went out with a message that was deleted since.
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
