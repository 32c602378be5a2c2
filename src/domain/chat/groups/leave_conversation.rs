//! Leaves a group.

use entity::{id::ConversationId, vocabulary::SystemMessageKind};

use super::group::{keep_run, only_group};
use crate::{
    deps::{Deps, note_done, unless_done},
    domain::chat::{
        messages::{SystemNote, tell},
        participants::delete_participant,
        store,
        streams::end_typing,
    },
    events::ChatEvent,
    kernel::{AtField, Result, Viewer},
};

/// The name under which this action is recorded, so that a repeat succeeds.
const ACTION: &str = "leaveConversation";

/// Removes the viewer from a group. They lose access to it at once, and their open streams end. If nobody runs the
/// group any more, the longest-standing member does. Leaving again has no effect.
pub async fn leave_conversation(deps: &Deps, viewer: &Viewer, id: ConversationId) -> Result<()> {
    let me = viewer.require_member()?;
    deps.write(async |tx| {
        let found = store::find_for_update(tx, viewer, id).await;
        let Some(found) = unless_done(tx, viewer, (ACTION, id), found)
            .await
            .at("conversationId")?
        else {
            return Ok(());
        };
        let group = only_group(found)?;
        delete_participant(tx, id, me).await?;
        keep_run(tx, id).await?;
        let note = SystemNote {
            kind: SystemMessageKind::MemberLeft,
            actor: me,
            members: Vec::new(),
            title: None,
        };
        tell(deps, tx, group, note).await?;
        tx.announce(ChatEvent::ParticipantRemoved {
            conversation_id: id,
            member_id: me,
        });
        note_done(tx, viewer, ACTION, id).await
    })
    .await?;
    end_typing(deps, id, me)
}
