//! Broadcasts that a member is typing.

use entity::id::ConversationId;

use super::typing;
use crate::{
    deps::Deps,
    domain::chat::{limits::TYPING, store},
    kernel::{AtField, Result, Viewer},
};

/// Tells subscribers that the viewer has started or stopped typing. Nothing is stored.
pub async fn set_typing(deps: &Deps, viewer: &Viewer, id: ConversationId, is_typing: bool) -> Result<()> {
    let me = viewer.require_member()?;
    store::find(deps.db.read(), viewer, id).await.at("conversationId")?;
    deps.limit(&TYPING, me).await?;
    typing::ring(deps, id, me, is_typing)
}
