//! Renames a group.

use entity::{conversation, id::ConversationId, vocabulary::SystemMessageKind};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::group::{own_group_for_update, title};
use crate::{
    deps::Deps,
    domain::chat::{
        limits::count_message,
        messages::{SystemNote, tell},
        store,
    },
    kernel::{AtField, Result, Viewer},
};

/// A new title for a group.
#[derive(Debug, Clone)]
pub struct RenameConversation {
    /// The group.
    pub conversation_id: ConversationId,
    /// The new title, 1 to 80 characters.
    pub title: String,
}

/// Renames a group that the viewer runs. This counts towards the message limits, because everybody in the group reads
/// it. An unchanged title has no effect.
pub async fn rename_conversation(
    deps: &Deps,
    viewer: &Viewer,
    input: RenameConversation,
) -> Result<conversation::Model> {
    let me = viewer.require_member()?;
    let title = title(&input.title)?;
    store::find(deps.db.read(), viewer, input.conversation_id)
        .await
        .at("conversationId")?;
    count_message(deps, me).await?;
    deps.write(async |tx| {
        let group = own_group_for_update(tx, viewer, input.conversation_id).await?;
        if group.title.as_deref() == Some(title.as_str()) {
            return Ok(group);
        }
        let mut row = group.into_active_model();
        row.title = Set(Some(title.clone()));
        let group = row.update(tx).await?;
        let note = SystemNote {
            kind: SystemMessageKind::Renamed,
            actor: me,
            members: Vec::new(),
            title: Some(title),
        };
        tell(deps, tx, group, note).await
    })
    .await
}
