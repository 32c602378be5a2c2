//! Moves a member's delivery marker: the last message that reached one of their devices.

use entity::{conversation, participant};
use sea_orm::sea_query::Expr;

use super::markers::{Marker, visible_to_members};
use crate::{
    deps::Deps,
    domain::chat::{
        blocked::is_blocked,
        participants::{change_participant, number_activity, own_participant},
        store,
    },
    events::ChatEvent,
    kernel::{AtField, Result, Viewer},
};

/// Moves the marker forward. In a direct conversation the other side only learns of it once this member has written;
/// otherwise it would show a stranger when the member is online. A lower number has no effect, and neither does any
/// number while a block is in place. A number beyond the last message is refused.
pub async fn mark_delivered(deps: &Deps, viewer: &Viewer, input: Marker) -> Result<conversation::Model> {
    let me = viewer.require_member()?;
    deps.write(async |tx| {
        let conversation = store::find_for_update(tx, viewer, input.conversation_id).await;
        let conversation = conversation.at("conversationId")?;
        input.check(&conversation)?;
        let participant = own_participant(tx, &conversation, me).await?;
        if input.up_to <= participant.delivered_up_to || is_blocked(tx, &conversation, me).await? {
            return Ok(conversation);
        }
        let member_ids = visible_to_members(tx, &conversation, me, participant.has_written).await?;
        number_activity(tx, conversation.id, &member_ids)
            .await?
            .exec(tx)
            .await?;
        change_participant(conversation.id, me)
            .col_expr(participant::Column::DeliveredUpTo, Expr::value(input.up_to))
            .exec(tx)
            .await?;
        tx.announce(ChatEvent::ParticipantsChanged { member_ids });
        Ok(conversation)
    })
    .await
}
