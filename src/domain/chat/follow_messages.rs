//! The changes of a conversation, after a number and then live.

use entity::id::ConversationId;
use futures_util::{Stream, StreamExt, future};

use super::store::{self, Change};
use crate::{
    deps::{Deps, follow, patiently},
    events::Topic,
    kernel::{Error, Result, Viewer},
};

/// Most changes of one look.
const BATCH: u64 = 100;

/// Every change with a greater revision than `after`, in the order of revisions and each once, then live; without `after`
/// only what comes from now on. A message comes in its present state, also with earlier ones of its changes. The viewer's right is looked at before every one of them, and the stream ends
/// with an error when it is lost.
pub async fn follow_messages(
    deps: &Deps,
    viewer: &Viewer,
    id: ConversationId,
    after: Option<i64>,
) -> Result<impl Stream<Item = Result<Change>> + Send + use<>> {
    let me = viewer.require_member()?;
    let last = store::find(deps.db.read(), viewer, id).await?.last_revision;
    let cursor = after.unwrap_or(last);
    if !(0..=last).contains(&cursor) {
        return Err(Error::ResumeUnavailable);
    }
    // The member's own bell rings too when they join or leave a shelter's staff.
    let topics = [Topic::Conversation(id), Topic::Member(me)];
    let access = (deps.clone(), viewer.clone());
    let read = move |after| {
        let (deps, viewer) = access.clone();
        async move { changes(&deps, &viewer, id, after).await }
    };
    let access = (deps.clone(), viewer.clone());
    let checked = follow(&deps.bells, &topics, cursor, read).then(move |change| {
        let (deps, viewer) = access.clone();
        async move {
            let Next { change, is_fresh } = change?;
            if !is_fresh {
                patiently(|| store::find(deps.db.read(), &viewer, id)).await?;
            }
            Ok(change)
        }
    });
    Ok(until_error(checked))
}

/// A change, and whether the viewer's right was looked at just before it is handed on.
struct Next {
    change: Change,
    is_fresh: bool,
}

/// The right is looked at after the reading: who was removed before a message came does not get it.
async fn changes(deps: &Deps, viewer: &Viewer, id: ConversationId, after: i64) -> Result<Vec<(i64, Next)>> {
    let db = deps.db.read();
    let changes = store::changes_after(db, id, after, BATCH).await?;
    store::find(db, viewer, id).await?;
    let next = |(place, change): (usize, Change)| {
        let is_fresh = place == 0;
        (change.revision, Next { change, is_fresh })
    };
    Ok(changes.into_iter().enumerate().map(next).collect())
}

/// The same stream up to and with its first error.
pub(super) fn until_error<T>(stream: impl Stream<Item = Result<T>>) -> impl Stream<Item = Result<T>> {
    stream.scan(false, |is_over, item| {
        if *is_over {
            return future::ready(None);
        }
        *is_over = item.is_err();
        future::ready(Some(item))
    })
}
