//! Records the outcome of a job. Does nothing if another worker has the job by now.

use std::time::Duration;

use entity::{Timestamp, id::JobId, job, vocabulary::JobState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::held;
use crate::{
    deps::{Deps, Tx},
    kernel::{Outcome, Result},
    work::jobs,
};

/// Maximum length of a stored error message, in characters.
const LONGEST_ERROR: usize = 2000;

/// Records the outcome of a job. Returns whether the job is over and can be deleted.
pub async fn settle(deps: &Deps, job: &job::Model, outcome: &Outcome) -> Result<bool> {
    let (kind, now) = (jobs::kind(&job.kind), deps.clock.now());
    let failed = |why: &str| job::Model {
        attempts: job.attempts + 1,
        last_error: Some(why.chars().take(LONGEST_ERROR).collect()),
        ..job.clone()
    };
    let result = match outcome {
        Outcome::Done => "done",
        Outcome::Gone(why) => {
            tracing::debug!(job.id = %job.id, job.kind = job.kind, why, "a job had nothing left to do");
            "gone"
        }
        Outcome::Snooze(pause) => {
            let run_at = now.plus(*pause);
            // It got on with its work, so earlier failures do not count any more: a job that snoozes for weeks would
            // otherwise be buried one day.
            let rested = job::Model {
                run_at,
                attempts: 0,
                ..job.clone()
            };
            put_back(deps, rested).await?;
            "snoozed"
        }
        Outcome::Retry { why, after } if kind.is_some_and(|kind| job.attempts + 1 < kind.most_tries) => {
            let failed = failed(why);
            let run_at = now.plus(after.unwrap_or_else(|| pause_after(failed.attempts)));
            put_back(deps, job::Model { run_at, ..failed }).await?;
            "failed"
        }
        Outcome::Retry { why, .. } | Outcome::Discard(why) => {
            bury(deps, failed(why), why).await?;
            "buried"
        }
    };
    let kind = kind.map_or("unknown", |kind| kind.name);
    metrics::counter!("sweetie_jobs_tried_total", "kind" => kind, "outcome" => result).increment(1);
    Ok(matches!(outcome, Outcome::Done | Outcome::Gone(_)))
}

/// Deletes finished jobs from the queue.
pub async fn finish(deps: &Deps, done: &[JobId]) -> Result<()> {
    if done.is_empty() {
        return Ok(());
    }
    deps.write(async |tx| strike_off(tx, done).await).await
}

pub(super) async fn strike_off(tx: &Tx, done: &[JobId]) -> Result<()> {
    if !done.is_empty() {
        let done = job::COLUMN.id.is_in(done.iter().copied());
        job::Entity::delete_many().filter(done).exec(tx).await?;
    }
    Ok(())
}

/// Returns an unfinished job to the queue without counting an attempt; any worker may take it.
pub async fn hand_back(deps: &Deps, job: &job::Model) -> Result<()> {
    put_back(deps, job.clone()).await
}

/// Gives up on a job. Admins see it with the reason.
async fn bury(deps: &Deps, job: job::Model, why: &str) -> Result<()> {
    tracing::error!(job.id = %job.id, job.kind = job.kind, why, "a job was buried");
    change(deps, job, JobState::Buried).await
}

/// Queues jobs of a kind again that were due last before that time, and buried. Their attempts still count: each gets one
/// more, and is buried again if that fails too.
pub async fn exhume(tx: &Tx, kind: &str, before: Timestamp) -> Result<()> {
    job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value(JobState::Queued))
        .col_expr(job::Column::RunAt, Expr::value(tx.now()))
        .filter(job::COLUMN.kind.eq(kind))
        .filter(job::COLUMN.state.eq(JobState::Buried))
        .filter(job::COLUMN.run_at.lte(before))
        .exec(tx)
        .await?;
    Ok(())
}

async fn put_back(deps: &Deps, job: job::Model) -> Result<()> {
    change(deps, job, JobState::Queued).await
}

async fn change(deps: &Deps, job: job::Model, state: JobState) -> Result<()> {
    deps.write(async |tx| {
        held(&job)
            .col_expr(job::Column::State, Expr::value(state))
            .col_expr(job::Column::Attempts, Expr::value(job.attempts))
            .col_expr(job::Column::RunAt, Expr::value(job.run_at))
            .col_expr(job::Column::LeasedUntil, Expr::value(Option::<Timestamp>::None))
            .col_expr(job::Column::LastError, Expr::value(job.last_error.as_deref()))
            .exec(tx)
            .await?;
        Ok(())
    })
    .await
}

/// Two seconds after the first attempt, then twice as long each time, up to three hours.
fn pause_after(attempts: i32) -> Duration {
    let doublings = u32::try_from(attempts).unwrap_or(0).min(13);
    Duration::from_secs(1 << doublings).min(Duration::from_secs(3 * 60 * 60))
}
