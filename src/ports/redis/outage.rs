//! Logs that Redis is down and that it is back: once each, however many callers notice.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// How long nothing may fail before Redis counts as back. Longer than the pause between attempts of the bus and the
/// questions; a cluster that is partly down answers some questions all the time.
const STEADY: Duration = Duration::from_secs(6);

/// Knowledge about an outage, shared by all users of one Redis.
#[derive(Debug, Default)]
pub struct Outage {
    /// Time of the last failure; `None` while Redis is up.
    failed_at: Mutex<Option<Instant>>,
}

impl Outage {
    /// Records that a request to Redis failed.
    pub fn failed(&self, error: &dyn std::fmt::Display) {
        if self.note_failure(Instant::now()) {
            tracing::warn!(
                %error,
                "Redis is away: until it is back, news of other nodes come up to a second later, every node counts \
                 limits for itself, and nobody is shown as online"
            );
        }
    }

    /// Records that a request to Redis succeeded.
    pub fn answered(&self) {
        if self.note_answer(Instant::now()) {
            tracing::info!("Redis is back");
        }
    }

    /// Whether this failure starts an outage.
    fn note_failure(&self, now: Instant) -> bool {
        let mut failed_at = self.failed_at.lock().unwrap_or_else(PoisonError::into_inner);
        failed_at.replace(now).is_none()
    }

    /// Whether this answer ends an outage.
    fn note_answer(&self, now: Instant) -> bool {
        let mut failed_at = self.failed_at.lock().unwrap_or_else(PoisonError::into_inner);
        failed_at.take_if(|failed_at| *failed_at + STEADY <= now).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_begins_with_its_first_failure_and_ends_when_nothing_has_failed_for_a_while() {
        let (outage, start) = (Outage::default(), Instant::now());
        assert!(!outage.note_answer(start), "nothing was wrong");
        assert!(outage.note_failure(start));
        for second in 1..20 {
            let now = start + Duration::from_secs(second);
            assert!(!outage.note_failure(now), "it is known");
            assert!(!outage.note_answer(now), "a part of it answers");
        }
        assert!(!outage.note_answer(start + Duration::from_secs(24)));
        assert!(outage.note_answer(start + Duration::from_secs(25)));
        assert!(!outage.note_answer(start + Duration::from_secs(26)), "it is known");
        assert!(outage.note_failure(start + Duration::from_secs(27)), "the next one");
    }
}
