//! The current time. Nothing else in the program asks the operating system for it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use entity::Timestamp;
use tokio::sync::Notify;

/// Tells the time.
#[async_trait::async_trait]
pub trait Clock: Send + Sync {
    /// The current instant. Code that needs it twice asks once and passes it on.
    fn now(&self) -> Timestamp;

    /// Returns once this clock shows `at` or later.
    async fn wait_until(&self, at: Timestamp);
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

#[async_trait::async_trait]
impl Clock for SystemClock {
    #[allow(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the machine's clock"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::from(chrono::Utc::now())
    }

    async fn wait_until(&self, at: Timestamp) {
        // The machine's clock may be set back meanwhile.
        while self.now() < at {
            tokio::time::sleep(at.since(self.now())).await;
        }
    }
}

/// The machine's clock, corrected by the offset of a reference clock that many machines share.
pub struct SynchronizedClock {
    clock: Arc<dyn Clock>,
    ahead: AtomicI64,
}

impl SynchronizedClock {
    /// Shows the same time as that clock until it is steered.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            ahead: AtomicI64::new(0),
        }
    }

    /// Offset from the machine's clock, in milliseconds.
    pub fn ahead(&self) -> i64 {
        self.ahead.load(Ordering::SeqCst)
    }

    /// Moves the clock forward or back by this many milliseconds.
    pub fn steer(&self, by: i64) {
        self.ahead.fetch_add(by, Ordering::SeqCst);
    }

    /// The current instant. Code that needs it twice asks once and passes it on.
    pub fn now(&self) -> Timestamp {
        Timestamp(self.clock.now().0.saturating_add(self.ahead()))
    }

    /// Returns once this clock shows `at` or later.
    pub async fn wait_until(&self, at: Timestamp) {
        while self.now() < at {
            self.clock
                .wait_until(Timestamp(at.0.saturating_sub(self.ahead())))
                .await;
        }
    }
}

/// A clock that stands still until it is moved: for tests and for a demonstration with a history.
#[derive(Debug)]
pub struct ManualClock {
    now: AtomicI64,
    moved: Notify,
    waiting: AtomicUsize,
}

impl ManualClock {
    /// A clock that shows `now`.
    pub fn new(now: Timestamp) -> Self {
        Self {
            now: AtomicI64::new(now.0),
            moved: Notify::new(),
            waiting: AtomicUsize::new(0),
        }
    }

    /// Moves the clock to `now`, forward or back.
    pub fn set(&self, now: Timestamp) {
        self.now.store(now.0, Ordering::SeqCst);
        self.moved.notify_waiters();
    }

    /// Moves the clock forward and returns its new time.
    pub fn advance(&self, duration: Duration) -> Timestamp {
        let later = |now| Timestamp(now).plus(duration).0;
        let moved = self
            .now
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |now| Some(later(now)));
        self.moved.notify_waiters();
        match moved {
            Ok(before) | Err(before) => Timestamp(later(before)),
        }
    }

    /// Number of waits in progress.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::SeqCst)
    }
}

/// Counts as a wait for as long as it lives, so that a cancelled wait is uncounted too.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[async_trait::async_trait]
impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.now.load(Ordering::SeqCst))
    }

    async fn wait_until(&self, at: Timestamp) {
        loop {
            let moved = self.moved.notified();
            tokio::pin!(moved);
            // Registered before the check, so that a move between check and wait is not missed.
            moved.as_mut().enable();
            if at <= self.now() {
                return;
            }
            let _waiting = Waiting::new(&self.waiting);
            moved.await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_moves_only_when_told() {
        let clock = ManualClock::new(Timestamp(1_000));
        assert_eq!(clock.now(), Timestamp(1_000));

        assert_eq!(clock.advance(Duration::from_secs(2)), Timestamp(3_000));
        assert_eq!(clock.now(), Timestamp(3_000));

        clock.set(Timestamp(5));
        assert_eq!(clock.now(), Timestamp(5));
    }

    #[tokio::test]
    async fn whoever_waits_goes_on_when_the_clock_shows_the_time() {
        let clock = ManualClock::new(Timestamp(0));
        clock.wait_until(Timestamp(0)).await;
        let (wait, turn) = (clock.wait_until(Timestamp(2)), async {
            for later in 1..=2 {
                assert_eq!(clock.waiting(), 1);
                clock.set(Timestamp(later));
                tokio::task::yield_now().await;
            }
        });
        tokio::join!(wait, turn);
        assert_eq!(clock.waiting(), 0);
    }
}
