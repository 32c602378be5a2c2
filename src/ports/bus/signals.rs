//! Signals by topic: a signal wakes the listeners of its topic and nobody else.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::broadcast::{self, error::RecvError};

/// How many signals a slow listener can fall behind before it misses some. A topic with listeners takes less than a
/// kibibyte.
const KEPT: usize = 8;

type Topics = HashMap<Arc<str>, broadcast::Sender<Arc<str>>>;

/// The topics of this process that have listeners.
#[derive(Debug, Clone, Default)]
pub(super) struct Switchboard(Arc<Mutex<Topics>>);

impl Switchboard {
    /// Passes a signal to the present listeners of its topic.
    pub fn pass_on(&self, topic: &str, body: &str) {
        if let Some(listeners) = self.topics().get(topic) {
            // Sending fails only when nobody is listening, which is fine.
            let _ = listeners.send(body.into());
        }
    }

    /// The signals of a topic from now on.
    pub fn listen(&self, topic: &str) -> Signals {
        let topic: Arc<str> = topic.into();
        let mut topics = self.topics();
        let listeners = topics
            .entry(topic.clone())
            .or_insert_with(|| broadcast::Sender::new(KEPT));
        Signals {
            receiver: Some(listeners.subscribe()),
            topic,
            switchboard: self.clone(),
        }
    }

    fn topics(&self) -> MutexGuard<'_, Topics> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A listener of one topic; when the last one is dropped, the topic is removed.
#[derive(Debug)]
pub struct Signals {
    receiver: Option<broadcast::Receiver<Arc<str>>>,
    topic: Arc<str>,
    switchboard: Switchboard,
}

impl Signals {
    /// Waits for the next signal and returns its body. A listener that is too slow misses the oldest ones; never
    /// returns once the bus is gone.
    pub async fn next(&mut self) -> Arc<str> {
        if let Some(receiver) = &mut self.receiver {
            loop {
                match receiver.recv().await {
                    Ok(body) => return body,
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => break,
                }
            }
        }
        std::future::pending().await
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        let mut topics = self.switchboard.topics();
        // Under the lock, so that nobody can start listening between the two steps.
        drop(self.receiver.take());
        if topics
            .get(&self.topic)
            .is_some_and(|listeners| listeners.receiver_count() == 0)
        {
            topics.remove(&self.topic);
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[tokio::test]
    async fn a_signal_reaches_its_topic_and_no_other() {
        let switchboard = Switchboard::default();
        let (mut one, mut same, mut other) = (
            switchboard.listen("a"),
            switchboard.listen("a"),
            switchboard.listen("b"),
        );
        switchboard.pass_on("a", "1");
        assert_eq!((&*one.next().await, &*same.next().await), ("1", "1"));
        assert_eq!(other.next().now_or_never(), None);
    }

    #[tokio::test]
    async fn a_topic_is_forgotten_with_its_last_listener() {
        let switchboard = Switchboard::default();
        let (one, two) = (switchboard.listen("a"), switchboard.listen("a"));
        drop(one);
        assert_eq!(switchboard.topics().len(), 1);
        drop(two);
        assert_eq!(switchboard.topics().len(), 0);
    }

    #[tokio::test]
    async fn whoever_is_slow_misses_the_oldest_and_goes_on() {
        let switchboard = Switchboard::default();
        let mut slow = switchboard.listen("a");
        for number in 0..=KEPT {
            switchboard.pass_on("a", &number.to_string());
        }
        assert_eq!(&*slow.next().await, "1");
    }
}
