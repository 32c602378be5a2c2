//! Removes a member from a group.

use entity::{
    conversation,
    id::{ConversationId, MemberId},
    participant,
    vocabulary::SystemMessageKind,
};
use sea_orm::EntityTrait;

use super::group::own_group_for_update;
use crate::{
    deps::{Deps, note_done, unless_done},
    domain::chat::{
        messages::{SystemNote, tell},
        participants::delete_participant,
    },
    events::ChatEvent,
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// The name under which this action is recorded, so that a repeat succeeds.
const ACTION: &str = "removeParticipant";

/// A member to remove from a group.
#[derive(Debug, Clone, Copy)]
pub struct RemoveParticipant {
    /// The group.
    pub conversation_id: ConversationId,
    /// The member to remove.
    pub member_id: MemberId,
}

/// Removes a member from a group that the viewer runs. The member loses access at once, to earlier and later messages,
/// and their open streams end. Idempotent.
pub async fn remove_participant(deps: &Deps, viewer: &Viewer, input: RemoveParticipant) -> Result<conversation::Model> {
    let me = viewer.require_member()?;
    let RemoveParticipant {
        conversation_id: id,
        member_id,
    } = input;
    deps.write(async |tx| {
        let group = own_group_for_update(tx, viewer, id).await?;
        if member_id == me {
            let message = "you cannot remove yourself: use leaveConversation";
            return Err(Error::field("memberId", FieldCode::NotAllowed, message));
        }
        let found = participant::Entity::find_by_id((id, member_id)).one(tx).await?;
        let found = found.ok_or(Error::NotFound("member of this group"));
        let removal = (ACTION, format!("{id} {member_id}"));
        if unless_done(tx, viewer, removal, found).await.at("memberId")?.is_none() {
            return Ok(group);
        }
        delete_participant(tx, id, member_id).await?;
        let note = SystemNote {
            kind: SystemMessageKind::MemberRemoved,
            actor: me,
            members: vec![member_id],
            title: None,
        };
        let group = tell(deps, tx, group, note).await?;
        tx.announce(ChatEvent::ParticipantRemoved {
            conversation_id: id,
            member_id,
        });
        note_done(tx, viewer, ACTION, format!("{id} {member_id}")).await?;
        Ok(group)
    })
    .await
}
