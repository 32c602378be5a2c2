//! The changes of a conversation, after a number and then live.

use entity::{id::ConversationId, message};
use futures_util::{Stream, StreamExt, future};

use super::store;
use crate::{
    deps::{Deps, follow},
    events::Topic,
    kernel::{Error, Result, Viewer},
};

/// Most changes of one look.
const BATCH: u64 = 100;

/// Every message whose last change has a greater revision than `after`, in the order of revisions, then live; without
/// `after` only what comes from now on. The viewer's right is looked at before every one of them, and the stream ends
/// with an error when it is lost.
pub async fn follow_messages(
    deps: &Deps,
    viewer: &Viewer,
    id: ConversationId,
    after: Option<i64>,
) -> Result<impl Stream<Item = Result<message::Model>> + Send + use<>> {
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
            let Change { message, is_fresh } = change?;
            if !is_fresh {
                store::find(deps.db.read(), &viewer, id).await?;
            }
            Ok(message)
        }
    });
    Ok(until_error(checked))
}

/// A change, and whether the viewer's right was looked at just before it is handed on.
struct Change {
    message: message::Model,
    is_fresh: bool,
}

async fn changes(deps: &Deps, viewer: &Viewer, id: ConversationId, after: i64) -> Result<Vec<(i64, Change)>> {
    let db = deps.db.read();
    store::find(db, viewer, id).await?;
    let messages = store::changes_after(db, id, after, BATCH).await?;
    let change = |(place, message): (usize, message::Model)| {
        let is_fresh = place == 0;
        (message.revision, Change { message, is_fresh })
    };
    Ok(messages.into_iter().enumerate().map(change).collect())
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
