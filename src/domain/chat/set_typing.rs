//! Broadcasts that a member is typing.

use std::time::Duration;

use entity::id::ConversationId;

use super::{store, typing};
use crate::{
    deps::Deps,
    kernel::{AtField, Error, Result, Viewer},
};

/// Maximum number of signals per member and minute: one per second.
const PER_MINUTE: u32 = 60;

/// Tells subscribers that the viewer has started or stopped typing. Nothing is stored.
pub async fn set_typing(deps: &Deps, viewer: &Viewer, id: ConversationId, is_typing: bool) -> Result<()> {
    let me = viewer.require_member()?;
    store::find(deps.db.read(), viewer, id).await.at("conversationId")?;
    let key = format!("chat-typing:{me}");
    let hit = deps
        .limiter
        .hit(&key, PER_MINUTE, Duration::from_secs(60), deps.clock.now());
    hit.await.map_err(|after| Error::RateLimited {
        what: format!("at most {PER_MINUTE} typing signals a minute").into(),
        after,
    })?;
    typing::ring(deps, id, me, is_typing)
}
