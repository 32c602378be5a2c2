//! Turns at work that takes a processor for a while: so many at once, so many more that wait, and nobody beyond them.

use std::{num::NonZero, thread};

use tokio::sync::{Semaphore, oneshot};

use crate::kernel::{Error, Result};

/// Work that waits for each that runs. At some 20 ms each, nobody waits much longer than a second.
const WAITING_FOR_EACH: usize = 64;

/// How far work gives way to other threads: 0 would be not at all, 19 is the most.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// A queue before a number of turns.
pub(super) struct Turns {
    /// Work that runs.
    running: Semaphore,
    /// Work that runs or waits.
    places: Semaphore,
}

impl Turns {
    /// So many turns at once as there are processors for them.
    pub fn of(processors: NonZero<usize>) -> Self {
        Self::new(processors.get(), processors.get() * WAITING_FOR_EACH)
    }

    fn new(at_once: usize, waiting: usize) -> Self {
        Self {
            running: Semaphore::new(at_once),
            places: Semaphore::new(at_once + waiting),
        }
    }

    /// Does the work when it is its turn; refuses it if too much waits already. Work whose caller has gone away is not
    /// begun. What has begun goes on and keeps its turn to the end, because it keeps its processor as well.
    pub async fn take<T: Send + 'static>(&'static self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let place = self.places.try_acquire().map_err(|_| {
            Error::NotNow("too many people log in or register at this moment: try again in a few seconds".into())
        })?;
        let turn = self.running.acquire().await.map_err(Error::internal)?;
        // A thread of its own: a lower priority cannot be taken back, so one of the runtime's would stay slow.
        let (tell, told) = oneshot::channel();
        thread::Builder::new()
            .name("password".to_owned())
            .spawn(move || {
                let _held = (place, turn);
                give_way();
                // Nobody listens any more where the caller has gone away.
                let _ = tell.send(work());
            })
            .map_err(Error::internal)?;
        told.await.map_err(Error::internal)
    }
}

/// Lets other threads go first, so that requests that need a processor for a moment do not wait behind a hash.
#[cfg(target_os = "linux")]
fn give_way() {
    // On Linux this is the priority of this thread alone. Where it is forbidden, the work is done all the same.
    let _ = rustix::process::setpriority_process(None, NICE);
}

#[cfg(not(target_os = "linux"))]
fn give_way() {}

#[cfg(test)]
mod tests {
    use std::{future::Future, pin::pin, sync::mpsc, task::Poll};

    use super::*;

    /// Polls once, which begins the work or takes a place in the queue.
    async fn is_done<T>(work: &mut (impl Future<Output = T> + Unpin)) -> bool {
        std::future::poll_fn(|context| Poll::Ready(std::pin::Pin::new(&mut *work).poll(context).is_ready())).await
    }

    fn turns(at_once: usize, waiting: usize) -> &'static Turns {
        Box::leak(Box::new(Turns::new(at_once, waiting)))
    }

    #[tokio::test]
    async fn beyond_those_that_run_and_wait_all_are_asked_to_try_again() {
        let turns = turns(1, 1);
        let (go, wait) = mpsc::channel::<()>();
        let mut first = pin!(turns.take(move || wait.recv().is_ok()));
        assert!(!is_done(&mut first).await);
        let mut second = pin!(turns.take(|| 2));
        assert!(!is_done(&mut second).await);

        let refused = turns.take(|| 3).await;

        assert!(matches!(&refused, Err(error @ Error::NotNow(_)) if error.code() == "UNAVAILABLE"));
        go.send(()).unwrap();
        assert!(first.await.unwrap());
        assert_eq!(second.await.unwrap(), 2);
        assert_eq!(turns.take(|| 4).await.unwrap(), 4);
    }

    #[tokio::test]
    async fn who_goes_away_leaves_the_queue_but_what_has_begun_keeps_its_turn() {
        let turns = turns(1, 1);
        let (go, wait) = mpsc::channel::<()>();
        {
            let mut first = pin!(turns.take(move || wait.recv().is_ok()));
            assert!(!is_done(&mut first).await);
            let mut second = pin!(turns.take(|| unreachable!("nobody waits for it")));
            assert!(!is_done(&mut second).await);
            assert_eq!(turns.places.available_permits(), 0);
        }
        assert_eq!(turns.running.available_permits(), 0);
        assert_eq!(turns.places.available_permits(), 1);

        go.send(()).unwrap();

        assert_eq!(turns.take(|| 3).await.unwrap(), 3);
    }
}
