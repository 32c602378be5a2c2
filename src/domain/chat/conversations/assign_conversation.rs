//! Assigns a conversation in a shelter's inbox to one of its staff.

use entity::{
    conversation,
    id::{ConversationId, MemberId},
    vocabulary::ConversationKind,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use crate::{
    deps::{Deps, Tx},
    domain::{
        chat::{
            participants::{enrol_staff, number_activity},
            store,
        },
        staff,
    },
    events::ChatEvent,
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// An assignment.
#[derive(Debug, Clone, Copy)]
pub struct AssignConversation {
    /// A conversation in a shelter's inbox.
    pub conversation_id: ConversationId,
    /// A member of the shelter's staff; `None` removes the assignment.
    pub member_id: Option<MemberId>,
}

/// Assigns a conversation to one of the staff, or to nobody. Any of the staff may do this. The member who wrote to the
/// shelter may not, and is not notified.
pub async fn assign_conversation(
    deps: &Deps,
    viewer: &Viewer,
    input: AssignConversation,
) -> Result<conversation::Model> {
    let me = viewer.require_member()?;
    let AssignConversation {
        conversation_id: id,
        member_id,
    } = input;
    deps.write(async |tx| {
        let conversation = store::find_for_update(tx, viewer, id).await.at("conversationId")?;
        check(tx, &conversation, me, member_id).await?;
        if conversation.assigned_to == member_id {
            return Ok(conversation);
        }
        enrol_staff(tx, &conversation).await?;
        let opener = conversation.created_by;
        let mut row = conversation.into_active_model();
        row.assigned_to = Set(member_id);
        let conversation = row.update(tx).await?;
        let mut member_ids = store::member_ids(tx, id).await?;
        member_ids.retain(|member| *member != opener);
        number_activity(tx, id, &member_ids).await?.exec(tx).await?;
        tx.announce(ChatEvent::ParticipantsChanged { member_ids });
        Ok(conversation)
    })
    .await
}

async fn check(tx: &Tx, conversation: &conversation::Model, me: MemberId, assignee: Option<MemberId>) -> Result<()> {
    let Some(shelter) = conversation
        .shelter_id
        .filter(|_| conversation.kind == ConversationKind::ShelterInbox)
    else {
        let message = "this conversation is not in a shelter's inbox";
        return Err(Error::field("conversationId", FieldCode::NotAllowed, message));
    };
    if staff::staff_role(tx, shelter, me).await?.is_none() {
        return Err(Error::Forbidden(
            "only the shelter's staff can assign its conversations".into(),
        ));
    }
    if let Some(assignee) = assignee
        && staff::staff_role(tx, shelter, assignee).await?.is_none()
    {
        let message = "this member does not work for the shelter";
        return Err(Error::field("memberId", FieldCode::NotFound, message));
    }
    Ok(())
}
