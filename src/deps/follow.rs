//! Streams: rows after a cursor, then a bell, then the rows after that.

use std::{collections::VecDeque, pin::Pin, time::Duration};

use futures_util::Stream;

use crate::{
    events::{Bells, Topic},
    kernel::{Error, Result},
};

/// Before something that is away is asked again.
const PAUSE: Duration = Duration::from_secs(1);

/// Looks again and again while what it needs is away: a stream stands still meanwhile and goes on from where it was.
/// Nobody has to come back for that.
pub async fn patiently<T, F: Future<Output = Result<T>>>(look: impl Fn() -> F) -> Result<T> {
    loop {
        match look().await {
            Err(Error::Unavailable(cause)) => {
                tracing::debug!(error = %cause, "a stream waits");
                tokio::time::sleep(PAUSE).await;
            }
            done => return done,
        }
    }
}

struct State<C, T, R> {
    listener: crate::events::Listener,
    cursor: C,
    waiting: VecDeque<(C, T)>,
    read: R,
    ended: bool,
}

/// Something that a subscription hands on; in a box, because the layers around it would each keep room for it.
pub type Following<T> = Pin<Box<dyn Stream<Item = Result<T>> + Send>>;

/// Yields what `read` finds after the cursor, in order and each item once, and reads again whenever the topic's bell
/// rings. `read` looks with the viewer's present rights and answers with items and their cursors; its error is the
/// last item of the stream, except that it waits for a database that is away. It listens before it looks, so that nothing
/// falls in between.
pub fn follow<C, T, R, F>(
    bells: &Bells,
    topics: &[Topic],
    cursor: C,
    read: R,
) -> impl Stream<Item = Result<T>> + use<C, T, R, F>
where
    C: Clone + Send,
    T: Send,
    R: Fn(C) -> F + Send,
    F: Future<Output = Result<Vec<(C, T)>>> + Send,
{
    let start = State {
        listener: bells.listen(topics),
        cursor,
        waiting: VecDeque::new(),
        read,
        ended: false,
    };
    futures_util::stream::unfold(start, |mut state| async move {
        if state.ended {
            return None;
        }
        loop {
            if let Some((cursor, item)) = state.waiting.pop_front() {
                state.cursor = cursor;
                return Some((Ok(item), state));
            }
            state.listener.mark_heard();
            // In a box, so that a stream that waits does not take the room that reading takes.
            match Box::pin(patiently(|| (state.read)(state.cursor.clone()))).await {
                Err(error) => {
                    state.ended = true;
                    return Some((Err(error), state));
                }
                Ok(items) if items.is_empty() => state.listener.wait().await,
                Ok(items) => state.waiting = items.into(),
            }
        }
    })
}
