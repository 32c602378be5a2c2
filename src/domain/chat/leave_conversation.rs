//! Goes out of a group.

use entity::{id::ConversationId, vocabulary::SystemMessageKind};

use super::{
    group::{group_for_update, keep_run},
    participants::unseat,
    system::{SystemNote, tell},
    typing::end_typing,
};
use crate::{
    deps::Deps,
    events::Event,
    kernel::{Result, Viewer},
};

/// Lets the viewer leave a group: at once they see nothing of it any more, and their open streams end. If nobody runs it
/// then, the one who has been there longest does.
pub async fn leave_conversation(deps: &Deps, viewer: &Viewer, id: ConversationId) -> Result<()> {
    let me = viewer.require_member()?;
    deps.write(async |tx| {
        let group = group_for_update(tx, viewer, id).await?;
        unseat(tx, id, me).await?;
        keep_run(tx, id).await?;
        let note = SystemNote {
            kind: SystemMessageKind::MemberLeft,
            actor: me,
            members: Vec::new(),
            title: None,
        };
        tell(deps, tx, group, note).await?;
        tx.announce(Event::ParticipantRemoved {
            conversation_id: id,
            member_id: me,
        });
        Ok(())
    })
    .await?;
    end_typing(deps, id, me)
}
