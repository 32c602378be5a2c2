//! Who may ask a host now: few at once, one after the other, in the order in which they came.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Duration, Instant, sleep_until, timeout},
};

use super::{error::OutboundError, limits::Pace};

/// Hosts that are remembered. With more, those that nobody asks are forgotten, so that only requests under way add to it.
const MOST_HOSTS: usize = 512;
/// Longest that anybody waits for their turn: a job that waits keeps others from running.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// The queues before all hosts.
pub struct Turns {
    pace: Pace,
    overall: Arc<Semaphore>,
    hosts: Mutex<HashMap<String, Arc<Host>>>,
}

struct Host {
    /// Fair: first come, first served.
    places: Arc<Semaphore>,
    /// Earliest start of the next request.
    next_start: Mutex<Instant>,
}

/// The right to ask a host, until it is dropped.
pub struct Turn {
    _place: OwnedSemaphorePermit,
    _overall: OwnedSemaphorePermit,
    /// A host is remembered while somebody has this.
    _host: Arc<Host>,
}

impl Turns {
    /// No request is under way yet.
    pub fn new(pace: Pace) -> Self {
        Self {
            overall: Arc::new(Semaphore::new(pace.overall)),
            pace,
            hosts: Mutex::default(),
        }
    }

    /// Waits until the host may be asked.
    pub async fn take(&self, host: &str) -> Result<Turn, OutboundError> {
        let turn = timeout(LONGEST_WAIT, self.wait(self.host(host))).await;
        turn.ok().flatten().ok_or(OutboundError::Busy)
    }

    /// `None` only if a queue was closed, which nobody does. Who waits for a host takes no place from the others.
    async fn wait(&self, host: Arc<Host>) -> Option<Turn> {
        let place = host.places.clone().acquire_owned().await.ok()?;
        let overall = self.overall.clone().acquire_owned().await.ok()?;
        let start = host.start(self.pace.pause);
        if Instant::now() < start {
            sleep_until(start).await;
        }
        Some(Turn {
            _place: place,
            _overall: overall,
            _host: host,
        })
    }

    fn host(&self, name: &str) -> Arc<Host> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if MOST_HOSTS <= hosts.len() && !hosts.contains_key(name) {
            hosts.retain(|_, host| 1 < Arc::strong_count(host) || !host.may_start());
        }
        let host = hosts.entry(name.to_owned()).or_insert_with(|| {
            Arc::new(Host {
                places: Arc::new(Semaphore::new(self.pace.at_once)),
                next_start: Mutex::new(Instant::now()),
            })
        });
        host.clone()
    }
}

impl Host {
    /// When this request may start; the next may a pause later.
    fn start(&self, pause: Duration) -> Instant {
        let mut next = self.next_start.lock().unwrap_or_else(PoisonError::into_inner);
        let start = Instant::now().max(*next);
        *next = start + pause;
        start
    }

    fn may_start(&self) -> bool {
        *self.next_start.lock().unwrap_or_else(PoisonError::into_inner) <= Instant::now()
    }
}

#[cfg(test)]
mod tests {
    use futures_util::{FutureExt, future::join_all};

    use super::*;

    const AT_ONCE: Pace = Pace {
        at_once: 2,
        pause: Duration::ZERO,
        overall: 3,
    };

    #[tokio::test]
    async fn a_host_is_asked_by_few_at_once_and_in_order() {
        let turns = Turns::new(AT_ONCE);
        let first = turns.take("a.example").await.unwrap();
        let _second = turns.take("a.example").await.unwrap();
        let mut third = Box::pin(turns.take("a.example"));
        let mut fourth = Box::pin(turns.take("a.example"));
        assert!(third.as_mut().now_or_never().is_none());
        assert!(fourth.as_mut().now_or_never().is_none());

        drop(first);

        assert!(fourth.as_mut().now_or_never().is_none());
        third.await.unwrap();
    }

    #[tokio::test]
    async fn who_waits_for_one_host_keeps_nobody_from_another() {
        let turns = Turns::new(AT_ONCE);
        let _two = (turns.take("a.example").await, turns.take("a.example").await);
        let mut waiting = Box::pin(turns.take("a.example"));
        assert!(waiting.as_mut().now_or_never().is_none());

        let other = turns.take("b.example").await.unwrap();

        assert!(turns.take("c.example").now_or_never().is_none(), "three are under way");
        drop(other);
        turns.take("c.example").await.unwrap();
    }

    #[tokio::test]
    async fn who_gives_up_leaves_the_queue() {
        let turns = Turns::new(Pace { at_once: 1, ..AT_ONCE });
        let first = turns.take("a.example").await.unwrap();
        let mut second = Box::pin(turns.take("a.example"));
        assert!(second.as_mut().now_or_never().is_none());

        drop(second);
        drop(first);

        turns.take("a.example").await.unwrap();
    }

    #[tokio::test]
    async fn there_is_a_pause_before_each_next_request() {
        let pause = Duration::from_millis(20);
        let turns = Turns::new(Pace { pause, ..AT_ONCE });
        let begun = Instant::now();

        let starts = join_all((0..5).map(|_| async {
            let turn = turns.take("a.example").await.unwrap();
            (Instant::now(), turn).0
        }))
        .await;

        let mut starts: Vec<_> = starts.iter().map(|start| start.duration_since(begun)).collect();
        starts.sort();
        for (number, start) in (0..).zip(starts) {
            assert!(pause * number <= start, "request {number} started after {start:?}");
        }
    }

    #[tokio::test]
    async fn hosts_that_nobody_asks_are_forgotten() {
        let turns = Turns::new(AT_ONCE);
        let kept = turns.take("kept.example").await.unwrap();
        for number in 0..10 * MOST_HOSTS {
            drop(turns.take(&format!("{number}.example")).await.unwrap());
        }

        let hosts = turns.hosts.lock().unwrap();
        assert!(hosts.len() <= MOST_HOSTS, "{}", hosts.len());
        assert!(hosts.contains_key("kept.example"));
        drop(kept);
    }
}
