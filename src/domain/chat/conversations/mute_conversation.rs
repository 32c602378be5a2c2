//! Mutes a conversation.

use entity::{conversation, id::ConversationId, participant};
use sea_orm::sea_query::Expr;

use crate::{
    deps::Deps,
    domain::chat::{
        participants::{number_activity, own_participant},
        store,
    },
    events::ChatEvent,
    kernel::{AtField, Result, Viewer},
};

/// Turns notifications about a conversation off or on for the viewer. New messages count as unread either way.
pub async fn mute_conversation(
    deps: &Deps,
    viewer: &Viewer,
    id: ConversationId,
    muted: bool,
) -> Result<conversation::Model> {
    let me = viewer.require_member()?;
    deps.write(async |tx| {
        let conversation = store::find_for_update(tx, viewer, id).await.at("conversationId")?;
        if own_participant(tx, &conversation, me).await?.muted == muted {
            return Ok(conversation);
        }
        number_activity(tx, id, &[me])
            .await?
            .col_expr(participant::Column::Muted, Expr::value(muted))
            .exec(tx)
            .await?;
        tx.announce(ChatEvent::ParticipantsChanged { member_ids: vec![me] });
        Ok(conversation)
    })
    .await
}
