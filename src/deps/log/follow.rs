//! Streams: rows after a cursor, then a bell, then the rows after that.

use std::{collections::VecDeque, future::pending, pin::Pin, time::Duration};

use futures_util::Stream;
use tokio::time::timeout;

use crate::{
    deps::Deps,
    events::{Bells, Hibernation, Listener, Topic},
    kernel::{Error, Result},
};

/// Before something that is away is asked again.
const PAUSE: Duration = Duration::from_secs(1);
/// How long a stream that has handed something on stays awake, as more is likely to come.
const AWAKE: Duration = Duration::from_secs(30);

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
    listener: Listener,
    cursor: C,
    /// The cursor before the last item that was handed on.
    before: C,
    waiting: VecDeque<(C, T)>,
    read: R,
    ended: bool,
    hibernation: Hibernation,
    has_handed_on: bool,
}

impl<C: Clone + Send + 'static, T, R> State<C, T, R> {
    /// The next item that was read already; nothing if it has to be read, as when the last one is wanted once more.
    fn next(&mut self) -> Option<T> {
        if self.hibernation.is_to_repeat() {
            self.waiting.clear();
            self.cursor = self.before.clone();
        }
        let (cursor, item) = self.waiting.pop_front()?;
        self.before = std::mem::replace(&mut self.cursor, cursor);
        self.has_handed_on = true;
        Some(item)
    }

    /// Waits for a bell. The stream goes no further if it rests instead; the one after it goes on from the cursor.
    async fn wait(mut self) -> Self {
        if !self.hibernation.is_watched() {
            self.listener.wait().await;
            return self;
        }
        if self.has_handed_on && timeout(AWAKE, self.listener.wait()).await.is_ok() {
            return self;
        }
        let Self {
            mut listener, cursor, ..
        } = self;
        self.hibernation.suspend(async move {
            listener.wait().await;
            cursor
        });
        pending().await
    }
}

/// Something that a subscription hands on; in a box, because the layers around it would each keep room for it.
pub type Following<T> = Pin<Box<dyn Stream<Item = Result<T>> + Send>>;

/// Yields what `read` finds after the cursor, in order and each item once, and reads again whenever the topic's bell
/// rings. `read` looks with the viewer's present rights and answers with items and their cursors; its error is the
/// last item of the stream, except that it waits for a database that is away. It listens before it looks, so that nothing
/// falls in between. When nothing comes it is suspended; whoever begins it anew gives it the cursor that it left. An item
/// that did not arrive whole is read and handed on once more, and what comes after it comes after that.
pub fn follow<C, T, R, F>(
    deps: &Deps,
    topics: &[Topic],
    cursor: C,
    read: R,
) -> impl Stream<Item = Result<T>> + use<C, T, R, F>
where
    C: Clone + Send + 'static,
    T: Send,
    R: Fn(C) -> F + Send,
    F: Future<Output = Result<Vec<(C, T)>>> + Send,
{
    follow_bells(&deps.bells, topics, (cursor, deps.hibernation().clone()), read)
}

fn follow_bells<C, T, R, F>(
    bells: &Bells,
    topics: &[Topic],
    (cursor, hibernation): (C, Hibernation),
    read: R,
) -> impl Stream<Item = Result<T>> + use<C, T, R, F>
where
    C: Clone + Send + 'static,
    T: Send,
    R: Fn(C) -> F + Send,
    F: Future<Output = Result<Vec<(C, T)>>> + Send,
{
    let start = State {
        listener: bells.listen(topics),
        before: cursor.clone(),
        cursor,
        waiting: VecDeque::new(),
        read,
        ended: false,
        hibernation,
        has_handed_on: false,
    };
    futures_util::stream::unfold(start, |mut state| async move {
        if state.ended {
            return None;
        }
        loop {
            if let Some(item) = state.next() {
                return Some((Ok(item), state));
            }
            state.listener.mark_heard();
            // In a box, so that a stream that waits does not take the room that reading takes.
            match Box::pin(patiently(|| (state.read)(state.cursor.clone()))).await {
                Err(error) => {
                    state.ended = true;
                    return Some((Err(error), state));
                }
                Ok(items) if items.is_empty() => state = Box::pin(state.wait()).await,
                Ok(items) => state.waiting = items.into(),
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use futures_util::{FutureExt, StreamExt};

    use super::*;

    const TOPIC: Topic = Topic::Map;

    /// The numbers after the cursor, up to that one.
    fn numbers_to(last: i32, bells: &Bells, start: (i32, Hibernation)) -> Following<i32> {
        let read = move |cursor| async move { Ok((cursor + 1..=last).map(|number| (number, number)).collect()) };
        Box::pin(follow_bells(bells, &[TOPIC], start, read))
    }

    #[tokio::test]
    async fn a_stream_that_finds_nothing_rests_until_the_bell_and_leaves_its_cursor() {
        let (bells, hibernation) = (Bells::default(), Hibernation::watched());
        let mut stream = numbers_to(7, &bells, (7, hibernation.clone()));
        assert!(stream.next().now_or_never().is_none());
        let mut sleep = hibernation.sleep().expect("it is suspended");
        drop(stream);
        assert!((&mut sleep).now_or_never().is_none());
        bells.ring(TOPIC);
        hibernation.leave(sleep.await);
        assert_eq!(hibernation.left(), Some(7));
    }

    #[tokio::test]
    async fn a_bell_between_the_reading_and_the_rest_is_heard() {
        let (bells, hibernation) = (Bells::default(), Hibernation::watched());
        let ringer = bells.clone();
        let read = move |_: i32| {
            let bells = ringer.clone();
            async move {
                bells.ring(TOPIC);
                Ok(Vec::<(i32, ())>::new())
            }
        };
        let mut stream = Box::pin(follow_bells(&bells, &[TOPIC], (7, hibernation.clone()), read));
        assert!(stream.next().now_or_never().is_none());
        assert!(hibernation.sleep().expect("it is suspended").now_or_never().is_some());
    }

    #[tokio::test]
    async fn a_stream_that_has_handed_something_on_stays_awake() {
        let (bells, hibernation) = (Bells::default(), Hibernation::watched());
        let mut stream = numbers_to(8, &bells, (7, hibernation.clone()));
        assert_eq!(stream.next().await.unwrap().unwrap(), 8);
        assert!(stream.next().now_or_never().is_none());
        assert!(hibernation.sleep().is_none());
    }

    #[tokio::test]
    async fn what_did_not_arrive_whole_is_handed_on_once_more_and_then_what_comes_after_it() {
        let (bells, hibernation) = (Bells::default(), Hibernation::watched());
        let mut stream = numbers_to(8, &bells, (5, hibernation.clone()));
        assert_eq!(stream.next().await.unwrap().unwrap(), 6);
        assert_eq!(stream.next().await.unwrap().unwrap(), 7);
        for _ in 0..2 {
            hibernation.repeat();
            assert_eq!(stream.next().await.unwrap().unwrap(), 7);
        }
        assert_eq!(stream.next().await.unwrap().unwrap(), 8);
    }

    #[tokio::test]
    async fn a_stream_that_nobody_watches_never_rests() {
        let bells = Bells::default();
        let mut stream = numbers_to(7, &bells, (7, Hibernation::default()));
        assert!(stream.next().now_or_never().is_none());
        bells.ring(TOPIC);
        assert!(stream.next().now_or_never().is_none());
    }
}
