//! Adds members to a group.

use entity::{
    conversation,
    id::{ConversationId, MemberId},
    vocabulary::SystemMessageKind,
};

use super::group::{check_size, own_group_for_update, refuse_blocked, wanted};
use crate::{
    deps::Deps,
    domain::chat::{
        limits::count_addition,
        messages::{SystemNote, tell},
        participants::insert_participants,
        store,
    },
    events::ChatEvent,
    kernel::{AtField, Result, Viewer},
};

/// The members to add to a group.
#[derive(Debug, Clone)]
pub struct AddParticipants {
    /// The group.
    pub conversation_id: ConversationId,
    /// The members to add; unsorted and possibly repeated.
    pub member_ids: Vec<MemberId>,
}

/// Adds members to a group that the viewer runs. They can read all earlier messages, which count as read. Members who
/// are already in the group are left unchanged.
pub async fn add_participants(deps: &Deps, viewer: &Viewer, input: AddParticipants) -> Result<conversation::Model> {
    let me = viewer.require_member()?;
    let AddParticipants {
        conversation_id: id,
        member_ids,
    } = input;
    store::find(deps.db.read(), viewer, id).await.at("conversationId")?;
    count_addition(deps, me).await?;
    deps.write(async |tx| {
        let group = own_group_for_update(tx, viewer, id).await?;
        let mut new = wanted(tx, me, &member_ids).await?;
        let present = store::member_ids(tx, id).await?;
        new.retain(|member| !present.contains(member));
        if new.is_empty() {
            return Ok(group);
        }
        refuse_blocked(tx, me, &new).await?;
        check_size(present.len() + new.len())?;
        let new: Vec<MemberId> = new.into_iter().collect();
        insert_participants(tx, &group, &new).await?;
        let note = SystemNote {
            kind: SystemMessageKind::MembersAdded,
            actor: me,
            members: new.clone(),
            title: None,
        };
        let group = tell(deps, tx, group, note).await?;
        tx.announce(ChatEvent::ParticipantsAdded {
            conversation_id: id,
            member_ids: new,
        });
        Ok(group)
    })
    .await
}
