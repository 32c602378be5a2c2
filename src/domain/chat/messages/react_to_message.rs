//! Adds or removes emoji reactions.

use entity::{id::MessageId, message, message_reaction, vocabulary::MessageChange};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use super::{emoji::Emoji, revise::revise};
use crate::{
    deps::{Deps, Tx},
    domain::chat::{blocked::refuse_blocked, store},
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// Maximum number of different emojis on a message.
const MOST: usize = 20;

/// A reaction to a message.
#[derive(Debug, Clone)]
pub struct ReactToMessage {
    /// The message to react to.
    pub id: MessageId,
    /// Exactly one emoji.
    pub emoji: String,
    /// `true` adds the reaction, `false` removes it.
    pub react: bool,
}

/// Adds the viewer's reaction to a message that they can see, or removes it; idempotent.
pub async fn react_to_message(deps: &Deps, viewer: &Viewer, input: ReactToMessage) -> Result<message::Model> {
    let me = viewer.require_member()?;
    let ReactToMessage { id, emoji, react } = input;
    let emoji = Emoji::parse(&emoji).ok_or_else(|| {
        let message = "emoji must be exactly one emoji, such as 👍";
        Error::field("emoji", FieldCode::Invalid, message)
    })?;
    deps.write(async |tx| {
        let (conversation, message) = store::find_message_for_update(tx, viewer, id).await.at("id")?;
        if message.deleted_at.is_some() {
            let message = "this message was deleted";
            return Err(Error::field("id", FieldCode::NotAllowed, message));
        }
        refuse_blocked(tx, &conversation, me, "id").await?;
        let row = message_reaction::Model {
            message_id: id,
            member_id: me,
            emoji_key: emoji.key,
            emoji: emoji.shown,
            created_at: tx.now(),
        };
        let has_changed = if react {
            put(tx, row).await?
        } else {
            take_back(tx, row).await?
        };
        match has_changed {
            true => revise(tx, conversation, message, MessageChange::Reacted).await,
            false => Ok(message),
        }
    })
    .await
}

async fn put(tx: &Tx, row: message_reaction::Model) -> Result<bool> {
    let keys = store::emoji_keys(tx, row.message_id).await?;
    if MOST <= keys.len() && !keys.contains(&row.emoji_key) {
        let message = format!("a message has at most {MOST} different emojis: use one of those");
        return Err(Error::field("emoji", FieldCode::TooMany, message));
    }
    let row = message_reaction::ActiveModel {
        message_id: Set(row.message_id),
        member_id: Set(row.member_id),
        emoji_key: Set(row.emoji_key),
        emoji: Set(row.emoji),
        created_at: Set(row.created_at),
    };
    let put = message_reaction::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(put == 1)
}

async fn take_back(tx: &Tx, row: message_reaction::Model) -> Result<bool> {
    let key = (row.message_id, row.member_id, row.emoji_key);
    let gone = message_reaction::Entity::delete_by_id(key).exec(tx).await?;
    Ok(gone.rows_affected == 1)
}
