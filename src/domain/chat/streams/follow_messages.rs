//! Streams the changes of a conversation: first those after a number, then live ones.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use entity::id::{ConversationId, MemberId};
use futures_util::{Stream, StreamExt, stream};

use crate::{
    deps::{BatchedQuery, Deps, Following, follow, patiently},
    domain::chat::{
        batched::{padded, taking_part},
        store::{self, Change},
    },
    events::Topic,
    kernel::{Error, Result, Viewer},
};

/// Maximum number of changes read at once.
const BATCH: i64 = 100;

/// Every change with a revision greater than `after`, in order and exactly once, then live changes; without `after`
/// only those from now on. A change always carries the current state of its message, even if the message changed again
/// later. The viewer's access is checked before each change; losing it ends the stream with an error. The stream is
/// suspended while nothing changes.
pub async fn follow_messages(
    deps: &Deps,
    viewer: &Viewer,
    id: ConversationId,
    after: Option<i64>,
) -> Result<Following<Change>> {
    let me = viewer.require_member()?;
    let cursor = match deps.hibernation().left() {
        Some(cursor) => cursor,
        None => start(deps, viewer, id, after).await?,
    };
    let topics = [Topic::Conversation(id), Topic::Rights(me)];
    let own = deps.clone();
    let read = move |after| {
        let deps = own.clone();
        async move { changes(&deps, me, id, after).await }
    };
    let access = (deps.clone(), viewer.clone());
    let checked = follow(deps, &topics, cursor, read).then(move |change| {
        let (deps, viewer) = access.clone();
        async move {
            let Next { change, is_fresh } = change?;
            if !is_fresh {
                Box::pin(patiently(|| store::find(deps.db.read(), &viewer, id))).await?;
            }
            Ok(change)
        }
    });
    Ok(until_error(checked))
}

/// The revision to start after.
async fn start(deps: &Deps, viewer: &Viewer, id: ConversationId, after: Option<i64>) -> Result<i64> {
    let last = store::find(deps.db.read(), viewer, id).await?.last_revision;
    let after = after.unwrap_or(last);
    (0..=last)
        .contains(&after)
        .then_some(after)
        .ok_or(Error::ResumeUnavailable)
}

/// A change, and whether the viewer's access was checked just before it is passed on.
struct Next {
    change: Change,
    is_fresh: bool,
}

async fn changes(deps: &Deps, me: MemberId, id: ConversationId, after: i64) -> Result<Vec<(i64, Next)>> {
    let changes = deps.ask(News { id, me, after }).await?;
    let next = |(place, change): (usize, Change)| {
        let is_fresh = place == 0;
        (change.revision, Next { change, is_fresh })
    };
    let changes = changes.ok_or(Error::NotFound("conversation"))?;
    Ok(changes.iter().cloned().enumerate().map(next).collect())
}

/// A batched query for the next changes of a conversation after a number, on behalf of a member. The answer holds at
/// most 100 changes in order, or none if the member may not see the conversation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct News {
    id: ConversationId,
    me: MemberId,
    after: i64,
}

impl BatchedQuery for News {
    type Answer = Arc<[Change]>;

    /// Access is checked after reading, so a member who was removed before a message was sent does not get it.
    async fn look(deps: &Deps, asked: &[Self]) -> Result<HashMap<Self, Self::Answer>> {
        let places: HashSet<(ConversationId, i64)> = asked.iter().map(|news| (news.id, news.after)).collect();
        let places: Vec<(ConversationId, i64)> = places.into_iter().collect();
        let mut found = store::next_changes(deps.db.read(), &padded(&places), BATCH).await?;
        found
            .values_mut()
            .for_each(|changes| changes.sort_unstable_by_key(|change| change.revision));
        let pairs: Vec<(ConversationId, MemberId)> = asked.iter().map(|news| (news.id, news.me)).collect();
        let taking_part = taking_part(deps, &pairs).await?;
        let mut answers = HashMap::new();
        for news in asked {
            if taking_part.contains(&(news.id, news.me)) {
                let changes = found.get(&news.id).map_or(&[][..], Vec::as_slice);
                let next = changes.iter().filter(|change| news.is_next(change.revision));
                answers.insert(news.clone(), next.cloned().collect());
            }
        }
        Ok(answers)
    }
}

impl News {
    fn is_next(&self, revision: i64) -> bool {
        self.after < revision && revision <= self.after.saturating_add(BATCH)
    }
}

/// The stream up to and including its first error. It then ends and releases its resources at once, without being
/// polled for another item.
pub(super) fn until_error<T: 'static>(stream: impl Stream<Item = Result<T>> + Send + 'static) -> Following<T> {
    let stream: Following<T> = Box::pin(stream);
    Box::pin(stream::unfold(Some(stream), |stream| async move {
        let mut stream = stream?;
        let item = stream.next().await?;
        let rest = item.is_ok().then_some(stream);
        Some((item, rest))
    }))
}
