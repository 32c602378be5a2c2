//! The `Job` trait: everything about one kind of job is defined by one type, in its own file in `jobs`.

use std::{
    future::ready,
    panic::AssertUnwindSafe,
    time::{Duration, Instant},
};

use entity::{id::JobId, job, vocabulary::Lane};
use futures_util::{FutureExt, future::BoxFuture};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    deps::Deps,
    events::Event,
    kernel::{Error, Outcome, Result},
};

/// A unit of work to run later. Every job may run twice, so it loads the current state. Its serialized form is the
/// payload, which later versions must be able to read.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The name of the kind, as stored in the queue.
    const NAME: &'static str;
    /// Number of failed attempts after which the job is buried; with the usual pauses, about a day. An attempt cut off
    /// by the end of its process does not count.
    const MOST_TRIES: i32 = 14;
    /// Priority within the lane.
    const PRIORITY: Priority = Priority::Normal;
    /// Whether queued jobs of this kind are leased together and merged by [`Job::take_up`].
    const IS_JOINED: bool = false;

    /// The job that this event triggers, if any.
    fn called_for_by(_event: &Event) -> Option<Self> {
        None
    }

    /// Whether the job that this event triggers has anything to do. It is asked before the job is queued, in one quick look
    /// at the tables at most, where most events would queue jobs for nothing.
    fn is_needed(_deps: &Deps, _event: &Event) -> impl Future<Output = Result<bool>> + Send {
        ready(Ok(true))
    }

    /// The workers that run it. Bulk jobs never keep other lanes waiting.
    fn lane(&self) -> Lane;

    /// Minimum time before it runs.
    fn delay(&self) -> Duration {
        Duration::ZERO
    }

    /// Whose work it is. The groups in a lane share its workers evenly, however many jobs each has queued.
    fn group(&self) -> Option<String> {
        None
    }

    /// Merges another job into this one, if this one can do the work of both.
    fn take_up(&mut self, _other: &Self) -> bool {
        false
    }

    /// Runs the job. The id is the same for every attempt.
    fn perform(self, deps: &Deps, id: JobId) -> impl Future<Output = Result<Outcome>> + Send;
}

/// Order within a lane. As in most queues, lower numbers come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priority {
    /// Somebody is waiting for it.
    High = -1,
    /// The default.
    Normal = 0,
    /// Can wait until nothing else is due.
    Low = 1,
}

/// A job that is about to be queued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// See [`Job::NAME`].
    pub kind: &'static str,
    /// The job as JSON.
    pub payload: String,
    /// See [`Job::lane`].
    pub lane: Lane,
    /// See [`Job::PRIORITY`].
    pub priority: Priority,
    /// See [`Job::group`].
    pub group: Option<String>,
    /// See [`Job::delay`].
    pub delay: Duration,
}

/// Repeats the kind in the payload, although the queue stores it too: the first version did so.
#[derive(Serialize)]
struct Tagged<'a, J> {
    kind: &'static str,
    #[serde(flatten)]
    job: &'a J,
}

impl NewJob {
    /// Prepares a job for the queue.
    pub fn of<J: Job>(job: &J) -> Result<Self> {
        Ok(Self {
            kind: J::NAME,
            payload: serde_json::to_string(&Tagged { kind: J::NAME, job })?,
            lane: job.lane(),
            priority: J::PRIORITY,
            group: job.group(),
            delay: job.delay(),
        })
    }
}

/// A kind of job with its type erased, for the queue and its workers.
pub struct Kind {
    /// See [`Job::NAME`].
    pub name: &'static str,
    /// See [`Job::MOST_TRIES`].
    pub most_tries: i32,
    /// See [`Job::IS_JOINED`].
    pub is_joined: bool,
    reaction: fn(&Event) -> Option<Result<NewJob>>,
    is_needed: for<'a> fn(&'a Deps, &'a Event) -> BoxFuture<'a, Result<bool>>,
    perform: fn(Deps, Vec<job::Model>) -> BoxFuture<'static, Vec<Performed>>,
}

/// A row of the queue and the outcome of its job.
pub type Performed = (job::Model, Outcome);

impl Kind {
    /// The kind of this job type.
    pub const fn of<J: Job>() -> Self {
        Self {
            name: J::NAME,
            most_tries: J::MOST_TRIES,
            is_joined: J::IS_JOINED,
            reaction: |event| J::called_for_by(event).map(|job| NewJob::of(&job)),
            is_needed: |deps, event| Box::pin(J::is_needed(deps, event)),
            // Boxed, because the combined future of all jobs is large and would be moved needlessly.
            perform: |deps, rows| Box::pin(perform::<J>(deps, rows)),
        }
    }

    /// The job of this kind that the event triggers, if any.
    pub fn reaction(&self, event: &Event) -> Option<Result<NewJob>> {
        (self.reaction)(event)
    }

    /// Whether that job has anything to do: see [`Job::is_needed`].
    pub async fn is_needed(&self, deps: &Deps, event: &Event) -> Result<bool> {
        (self.is_needed)(deps, event).await
    }

    /// Runs jobs of this kind, merged as far as possible.
    pub async fn perform(&self, deps: &Deps, rows: &[job::Model]) -> Vec<Performed> {
        (self.perform)(deps.clone(), rows.to_vec()).await
    }
}

async fn perform<J: Job>(deps: Deps, rows: Vec<job::Model>) -> Vec<Performed> {
    let (joined, mut performed) = join::<J>(rows);
    for (job, rows) in joined {
        let Some(first) = rows.first() else { continue };
        let began = Instant::now();
        let outcome = unbroken(job.perform(&deps, first.id)).await;
        metrics::histogram!("sweetie_job_seconds", "kind" => J::NAME).record(began.elapsed());
        performed.extend(rows.into_iter().map(|row| (row, outcome.clone())));
    }
    performed
}

/// Merged jobs, each with the rows it came from.
type Joined<J> = Vec<(J, Vec<job::Model>)>;

/// Merges jobs. Also returns the rows that need no work of their own: duplicates of another row's payload, which are
/// done with it, and rows that cannot be read.
fn join<J: Job>(rows: Vec<job::Model>) -> (Joined<J>, Vec<Performed>) {
    let (mut joined, mut settled) = (Joined::<J>::new(), Vec::new());
    for row in rows {
        let is_twice = joined
            .iter()
            .flat_map(|(_, rows)| rows)
            .any(|before| before.payload == row.payload);
        match serde_json::from_str::<J>(&row.payload) {
            _ if is_twice => settled.push((row, Outcome::Done)),
            Err(error) => settled.push((row, Outcome::Discard(format!("its payload cannot be read: {error}")))),
            Ok(job) => match joined
                .iter_mut()
                .find_map(|(before, rows)| before.take_up(&job).then_some(rows))
            {
                Some(rows) => rows.push(row),
                None => joined.push((job, vec![row])),
            },
        }
    }
    (joined, settled)
}

/// A job that panics has failed like any other; its worker goes on.
async fn unbroken(work: impl Future<Output = Result<Outcome>>) -> Outcome {
    let done = AssertUnwindSafe(work).catch_unwind().await;
    let done = done.unwrap_or_else(|_| Err(Error::broken("the job panicked")));
    done.unwrap_or_else(Outcome::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_job_that_panics_has_failed_and_its_worker_goes_on() {
        let failed = unbroken(async { panic!("a fault of ours") }).await;
        assert!(matches!(failed, Outcome::Retry { .. }), "{failed:?}");
    }
}
