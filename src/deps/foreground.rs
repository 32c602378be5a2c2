//! What people wait for on this node, and the work that gives way to it.

use std::{sync::Arc, time::Duration};

use tokio::{sync::watch, time::timeout};

/// How long a piece of background work is put off at most, so that it comes to its end however busy people are: a piece
/// takes some 15 ms.
const AT_MOST: Duration = Duration::from_millis(60);

/// Counts what people wait for: requests, and jobs that tell somebody something.
#[derive(Debug, Clone, Default)]
pub struct Foreground(Arc<watch::Sender<usize>>);

impl Foreground {
    /// Somebody waits until the answer is dropped.
    pub fn enter(&self) -> InForeground {
        self.0.send_modify(|waiting| *waiting += 1);
        InForeground(self.clone())
    }

    /// Whether anybody waits.
    pub fn is_waited_for(&self) -> bool {
        0 < *self.0.borrow()
    }

    /// Returns once nobody waits, or has done so for long enough.
    pub(super) async fn give_way(&self) {
        let mut waiting = self.0.subscribe();
        // It cannot fail: the sender is held here.
        let _ = timeout(AT_MOST, waiting.wait_for(|waiting| *waiting == 0)).await;
    }
}

/// Somebody waits.
#[derive(Debug)]
pub struct InForeground(Foreground);

impl Drop for InForeground {
    fn drop(&mut self) {
        self.0.0.send_modify(|waiting| *waiting = waiting.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use futures_util::poll;

    use super::*;

    #[tokio::test]
    async fn background_work_begins_at_once_when_nobody_waits() {
        let foreground = Foreground::default();
        drop(foreground.enter());

        assert!(poll!(pin!(foreground.give_way())).is_ready());
    }

    #[tokio::test]
    async fn background_work_begins_when_the_last_one_has_been_served() {
        let foreground = Foreground::default();
        let (first, second) = (foreground.enter(), foreground.enter());
        let mut background = pin!(foreground.give_way());
        assert!(poll!(&mut background).is_pending());

        drop(first);
        assert!(poll!(&mut background).is_pending());
        drop(second);

        assert!(poll!(&mut background).is_ready());
    }

    #[tokio::test]
    async fn background_work_goes_on_however_busy_people_are() {
        let foreground = Foreground::default();
        let _never_served = foreground.enter();

        foreground.give_way().await;
    }
}
