//! Moves a member's read marker.

use entity::{conversation, id::ConversationId, participant};
use sea_orm::sea_query::Expr;

use super::{
    participants::{number_activity, seat},
    store,
};
use crate::{
    deps::{Deps, Tx},
    events::Event,
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// How far a member has read.
#[derive(Debug, Clone, Copy)]
pub struct MarkRead {
    /// Where.
    pub conversation_id: ConversationId,
    /// Number of the last message read.
    pub up_to: i64,
}

/// Moves the marker forward; a number behind it changes nothing, one beyond the last message is refused.
pub async fn mark_read(deps: &Deps, viewer: &Viewer, input: MarkRead) -> Result<conversation::Model> {
    let me = viewer.require_member()?;
    let MarkRead { conversation_id, up_to } = input;
    deps.write(async |tx| {
        let conversation = store::find_for_update(tx, viewer, conversation_id).await;
        let conversation = conversation.at("conversationId")?;
        if !(0..=conversation.last_sequence).contains(&up_to) {
            let message = format!("upTo goes from 0 to {}, the last message", conversation.last_sequence);
            return Err(Error::field("upTo", FieldCode::OutOfRange, message));
        }
        // Somebody who has just joined the staff has no seat yet.
        seat(tx, &conversation, &[me]).await?;
        let seats = store::seats_of(tx, me, &[conversation_id]).await?;
        if seats.iter().any(|seat| seat.read_up_to < up_to) {
            advance(tx, &conversation, me, up_to).await?;
        }
        Ok(conversation)
    })
    .await
}

async fn advance(tx: &Tx, conversation: &conversation::Model, me: entity::id::MemberId, up_to: i64) -> Result<()> {
    let unread = store::count_of_others_after(tx, conversation.id, up_to, me).await?;
    let unread = i32::try_from(unread).unwrap_or(i32::MAX);
    number_activity(tx, conversation.id, me)
        .await?
        .col_expr(participant::Column::ReadUpTo, Expr::value(up_to))
        .col_expr(participant::Column::UnreadCount, Expr::value(unread))
        .exec(tx)
        .await?;
    tx.announce(Event::ConversationRead {
        conversation_id: conversation.id,
        member_id: me,
    });
    Ok(())
}
