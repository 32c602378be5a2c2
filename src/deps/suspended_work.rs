//! What jobs keep in the memory of this node from one turn to the next.
//!
//! A long job gives its worker away now and then. What it needs to go on, such as a file that is open at the right place, may
//! be costly to make again, so it leaves it here. It is a saving and no promise: another node may take the next turn, or a
//! restart come in between, and then the job makes everything anew.

use std::{
    any::Any,
    sync::{Mutex, PoisonError},
};

/// The number of jobs that may leave something. Those who come after that take the place of the earliest ones.
const MOST: usize = 4;

/// Work that waits for its job's next turn.
#[derive(Default)]
pub struct SuspendedWork(Mutex<Vec<(String, Box<dyn Any + Send>)>>);

impl SuspendedWork {
    /// Keeps the work of a job until its next turn.
    pub fn suspend<T: Send + 'static>(&self, job: &str, work: T) {
        let mut suspended = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        suspended.retain(|(of, _)| of != job);
        if MOST <= suspended.len() {
            suspended.remove(0);
        }
        suspended.push((job.to_owned(), Box::new(work)));
    }

    /// Takes the work of a job, if it was left on this node.
    pub fn resume<T: 'static>(&self, job: &str) -> Option<T> {
        let mut suspended = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = suspended.iter().position(|(of, _)| of == job)?;
        let (_, work) = suspended.remove(place);
        work.downcast().ok().map(|work| *work)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_gets_what_it_left_once() {
        let suspended = SuspendedWork::default();
        suspended.suspend("one", 1);
        suspended.suspend("two", 2);
        suspended.suspend("one", 3);

        assert_eq!(suspended.resume::<i32>("one"), Some(3));
        assert_eq!(suspended.resume::<i32>("one"), None);
        assert_eq!(suspended.resume::<i32>("two"), Some(2));
    }

    #[test]
    fn the_earliest_work_is_dropped_when_there_is_too_much() {
        let suspended = SuspendedWork::default();
        for job in 0..=MOST {
            suspended.suspend(&job.to_string(), job);
        }

        assert_eq!(suspended.resume::<usize>("0"), None);
        assert_eq!(suspended.resume::<usize>("1"), Some(1));
    }
}
