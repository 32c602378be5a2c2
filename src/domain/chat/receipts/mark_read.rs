//! Moves a member's read marker.

use entity::{conversation, participant};
use sea_orm::sea_query::Expr;

use super::markers::{Marker, visible_to_members};
use crate::{
    deps::{Deps, Tx},
    domain::chat::{
        blocked::is_blocked,
        participants::{change_participant, number_activity, own_participant},
        store,
    },
    events::ChatEvent,
    kernel::{AtField, Result, Viewer},
};

/// Moves the marker forward. A lower number has no effect; one beyond the last message is refused. Messages that were
/// read also count as delivered. The others see the marker unless the viewer hides read receipts or a block is in
/// place. The viewer's own unread count changes in any case.
pub async fn mark_read(deps: &Deps, viewer: &Viewer, input: Marker) -> Result<conversation::Model> {
    let me = viewer.require_member()?;
    deps.write(async |tx| {
        let conversation = store::find_for_update(tx, viewer, input.conversation_id).await;
        let conversation = conversation.at("conversationId")?;
        input.check(&conversation)?;
        let participant = own_participant(tx, &conversation, me).await?;
        if participant.read_up_to < input.up_to {
            advance(tx, &conversation, &participant, input.up_to).await?;
        }
        Ok(conversation)
    })
    .await
}

async fn advance(
    tx: &Tx,
    conversation: &conversation::Model,
    participant: &participant::Model,
    up_to: i64,
) -> Result<()> {
    let (id, me) = (conversation.id, participant.member_id);
    let unread = unread_after(tx, conversation, participant, up_to).await?;
    let is_blocked = is_blocked(tx, conversation, me).await?;
    let is_shown = !is_blocked && store::shows_reading(tx, me).await?;
    let member_ids = visible_to_members(tx, conversation, me, is_shown).await?;
    number_activity(tx, id, &member_ids).await?.exec(tx).await?;
    let shown = if is_shown { up_to } else { participant.shown_up_to };
    let delivered = if is_blocked {
        participant.delivered_up_to
    } else {
        up_to.max(participant.delivered_up_to)
    };
    change_participant(id, me)
        .col_expr(participant::Column::ReadUpTo, Expr::value(up_to))
        .col_expr(participant::Column::ShownUpTo, Expr::value(shown))
        .col_expr(participant::Column::DeliveredUpTo, Expr::value(delivered))
        .col_expr(participant::Column::UnreadCount, Expr::value(unread))
        .exec(tx)
        .await?;
    tx.announce(ChatEvent::ConversationRead {
        conversation_id: id,
        member_ids,
    });
    Ok(())
}

/// The number of unread messages after the new marker, either counted from there to the end or subtracted from the
/// previous number, whichever touches fewer messages.
async fn unread_after(
    tx: &Tx,
    conversation: &conversation::Model,
    participant: &participant::Model,
    up_to: i64,
) -> Result<i32> {
    let (id, me, last) = (conversation.id, participant.member_id, conversation.last_sequence);
    let count = |number: u64| i32::try_from(number).unwrap_or(i32::MAX);
    if last - up_to <= up_to - participant.read_up_to {
        return Ok(count(store::count_of_others(tx, id, up_to + 1..=last, me).await?));
    }
    let read = store::count_of_others(tx, id, participant.read_up_to + 1..=up_to, me).await?;
    Ok(participant.unread_count.saturating_sub(count(read)))
}
