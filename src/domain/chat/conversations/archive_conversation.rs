//! Archives a conversation.

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

/// Archives a conversation for the viewer only, or restores it. The next message from a member restores it too.
pub async fn archive_conversation(
    deps: &Deps,
    viewer: &Viewer,
    id: ConversationId,
    archived: bool,
) -> Result<conversation::Model> {
    let me = viewer.require_member()?;
    deps.write(async |tx| {
        let conversation = store::find_for_update(tx, viewer, id).await.at("conversationId")?;
        if own_participant(tx, &conversation, me).await?.archived == archived {
            return Ok(conversation);
        }
        number_activity(tx, id, &[me])
            .await?
            .col_expr(participant::Column::Archived, Expr::value(archived))
            .exec(tx)
            .await?;
        tx.announce(ChatEvent::ParticipantsChanged { member_ids: vec![me] });
        Ok(conversation)
    })
    .await
}
