//! What a job is: a type that says everything about its kind in one place, each in a file of `jobs`.

use std::{panic::AssertUnwindSafe, time::Duration};

use entity::{id::JobId, job, vocabulary::Lane};
use futures_util::{FutureExt, future::BoxFuture};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    deps::Deps,
    events::Event,
    kernel::{Error, Outcome, Result},
};

/// Something to be done later. Every job may run twice and loads the present state. What is serialised is its payload, which
/// later versions have to be able to read.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The name of the kind, as the queue stores it.
    const NAME: &'static str;
    /// How many tries end without success before it is buried: with the usual pauses, about a day. A try that was cut off by
    /// the end of its process is none.
    const MOST_TRIES: i32 = 14;
    /// What is done first in its lane.
    const PRIORITY: Priority = Priority::Normal;
    /// Whether those that wait one behind the other are taken together, so that [`Job::take_up`] makes one of them.
    const IS_JOINED: bool = false;

    /// The job that a fact calls for, if it does.
    fn called_for_by(_event: &Event) -> Option<Self> {
        None
    }

    /// Which workers do it: those of bulk never keep those of the others waiting.
    fn lane(&self) -> Lane;

    /// How long it waits at least.
    fn delay(&self) -> Duration {
        Duration::ZERO
    }

    /// Whose work it is: groups of one lane share its workers evenly, however much one of them has brought.
    fn group(&self) -> Option<String> {
        None
    }

    /// Takes up what another job is about, if this one can do both.
    fn take_up(&mut self, _other: &Self) -> bool {
        false
    }

    /// Does it. The id names the job with every try.
    fn perform(self, deps: &Deps, id: JobId) -> impl Future<Output = Result<Outcome>> + Send;
}

/// What is done first. The lower number comes first, as in most queues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priority {
    /// Somebody sits and waits for it.
    High = -1,
    /// Most jobs.
    Normal = 0,
    /// When there is time.
    Low = 1,
}

/// A job on its way into the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// As [`Job::NAME`].
    pub kind: &'static str,
    /// As JSON.
    pub payload: String,
    /// As [`Job::lane`].
    pub lane: Lane,
    /// As [`Job::PRIORITY`].
    pub priority: Priority,
    /// As [`Job::group`].
    pub group: Option<String>,
    /// As [`Job::delay`].
    pub delay: Duration,
}

/// The payload says of which kind it is, though the queue knows: so it did from the beginning.
#[derive(Serialize)]
struct Tagged<'a, J> {
    kind: &'static str,
    #[serde(flatten)]
    job: &'a J,
}

impl NewJob {
    /// That job.
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

/// A kind of job without its type, for the queue and its workers.
pub struct Kind {
    /// As [`Job::NAME`].
    pub name: &'static str,
    /// As [`Job::MOST_TRIES`].
    pub most_tries: i32,
    /// As [`Job::IS_JOINED`].
    pub is_joined: bool,
    reaction: fn(&Event) -> Option<Result<NewJob>>,
    perform: fn(Deps, Vec<job::Model>) -> BoxFuture<'static, Vec<Performed>>,
}

/// A row of the queue, and how its job went.
pub type Performed = (job::Model, Outcome);

impl Kind {
    /// That kind.
    pub const fn of<J: Job>() -> Self {
        Self {
            name: J::NAME,
            most_tries: J::MOST_TRIES,
            is_joined: J::IS_JOINED,
            reaction: |event| J::called_for_by(event).map(|job| NewJob::of(&job)),
            // On the heap, since the future of all jobs together is large and would be moved for nothing.
            perform: |deps, rows| Box::pin(perform::<J>(deps, rows)),
        }
    }

    /// The job of this kind that a fact calls for, if it does.
    pub fn reaction(&self, event: &Event) -> Option<Result<NewJob>> {
        (self.reaction)(event)
    }

    /// Does jobs of this kind, joined as far as can be.
    pub async fn perform(&self, deps: &Deps, rows: &[job::Model]) -> Vec<Performed> {
        (self.perform)(deps.clone(), rows.to_vec()).await
    }
}

async fn perform<J: Job>(deps: Deps, rows: Vec<job::Model>) -> Vec<Performed> {
    let (joined, mut performed) = join::<J>(rows);
    for (job, rows) in joined {
        let Some(first) = rows.first() else { continue };
        let outcome = unbroken(job.perform(&deps, first.id)).await;
        performed.extend(rows.into_iter().map(|row| (row, outcome.clone())));
    }
    performed
}

/// A job with the rows that it came from.
type Joined<J> = Vec<(J, Vec<job::Model>)>;

/// Fewer jobs that do the same, and the rows that call for nothing more: those whose payload another one has too, which
/// are done with it, and those that cannot be read.
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
