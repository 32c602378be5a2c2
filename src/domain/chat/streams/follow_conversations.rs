//! Streams a member's conversations as they change.

use entity::conversation;

use crate::{
    deps::{Deps, Following, follow},
    domain::chat::store,
    events::Topic,
    kernel::{Result, Viewer},
};

/// Every conversation of the viewer that changes from now on, because of a message or because the viewer read it on any
/// device. Several changes of a conversation may be combined into one, with the state after the last. The stream is
/// suspended while nothing changes.
pub async fn follow_conversations(deps: &Deps, viewer: &Viewer) -> Result<Following<conversation::Model>> {
    let me = viewer.require_member()?;
    let cursor = match deps.hibernation().left() {
        Some(cursor) => cursor,
        None => store::last_activity(deps.db.read(), me).await?,
    };
    let access = (deps.clone(), viewer.clone());
    let read = move |after| {
        let (deps, viewer) = access.clone();
        async move { next_change(&deps, &viewer, after).await }
    };
    Ok(Box::pin(follow(deps, &[Topic::Member(me)], cursor, read)))
}

/// Returns one change at a time, so that state and access are current when it is passed on.
async fn next_change(deps: &Deps, viewer: &Viewer, after: i64) -> Result<Vec<(i64, conversation::Model)>> {
    let (db, me) = (deps.db.read(), viewer.require_member()?);
    let mut changes = Vec::new();
    for participant in store::changed_after(db, me, after, 1).await? {
        let found = store::find_many(db, viewer, &[participant.conversation_id]).await?;
        changes.extend(
            found
                .into_iter()
                .map(|conversation| (participant.activity, conversation)),
        );
    }
    Ok(changes)
}
