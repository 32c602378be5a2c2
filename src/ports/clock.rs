//! What time it is. Nothing else in the program asks the operating system.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::Duration,
};

use entity::Timestamp;

/// Says what time it is.
pub trait Clock: Send + Sync {
    /// The present instant. Whoever needs it twice takes it once and passes it on.
    fn now(&self) -> Timestamp;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the machine's clock"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::from(chrono::Utc::now())
    }
}

/// A clock that stands still until it is moved: for tests and for a demonstration with a history.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that shows `now`.
    pub fn new(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.0))
    }

    /// Moves the clock to `now`, forward or back.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.0, Ordering::SeqCst);
    }

    /// Moves the clock forward and returns what it shows then.
    pub fn advance(&self, duration: Duration) -> Timestamp {
        let later = |now| Timestamp(now).plus(duration).0;
        match self
            .0
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |now| Some(later(now)))
        {
            Ok(before) | Err(before) => Timestamp(later(before)),
        }
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
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
}
